/**
 * From JSON values to typed ones: unknown fields, wrong types, each in Go's words.
 * Upstream: sigs.k8s.io/json, apimachinery/pkg/runtime/converter.go
 */
import { type Gates, NO_GATES } from '../api/gates.ts';
import { quantityError } from '../api/quantity.ts';
import { gatedField } from './schema/gated.ts';
import { omitted } from './schema/omit.ts';
import { type Field, type FieldType, goType, type StructType, structType } from './schema/schema.ts';

export interface TypeError {
  /** As a decoder of JSON says it: `json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type []v1.Container`. */
  json: string;
  /** As the conversion of a patched map says it: `unrecognized type: int32`. */
  converted: string;
}

export interface Typed {
  /** The value with known fields only; shares what it did not have to change. */
  value: unknown;
  /** Paths of unknown fields: `spec.containers[0].imagee`. */
  unknown: string[];
  /** The first wrong type, if there is one. */
  error?: TypeError;
}

interface Place {
  struct: string;
  /** Without list indexes, as errors of Go name it. */
  field: string;
}

const MAX = { int32: 2 ** 31 - 1, int64: Number.MAX_SAFE_INTEGER };
const RFC3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const jsonKind = (v: unknown): string =>
  v === null ? 'null' : Array.isArray(v) ? 'array' : typeof v === 'boolean' ? 'bool' : typeof v;
/** What a converted map calls it. */
const mapKind = (v: unknown): string => {
  if (Array.isArray(v)) return 'slice';
  if (typeof v === 'number') return Number.isInteger(v) ? 'int64' : 'float64';
  return typeof v === 'object' ? 'map' : typeof v === 'boolean' ? 'bool' : typeof v;
};

class Walk {
  readonly unknown: string[] = [];
  error: TypeError | undefined;
  readonly #zeroes: boolean;
  readonly #gates: Gates;
  constructor(zeroes: boolean, gates: Gates) {
    this.#zeroes = zeroes;
    this.#gates = gates;
  }

  struct(value: unknown, type: StructType, path: string, at: Place): unknown {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      this.#wrong(value, type.goType, at, `cannot restore struct from: ${mapKind(value)}`);
      return undefined;
    }
    const given = value as Record<string, unknown>;
    const out: Record<string, unknown> = {};
    for (const key of Object.keys(given).sort()) {
      const field = type.fields.get(key) ?? gatedField(type.name, key, this.#gates);
      if (!field) {
        this.unknown.push(path ? `${path}.${key}` : key);
        continue;
      }
      if (given[key] === null || given[key] === undefined) continue;
      const inner = { struct: type.name, field: at.field ? `${at.field}.${key}` : key };
      const typed = this.value(given[key], field.type, path ? `${path}.${key}` : key, inner);
      if (typed !== undefined && !omitted(type.name, field as Field, typed)) out[key] = typed;
    }
    if (this.#zeroes) for (const f of type.fields.values()) if (f.always && out[f.name] === undefined) fillZero(out, f);
    return out;
  }

  value(value: unknown, type: FieldType, path: string, at: Place): unknown {
    switch (type.is) {
      case 'struct': {
        const struct = structType(type.name);
        return struct ? this.struct(value, struct, path, at) : value;
      }
      case 'list':
        return this.#list(value, type, path, at);
      case 'map':
        return this.#map(value, type, path, at);
      case 'any':
        return value;
      default:
        return this.#scalar(value, type, at);
    }
  }

  #list(value: unknown, type: FieldType & { is: 'list' | 'map' }, path: string, at: Place): unknown {
    if (!Array.isArray(value)) {
      this.#wrong(value, goType(type), at, `cannot restore slice from ${mapKind(value)}`);
      return undefined;
    }
    return value.map((v, i) => (v === null ? zero(type.of) : this.value(v, type.of, `${path}[${i}]`, at)));
  }

