/** Reads JSON as people write it, and says what is wrong with it line by line. */

export interface Slip {
  line: number;
  text: string;
}

export interface LenientJson {
  value: unknown;
  slips: Slip[];
  /** The line on which each object starts. */
  lineOf: WeakMap<object, number>;
}

/** The value with the slips that were forgiven, or the one that cannot be. */
export function readLenient(text: string): LenientJson | { error: Slip } {
  const reader = new Reader(text);
  try {
    return reader.read();
  } catch (e) {
    if (e instanceof Unreadable) return { error: e.slip };
    throw e;
  }
}

class Unreadable extends Error {
  readonly slip: Slip;
  constructor(slip: Slip) {
    super(slip.text);
    this.slip = slip;
  }
}

class Reader {
  readonly #text: string;
  #at = 0;
  readonly #slips: Slip[] = [];
  readonly #lineOf = new WeakMap<object, number>();

  constructor(text: string) {
    this.#text = text;
  }

  read(): LenientJson {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length)
      this.#fail(
        `nothing may follow the closing brace, but ${JSON.stringify(this.#text.slice(this.#at, this.#at + 12))} does`,
      );
    return { value, slips: this.#slips, lineOf: this.#lineOf };
  }

  #line(): number {
    let line = 1;
    for (let i = 0; i < this.#at; i++) if (this.#text[i] === '\n') line++;
    return line;
  }

  #slip(text: string): void {
    this.#slips.push({ line: this.#line(), text });
  }

  #fail(text: string): never {
    throw new Unreadable({ line: this.#line(), text });
  }

  #space(): void {
    for (;;) {
      const rest = this.#text.slice(this.#at);
      const blank = /^[\s\uFEFF]+/.exec(rest);
      const comment = /^(\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)/.exec(rest);
      if (blank) this.#at += blank[0].length;
      else if (comment) {
        this.#slip(`JSON has no comments: ${JSON.stringify(comment[0].trim())} has to go`);
        this.#at += comment[0].length;
      } else return;
    }
  }

  #value(): unknown {
    this.#space();
    const c = this.#text[this.#at];
    if (c === '{') return this.#object();
    if (c === '[') return this.#array();
    if (c === '"' || c === "'") return this.#string();
    const word = /^[^\s,\]}:]+/.exec(this.#text.slice(this.#at))?.[0];
    if (!word)
      return this.#fail(
        c === undefined ? 'the text ends in the middle of a value' : `a value is expected, not ${JSON.stringify(c)}`,
      );
    this.#at += word.length;
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(word)) return Number(word);
    this.#slip(`the text ${word} needs quotation marks: "${word}"`);
    return word;
  }

  #string(): string {
    const quote = this.#text[this.#at]!;
    const found = (quote === '"' ? /^"((?:[^"\\\n]|\\.)*)"/ : /^'([^'\n]*)'/).exec(this.#text.slice(this.#at));
    if (!found) return this.#fail('a text has no closing quotation mark');
    if (quote === "'") this.#slip(`texts take double quotation marks: "${found[1]}"`);
    this.#at += found[0].length;
    if (quote === "'") return found[1]!;
    try {
      return JSON.parse(found[0]) as string;
    } catch {
      return this.#fail(`the text ${found[0]} has an escape that JSON does not know`);
    }
  }

  #object(): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    this.#lineOf.set(out, this.#line());
    this.#items('}', () => {
      const quoted = this.#text[this.#at] === '"' || this.#text[this.#at] === "'";
      const key = quoted ? this.#string() : this.#bareKey();
      this.#space();
      if (this.#text[this.#at] !== ':') this.#fail(`after the key "${key}" a colon is expected`);
      this.#at++;
      out[key] = this.#value();
    });
    return out;
  }

  #bareKey(): string {
    const key = /^[A-Za-z_$][\w$-]*/.exec(this.#text.slice(this.#at))?.[0];
    if (!key)
      return this.#fail(
        `a key in quotation marks is expected, not ${JSON.stringify(this.#text[this.#at] ?? 'the end')}`,
      );
    this.#slip(`the key ${key} needs quotation marks: "${key}"`);
    this.#at += key.length;
    return key;
  }

  #array(): unknown[] {
    const out: unknown[] = [];
    this.#items(']', () => out.push(this.#value()));
    return out;
  }

  #items(close: string, item: () => void): void {
    this.#at++;
    for (let first = true; ; first = false) {
      this.#space();
      if (this.#text[this.#at] === close) {
        if (!first) this.#slip(`the comma before ${close} has to go`);
        break;
      }
      item();
      this.#space();
      const next = this.#text[this.#at];
      if (next === close) break;
      if (next === ',') this.#at++;
      else if (next === undefined) this.#fail(`the text ends before the closing ${close}`);
      else this.#slip(`a comma is missing before ${JSON.stringify(next)}`);
    }
    this.#at++;
  }
}
