/**
 * The tokens of a YAML text, found by libyaml's rules, so that what is wrong is wrong at its place and in its words.
 * Values are read by another parser; this one only judges. Upstream: go-yaml v2 scannerc.go
 */
import { scanAnchor, scanBlockScalar, scanPlain, scanQuoted } from './scalars.ts';

export interface Mark {
  index: number;
  line: number;
  column: number;
}

export type TokenType =
  | 'stream-end'
  | 'document-start'
  | 'document-end'
  | 'directive'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  type: TokenType;
  start: Mark;
  /** Of an anchor or alias. */
  name?: string;
}

/** What is wrong; `scanner` errors count their line from 1, others from 0. */
export class YamlError extends Error {
  readonly mark: Mark;
  readonly scanner: boolean;
  constructor(message: string, mark: Mark, scanner: boolean) {
    super(message);
    this.mark = mark;
    this.scanner = scanner;
  }
}

interface SimpleKey {
  possible: boolean;
  required: boolean;
  token: number;
  mark: Mark;
}

const FLOW: Record<string, TokenType> = {
  '[': 'flow-sequence-start',
  '{': 'flow-mapping-start',
  ']': 'flow-sequence-end',
  '}': 'flow-mapping-end',
};
const KEY_LENGTH_MAX = 1024;

export class Scanner {
  readonly text: string;
  mark: Mark = { index: 0, line: 0, column: 0 };
  flow = 0;
  indent = -1;
  keyAllowed = true;
  #indents: number[] = [];
  #keys: (SimpleKey | undefined)[] = [undefined];
  #tokens: Token[] = [];
  #taken = 0;
  #ended = false;

  constructor(text: string) {
    this.text = text;
  }

