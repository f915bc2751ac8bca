/** kubectl's JSONPath. Upstream: k8s.io/client-go/util/jsonpath/{parser,jsonpath}.go */
import { failure } from '../failure.ts';
import { byText, copy, goJson, isMap } from '../values.ts';

export type Node =
  | { type: 'text'; text: string }
  | { type: 'list'; nodes: Node[] }
  | { type: 'field'; name: string }
  | { type: 'identifier'; name: string }
  | { type: 'array'; from?: number; to?: number; step?: number; single: boolean }
  | { type: 'filter'; left: Node; operator: string; right: Node }
  | { type: 'literal'; value: unknown }
  | { type: 'wildcard' }
  | { type: 'recursive' }
  | { type: 'union'; nodes: Node[] };

/** Parses a template; complaints are thrown in upstream's words. */
export function parseJsonPath(template: string): Node[] {
  return new Parser(template).template();
}

const UNCLOSED = 'unclosed action';

class Parser {
  readonly #s: string;
  #i = 0;
  constructor(s: string) {
    this.#s = s;
  }

  template(): Node[] {
    const nodes: Node[] = [];
    while (this.#i < this.#s.length) {
      const open = this.#s.indexOf('{', this.#i);
      if (open !== this.#i) {
        const end = open < 0 ? this.#s.length : open;
        nodes.push({ type: 'text', text: this.#s.slice(this.#i, end) });
        this.#i = end;
        continue;
      }
      this.#i++;
      nodes.push({ type: 'list', nodes: this.#action('}') });
    }
    return nodes;
  }

  /** The steps up to a closing sign. */
  #action(close: string): Node[] {
    const nodes: Node[] = [];
    for (;;) {
      const c = this.#s[this.#i];
      if (c === undefined || c === '\n') throw failure(UNCLOSED);
      if (c === close) {
        this.#i++;
        return nodes;
      }
      const node = this.#step(c);
      if (node) nodes.push(node);
    }
  }

  #step(c: string): Node | undefined {
    if (c === ' ' || c === '@' || c === '$') {
      this.#i++;
      return undefined;
    }
    if (c === '[') return this.#bracket();
    if (c === '"' || c === "'") return { type: 'text', text: this.#quoted(c) };
    if (c === '.') return this.#field();
    if (/[-+\d]/.test(c)) return this.#number();
    if (/[A-Za-z_]/.test(c)) return this.#identifier();
    throw failure(
      `unrecognized character in action: U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')} '${c}'`,
    );
  }

  #identifier(): Node {
    const m = /^[^\s.[\](){}'",|=<>!@$*?:]+/.exec(this.#s.slice(this.#i))!;
    this.#i += m[0].length;
    if (m[0] === 'true' || m[0] === 'false') return { type: 'literal', value: m[0] === 'true' };
    return { type: 'identifier', name: m[0] };
  }

  #number(): Node {
    const m = /^[-+]?[\d.]+/.exec(this.#s.slice(this.#i));
    if (!m) throw failure(`cannot parse number`);
    this.#i += m[0].length;
    return { type: 'literal', value: Number(m[0]) };
  }

  #quoted(mark: string): string {
    const from = this.#i++;
    for (;;) {
      const c = this.#s[this.#i];
      if (c === undefined || c === '\n') throw failure('unterminated quoted string');
      this.#i++;
      if (c === '\\') this.#i++;
      else if (c === mark) break;
    }
    return unescaped(this.#s.slice(from + 1, this.#i - 1));
  }

  #field(): Node {
    this.#i++;
    if (this.#s[this.#i] === '.') {
      this.#i++;
      if (this.#s[this.#i] === '[') return { type: 'recursive' };
      this.#i--;
      return { type: 'recursive' };
    }
    if (this.#s[this.#i] === '*') {
      this.#i++;
      return { type: 'wildcard' };
    }
    let name = '';
    for (; this.#i < this.#s.length; this.#i++) {
      const c = this.#s[this.#i]!;
      if (c === '\\') {
        this.#i++;
        name += this.#s[this.#i] ?? '';
      } else if (/[\s.[\](){}'"|=<>!,]/.test(c)) break;
      else name += c;
    }
    return { type: 'field', name };
  }

  #bracket(): Node {
    const from = ++this.#i;
    let depth = 0;
    let mark = '';
    for (; ; this.#i++) {
      const c = this.#s[this.#i];
      if (c === undefined || c === '\n') throw failure('unterminated array');
      if (mark) {
        if (c === '\\') this.#i++;
        else if (c === mark) mark = '';
      } else if (c === '"' || c === "'") mark = c;
      else if (c === '[' || c === '(') depth++;
      else if (c === ')' || (c === ']' && depth > 0)) depth--;
      else if (c === ']') break;
    }
    const body = this.#s.slice(from, this.#i).trim();
    this.#i++;
    return bracketNode(body);
  }
}

function bracketNode(body: string): Node {
  if (body === '*') return { type: 'wildcard' };
  if (body.startsWith('?(')) return filterNode(body.slice(2, -1));
  const union = splitOutsideQuotes(body, ',');
  if (union.length > 1) return { type: 'union', nodes: union.map((part) => bracketNode(part.trim())) };
  const quoted = /^'(.*)'$/s.exec(body);
  if (quoted) return { type: 'field', name: unescaped(quoted[1]!).replaceAll('\\.', '.') };
  const slice = /^(-?\d*)(?::(-?\d*))?(?::(-?\d*))?$/.exec(body);
  if (!slice) throw failure(`invalid array index ${body}`);
  const single = !body.includes(':');
  if (single && body === '') throw failure('invalid array index ');
  const number = (t: string | undefined): number | undefined => (t ? Number(t) : undefined);
  return {
    type: 'array',
    single,
    ...(number(slice[1]) === undefined ? {} : { from: number(slice[1])! }),
    ...(number(slice[2]) === undefined ? {} : { to: number(slice[2])! }),
    ...(number(slice[3]) === undefined ? {} : { step: number(slice[3])! }),
  };
}

function filterNode(body: string): Node {
  const m = /^([^!<>=]+)([!<>=]+)(.+?)$/s.exec(body);
  if (!m) return { type: 'filter', left: expression(body), operator: 'exists', right: { type: 'list', nodes: [] } };
  return { type: 'filter', left: expression(m[1]!), operator: m[2]!, right: expression(m[3]!) };
}

const expression = (text: string): Node => new Parser(`{${text.trim()}}`).template()[0]!;

function splitOutsideQuotes(text: string, by: string): string[] {
  const out = [''];
  let mark = '';
  for (const c of text) {
    if (mark) mark = c === mark ? '' : mark;
    else if (c === "'" || c === '"') mark = c;
    if (c === by && !mark) out.push('');
    else out[out.length - 1] += c;
  }
  return out;
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', '"': '"', "'": "'", '\\': '\\' };
const unescaped = (s: string): string => s.replace(/\\(.)/gs, (_, c: string) => ESCAPES[c] ?? `\\${c}`);

/** The results of one action, e.g. of `{.items[*].metadata.name}`; a text counts as a result. */
export function evaluate(nodes: readonly Node[], input: unknown): unknown[] {
  let current: unknown[] = [input];
  for (const node of nodes)
    current =
      node.type === 'union'
        ? node.nodes.flatMap((part) => current.flatMap((v) => stepInto(part, v)))
        : current.flatMap((v) => stepInto(node, v));
  return current;
}

function stepInto(node: Node, v: unknown): unknown[] {
  switch (node.type) {
    case 'text':
      return [node.text];
    case 'literal':
      return [node.value];
    case 'list':
      return evaluate(node.nodes, v);
    case 'field':
      return isMap(v) && Object.hasOwn(v, node.name) && v[node.name] !== undefined ? [v[node.name]] : [];
    case 'identifier':
      throw failure(`unrecognized identifier ${node.name}`);
    case 'wildcard':
      return children(v);
    case 'recursive':
      return [v, ...descendants(v)].filter((x) => isMap(x) || Array.isArray(x));
    case 'union':
      return node.nodes.flatMap((n) => stepInto(n, v));
    case 'array':
      return slice(node, v);
    case 'filter':
      return filter(node, v);
  }
}

const goTypeName = (v: unknown): string =>
  isMap(v) ? 'map[string]interface {}' : typeof v === 'number' ? 'int64' : typeof v === 'boolean' ? 'bool' : 'string';

const children = (v: unknown): unknown[] =>
  Array.isArray(v)
    ? v
    : isMap(v)
      ? Object.keys(v)
          .filter((k) => v[k] !== undefined)
          .sort(byText)
          .map((k) => v[k])
      : [];

const descendants = (v: unknown): unknown[] => children(v).flatMap((c) => [c, ...descendants(c)]);

function slice(node: Extract<Node, { type: 'array' }>, v: unknown): unknown[] {
  if (v === null || v === undefined) return [];
  if (!Array.isArray(v)) throw failure(`${goTypeName(v)} is not array or slice`);
  const from = node.from ?? 0;
  if (node.single) {
    const index = from < 0 ? from + v.length : from;
    if (index < 0 || index >= v.length) throw failure(`array index out of bounds: index ${index}, length ${v.length}`);
    return [v[index]];
  }
  const start = from < 0 ? Math.max(from + v.length, 0) : from;
  const end = Math.min(node.to === undefined ? v.length : node.to < 0 ? node.to + v.length : node.to, v.length);
  const out: unknown[] = [];
  for (let i = start; i < end; i += node.step || 1) out.push(v[i]);
  return out;
}

function filter(node: Extract<Node, { type: 'filter' }>, v: unknown): unknown[] {
  if (!Array.isArray(v) && !isMap(v)) throw failure(`${goTypeName(v)} is not array or slice and cannot be filtered`);
  return children(v).filter((item) => {
    const left = evaluate([node.left], item);
    if (node.operator === 'exists') return left.length > 0;
    const right = evaluate([node.right], item);
    if (left.length === 0) return false;
    if (left.length > 1) throw failure(`can only compare one element at a time`);
    return compare(left[0], right[0], node.operator);
  });
}

function compare(a: unknown, b: unknown, operator: string): boolean {
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  if (typeof a !== typeof b) throw failure('incompatible types for comparison');
  const [x, y] = [a as number, b as number];
  if (operator === '<') return x < y;
  if (operator === '<=') return x <= y;
  if (operator === '>') return x > y;
  if (operator === '>=') return x >= y;
  throw failure(`unrecognized filter operator ${operator}`);
}

/** The text of a whole template for one object. */
export function runJsonPath(nodes: readonly Node[], input: unknown): string {
  const runner = new Runner();
  return runner.run(nodes, 0, input, false).text;
}

class Runner {
  /** Runs from `at` to the end or to the matching `{end}`. */
  run(nodes: readonly Node[], at: number, input: unknown, inRange: boolean): { text: string; next: number } {
    let text = '';
    let i = at;
    while (i < nodes.length) {
      const node = nodes[i]!;
      const word = node.type === 'list' && node.nodes[0]?.type === 'identifier' ? node.nodes[0].name : undefined;
      if (word === 'end') {
        if (!inRange) throw failure('not in range, nothing to end');
        return { text, next: i + 1 };
      }
      if (word === 'range') {
        const r = this.#range(nodes, i, (node as { nodes: Node[] }).nodes.slice(1), input);
        text += r.text;
        i = r.next;
        continue;
      }
      text += node.type === 'text' ? node.text : evaluate([node], input).map(valueText).join(' ');
      i++;
    }
    return { text, next: i };
  }

  #range(nodes: readonly Node[], at: number, over: readonly Node[], input: unknown): { text: string; next: number } {
    let text = '';
    for (const item of evaluate(over, input)) text += this.run(nodes, at + 1, item, true).text;
    return { text, next: skipRange(nodes, at + 1) };
  }
}

function skipRange(nodes: readonly Node[], from: number): number {
  let depth = 1;
  for (let i = from; i < nodes.length; i++) {
    const node = nodes[i]!;
    const word = node.type === 'list' && node.nodes[0]?.type === 'identifier' ? node.nodes[0].name : undefined;
    if (word === 'range') depth++;
    if (word === 'end' && --depth === 0) return i + 1;
  }
  return nodes.length;
}

function valueText(v: unknown): string {
  if (typeof v === 'string') return v;
  if (v === null || v === undefined) return 'null';
  return typeof v === 'object' ? goJson(copy(v)) : String(v);
}

const RELAXED = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/;

/** `.a.b`, `a.b`, `{a.b}` → the template `{.a.b}`. */
export function relaxedPath(text: string): string {
  if (text === '') return text;
  const m = RELAXED.exec(text);
  if (!m)
    throw failure(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  return `{.${m[1] || m[2]}}`;
}

/** All results of a path such as `.spec.nodeName` for one object. */
export function pathValues(nodes: readonly Node[], input: unknown): unknown[] {
  return nodes.flatMap((n) => (n.type === 'list' ? evaluate(n.nodes, input) : []));
}
