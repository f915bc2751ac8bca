/**
 * Kubernetes objects in protobuf, as kubectl sends them when it creates (`kubectl create`, `auth can-i`): it does not go
 * back to JSON when a server does not take them. Answers are JSON. Upstream: apimachinery/pkg/runtime/serializer/protobuf
 */

/** Message → its fields: `number name type`, with `?` also when zero, `[` list, `{` map before the type; `^` an inlined struct. */
export type Messages = Readonly<Record<string, string>>;

type Json = Record<string, unknown>;

interface Field {
  /** Absent: the fields of the message stand in the object itself. */
  name?: string;
  type: string;
  /** Stands in JSON even when it is zero: a pointer, or a field without omitempty. */
  kept: boolean;
  list: boolean;
  map: boolean;
}

const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);
const SCALARS = new Set(['string', 'bytes', 'bool', 'int', 'double']);

/** A body that is no protobuf of Kubernetes. */
export class NotProtobuf extends Error {}

/** One field as it stands in the bytes. */
interface Token {
  number: number;
  /** The bytes of a length-delimited field, else its number. */
  value: Buffer | bigint | number;
}

function varint(b: Buffer, from: number): { value: bigint; next: number } {
  let value = 0n;
  for (let i = from, shift = 0n; i < b.length && shift < 70n; i++, shift += 7n) {
    value |= BigInt(b[i]! & 0x7f) << shift;
    if (b[i]! < 0x80) return { value, next: i + 1 };
  }
  throw new NotProtobuf('a number without an end');
}

function* tokens(b: Buffer): Generator<Token> {
  let at = 0;
  while (at < b.length) {
    const key = varint(b, at);
    const number = Number(key.value >> 3n);
    const wire = Number(key.value & 7n);
    at = key.next;
    if (wire === 0) {
      const v = varint(b, at);
      at = v.next;
      yield { number, value: v.value };
      continue;
    }
    let bytes = wire === 1 ? 8 : 4;
    if (wire === 2) {
      const length = varint(b, at);
      at = length.next;
      bytes = Number(length.value);
    } else if (wire !== 1 && wire !== 5) throw new NotProtobuf(`a field of wire type ${wire}`);
    if (at + bytes > b.length) throw new NotProtobuf('a field without an end');
    const value = b.subarray(at, at + bytes);
    at += bytes;
    yield { number, value: wire === 1 ? value.readDoubleLE(0) : wire === 5 ? value.readFloatLE(0) : value };
  }
}

const bytesOf = (t: Token): Buffer => {
  if (!Buffer.isBuffer(t.value)) throw new NotProtobuf(`field ${t.number} is no message`);
  return t.value;
};
const intOf = (v: Token['value']): number => (typeof v === 'bigint' ? Number(BigInt.asIntN(64, v)) : Number(v));

/** The fields of a small message by number; the last one counts. */
const byNumber = (b: Buffer): Map<number, Token> => new Map([...tokens(b)].map((t) => [t.number, t]));

const textAt = (m: Map<number, Token>, n: number): string => (m.has(n) ? bytesOf(m.get(n)!).toString('utf8') : '');
const intAt = (m: Map<number, Token>, n: number): number => (m.has(n) ? intOf(m.get(n)!.value) : 0);

function timeText(b: Buffer, micro: boolean): string | null {
  const m = byNumber(b);
  if (!m.size) return null;
  const whole = new Date(intAt(m, 1) * 1000).toISOString().slice(0, 19);
  if (!micro) return `${whole}Z`;
  return `${whole}.${String(Math.floor(intAt(m, 2) / 1000)).padStart(6, '0')}Z`;
}

function rawValue(b: Buffer): unknown {
  const text = textAt(byNumber(b), 1);
  return text ? (JSON.parse(text) as unknown) : null;
}

/** Messages that are one value in JSON. */
const SPECIAL: Readonly<Record<string, (b: Buffer) => unknown>> = {
  Time: (b) => timeText(b, false),
  MicroTime: (b) => timeText(b, true),
  Quantity: (b) => textAt(byNumber(b), 1) || '0',
  Duration: (b) => `${intAt(byNumber(b), 1) / 1e9}s`,
  Raw: rawValue,
  IntOrString: (b) => {
    const m = byNumber(b);
    return intAt(m, 1) === 1 ? textAt(m, 3) : intAt(m, 2);
  },
};

