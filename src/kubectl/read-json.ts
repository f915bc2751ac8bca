/** JSON with the complaints of Go's decoder. Upstream: encoding/json (scanner.go), k8s.io/apimachinery/pkg/util/yaml */

export interface JsonProblem {
  /** How many bytes were read when it went wrong. */
  offset: number;
  message: string;
}

export type JsonResult = { value: unknown; end: number } | { problem: JsonProblem };

/** Reads one value from `start`; what follows it is left. */
export function readJson(text: string, start = 0): JsonResult {
  const reader = new Reader(text, start);
  try {
    const value = reader.value('looking for beginning of value');
    return { value, end: reader.at };
  } catch (e) {
    if (e instanceof Wrong) return { problem: { offset: e.offset, message: e.message } };
    throw e;
  }
}

class Wrong extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

const quoteChar = (c: string): string =>
  c === "'" ? "'\\''" : c === '"' ? `'"'` : `'${JSON.stringify(c).slice(1, -1)}'`;

class Reader {
  readonly #text: string;
  at: number;
  constructor(text: string, start: number) {
    this.#text = text;
    this.at = start;
  }

  #bad(context: string): Wrong {
    const c = this.#text[this.at];
    if (c === undefined) return new Wrong(this.at, 'unexpected end of JSON input');
    return new Wrong(this.at + 1, `invalid character ${quoteChar(c)} ${context}`);
  }

  #blank(): void {
    while (/[ \t\r\n]/.test(this.#text[this.at] ?? '')) this.at++;
  }

  value(context: string): unknown {
    this.#blank();
    const c = this.#text[this.at];
    if (c === '{') return this.#object();
    if (c === '[') return this.#array();
    if (c === '"') return this.#string();
    if (c === 't') return this.#word('true', true);
    if (c === 'f') return this.#word('false', false);
    if (c === 'n') return this.#word('null', null);
    if (c !== undefined && /[-0-9]/.test(c)) return this.#number();
    throw this.#bad(context);
  }

  #object(): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    this.at++;
    for (let first = true; ; first = false) {
      this.#blank();
      if (first && this.#text[this.at] === '}') break;
      if (this.#text[this.at] !== '"') throw this.#bad('looking for beginning of object key string');
      const key = this.#string();
      this.#blank();
      if (this.#text[this.at] !== ':') throw this.#bad('after object key');
      this.at++;
      const value = this.value('looking for beginning of value');
      Object.defineProperty(out, key, { value, enumerable: true, writable: true, configurable: true });
      this.#blank();
      if (this.#text[this.at] === '}') break;
      if (this.#text[this.at] !== ',') throw this.#bad('after object key:value pair');
      this.at++;
    }
    this.at++;
    return out;
  }

  #array(): unknown[] {
    const out: unknown[] = [];
    this.at++;
    for (let first = true; ; first = false) {
      this.#blank();
      if (first && this.#text[this.at] === ']') break;
      out.push(this.value('looking for beginning of value'));
      this.#blank();
      if (this.#text[this.at] === ']') break;
      if (this.#text[this.at] !== ',') throw this.#bad('after array element');
      this.at++;
    }
    this.at++;
    return out;
  }

  #string(): string {
    const from = this.at++;
    for (;;) {
      const c = this.#text[this.at];
      if (c === undefined) throw this.#bad('in string literal');
      if (c === '"') break;
      if (c < ' ') throw this.#bad('in string literal');
      if (c === '\\') this.#escape();
      else this.at++;
    }
    this.at++;
    return JSON.parse(this.#text.slice(from, this.at)) as string;
  }

  #escape(): void {
    this.at++;
    const c = this.#text[this.at];
    if (c === 'u') {
      for (let i = 0; i < 4; i++) {
        this.at++;
        if (!/[0-9a-fA-F]/.test(this.#text[this.at] ?? '')) throw this.#bad('in \\u hexadecimal character escape');
      }
    } else if (c === undefined || !'"\\/bfnrt'.includes(c)) throw this.#bad('in string escape code');
    this.at++;
  }

  #word(word: string, value: unknown): unknown {
    for (let i = 1; i < word.length; i++) {
      this.at++;
      if (this.#text[this.at] !== word[i]) throw this.#bad(`in literal ${word} (expecting ${quoteChar(word[i]!)})`);
    }
    this.at++;
    return value;
  }

  #number(): number {
    const from = this.at;
    if (this.#text[this.at] === '-') this.at++;
    if (!/[0-9]/.test(this.#text[this.at] ?? '')) throw this.#bad('in numeric literal');
    if (this.#text[this.at] === '0') this.at++;
    else this.#digits();
    if (this.#text[this.at] === '.') {
      this.at++;
      if (!/[0-9]/.test(this.#text[this.at] ?? '')) throw this.#bad('after decimal point in numeric literal');
      this.#digits();
    }
    if (/[eE]/.test(this.#text[this.at] ?? '')) {
      this.at++;
      if (/[-+]/.test(this.#text[this.at] ?? '')) this.at++;
      if (!/[0-9]/.test(this.#text[this.at] ?? '')) throw this.#bad('in exponent of numeric literal');
      this.#digits();
    }
    return Number(this.#text.slice(from, this.at));
  }

  #digits(): void {
    while (/[0-9]/.test(this.#text[this.at] ?? '')) this.at++;
  }
}
