import { type Part, type Script, SyntaxProblem, type Word } from './syntax.ts';

export type Token =
  | { type: 'word'; word: Word; raw: string }
  | { type: 'op'; op: string; fd?: number }
  | { type: 'newline' };

const OPERATORS = ['&&', '||', '<<<', '<<-', '<<', '>>', '>&', '<&', '&>', '|', ';', '&', '>', '<', '(', ')'];
const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

/** Cuts a script into tokens; here-documents are read at the line end after their operator. */
export class Lexer {
  readonly #text: string;
  readonly #parse: (text: string) => Script;
  #at = 0;
  readonly #pending: { delimiter: string; quoted: boolean; strip: boolean; fill: (word: Word) => void }[] = [];

  constructor(text: string, parse: (text: string) => Script) {
    this.#text = text;
    this.#parse = parse;
  }

  /** The next token, or `undefined` at the end. */
  next(): Token | undefined {
    this.#skipBlanks();
    const text = this.#text;
    if (this.#at >= text.length) {
      this.#readHereDocuments();
      return undefined;
    }
    if (text[this.#at] === '\n') {
      this.#at++;
      this.#readHereDocuments();
      return { type: 'newline' };
    }
    const fd = /^\d(?=[<>])/.exec(text.slice(this.#at));
    const start = this.#at + (fd ? 1 : 0);
    const op = OPERATORS.find((o) => text.startsWith(o, start));
    if (op) {
      this.#at = start + op.length;
      return fd ? { type: 'op', op, fd: Number(fd[0]) } : { type: 'op', op };
    }
    const from = this.#at;
    return { type: 'word', word: this.#word(), raw: text.slice(from, this.#at) };
  }

  /** Registers a here-document whose delimiter was just read; `fill` gets its text. */
  hereDocument(delimiterRaw: string, strip: boolean, fill: (word: Word) => void): void {
    const quoted = /['"\\]/.test(delimiterRaw);
    this.#pending.push({ delimiter: delimiterRaw.replace(/['"\\]/g, ''), quoted, strip, fill });
  }

  #skipBlanks(): void {
    for (;;) {
      const c = this.#text[this.#at];
      if (c === ' ' || c === '\t' || c === '\r') this.#at++;
      else if (c === '\\' && this.#text[this.#at + 1] === '\n') this.#at += 2;
      else if (c === '#') while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at++;
      else return;
    }
  }

  #word(): Word {
    const parts: Part[] = [];
    const literal = (text: string, quoted: boolean): void => void parts.push({ type: 'text', text, quoted });
    while (this.#at < this.#text.length) {
      const c = this.#text[this.#at]!;
      if (/[\s;&|<>()]/.test(c)) break;
      if (c === "'") literal(this.#single(), true);
      else if (c === '"') this.#double(parts);
      else if (c === '\\') {
        if (this.#text[this.#at + 1] !== '\n') literal(this.#text[this.#at + 1] ?? '\\', true);
        this.#at += 2;
      } else if (c === '$' || c === '`') this.#expansion(parts, false);
      else {
        const plain = /^[^\s;&|<>()'"\\$`]+/.exec(this.#text.slice(this.#at))![0];
        literal(plain, false);
        this.#at += plain.length;
      }
    }
    return parts;
  }

  #single(): string {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) throw new SyntaxProblem("unexpected EOF while looking for matching `''");
    const text = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return text;
  }

  #double(parts: Part[]): void {
    this.#at++;
    let text = '';
    let empty = true;
    const flush = (): void => {
      if (text) parts.push({ type: 'text', text, quoted: true });
      text = '';
    };
    for (;;) {
      const c = this.#text[this.#at];
      if (c === undefined) throw new SyntaxProblem('unexpected EOF while looking for matching `"\'');
      if (c === '"') break;
      if (c === '\\' && /["\\$`\n]/.test(this.#text[this.#at + 1] ?? '')) {
        if (this.#text[this.#at + 1] !== '\n') text += this.#text[this.#at + 1];
        this.#at += 2;
      } else if (c === '$' || c === '`') {
        flush();
        this.#expansion(parts, true);
        empty = false;
      } else {
        text += c;
        this.#at++;
      }
    }
    this.#at++;
    if (text || empty) parts.push({ type: 'text', text, quoted: true });
  }

  #expansion(parts: Part[], quoted: boolean): void {
    const rest = this.#text.slice(this.#at);
    if (rest.startsWith('$((')) {
      const end = this.#text.indexOf('))', this.#at);
      if (end < 0) throw new SyntaxProblem("unexpected EOF while looking for matching `)'");
      parts.push({ type: 'arithmetic', text: this.#text.slice(this.#at + 3, end), quoted });
      this.#at = end + 2;
    } else if (rest.startsWith('$(')) {
      const end = closing(this.#text, this.#at + 2, ')');
      parts.push({ type: 'command', script: this.#parse(this.#text.slice(this.#at + 2, end)), quoted });
      this.#at = end + 1;
    } else if (rest.startsWith('`')) {
      const end = this.#text.indexOf('`', this.#at + 1);
      if (end < 0) throw new SyntaxProblem("unexpected EOF while looking for matching ``'");
      parts.push({ type: 'command', script: this.#parse(this.#text.slice(this.#at + 1, end)), quoted });
      this.#at = end + 1;
    } else if (rest.startsWith('${')) this.#braced(parts, quoted);
    else {
      const name = NAME.exec(rest.slice(1))?.[0] ?? /^[?$#@*0-9]/.exec(rest.slice(1))?.[0];
      if (name) parts.push({ type: 'variable', name, quoted });
      else parts.push({ type: 'text', text: '$', quoted });
      this.#at += 1 + (name?.length ?? 0);
    }
  }

  #braced(parts: Part[], quoted: boolean): void {
    const end = closing(this.#text, this.#at + 2, '}');
    const m = /^([A-Za-z_][A-Za-z0-9_]*|[?#@*0-9])(?::?-([\s\S]*))?$/.exec(this.#text.slice(this.#at + 2, end));
    if (!m) throw new SyntaxProblem(`${this.#text.slice(this.#at, end + 1)}: bad substitution`);
    const fallback: Word | undefined = m[2] === undefined ? undefined : [{ type: 'text', text: m[2], quoted: true }];
    parts.push({ type: 'variable', name: m[1]!, quoted, ...(fallback ? { fallback } : {}) });
    this.#at = end + 1;
  }

  #readHereDocuments(): void {
    for (const doc of this.#pending.splice(0)) {
      const lines: string[] = [];
      while (this.#at < this.#text.length) {
        const end = this.#text.indexOf('\n', this.#at);
        const line = this.#text.slice(this.#at, end < 0 ? undefined : end);
        this.#at = end < 0 ? this.#text.length : end + 1;
        const stripped = doc.strip ? line.replace(/^\t+/, '') : line;
        if (stripped === doc.delimiter) break;
        lines.push(stripped);
      }
      const text = lines.map((l) => `${l}\n`).join('');
      doc.fill(doc.quoted ? [{ type: 'text', text, quoted: true }] : this.#hereText(text));
    }
  }

  /** A here-document's text with its `$…` parts; quotes mean nothing in it. */
  #hereText(text: string): Word {
    const escaped = text.replace(/"/g, '\\"');
    const inner = new Lexer(`"${escaped}"`, this.#parse);
    return inner.#word();
  }
}

/** Where the bracket closes that was opened before `from`; quotes and nested brackets are skipped. */
function closing(text: string, from: number, close: ')' | '}'): number {
  const open = close === ')' ? '(' : '{';
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    const c = text[i]!;
    if (c === '\\') i++;
    else if (c === "'" && close === ')') i = skipTo(text, i, "'");
    else if (c === '"') i = skipDouble(text, i);
    else if (c === open) depth++;
    else if (c === close && --depth === 0) return i;
  }
  throw new SyntaxProblem(`unexpected EOF while looking for matching \`${close}'`);
}

function skipTo(text: string, at: number, quote: string): number {
  const end = text.indexOf(quote, at + 1);
  if (end < 0) throw new SyntaxProblem(`unexpected EOF while looking for matching \`${quote}'`);
  return end;
}

function skipDouble(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
    else if (text.startsWith('$(', i)) i = closing(text, i + 2, ')');
  }
  throw new SyntaxProblem('unexpected EOF while looking for matching `"\'');
}
