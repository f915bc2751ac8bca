/**
 * Resource quantities. Upstream: k8s.io/apimachinery/pkg/api/resource/quantity.go
 * Amounts are whole thousandths of their unit (`bigint`); anything finer is rounded up, as the API server does.
 */

const SUFFIX: Record<string, bigint> = {
  n: 0n,
  u: 0n,
  m: 1n,
  '': 1000n,
  k: 10n ** 6n,
  M: 10n ** 9n,
  G: 10n ** 12n,
  T: 10n ** 15n,
  P: 10n ** 18n,
  E: 10n ** 21n,
  Ki: 1000n * 2n ** 10n,
  Mi: 1000n * 2n ** 20n,
  Gi: 1000n * 2n ** 30n,
  Ti: 1000n * 2n ** 40n,
  Pi: 1000n * 2n ** 50n,
  Ei: 1000n * 2n ** 60n,
};

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/;

/** The words with which the API server refuses a text that is no quantity. */
export const QUANTITY_FORM =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** What the API server says of a number whose suffix it does not know. */
export const QUANTITY_SUFFIX = "unable to parse quantity's suffix";

const NUMBER = /^[+-]?\d*(\.\d*)?/;
const SUFFIX_LETTERS = /^[eEinumkKMGTP]*([+-]?\d*)$/;

/** Why a text is no quantity, in the API server's words; `undefined` when it is one. */
export function quantityError(text: string): string | undefined {
  const s = text.trim();
  if (parseMilli(s) !== undefined) return undefined;
  const number = NUMBER.exec(s)![0];
  return s !== '' && SUFFIX_LETTERS.test(s.slice(number.length)) ? QUANTITY_SUFFIX : QUANTITY_FORM;
}

/** The largest amount that a binary suffix can express: 2^63 - 1. */
const MAX_MILLI = (2n ** 63n - 1n) * 1000n;

const divideUp = (n: bigint, d: bigint): bigint => (n >= 0n ? (n + d - 1n) / d : n / d);

const parsed = new Map<string, bigint | undefined>();
const CACHE_MAX = 20_000;

/** Thousandths of the unit, or `undefined` when `text` is no quantity. The same few texts are asked for again and again. */
export function parseMilli(text: string | number): bigint | undefined {
  const key = String(text);
  const known = parsed.get(key);
  if (known !== undefined || parsed.has(key)) return known;
  const milli = parse(key);
  if (parsed.size >= CACHE_MAX) parsed.clear();
  parsed.set(key, milli);
  return milli;
}

function parse(text: string): bigint | undefined {
  const m = FORM.exec(text.trim());
  if (!m) return undefined;
  const whole = m[2] ?? '';
  const fraction = m[3] ?? '';
  if (!whole && !fraction) return undefined;
  let n = BigInt(whole + fraction);
  let d = 10n ** BigInt(fraction.length);
  const suffix = m[5] ?? '';
  if (m[4] !== undefined) {
    const e = Number(m[4]);
    if (Math.abs(e) > 60) return undefined;
    n *= 1000n;
    if (e >= 0) n *= 10n ** BigInt(e);
    else d *= 10n ** BigInt(-e);
  } else if (suffix === 'u') d *= 1000n;
  else if (suffix === 'n') d *= 1_000_000n;
  else n *= SUFFIX[suffix]!;
  // upstream rounds away from zero, and caps binary amounts
  let milli = divideUp(n, d);
  if (suffix.length === 2 && milli > MAX_MILLI) milli = MAX_MILLI;
  return m[1] === '-' ? -milli : milli;
}

const milliCache = new Map<string, number>();
const unitCache = new Map<string, number>();

function cached(cache: Map<string, number>, text: string | number, compute: (milli: bigint) => bigint): number {
  const key = String(text);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const milli = parseMilli(key);
  const value = milli === undefined ? Number.NaN : Number(compute(milli));
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(key, value);
  return value;
}

/** Thousandths as a number (exact up to 2^53), for CPU; `NaN` when `text` is no quantity, 0 when absent. */
export const milliOf = (text: string | number | undefined): number =>
  text === undefined ? 0 : cached(milliCache, text, (m) => m);

/** Whole units rounded up, as a number (exact up to 2^53), for bytes and counts; `NaN` when no quantity, 0 when absent. */
export const unitsOf = (text: string | number | undefined): number =>
  text === undefined ? 0 : cached(unitCache, text, (m) => (m >= 0n ? divideUp(m, 1000n) : -divideUp(-m, 1000n)));

/** The exact comparison of two quantities: negative, zero or positive. */
export function compareQuantity(a: string | number, b: string | number): number {
  const d = (parseMilli(a) ?? 0n) - (parseMilli(b) ?? 0n);
  return d < 0n ? -1 : d > 0n ? 1 : 0;
}

const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

type Format = 'BinarySI' | 'DecimalSI' | 'DecimalExponent';

const formatOf = (text: string): Format =>
  /[eE][+-]?\d+\s*$/.test(text) ? 'DecimalExponent' : /i\s*$/.test(text) ? 'BinarySI' : 'DecimalSI';

function strip(n: bigint, base: bigint, most: number): [bigint, number] {
  let steps = 0;
  let rest = n;
  while (steps < most && rest !== 0n && rest % base === 0n) {
    rest /= base;
    steps++;
  }
  return [rest, steps];
}

/** The canonical text of an amount in thousandths, in the given format. */
export function formatMilli(milli: bigint, format: Format = 'DecimalSI'): string {
  if (milli === 0n) return '0';
  if (format === 'BinarySI' && milli % 1000n === 0n) {
    const units = milli / 1000n;
    if (units > -1024n && units < 1024n) return String(units); // upstream shows small binary amounts as decimal
    const [rest, steps] = strip(units, 1024n, 6);
    return `${rest}${BINARY[steps]}`;
  }
  if (milli % 1000n !== 0n) return format === 'DecimalExponent' ? `${milli}e-3` : `${milli}m`;
  const [rest, steps] = strip(milli / 1000n, 1000n, 6);
  if (format === 'DecimalExponent') return steps ? `${rest}e${steps * 3}` : String(rest);
  return `${rest}${DECIMAL[steps]}`;
}

/** The text under which the API server stores a quantity (`1000m` → `1`, `0.5` → `500m`); other texts come back as they are. */
export function canonicalQuantity(text: string | number): string {
  const s = String(text);
  const milli = parseMilli(s);
  if (milli === undefined) return s;
  return formatMilli(milli, formatOf(s));
}

/** The sum of quantities, in the format of the first that is not zero. */
export function addQuantities(...texts: (string | number | undefined)[]): string {
  let sum = 0n;
  let format: Format = 'DecimalSI';
  for (const t of texts) {
    if (t === undefined) continue;
    if (sum === 0n) format = formatOf(String(t));
    sum += parseMilli(t) ?? 0n;
  }
  return formatMilli(sum, format);
}
