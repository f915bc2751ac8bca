/**
 * Go templates as `-o go-template` runs them: fields, range, if, with, else, variables, pipes and the usual functions.
 * Upstream: text/template, k8s.io/cli-runtime/pkg/printers/template.go
 */
import { failure } from '../failure.ts';
import { byText, goValue, isMap } from '../values.ts';
import { callFunction, FUNCTIONS, truth } from './template-functions.ts';

type Block =
  | { type: 'text'; text: string }
  | { type: 'action'; pipe: string[] }
  | { type: 'branch'; word: 'if' | 'range' | 'with'; pipe: string[]; body: Block[]; otherwise: Block[] };

type Variables = Map<string, unknown>;

/** Parses a template into a function from an object to its text. */
export function parseTemplate(text: string): (input: unknown) => string {
  const reader = new BlockReader(text);
  const blocks = reader.blocks();
  if (reader.more) throw wrong(`unexpected {{${reader.last}}}`);
  return (input) => runBlocks(blocks, input, new Map([['$', input]]));
}

const wrong = (why: string) => failure(`template: output:1: ${why}`);

class BlockReader {
  readonly #parts: string[];
  #i = 0;
  last = '';

  constructor(text: string) {
    const trimmed = text.replace(/\s*\{\{- /g, '{{').replace(/ -\}\}\s*/g, '}}');
    this.#parts = trimmed.split(/(\{\{(?:"(?:\\.|[^"\\])*"|`[^`]*`|[^"`])*?\}\})/g);
  }

  get more(): boolean {
    return this.#i < this.#parts.length;
  }

  /** Blocks up to `{{end}}`, `{{else}}` or the end of the text; `last` says which. */
  blocks(): Block[] {
    const out: Block[] = [];
    while (this.#i < this.#parts.length) {
      const part = this.#parts[this.#i++]!;
      if (!part.startsWith('{{')) {
        if (part.includes('{{')) throw wrong('unclosed action');
        if (part) out.push({ type: 'text', text: part });
        continue;
      }
      if (!part.endsWith('}}')) throw wrong('unclosed action');
      const body = part.slice(2, -2).trim();
      if (body.startsWith('/*')) continue;
      const words = tokens(body);
      checkFunctions(words);
      const word = words[0];
      if (word === 'end' || word === 'else') {
        this.last = words.join(' ');
        return out;
      }
      out.push(
        word === 'if' || word === 'range' || word === 'with'
          ? this.#branch(word, words.slice(1))
          : { type: 'action', pipe: words },
      );
    }
    this.last = '';
    return out;
  }

  #branch(word: 'if' | 'range' | 'with', pipe: string[]): Block {
    const body = this.blocks();
    let otherwise: Block[] = [];
    if (this.last.startsWith('else if')) otherwise = [this.#branch('if', tokens(this.last.slice(8)))];
    else if (this.last === 'else') {
      otherwise = this.blocks();
      if ((this.last as string) !== 'end') throw wrong('unexpected EOF');
    } else if (this.last !== 'end') throw wrong('unexpected EOF');
    return { type: 'branch', word, pipe, body, otherwise };
  }
}

const KEYWORDS = new Set(['if', 'else', 'end', 'range', 'with', 'true', 'false', 'nil', 'break', 'continue']);

function checkFunctions(words: readonly string[]): void {
  for (const w of words)
    if (/^[A-Za-z]\w*$/.test(w) && !FUNCTIONS.has(w) && !KEYWORDS.has(w)) throw wrong(`function "${w}" not defined`);
}

