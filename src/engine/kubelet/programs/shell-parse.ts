/** The small shell of container commands: text → instructions with jumps. Sleeping makes it a machine that is stepped. */

export type Part = { text: string } | { name: string } | { command: Instruction[] } | { sum: string };

export interface Word {
  parts: Part[];
  /** Quoted words are not split and may be empty. */
  quoted: boolean;
}

export interface Redirect {
  to: string;
  append: boolean;
}

export interface Command {
  words: Word[];
  redirect?: { word: Word; append: boolean };
  /** The next stage of a pipe. */
  pipe?: Command;
  background?: boolean;
}

export type Instruction =
  | { op: 'run'; command: Command }
  | { op: 'set'; name: string; value: Word }
  | { op: 'jump'; to: number }
  /** Jumps when the last status is (not) 0. */
  | { op: 'jumpIf'; ok: boolean; to: number }
  | { op: 'not' }
  | { op: 'loop'; name: string; words: Word[]; id: number; end: number }
  | { op: 'status'; code: number };

type Token = { kind: 'word'; word: Word; plain: string | undefined } | { kind: 'op'; text: string };

const OPERATORS = ['&&', '||', ';;', '>>', '<<', ';', '|', '&', '(', ')', '\n', '>', '<'];

/** Reads words, quotes and substitutions; one instance a script. */
class Lexer {
  readonly #text: string;
  #at = 0;
  constructor(text: string) {
    this.#text = text;
  }

