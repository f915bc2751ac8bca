/** The functions of Go templates, and those that kubectl adds. Upstream: text/template/funcs.go */
import { failure } from '../failure.ts';
import { base64, equal, fromBase64, goJson, goValue, isMap } from '../values.ts';

/** Whether a value counts as true: not empty, not zero. */
export const truth = (v: unknown): boolean =>
  Array.isArray(v) ? v.length > 0 : isMap(v) ? Object.keys(v).length > 0 : Boolean(v);

type Fn = (args: readonly unknown[]) => unknown;

const wrong = (why: string) => failure(`error executing template: ${why}`);

function order(a: unknown, b: unknown): number {
  if (typeof a !== typeof b) throw wrong('error calling lt: incompatible types for comparison');
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

function index(args: readonly unknown[]): unknown {
  let v = args[0];
  for (const key of args.slice(1)) {
    if (Array.isArray(v)) {
      if (typeof key !== 'number' || key < 0 || key >= v.length)
        throw wrong(`error calling index: index out of range: ${goValue(key)}`);
      v = v[key];
    } else if (isMap(v)) v = v[String(key)];
    else throw wrong('error calling index: index of untyped nil');
  }
  return v;
}

/** The verbs of Printf that templates use: %s %v %d %q %t %f %x, widths and `-`. */
function printf(args: readonly unknown[]): string {
  let i = 1;
  return String(args[0]).replace(
    /%(-?)(0?)(\d*)(?:\.(\d+))?([a-zA-Z%])/g,
    (_, left: string, zero: string, width: string, digits: string, verb: string) => {
      if (verb === '%') return '%';
      const value = args[i++];
      let text = goValue(value);
      if (verb === 'q') text = JSON.stringify(text);
      else if (verb === 'd' || verb === 'x') text = Number(value).toString(verb === 'x' ? 16 : 10);
      else if (verb === 'f') text = Number(value).toFixed(digits === undefined ? 6 : Number(digits));
      const n = Number(width || 0);
      return left ? text.padEnd(n) : text.padStart(n, zero ? '0' : ' ');
    },
  );
}

const HTML: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&#34;', "'": '&#39;' };

const TABLE: Record<string, Fn> = {
  and: (a) => a.find((v) => !truth(v)) ?? a.at(-1),
  or: (a) => a.find(truth) ?? a.at(-1),
  not: (a) => !truth(a[0]),
  eq: (a) => a.slice(1).some((v) => equal(a[0], v)),
  ne: (a) => !equal(a[0], a[1]),
  lt: (a) => order(a[0], a[1]) < 0,
  le: (a) => order(a[0], a[1]) <= 0,
  gt: (a) => order(a[0], a[1]) > 0,
  ge: (a) => order(a[0], a[1]) >= 0,
  len: (a) => {
    const v = a[0];
    if (typeof v === 'string') return new TextEncoder().encode(v).length;
    if (Array.isArray(v)) return v.length;
    if (isMap(v)) return Object.keys(v).length;
    throw wrong(`error calling len: len of nil pointer`);
  },
  index,
  slice: (a) => (a[0] as string | unknown[]).slice(Number(a[1] ?? 0), a[2] === undefined ? undefined : Number(a[2])),
  print: (a) =>
    a.map((v, i) => (i > 0 && typeof v !== 'string' && typeof a[i - 1] !== 'string' ? ' ' : '') + goValue(v)).join(''),
  println: (a) => `${a.map(goValue).join(' ')}\n`,
  printf,
  html: (a) => goValue(a[0]).replace(/[<>&"']/g, (c) => HTML[c]!),
  js: (a) =>
    goValue(a[0]).replace(/['"\\<>&=]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`),
  urlquery: (a) => encodeURIComponent(goValue(a[0])),
  exists: (a) => {
    try {
      return index(a) !== undefined;
    } catch {
      return false;
    }
  },
  base64encode: (a) => base64(goValue(a[0])),
  base64decode: (a) => {
    const text = fromBase64(goValue(a[0]));
    if (text === undefined) throw wrong('error calling base64decode: base64 decode failed: illegal base64 data');
    return text;
  },
  toJson: (a) => goJson(a[0]),
};

export const FUNCTIONS: ReadonlySet<string> = new Set(Object.keys(TABLE));

export const callFunction = (name: string, args: readonly unknown[]): unknown => TABLE[name]!(args);
