/** JSON text, with the complaints of Go's decoder. Upstream: encoding/json scanner.go */

export type ParsedJson = { value: unknown } | { error: string };

const UNEXPECTED_END = 'unexpected end of JSON input';
const shown = (c: string): string => (c === "'" ? `'\\''` : c === '"' ? `'"'` : `'${c}'`);

/** Thrown and caught inside this file only. */
class Complaint extends Error {}

class Reader {
  readonly #text: string;
  #at = 0;
  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    const value = this.#value('looking for beginning of value');
    this.#blanks();
    if (this.#at < this.#text.length) this.#bad('after top-level value');
    return value;
  }

  #value(where: string): unknown {
    this.#blanks();
    const c = this.#text[this.#at];
    if (c === undefined) throw new Complaint(UNEXPECTED_END);
    if (c === '{') return this.#object();
    if (c === '[') return this.#array();
    if (c === '"') return this.#string();
    if (c === '-' || (c >= '0' && c <= '9')) return this.#number();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const)
      if (c === word[0]) return this.#word(word, value);
    return this.#bad(where);
  }

  #object(): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    this.#at++;
    this.#blanks();
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return out;
    }
    for (;;) {
      this.#blanks();
      if (this.#at >= this.#text.length) throw new Complaint(UNEXPECTED_END);
      if (this.#text[this.#at] !== '"') this.#bad('looking for beginning of object key string');
      const key = this.#string();
      this.#blanks();
      this.#expect(':', 'after object key');
      Object.defineProperty(out, key, {
        value: this.#value('looking for beginning of value'),
        enumerable: true,
        writable: true,
        configurable: true,
      });
      this.#blanks();
      if (this.#text[this.#at] === '}') break;
      this.#expect(',', 'after object key:value pair');
    }
    this.#at++;
    return out;
  }

  #array(): unknown[] {
    const out: unknown[] = [];
    this.#at++;
    this.#blanks();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return out;
    }
    for (;;) {
      out.push(this.#value('looking for beginning of value'));
      this.#blanks();
      if (this.#text[this.#at] === ']') break;
      this.#expect(',', 'after array element');
    }
    this.#at++;
    return out;
  }

  #string(): string {
    const start = this.#at++;
    for (;;) {
      const c = this.#text[this.#at];
      if (c === undefined) throw new Complaint(UNEXPECTED_END);
      if (c < ' ') this.#bad('in string literal');
      this.#at += c === '\\' ? 2 : 1;
      if (c === '"') break;
    }
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as string;
    } catch {
      throw new Complaint(`invalid character in string escape code`);
    }
  }

  #number(): number {
    const m = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(this.#text.slice(this.#at));
    if (!m) {
      this.#at++;
      if (this.#at >= this.#text.length) throw new Complaint(UNEXPECTED_END);
      return this.#bad('in numeric literal');
    }
    this.#at += m[0].length;
    return Number(m[0]);
  }

  #word<T>(word: string, value: T): T {
    for (let i = 1; i < word.length; i++) {
      const c = this.#text[this.#at + i];
      if (c === undefined) throw new Complaint(UNEXPECTED_END);
      if (c !== word[i]) {
        this.#at += i;
        this.#bad(`in literal ${word} (expecting '${word[i]}')`);
      }
    }
    this.#at += word.length;
    return value;
  }

  #expect(c: string, where: string): void {
    if (this.#at >= this.#text.length) throw new Complaint(UNEXPECTED_END);
    if (this.#text[this.#at] !== c) this.#bad(where);
    this.#at++;
  }

  #bad(where: string): never {
    throw new Complaint(`invalid character ${shown(this.#text[this.#at] ?? '')} ${where}`);
  }

  #blanks(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}

/** Parses a JSON text; the error is what Go says of it. */
export function parseJson(text: string): ParsedJson {
  try {
    return { value: new Reader(text).document() };
  } catch (e) {
    if (e instanceof Complaint) return { error: e.message };
    throw e;
  }
}