  peek(): Token {
    while (this.#needMore()) this.#fetch();
    return this.#tokens[0]!;
  }

  skip(): Token {
    const t = this.peek();
    this.#tokens.shift();
    this.#taken++;
    return t;
  }

  /** The character at an offset from here; empty at the end. */
  at(offset = 0): string {
    return this.text[this.mark.index + offset] ?? '';
  }
  isBlank(offset = 0): boolean {
    return this.at(offset) === ' ' || this.at(offset) === '\t';
  }
  isBreak(offset = 0): boolean {
    return this.at(offset) === '\n' || this.at(offset) === '\r';
  }
  isEnd(offset = 0): boolean {
    return this.mark.index + offset >= this.text.length;
  }
  /** Blank, line break or end. */
  isGap(offset = 0): boolean {
    return this.isEnd(offset) || this.isBlank(offset) || this.isBreak(offset);
  }
  move(count = 1): void {
    const { index, line, column } = this.mark;
    this.mark = { index: index + count, line, column: column + count };
  }
  moveLine(): void {
    const step = this.at() === '\r' && this.at(1) === '\n' ? 2 : 1;
    this.mark = { index: this.mark.index + step, line: this.mark.line + 1, column: 0 };
  }
  error(message: string): YamlError {
    return new YamlError(message, this.mark, true);
  }
  /** `---` or `...` at the start of a line. */
  documentMark(): '---' | '...' | undefined {
    if (this.mark.column !== 0 || !this.isGap(3)) return undefined;
    const three = this.text.slice(this.mark.index, this.mark.index + 3);
    return three === '---' || three === '...' ? three : undefined;
  }

  #needMore(): boolean {
    if (this.#ended) return false;
    if (this.#tokens.length === 0) return true;
    this.#dropStaleKeys();
    return this.#keys.some((k) => k?.possible && k.token === this.#taken);
  }

  #dropStaleKeys(): void {
    for (const k of this.#keys) {
      if (!k?.possible) continue;
      if (k.mark.line >= this.mark.line && k.mark.index + KEY_LENGTH_MAX >= this.mark.index) continue;
      if (k.required) throw this.error("could not find expected ':'");
      k.possible = false;
    }
  }

  #saveKey(): void {
    const required = this.flow === 0 && this.indent === this.mark.column;
    if (!this.keyAllowed) return;
    this.#removeKey();
    this.#keys[this.#keys.length - 1] = {
      possible: true,
      required,
      token: this.#taken + this.#tokens.length,
      mark: this.mark,
    };
  }

  #removeKey(): void {
    const k = this.#keys.at(-1);
    if (!k?.possible) return;
    if (k.required) throw this.error("could not find expected ':'");
    k.possible = false;
  }

  #roll(column: number, type: TokenType, mark: Mark, at?: number): void {
    if (this.flow > 0 || this.indent >= column) return;
    this.#indents.push(this.indent);
    this.indent = column;
    const token = { type, start: mark };
    if (at === undefined) this.#tokens.push(token);
    else this.#tokens.splice(at - this.#taken, 0, token);
  }

  #unroll(column: number): void {
    if (this.flow > 0) return;
    while (this.indent > column) {
      this.#tokens.push({ type: 'block-end', start: this.mark });
      this.indent = this.#indents.pop()!;
    }
  }

  #push(type: TokenType, length: number): void {
    const start = this.mark;
    this.move(length);
    this.#tokens.push({ type, start });
  }

  #toNextToken(): void {
    for (;;) {
      while (this.at() === ' ' || ((this.flow > 0 || !this.keyAllowed) && this.at() === '\t')) this.move();
      if (this.at() === '#') while (!this.isBreak() && !this.isEnd()) this.move();
      if (!this.isBreak()) return;
      this.moveLine();
      if (this.flow === 0) this.keyAllowed = true;
    }
  }

  #fetch(): void {
    this.#toNextToken();
    this.#dropStaleKeys();
    this.#unroll(this.mark.column);
    if (this.isEnd()) this.#fetchEnd();
    else this.#fetchHere(this.at());
  }

  #fetchHere(c: string): void {
    const doc = this.documentMark();
    if (doc || (c === '%' && this.mark.column === 0)) this.#fetchDocument(doc);
    else if (c === '[' || c === '{') this.#fetchFlowStart(c);
    else if (c === ']' || c === '}') this.#fetchFlowEnd(c);
    else if (c === ',') this.#fetchFlowEntry();
    else if (c === '-' && this.isGap(1)) this.#fetchBlockEntry();
    else if (c === '?' && (this.flow > 0 || this.isGap(1))) this.#fetchKey();
    else if (c === ':' && (this.flow > 0 || this.isGap(1))) this.#fetchValue();
    else this.#fetchScalar(c);
  }

  #fetchEnd(): void {
    this.#unroll(-1);
    this.#removeKey();
    this.keyAllowed = false;
    this.#tokens.push({ type: 'stream-end', start: this.mark });
    this.#ended = true;
  }

  #fetchDocument(doc: '---' | '...' | undefined): void {
    this.#unroll(-1);
    this.#removeKey();
    this.keyAllowed = false;
    if (doc) {
      this.#push(doc === '---' ? 'document-start' : 'document-end', 3);
      return;
    }
    const start = this.mark;
    while (!this.isBreak() && !this.isEnd()) this.move();
    this.#tokens.push({ type: 'directive', start });
  }

  #fetchFlowStart(c: string): void {
    this.#saveKey();
    this.flow++;
    this.#keys.push(undefined);
    this.keyAllowed = true;
    this.#push(FLOW[c]!, 1);
  }

  #fetchFlowEnd(c: string): void {
    this.#removeKey();
    if (this.flow > 0) {
      this.flow--;
      this.#keys.pop();
    }
    this.keyAllowed = false;
    this.#push(FLOW[c]!, 1);
  }

  #fetchFlowEntry(): void {
    this.#removeKey();
    this.keyAllowed = true;
    this.#push('flow-entry', 1);
  }

  #fetchBlockEntry(): void {
    if (this.flow === 0) {
      if (!this.keyAllowed) throw this.error('block sequence entries are not allowed in this context');
      this.#roll(this.mark.column, 'block-sequence-start', this.mark);
    }
    this.#removeKey();
    this.keyAllowed = true;
    this.#push('block-entry', 1);
  }

  #fetchKey(): void {
    if (this.flow === 0) {
      if (!this.keyAllowed) throw this.error('mapping keys are not allowed in this context');
      this.#roll(this.mark.column, 'block-mapping-start', this.mark);
    }
    this.#removeKey();
    this.keyAllowed = this.flow === 0;
    this.#push('key', 1);
  }

  #fetchValue(): void {
    const k = this.#keys.at(-1);
    if (k?.possible) {
      this.#tokens.splice(k.token - this.#taken, 0, { type: 'key', start: k.mark });
      this.#roll(k.mark.column, 'block-mapping-start', k.mark, k.token);
      k.possible = false;
      this.keyAllowed = false;
    } else {
      if (this.flow === 0) {
        if (!this.keyAllowed) throw this.error('mapping values are not allowed in this context');
        this.#roll(this.mark.column, 'block-mapping-start', this.mark);
      }
      this.keyAllowed = this.flow === 0;
    }
    this.#push('value', 1);
  }

  #fetchScalar(c: string): void {
    const start = this.mark;
    if ((c === '|' || c === '>') && this.flow === 0) {
      this.#removeKey();
      this.keyAllowed = true;
      scanBlockScalar(this);
      this.#tokens.push({ type: 'scalar', start });
      return;
    }
    const plain =
      !this.isGap() &&
      (!'-?:,[]{}#&*!|>\'"%@`'.includes(c) ||
        (c === '-' && !this.isBlank(1)) ||
        (this.flow === 0 && (c === '?' || c === ':') && !this.isGap(1)));
    if (!plain && !'*&!\'"'.includes(c)) throw this.error('found character that cannot start any token');
    this.#saveKey();
    this.keyAllowed = false;
    if (c === '*' || c === '&')
      this.#tokens.push({ type: c === '*' ? 'alias' : 'anchor', start, name: scanAnchor(this) });
    else if (c === '!') {
      while (!this.isGap() && !(this.flow > 0 && ',]}'.includes(this.at()))) this.move();
      this.#tokens.push({ type: 'tag', start });
    } else {
      if (c === "'" || c === '"') scanQuoted(this, c);
      else scanPlain(this);
      this.#tokens.push({ type: 'scalar', start });
    }
  }
}
