/** Time zones that a CronJob may name: offset and daylight saving of common ones, as rules of today. */
import type { Ms } from '../sim/time.ts';

/** When clocks change: the n-th (-1: last) Sunday of a month, at an hour of local standard time or of UTC. */
interface Change {
  month: number;
  sunday: number;
  hour: number;
  utc?: boolean;
}

interface Saving {
  from: Change;
  to: Change;
}

const EU: Saving = {
  from: { month: 2, sunday: -1, hour: 1, utc: true },
  to: { month: 9, sunday: -1, hour: 1, utc: true },
};
const US: Saving = { from: { month: 2, sunday: 2, hour: 2 }, to: { month: 10, sunday: 1, hour: 1 } };
const AU: Saving = { from: { month: 9, sunday: 1, hour: 2 }, to: { month: 3, sunday: 1, hour: 2 } };
const NZ: Saving = { from: { month: 8, sunday: -1, hour: 2 }, to: { month: 3, sunday: 1, hour: 2 } };

type Rule = [offsetHours: number, saving?: Saving];

const cities = (offset: number, saving: Saving | undefined, names: string): [string, Rule][] =>
  names.split(' ').map((name) => [name, saving ? [offset, saving] : [offset]]);

const ZONES = new Map<string, Rule>([
  ...cities(0, undefined, 'UTC Etc/UTC GMT Etc/GMT Africa/Abidjan Africa/Accra Atlantic/Reykjavik'),
  ...cities(0, EU, 'Europe/London Europe/Dublin Europe/Lisbon'),
  ...cities(
    1,
    EU,
    'Europe/Paris Europe/Berlin Europe/Madrid Europe/Rome Europe/Amsterdam Europe/Brussels Europe/Vienna Europe/Zurich Europe/Stockholm Europe/Oslo Europe/Copenhagen Europe/Prague Europe/Warsaw Europe/Budapest Europe/Belgrade CET',
  ),
  ...cities(1, undefined, 'Africa/Lagos Africa/Algiers'),
  ...cities(
    2,
    EU,
    'Europe/Athens Europe/Helsinki Europe/Kiev Europe/Kyiv Europe/Bucharest Europe/Sofia Europe/Vilnius EET',
  ),
  ...cities(2, undefined, 'Africa/Johannesburg'),
  ...cities(3, undefined, 'Europe/Moscow Europe/Istanbul Asia/Riyadh Africa/Nairobi'),
  ...cities(4, undefined, 'Asia/Dubai'),
  ...cities(5, undefined, 'Asia/Karachi Asia/Tashkent'),
  ...cities(5.5, undefined, 'Asia/Kolkata Asia/Calcutta Asia/Colombo'),
  ...cities(5.75, undefined, 'Asia/Kathmandu'),
  ...cities(6, undefined, 'Asia/Dhaka'),
  ...cities(7, undefined, 'Asia/Bangkok Asia/Jakarta Asia/Ho_Chi_Minh'),
  ...cities(
    8,
    undefined,
    'Asia/Shanghai Asia/Hong_Kong Asia/Taipei Asia/Singapore Asia/Manila Asia/Kuala_Lumpur Australia/Perth PRC',
  ),
  ...cities(9, undefined, 'Asia/Seoul Asia/Tokyo Asia/Pyongyang ROK Japan'),
  ...cities(9.5, undefined, 'Australia/Darwin'),
  ...cities(10, undefined, 'Australia/Brisbane'),
  ...cities(10, AU, 'Australia/Sydney Australia/Melbourne Australia/Hobart'),
  ...cities(12, NZ, 'Pacific/Auckland'),
  ...cities(-3, undefined, 'America/Sao_Paulo America/Argentina/Buenos_Aires'),
  ...cities(-4, US, 'America/Halifax'),
  ...cities(-5, US, 'America/New_York America/Toronto America/Detroit US/Eastern EST5EDT'),
  ...cities(-5, undefined, 'America/Bogota America/Lima EST'),
  ...cities(-6, US, 'America/Chicago US/Central CST6CDT'),
  ...cities(-6, undefined, 'America/Mexico_City'),
  ...cities(-7, US, 'America/Denver US/Mountain MST7MDT'),
  ...cities(-7, undefined, 'America/Phoenix MST'),
  ...cities(-8, US, 'America/Los_Angeles America/Vancouver US/Pacific PST8PDT'),
  ...cities(-9, US, 'America/Anchorage'),
  ...cities(-10, undefined, 'Pacific/Honolulu HST'),
  // in these names the sign is the wrong way round, as POSIX has it
  ...Array.from({ length: 12 }, (_, i): [string, Rule] => [`Etc/GMT+${i + 1}`, [-i - 1]]),
  ...Array.from({ length: 14 }, (_, i): [string, Rule] => [`Etc/GMT-${i + 1}`, [i + 1]]),
]);

const HOUR: Ms = 3_600_000;
const DAY: Ms = 24 * HOUR;

export const isKnownTimeZone = (name: string): boolean => ZONES.has(name);

/** The day of the n-th Sunday of a month (-1: the last). */
function sundayOf(year: number, month: number, n: number): number {
  if (n > 0) {
    const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
    return 1 + ((7 - first) % 7) + 7 * (n - 1);
  }
  const last = new Date(Date.UTC(year, month + 1, 0));
  return last.getUTCDate() - last.getUTCDay();
}

function changeAt(year: number, c: Change, offset: Ms): Ms {
  return Date.UTC(year, c.month, sundayOf(year, c.month, c.sunday), c.hour) - (c.utc ? 0 : offset);
}

/** What local time is ahead of UTC at an instant; `undefined` for a zone that is not in the table. */
export function zoneOffsetMs(name: string | undefined, at: Ms): Ms | undefined {
  const rule = ZONES.get(name ?? 'UTC');
  if (!rule) return undefined;
  const [hours, saving] = rule;
  const offset = hours * HOUR;
  if (!saving) return offset;
  const year = new Date(at + offset).getUTCFullYear();
  const [from, to] = [changeAt(year, saving.from, offset), changeAt(year, saving.to, offset)];
  const summer = from < to ? at >= from && at < to : at >= from || at < to;
  return summer ? offset + HOUR : offset;
}

/** `2026-01-01T09:00:00+09:00`: RFC 3339 in a zone (`Z` for UTC). */
export function rfc3339In(name: string | undefined, at: Ms): string {
  const offset = zoneOffsetMs(name, at) ?? 0;
  const local = new Date(Math.floor((at + offset) / 1000) * 1000).toISOString().slice(0, 19);
  if (offset === 0) return `${local}Z`;
  const minutes = Math.abs(offset) / 60_000;
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

export { DAY as DAY_MS, HOUR as HOUR_MS };