/** Reads objects with one table of messages. */
export class ProtobufReader {
  readonly #messages: Messages;
  readonly #fields = new Map<string, ReadonlyMap<number, Field>>();

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  /** The object in a body, with its apiVersion and kind. Throws `NotProtobuf`. */
  object(body: Buffer): Json {
    if (!body.subarray(0, 4).equals(MAGIC)) throw new NotProtobuf('the body does not begin as one');
    const unknown = byNumber(body.subarray(4));
    const meta = unknown.has(1) ? byNumber(bytesOf(unknown.get(1)!)) : new Map<number, Token>();
    const [apiVersion, kind] = [textAt(meta, 1), textAt(meta, 2)];
    const raw = unknown.has(2) ? bytesOf(unknown.get(2)!) : Buffer.alloc(0);
    const message = this.#messageOf(apiVersion, kind);
    if (!message) throw new NotProtobuf(`no kind "${kind}" is registered for version "${apiVersion}"`);
    return { apiVersion, kind, ...this.#message(message, raw) };
  }

  #messageOf(apiVersion: string, kind: string): string | undefined {
    if (kind === 'DeleteOptions') return `meta/v1.${kind}`;
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
    const name = `${group!.split('.')[0]}/${version}.${kind}`;
    return Object.hasOwn(this.#messages, name) ? name : undefined;
  }

  #fieldsOf(message: string): ReadonlyMap<number, Field> {
    let fields = this.#fields.get(message);
    if (!fields) {
      const texts = (this.#messages[message] ?? '').split('|').filter(Boolean);
      fields = new Map(texts.map((text) => fieldOf(text)));
      this.#fields.set(message, fields);
    }
    return fields;
  }

  #message(message: string, b: Buffer): Json {
    const out: Json = {};
    const fields = this.#fieldsOf(message);
    for (const t of tokens(b)) {
      const f = fields.get(t.number);
      if (!f) continue; // a field newer than this table
      if (f.name === undefined) Object.assign(out, this.#message(f.type, bytesOf(t)));
      else if (f.map) {
        const entry = byNumber(bytesOf(t));
        const value = entry.has(2) ? this.#value(f.type, entry.get(2)!) : zero(f.type);
        out[f.name] = { ...(out[f.name] as Json | undefined), [textAt(entry, 1)]: value };
      } else if (f.list) out[f.name] = [...((out[f.name] as unknown[] | undefined) ?? []), this.#value(f.type, t)];
      else {
        const value = this.#value(f.type, t);
        // what Go leaves out of JSON
        if (f.kept || !isZero(value)) out[f.name] = value;
      }
    }
    return out;
  }

  #value(type: string, t: Token): unknown {
    if (SCALARS.has(type)) return scalar(type, t);
    const b = bytesOf(t);
    return SPECIAL[type]?.(b) ?? (SPECIAL[type] ? null : this.#message(type, b));
  }
}

function fieldOf(text: string): [number, Field] {
  const [number, name, rest] = text.split(' ') as [string, string, string];
  const flags = /^[?[{]*/.exec(rest)![0];
  return [
    Number(number),
    {
      ...(name === '^' ? {} : { name }),
      type: rest.slice(flags.length),
      kept: flags.includes('?'),
      list: flags.includes('['),
      map: flags.includes('{'),
    },
  ];
}

function scalar(type: string, t: Token): unknown {
  if (type === 'string') return bytesOf(t).toString('utf8');
  if (type === 'bytes') return bytesOf(t).toString('base64');
  return type === 'bool' ? intOf(t.value) !== 0 : type === 'int' ? intOf(t.value) : Number(t.value);
}

const zero = (type: string): unknown => (type === 'string' || type === 'bytes' ? '' : type === 'Quantity' ? '0' : {});

const isZero = (v: unknown): boolean =>
  v === '' ||
  v === 0 ||
  v === false ||
  v === null ||
  (typeof v === 'object' && !Array.isArray(v) && Object.keys(v as object).length === 0);
