/** Small values as Go reads and writes them. */

const UNIT_MS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `1m30s`, `500ms`, `0`; `undefined` when it is no duration. Upstream: time.ParseDuration */
export function parseGoDuration(text: string): number | undefined {
  const body = text.replace(/^[+-]/, '');
  if (body === '0') return 0;
  if (!/^((\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h))+$/.test(body)) return undefined;
  let ms = 0;
  for (const m of body.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)) ms += Number(m[1]) * UNIT_MS[m[2]!]!;
  return text.startsWith('-') ? -ms : ms;
}

/** `1m30s`, `8s`, `500ms`: how Go prints a duration. */
export function formatGoDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (ms < 1000) return `${ms}ms`;
  const total = ms / 1000;
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = Math.round((total % 60) * 1000) / 1000;
  if (hours) return `${hours}h${minutes}m${seconds}s`;
  return minutes ? `${minutes}m${seconds}s` : `${seconds}s`;
}

/** Orders texts by code unit, as Go sorts ASCII. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const isMap = (v: unknown): v is Record<string, unknown> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

/** JSON as Go's encoder writes it: keys sorted, `<`, `>` and `&` escaped. */
export const goJson = (value: unknown): string => escapeHtml(json(value, sortedKeys));

/** JSON with four blanks of indent, as `-o json` prints; `keys` gives the order of a map's keys. */
export const prettyJson = (value: unknown, keys: (o: Record<string, unknown>) => string[] = sortedKeys): string =>
  escapeHtml(json(value, keys, '    ', ''));

/** The keys of a map that have a value, by code unit (never by number, as a JavaScript object keeps them). */
export const sortedKeys = (o: Record<string, unknown>): string[] =>
  Object.keys(o)
    .filter((k) => o[k] !== undefined)
    .sort(byText);

/** Compact JSON of a generated object, in the order in which Go's types are written. */
export const typedJson = (value: unknown): string => escapeHtml(json(value, typedKeys));

/** The order in which Go's types are written: kind before apiVersion, the rest as it was made. */
export function typedKeys(o: Record<string, unknown>): string[] {
  const keys = Object.keys(o).filter((k) => o[k] !== undefined);
  return keys.includes('kind') && keys.includes('apiVersion')
    ? ['kind', 'apiVersion', ...keys.filter((k) => k !== 'kind' && k !== 'apiVersion')]
    : keys;
}

function json(value: unknown, keys: (o: Record<string, unknown>) => string[], step = '', pad = ''): string {
  const inner = pad + step;
  const [open, next, close, colon] = step ? [`\n${inner}`, `,\n${inner}`, `\n${pad}`, ': '] : ['', ',', '', ':'];
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[${open}${value.map((v) => json(v, keys, step, inner)).join(next)}${close}]`;
  }
  if (!isMap(value)) return JSON.stringify(value) ?? 'null';
  const names = keys(value);
  if (names.length === 0) return '{}';
  const parts = names.map((k) => `${JSON.stringify(k)}${colon}${json(value[k], keys, step, inner)}`);
  return `{${open}${parts.join(next)}${close}}`;
}

export const escapeHtml = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A copy by value of plain data. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (!isMap(value)) return value;
  const out: Record<string, unknown> = {};
  for (const key in value) if (value[key] !== undefined) out[key] = copy(value[key]);
  return out as T;
}

export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((v, i) => equal(v, b[i]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a).filter((k) => a[k] !== undefined);
  return (
    keys.length === Object.keys(b).filter((k) => b[k] !== undefined).length && keys.every((k) => equal(a[k], b[k]))
  );
}

/** How Go's `%v` prints a value: `map[a:1 b:[x y]]`. */
export function goValue(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
  if (isMap(value))
    return `map[${Object.keys(value)
      .sort(byText)
      .map((k) => `${k}:${goValue(value[k])}`)
      .join(' ')}]`;
  return String(value);
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Standard base64 of a text's UTF-8 bytes. */
export function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const n = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += BASE64[n >> 18]! + BASE64[(n >> 12) & 63]!;
    out += i + 1 < bytes.length ? BASE64[(n >> 6) & 63]! : '=';
    out += i + 2 < bytes.length ? BASE64[n & 63]! : '=';
  }
  return out;
}

/** The text of base64 bytes, read as UTF-8; `undefined` when it is not base64. */
export function fromBase64(text: string): string | undefined {
  const clean = text.replace(/[\r\n]/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(clean) || clean.length % 4 !== 0) return undefined;
  const bytes: number[] = [];
  for (let i = 0; i < clean.length; i += 4) {
    const n = [0, 1, 2, 3].map((k) => Math.max(BASE64.indexOf(clean[i + k]!), 0));
    bytes.push((n[0]! << 2) | (n[1]! >> 4));
    if (clean[i + 2] !== '=') bytes.push(((n[1]! & 15) << 4) | (n[2]! >> 2));
    if (clean[i + 3] !== '=') bytes.push(((n[2]! & 3) << 6) | n[3]!);
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** How Go's `%#v` prints decoded JSON: `map[string]interface {}{"a":"b"}`. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (isMap(value))
    return `map[string]interface {}{${sortedKeys(value)
      .map((k) => `${JSON.stringify(k)}:${goSyntax(value[k])}`)
      .join(', ')}}`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