  tokens(): Token[] {
    const out: Token[] = [];
    for (;;) {
      while (this.#peek() === ' ' || this.#peek() === '\t' || this.#text.startsWith('\\\n', this.#at)) this.#at++;
      if (this.#at >= this.#text.length) return out;
      if (this.#peek() === '#') {
        while (this.#at < this.#text.length && this.#peek() !== '\n') this.#at++;
        continue;
      }
      const fd = /^[012](?=>)/.exec(this.#text.slice(this.#at, this.#at + 2));
      if (fd) {
        this.#at++;
        this.#skipDescriptor(fd[0] === '2', out);
        continue;
      }
      const op = OPERATORS.find((o) => this.#text.startsWith(o, this.#at));
      if (op) {
        this.#at += op.length;
        if (op === '>' && this.#peek() === '&') {
          this.#at += 2; // >&2
          continue;
        }
        out.push({ kind: 'op', text: op });
      } else out.push(this.#word());
    }
  }

  /** `2>&1` and `2>/dev/null` change nothing that is kept; `1>` is `>`. */
  #skipDescriptor(isError: boolean, out: Token[]): void {
    const append = this.#text.startsWith('>>', this.#at);
    this.#at += append ? 2 : 1;
    if (this.#peek() === '&') {
      this.#at += 2;
      return;
    }
    if (!isError) {
      out.push({ kind: 'op', text: append ? '>>' : '>' });
      return;
    }
    while (this.#peek() === ' ') this.#at++;
    this.#word();
  }

  #peek(): string {
    return this.#text[this.#at] ?? '';
  }

  #word(): Token {
    const word: Word = { parts: [], quoted: false };
    const start = this.#at;
    let text = '';
    const flush = (): void => {
      if (text) word.parts.push({ text });
      text = '';
    };
    for (;;) {
      const c = this.#peek();
      if (c === '' || ' \t\n;|&<>()'.includes(c)) break;
      this.#at++;
      if (c === '\\') text += this.#text[this.#at++] ?? '';
      else if (c === "'") {
        const end = this.#text.indexOf("'", this.#at);
        const stop = end < 0 ? this.#text.length : end;
        text += this.#text.slice(this.#at, stop);
        this.#at = stop + 1;
        word.quoted = true;
      } else if (c === '"') {
        word.quoted = true;
        flush();
        this.#quoted(word);
      } else if (c === '$' || c === '`') {
        flush();
        word.parts.push(this.#dollar(c));
      } else text += c;
    }
    flush();
    const raw = this.#text.slice(start, this.#at);
    return { kind: 'word', word, plain: /["'$`\\]/.test(raw) ? undefined : raw };
  }

  #quoted(word: Word): void {
    let text = '';
    for (;;) {
      const c = this.#peek();
      this.#at++;
      if (c === '' || c === '"') break;
      if (c === '\\' && '"\\$`'.includes(this.#peek())) text += this.#text[this.#at++] ?? '';
      else if (c === '$' || c === '`') {
        if (text) word.parts.push({ text });
        text = '';
        word.parts.push(this.#dollar(c));
      } else text += c;
    }
    if (text) word.parts.push({ text });
  }

  #dollar(opener: string): Part {
    if (opener === '`') return { command: parseScript(this.#until('`')) };
    if (this.#text.startsWith('((', this.#at)) {
      const end = this.#text.indexOf('))', this.#at);
      const sum = this.#text.slice(this.#at + 2, end < 0 ? undefined : end);
      this.#at = end < 0 ? this.#text.length : end + 2;
      return { sum };
    }
    if (this.#peek() === '(') {
      this.#at++;
      return { command: parseScript(this.#balanced()) };
    }
    if (this.#peek() === '{') {
      this.#at++;
      return { name: this.#until('}') };
    }
    const name = /^(?:[A-Za-z_]\w*|[?$!#@*0-9])/.exec(this.#text.slice(this.#at))?.[0];
    if (!name) return { text: '$' };
    this.#at += name.length;
    return { name };
  }

  #until(closer: string): string {
    const end = this.#text.indexOf(closer, this.#at);
    const inner = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return inner;
  }

  #balanced(): string {
    const start = this.#at;
    let depth = 1;
    for (; this.#at < this.#text.length; this.#at++) {
      const c = this.#peek();
      if (c === '(') depth++;
      if (c === ')' && --depth === 0) break;
    }
    return this.#text.slice(start, this.#at++);
  }
}

/** Turns tokens into instructions; unknown shapes end the script with status 2, as a syntax error does. */
class Compiler {
  readonly out: Instruction[] = [];
  readonly #tokens: Token[];
  #at = 0;
  #loops: { start: number; breaks: number[] }[] = [];
  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  /** Reads lists up to one of the closing words. Whether one was found. */
  list(closers: readonly string[]): boolean {
    for (;;) {
      while (this.#isOp(';', '\n', '&')) this.#at++;
      if (this.#at >= this.#tokens.length) return closers.length === 0;
      if (closers.includes(this.#plain() ?? '')) return true;
      this.#andOr();
    }
  }

  #andOr(): void {
    this.#pipeline();
    while (this.#isOp('&&', '||')) {
      const ok = (this.#tokens[this.#at++] as { text: string }).text === '||';
      while (this.#isOp('\n')) this.#at++;
      const hole = this.#hole({ op: 'jumpIf', ok, to: 0 });
      this.#pipeline();
      this.#fill(hole);
    }
  }

  #pipeline(): void {
    let negated = false;
    while (this.#plain() === '!') {
      negated = !negated;
      this.#at++;
    }
    this.#command();
    if (negated) this.out.push({ op: 'not' });
  }

  #command(): void {
    const word = this.#plain();
    if (word === 'if') this.#if();
    else if (word === 'while' || word === 'until') this.#while(word === 'until');
    else if (word === 'for') this.#for();
    else if (word === '{' || this.#isOp('(')) this.#group(word === '{' ? '}' : ')');
    else this.#simple();
  }

  #group(closer: string): void {
    this.#at++;
    this.list([closer]);
    this.#at++;
  }

  #if(): void {
    const ends: number[] = [];
    do {
      this.#at++;
      this.list(['then']);
      this.#at++;
      const hole = this.#hole({ op: 'jumpIf', ok: false, to: 0 });
      this.list(['elif', 'else', 'fi']);
      ends.push(this.#hole({ op: 'jump', to: 0 }));
      this.#fill(hole);
    } while (this.#plain() === 'elif');
    this.out.push({ op: 'status', code: 0 });
    if (this.#plain() === 'else') {
      this.#at++;
      this.list(['fi']);
    }
    this.#at++;
    for (const end of ends) this.#fill(end);
  }

  #while(until: boolean): void {
    this.#at++;
    const start = this.out.length;
    this.list(['do']);
    const hole = this.#hole({ op: 'jumpIf', ok: until, to: 0 });
    this.#body(start);
    this.#fill(hole);
    this.#endLoop();
  }

  #for(): void {
    this.#at++;
    const name = this.#plain() ?? '_';
    this.#at++;
    const words: Word[] = [];
    if (this.#plain() === 'in') {
      this.#at++;
      for (let t = this.#tokens[this.#at]; t?.kind === 'word'; t = this.#tokens[this.#at]) {
        words.push(t.word);
        this.#at++;
      }
    }
    while (this.#isOp(';', '\n')) this.#at++;
    const start = this.out.length;
    const loop: Instruction = { op: 'loop', name, words, id: start, end: 0 };
    this.out.push(loop);
    this.#body(start);
    loop.end = this.out.length;
    this.#endLoop();
  }

  /** `do … done` with a jump back to `start`. */
  #body(start: number): void {
    if (this.#plain() === 'do') this.#at++;
    this.#loops.push({ start, breaks: [] });
    this.list(['done']);
    this.#at++;
    this.out.push({ op: 'jump', to: start });
  }

  #endLoop(): void {
    for (const hole of this.#loops.pop()!.breaks) this.#fill(hole);
    this.out.push({ op: 'status', code: 0 });
  }

  #simple(): void {
    const loop = this.#loops.at(-1);
    if (loop && this.#plain() === 'break') {
      this.#at++;
      loop.breaks.push(this.#hole({ op: 'jump', to: 0 }));
      return;
    }
    if (loop && this.#plain() === 'continue') {
      this.#at++;
      this.out.push({ op: 'jump', to: loop.start });
      return;
    }
    const command = this.#stage();
    const first = command.words[0]?.parts[0];
    const assignment = first && 'text' in first ? /^([A-Za-z_]\w*)=/.exec(first.text) : null;
    if (assignment && command.words.length === 1) {
      const value: Word = { ...command.words[0]!, parts: [...command.words[0]!.parts] };
      value.parts[0] = { text: (first as { text: string }).text.slice(assignment[0].length) };
      this.out.push({ op: 'set', name: assignment[1]!, value });
    } else if (command.words.length || command.redirect) this.out.push({ op: 'run', command });
    else this.#at++; // a stray operator
  }

  #stage(): Command {
    const command: Command = { words: [] };
    for (;;) {
      const t = this.#tokens[this.#at];
      if (t?.kind === 'word') {
        command.words.push(t.word);
        this.#at++;
      } else if (this.#isOp('>', '>>')) {
        this.#at++;
        const target = this.#tokens[this.#at++];
        if (target?.kind === 'word')
          command.redirect = { word: target.word, append: (t as { text: string }).text === '>>' };
      } else if (this.#isOp('<', '<<')) this.#at += 2;
      else if (this.#isOp('|')) {
        this.#at++;
        command.pipe = this.#stage();
        return command;
      } else {
        if (this.#isOp('&')) command.background = true;
        return command;
      }
    }
  }

  #plain(): string | undefined {
    const t = this.#tokens[this.#at];
    if (t?.kind === 'op') return t.text === ')' ? ')' : undefined;
    return t?.plain;
  }

  #isOp(...texts: string[]): boolean {
    const t = this.#tokens[this.#at];
    return t?.kind === 'op' && texts.includes(t.text);
  }

  #hole(i: Instruction): number {
    this.out.push(i);
    return this.out.length - 1;
  }

  #fill(hole: number): void {
    (this.out[hole] as { to: number }).to = this.out.length;
  }
}

/** The instructions of a script. Never throws: what cannot be read ends with status 2. */
export function parseScript(text: string): Instruction[] {
  const compiler = new Compiler(new Lexer(text).tokens());
  while (!compiler.list([])) compiler.out.push({ op: 'status', code: 2 });
  return compiler.out;
}