const tokens = (text: string): string[] => text.match(/"(?:\\.|[^"\\])*"|`[^`]*`|:=|=|[()|,]|[^\s()|,"`]+/g) ?? [];

function runBlocks(blocks: readonly Block[], dot: unknown, vars: Variables): string {
  let out = '';
  const scope = new Map(vars);
  for (const b of blocks) {
    if (b.type === 'text') out += b.text;
    else if (b.type === 'action') {
      const value = assign(b.pipe, dot, scope);
      if (value !== ASSIGNED) out += shown(value);
    } else out += runBranch(b, dot, scope);
  }
  return out;
}

const ASSIGNED = Symbol('assigned');

function assign(pipe: readonly string[], dot: unknown, vars: Variables): unknown {
  if (pipe[0]?.startsWith('$') && (pipe[1] === ':=' || pipe[1] === '=')) {
    vars.set(pipe[0], evaluatePipe(pipe.slice(2), dot, vars));
    return ASSIGNED;
  }
  return evaluatePipe(pipe, dot, vars);
}

/** A missing value prints as `<no value>`. */
const shown = (v: unknown): string => (v === undefined || v === null ? '<no value>' : goValue(v));

function runBranch(b: Extract<Block, { type: 'branch' }>, dot: unknown, vars: Variables): string {
  const names: string[] = [];
  let pipe = b.pipe;
  const at = pipe.indexOf(':=');
  if (at >= 0) {
    names.push(...pipe.slice(0, at).filter((t) => t.startsWith('$')));
    pipe = pipe.slice(at + 1);
  }
  const value = evaluatePipe(pipe, dot, vars);
  if (b.word === 'range') return runRange(b, names, value, dot, vars);
  if (!truth(value)) return runBlocks(b.otherwise, dot, vars);
  const inner = names[0] ? new Map(vars).set(names[0], value) : vars;
  return runBlocks(b.body, b.word === 'with' ? value : dot, inner);
}

function runRange(
  b: Extract<Block, { type: 'branch' }>,
  names: readonly string[],
  value: unknown,
  dot: unknown,
  vars: Variables,
): string {
  const entries: [unknown, unknown][] = Array.isArray(value)
    ? value.map((v, i) => [i, v])
    : isMap(value)
      ? Object.keys(value)
          .sort(byText)
          .map((k) => [k, value[k]])
      : typeof value === 'number'
        ? Array.from({ length: value }, (_, i) => [i, i])
        : [];
  if (value !== undefined && value !== null && entries.length === 0 && !Array.isArray(value) && !isMap(value))
    throw failure(`error executing template: range can't iterate over ${goValue(value)}`);
  if (entries.length === 0) return runBlocks(b.otherwise, dot, vars);
  return entries
    .map(([key, item]) => {
      const inner = new Map(vars);
      if (names.length === 1) inner.set(names[0]!, item);
      if (names.length === 2) inner.set(names[0]!, key).set(names[1]!, item);
      return runBlocks(b.body, item, inner);
    })
    .join('');
}

function evaluatePipe(words: readonly string[], dot: unknown, vars: Variables): unknown {
  const stages = splitTop(words, '|');
  let value: unknown;
  stages.forEach((stage, i) => {
    value = evaluateCall(stage, dot, vars, i > 0 ? [value] : []);
  });
  return value;
}

/** Splits at a sign outside parentheses. */
function splitTop(words: readonly string[], sign: string): string[][] {
  const out: string[][] = [[]];
  let depth = 0;
  for (const w of words) {
    if (w === '(') depth++;
    if (w === ')') depth--;
    if (w === sign && depth === 0) out.push([]);
    else out.at(-1)!.push(w);
  }
  return out;
}

function evaluateCall(words: readonly string[], dot: unknown, vars: Variables, piped: readonly unknown[]): unknown {
  if (words.length === 0) throw wrong('missing value for command');
  const operands = groups(words);
  const head = operands[0]!;
  const name = head.length === 1 ? head[0]! : '';
  if (FUNCTIONS.has(name)) {
    const args = [...operands.slice(1).map((o) => operand(o, dot, vars)), ...piped];
    return callFunction(name, args);
  }
  if (/^[A-Za-z]\w*$/.test(name) && !['true', 'false', 'nil'].includes(name))
    throw wrong(`function "${name}" not defined`);
  return operand(head, dot, vars);
}

/** Words, with each parenthesis as one operand (and a `.field` right behind it). */
function groups(words: readonly string[]): string[][] {
  const out: string[][] = [];
  let depth = 0;
  for (const w of words) {
    if (depth > 0) out.at(-1)!.push(w);
    else if (w.startsWith('.') && out.at(-1)?.at(-1) === ')') out.at(-1)!.push(w);
    else out.push([w]);
    if (w === '(') depth++;
    if (w === ')') depth--;
  }
  return out;
}

function operand(words: readonly string[], dot: unknown, vars: Variables): unknown {
  if (words[0] === '(') {
    const close = words.lastIndexOf(')');
    const value = evaluatePipe(words.slice(1, close), dot, vars);
    return words[close + 1] ? fieldsOf(value, words[close + 1]!) : value;
  }
  const w = words[0]!;
  if (w.startsWith('"')) return JSON.parse(w.replace(/\\'/g, "'"));
  if (w.startsWith('`')) return w.slice(1, -1);
  if (w === '.') return dot;
  if (w.startsWith('.')) return fieldsOf(dot, w);
  if (w.startsWith('$')) {
    const name = /^\$\w*/.exec(w)![0];
    if (!vars.has(name)) throw wrong(`undefined variable "${name}"`);
    return fieldsOf(vars.get(name), w.slice(name.length));
  }
  if (w === 'true' || w === 'false') return w === 'true';
  if (w === 'nil') return null;
  if (/^-?\d+(\.\d+)?$/.test(w)) return Number(w);
  throw wrong(`unexpected ${JSON.stringify(w)} in operand`);
}

function fieldsOf(value: unknown, path: string): unknown {
  let v = value;
  for (const name of path.split('.').filter(Boolean)) v = isMap(v) && Object.hasOwn(v, name) ? v[name] : undefined;
  return v;
}
