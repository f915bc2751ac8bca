/** The fields of every served type, read once from the generated table. */
import { ROOTS, TYPES } from './types.ts';

export interface Field {
  name: string;
  type: FieldType;
  /** Written even when it is the zero value. */
  always: boolean;
}

export type FieldType =
  | { is: 'string' | 'int32' | 'int64' | 'bool' | 'quantity' | 'intOrString' | 'time' | 'bytes' | 'any' }
  | { is: 'list' | 'map'; of: FieldType }
  | { is: 'struct'; name: string };

export interface StructType {
  /** As Go names it: `PodSpec`. */
  name: string;
  /** As Go prints its type: `v1.PodSpec`. */
  goType: string;
  fields: ReadonlyMap<string, Field>;
}

const SCALARS: Readonly<Record<string, FieldType>> = {
  s: { is: 'string' },
  i: { is: 'int32' },
  l: { is: 'int64' },
  b: { is: 'bool' },
  q: { is: 'quantity' },
  x: { is: 'intOrString' },
  t: { is: 'time' },
  B: { is: 'bytes' },
  a: { is: 'any' },
};

function parseType(code: string): FieldType {
  if (code[0] === '[') return { is: 'list', of: parseType(code.slice(1)) };
  if (code[0] === '{') return { is: 'map', of: parseType(code.slice(1)) };
  return SCALARS[code] ?? { is: 'struct', name: code };
}

function parseField(text: string): Field {
  const colon = text.indexOf(':');
  const always = text[colon - 1] === '!';
  return { name: text.slice(0, always ? colon - 1 : colon), type: parseType(text.slice(colon + 1)), always };
}

const lines = new Map<string, string>();
for (const line of TYPES.trim().split('\n')) {
  const name = /^[^ /]+/.exec(line)![0];
  lines.set(name, line);
}
const roots = new Map(
  ROOTS.trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([apiVersion, kind, type]) => [`${apiVersion} ${kind}`, type!]),
);
const parsed = new Map<string, StructType>();

/** A struct by the name under which the table has it. */
export function structType(name: string): StructType | undefined {
  const known = parsed.get(name);
  if (known) return known;
  const line = lines.get(name);
  if (!line) return undefined;
  const [head = '', ...fields] = line.split(' ');
  const [full = '', pkg = 'v1'] = head.split('/');
  const short = full.split('@')[0]!;
  const struct: StructType = {
    name: short,
    goType: `${pkg}.${short}`,
    fields: new Map(fields.map(parseField).map((f) => [f.name, f])),
  };
  parsed.set(name, struct);
  return struct;
}

/** The struct of a kind in a version. */
export function rootType(apiVersion: string, kind: string): StructType | undefined {
  const name = roots.get(`${apiVersion} ${kind}`);
  return name === undefined ? undefined : structType(name);
}

/** A type as Go prints it. */
export function goType(type: FieldType): string {
  switch (type.is) {
    case 'list':
      return `[]${goType(type.of)}`;
    case 'map':
      return `map[string]${goType(type.of)}`;
    case 'struct':
      return structType(type.name)?.goType ?? type.name;
    case 'bytes':
      return '[]uint8';
    case 'quantity':
      return 'resource.Quantity';
    case 'intOrString':
      return 'intstr.IntOrString';
    case 'time':
      return 'v1.Time';
    default:
      return type.is;
  }
}
