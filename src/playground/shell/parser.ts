import { Lexer, type Token } from './lexer.ts';
import {
  type Command,
  type Pipeline,
  type Redirect,
  type Script,
  type Step,
  SyntaxProblem,
  type Word,
} from './syntax.ts';

const RESERVED = new Set(['do', 'done', 'then', 'elif', 'else', 'fi', '}', 'in']);
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=/;
const REDIRECTS = new Set(['>', '>>', '<', '<<', '<<-', '<<<', '>&', '<&', '&>']);

/** Parses a script (one line or several); throws `SyntaxProblem` in bash's words. */
export function parseScript(text: string): Script {
  const parser = new Parser(text);
  const script = parser.script([]);
  parser.expectEnd();
  return script;
}

class Parser {
  readonly #lexer: Lexer;
  #token: Token | undefined;

  constructor(text: string) {
    this.#lexer = new Lexer(text, parseScript);
    this.#token = this.#lexer.next();
  }

  expectEnd(): void {
    if (this.#token) this.#unexpected();
  }

  /** Steps up to one of the reserved words of `until` (which is left), a `)`, or the end. */
  script(until: readonly string[]): Script {
    const steps: Step[] = [];
    let op: Step['op'] = ';';
    for (;;) {
      this.#skipSeparators();
      if (!this.#token || this.#isOp(')') || until.includes(this.#reserved() ?? '')) return steps;
      steps.push({ op, pipeline: this.#pipeline() });
      op = ';';
      if (this.#isOp('&&') || this.#isOp('||')) {
        op = (this.#token as { op: '&&' | '||' }).op;
        this.#advance();
        while (this.#token?.type === 'newline') this.#advance();
        if (!this.#token) throw new SyntaxProblem('syntax error: unexpected end of file');
      } else if (!this.#token || !this.#separator()) continue;
    }
  }

  #separator(): boolean {
    return this.#token?.type === 'newline' || this.#isOp(';') || this.#isOp('&');
  }

  #skipSeparators(): void {
    while (this.#separator()) this.#advance();
  }

  #pipeline(): Pipeline {
    const negated = this.#isWord('!');
    if (negated) this.#advance();
    const commands = [this.#command()];
    while (this.#isOp('|')) {
      this.#advance();
      while (this.#token?.type === 'newline') this.#advance();
      commands.push(this.#command());
    }
    return { negated, commands };
  }

  #command(): Command {
    const word = this.#token?.type === 'word' ? this.#token.raw : undefined;
    if (word === 'for') return this.#for();
    if (word === 'while' || word === 'until') return this.#while(word === 'until');
    if (word === 'if') return this.#if();
    if (word === '{') return this.#group('}');
    if (this.#isOp('(')) return this.#group(')');
    return this.#simple();
  }

  #simple(): Command {
    const assignments: { name: string; value: Word }[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      const redirect = this.#redirect();
      if (redirect) {
        redirects.push(redirect);
        continue;
      }
      const token = this.#token;
      if (token?.type !== 'word') break;
      const name = words.length === 0 ? ASSIGNMENT.exec(token.raw)?.[1] : undefined;
      if (name !== undefined) assignments.push({ name, value: dropStart(token.word, name.length + 1) });
      else words.push(token.word);
      this.#advance();
    }
    if (!words.length && !assignments.length && !redirects.length) this.#unexpected();
    return { type: 'simple', assignments, words, redirects };
  }

  #redirect(): Redirect | undefined {
    const token = this.#token;
    if (token?.type !== 'op' || !REDIRECTS.has(token.op)) return undefined;
    this.#advance();
    const target = this.#token;
    if (target?.type !== 'word') this.#unexpected();
    const word = (target as { word: Word }).word;
    const fd = token.fd ?? (token.op.startsWith('<') ? 0 : token.op === '&>' ? -1 : 1);
    let redirect: Redirect;
    if (token.op === '<<' || token.op === '<<-') {
      redirect = { fd, op: '<<', target: [] };
      const fill = redirect;
      this.#lexer.hereDocument((target as { raw: string }).raw, token.op === '<<-', (text) => {
        fill.target = text;
      });
    } else
      redirect = {
        fd,
        op: token.op === '&>' ? '>' : token.op === '<&' ? '>&' : (token.op as Redirect['op']),
        target: word,
      };
    this.#advance();
    return redirect;
  }

  #for(): Command {
    this.#advance();
    const variable = this.#token?.type === 'word' ? this.#token.raw : this.#unexpected();
    this.#advance();
    const items: Word[] = [];
    if (this.#isWord('in')) {
      this.#advance();
      while (this.#token?.type === 'word') {
        items.push(this.#token.word);
        this.#advance();
      }
    }
    this.#skipSeparators();
    const body = this.#block('do', 'done');
    return { type: 'for', variable, items, body, redirects: this.#redirects() };
  }

  #while(until: boolean): Command {
    this.#advance();
    const condition = this.script(['do']);
    const body = this.#block('do', 'done');
    return { type: 'while', until, condition, body, redirects: this.#redirects() };
  }

  #if(): Command {
    const branches: { condition: Script; body: Script }[] = [];
    let otherwise: Script | undefined;
    do {
      this.#advance();
      const condition = this.script(['then']);
      this.#expect('then');
      branches.push({ condition, body: this.script(['elif', 'else', 'fi']) });
    } while (this.#isWord('elif'));
    if (this.#isWord('else')) {
      this.#advance();
      otherwise = this.script(['fi']);
    }
    this.#expect('fi');
    return { type: 'if', branches, ...(otherwise ? { otherwise } : {}), redirects: this.#redirects() };
  }

  #group(close: '}' | ')'): Command {
    this.#advance();
    const body = this.script(close === '}' ? ['}'] : []);
    if (close === '}') this.#expect('}');
    else if (this.#isOp(')')) this.#advance();
    else this.#unexpected();
    return { type: 'group', body, redirects: this.#redirects() };
  }

  #block(open: string, close: string): Script {
    this.#expect(open);
    const body = this.script([close]);
    this.#expect(close);
    return body;
  }

  #redirects(): Redirect[] {
    const redirects: Redirect[] = [];
    for (let r = this.#redirect(); r; r = this.#redirect()) redirects.push(r);
    return redirects;
  }

  #expect(word: string): void {
    if (!this.#isWord(word)) this.#unexpected();
    this.#advance();
  }

  #advance(): void {
    this.#token = this.#lexer.next();
  }

  #isOp(op: string): boolean {
    return this.#token?.type === 'op' && this.#token.op === op;
  }

  #isWord(raw: string): boolean {
    return this.#token?.type === 'word' && this.#token.raw === raw;
  }

  #reserved(): string | undefined {
    const raw = this.#token?.type === 'word' ? this.#token.raw : undefined;
    return raw !== undefined && RESERVED.has(raw) ? raw : undefined;
  }

  #unexpected(): never {
    const t = this.#token;
    if (!t) throw new SyntaxProblem('syntax error: unexpected end of file');
    const text = t.type === 'word' ? t.raw : t.type === 'op' ? t.op : 'newline';
    throw new SyntaxProblem(`syntax error near unexpected token \`${text}'`);
  }
}

/** A word without its first `length` characters, which are plain text. */
function dropStart(word: Word, length: number): Word {
  const [first, ...rest] = word;
  if (first?.type !== 'text') return word;
  const text = first.text.slice(length);
  return text || !rest.length ? [{ ...first, text }, ...rest] : rest;
}