  #map(value: unknown, type: FieldType & { is: 'list' | 'map' }, path: string, at: Place): unknown {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      this.#wrong(value, goType(type), at, `cannot restore map from ${mapKind(value)}`);
      return undefined;
    }
    const out: Record<string, unknown> = {};
    for (const key of Object.keys(value).sort()) {
      const v = (value as Record<string, unknown>)[key];
      out[key] = v === null ? zero(type.of) : this.value(v, type.of, `${path}.${key}`, at);
    }
    return out;
  }

  #scalar(value: unknown, type: FieldType, at: Place): unknown {
    switch (type.is) {
      case 'string':
        return typeof value === 'string' ? value : this.#wrongScalar(value, type, at);
      case 'bool':
        return typeof value === 'boolean' ? value : this.#wrongScalar(value, type, at);
      case 'int32':
      case 'int64':
        if (typeof value !== 'number') return this.#wrongScalar(value, type, at);
        if (Number.isInteger(value) && Math.abs(value) <= MAX[type.is] + (value < 0 ? 1 : 0)) return value;
        this.#fail(
          `json: cannot unmarshal number ${value} into Go struct field ${at.struct}.${at.field} of type ${type.is}`,
          `cannot convert ${mapKind(value)} to ${type.is}`,
        );
        return undefined;
      case 'intOrString':
        if (typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value))) return value;
        this.#fail(
          `json: cannot unmarshal ${typeof value === 'number' ? `number ${value}` : jsonKind(value)} into Go value of type int32`,
        );
        return undefined;
      case 'quantity':
        return this.#quantity(value);
      case 'time':
        return this.#time(value);
      default:
        return this.#bytes(value, at);
    }
  }

  #quantity(value: unknown): unknown {
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
    const complaint = quantityError(text);
    if (complaint) this.#fail(complaint);
    return text;
  }

  #time(value: unknown): unknown {
    if (typeof value !== 'string') this.#fail(`json: cannot unmarshal ${jsonKind(value)} into Go value of type string`);
    else if (!RFC3339.test(value))
      this.#fail(
        `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`,
      );
    return value;
  }

  #bytes(value: unknown, at: Place): unknown {
    if (typeof value !== 'string') {
      this.#wrong(value, '[]uint8', at, `cannot restore slice from ${mapKind(value)}`);
      return undefined;
    }
    const text = value.replace(/[\r\n]/g, '');
    if (!BASE64.test(text)) this.#fail(`illegal base64 data at input byte ${badByte(text)}`);
    return text;
  }

  #wrongScalar(value: unknown, type: FieldType, at: Place): undefined {
    // Go converts any whole number to a string in principle, which the converter then refuses in other words
    const convertible = typeof value === 'number' && type.is === 'string' && Number.isInteger(value);
    const converted = convertible ? `cannot convert int64 to string` : `unrecognized type: ${type.is}`;
    this.#wrong(value, goType(type), at, converted);
    return undefined;
  }

  #wrong(value: unknown, wanted: string, at: Place, converted: string): void {
    this.#fail(
      `json: cannot unmarshal ${jsonKind(value)} into Go struct field ${at.struct}.${at.field} of type ${wanted}`,
      converted,
    );
  }

  #fail(json: string, converted = json): void {
    this.error ??= { json, converted };
  }
}

/** Selectors are pointers in Go although they are required: absent ones stay absent. */
const POINTERS = new Set(['LabelSelector']);

/** A required field that is not given is there with its zero value, as in a Go struct. */
function fillZero(out: Record<string, unknown>, field: Field): void {
  const { type } = field;
  if (type.is === 'any' || type.is === 'time' || type.is === 'map') return;
  if (type.is !== 'struct') {
    out[field.name] = zero(type);
    return;
  }
  if (POINTERS.has(type.name)) return;
  const inner: Record<string, unknown> = {};
  for (const f of structType(type.name)?.fields.values() ?? []) if (f.always) fillZero(inner, f);
  out[field.name] = inner;
}

/** What `null` in a list or map becomes. */
function zero(type: FieldType): unknown {
  switch (type.is) {
    case 'string':
    case 'bytes':
      return '';
    case 'bool':
      return false;
    case 'int32':
    case 'int64':
    case 'intOrString':
      return 0;
    case 'quantity':
      return '0';
    case 'struct':
    case 'map':
      return {};
    case 'list':
      return [];
    default:
      return null;
  }
}

/** Where Go's decoder stops: at the first byte that is none of the alphabet, or at the end of what is too short. */
function badByte(text: string): number {
  const at = text.search(/[^A-Za-z0-9+/]/);
  if (at < 0) return text.length - (text.length % 4);
  return at;
}

/**
 * Reads a value as a type; with `zeroes` required fields that are missing get their zero value. Open `gates` make more
 * fields known.
 */
export function typed(value: unknown, type: StructType, zeroes = false, gates: Gates = NO_GATES): Typed {
  const walk = new Walk(zeroes, gates);
  const out = walk.struct(value, type, '', { struct: type.name, field: '' });
  return { value: out, unknown: walk.unknown, ...(walk.error ? { error: walk.error } : {}) };
}
