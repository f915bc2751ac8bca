/** Cron schedules: five fields, names, descriptors. Upstream: github.com/robfig/cron/v3 (ParseStandard) */
import type { Ms } from '../sim/time.ts';
import { DAY_MS, HOUR_MS, zoneOffsetMs } from './time-zones.ts';

const MINUTE_MS: Ms = 60_000;

interface Field {
  allowed: ReadonlySet<number>;
  /** Written as `*` or `?`: matters for days of month and week. */
  star: boolean;
}

/** A schedule of fields, or one of fixed distance. */
export type Schedule =
  | { type: 'fields'; minute: Field; hour: Field; day: Field; month: Field; weekday: Field }
  | { type: 'every'; ms: Ms };

interface Bounds {
  name: string;
  min: number;
  max: number;
  names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const BOUNDS: readonly Bounds[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'weekday', min: 0, max: 6, names: WEEKDAYS },
];

const DESCRIPTORS: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

export type ParsedCron = { ok: true; schedule: Schedule } | { ok: false; error: string };

/** The schedule, or what is wrong with the text in robfig's words. */
export function parseCron(text: string): ParsedCron {
  const parsed = parse(text);
  return 'error' in parsed ? { ok: false, error: parsed.error } : { ok: true, schedule: parsed };
}

const UNITS: Record<string, Ms> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A duration in Go's notation: `1h30m`, `90s`, `1.5h`. */
function parseGoDuration(text: string): Ms | undefined {
  if (!/^(\d+(\.\d*)?(h|ms|m|s))+$/.test(text)) return undefined;
  let ms = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d*)?)(h|ms|m|s)/g)) ms += Number(amount) * UNITS[unit!]!;
  return ms;
}

function parse(text: string): Schedule | { error: string } {
  if (text === '') return { error: 'empty spec string' };
  if (text.startsWith('@every ')) {
    const ms = parseGoDuration(text.slice(7));
    if (ms === undefined)
      return { error: `failed to parse duration ${text}: time: invalid duration "${text.slice(7)}"` };
    return { type: 'every', ms: Math.max(1000, Math.floor(ms / 1000) * 1000) };
  }
  if (text.startsWith('@')) {
    const fields = DESCRIPTORS[text];
    return fields ? parse(fields) : { error: `unrecognized descriptor: ${text}` };
  }
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 5)
    return { error: `expected exactly 5 fields, found ${parts.length}: [${text.trim().split(/\s+/).join(' ')}]` };
  const fields: Field[] = [];
  for (const [i, part] of parts.entries()) {
    const field = parseField(part, BOUNDS[i]!);
    if ('error' in field) return field;
    fields.push(field);
  }
  const [minute, hour, day, month, weekday] = fields as [Field, Field, Field, Field, Field];
  return { type: 'fields', minute, hour, day, month, weekday };
}

function parseField(text: string, b: Bounds): Field | { error: string } {
  const allowed = new Set<number>();
  let star = false;
  for (const part of text.split(',').filter(Boolean)) {
    const range = parseRange(part, b);
    if ('error' in range) return range;
    star ||= range.star;
    for (let i = range.start; i <= range.end; i += range.step) allowed.add(i);
  }
  return { allowed, star };
}

interface Range {
  start: number;
  end: number;
  step: number;
  star: boolean;
}

function parseRange(text: string, b: Bounds): Range | { error: string } {
  const [span = '', stepText, more] = text.split('/');
  if (more !== undefined) return { error: `too many slashes: ${text}` };
  const [low = '', high, extra] = span.split('-');
  if (extra !== undefined) return { error: `too many hyphens: ${text}` };
  const star = low === '*' || low === '?';
  const start = star ? b.min : parseValue(low, b);
  if (typeof start !== 'number') return start;
  let end: number | { error: string } = star ? b.max : high === undefined ? start : parseValue(high, b);
  if (typeof end !== 'number') return end;
  let step: number | { error: string } = 1;
  if (stepText !== undefined) {
    step = parseNumber(stepText);
    if (typeof step !== 'number') return step;
    if (!star && high === undefined) end = b.max; // "N/step" means "N-max/step"
  }
  if (start < b.min) return { error: `beginning of range (${start}) below minimum (${b.min}): ${text}` };
  if (end > b.max) return { error: `end of range (${end}) above maximum (${b.max}): ${text}` };
  if (start > end) return { error: `beginning of range (${start}) beyond end of range (${end}): ${text}` };
  if (step === 0) return { error: `step of range should be a positive number: ${text}` };
  return { start, end, step, star: star && step === 1 };
}

function parseValue(text: string, b: Bounds): number | { error: string } {
  const at = b.names?.indexOf(text.toLowerCase()) ?? -1;
  return at >= 0 ? at + b.min : parseNumber(text);
}

function parseNumber(text: string): number | { error: string } {
  if (/^-\d+$/.test(text)) return { error: `negative number (${text}) not allowed: ${text}` };
  return /^\+?\d+$/.test(text)
    ? Number(text)
    : { error: `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax` };
}

/** The first time after `after` (strictly) that the schedule names in the zone; `undefined` within five years: never. */
export function nextTime(s: Schedule, after: Ms, zone: string | undefined): Ms | undefined {
  if (s.type === 'every') return Math.floor(after / 1000) * 1000 + s.ms;
  let at = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
  const limit = after + 5 * 366 * DAY_MS;
  while (at <= limit) {
    const offset = zoneOffsetMs(zone, at) ?? 0;
    const local = new Date(at + offset);
    if (!s.month.allowed.has(local.getUTCMonth() + 1) || !dayMatches(s, local))
      at = startOfNext(at, offset, DAY_MS, zone);
    else if (!s.hour.allowed.has(local.getUTCHours())) at = startOfNext(at, offset, HOUR_MS, zone);
    else if (s.minute.allowed.has(local.getUTCMinutes())) return at;
    else at += MINUTE_MS;
  }
  return undefined;
}

/** The start of the next local day or hour. Where clocks jump in between, a midnight is taken as the zone has it then. */
function startOfNext(at: Ms, offset: Ms, unit: Ms, zone: string | undefined): Ms {
  const localNext = (Math.floor((at + offset) / unit) + 1) * unit;
  const guess = localNext - offset;
  const shifted = localNext - (zoneOffsetMs(zone, guess) ?? 0);
  return shifted > at && unit === DAY_MS ? shifted : guess;
}

/** Both days restricted: either may match; else both have to. */
function dayMatches(s: Extract<Schedule, { type: 'fields' }>, local: Date): boolean {
  const day = s.day.allowed.has(local.getUTCDate());
  const weekday = s.weekday.allowed.has(local.getUTCDay());
  return s.day.star || s.weekday.star ? day && weekday : day || weekday;
}
