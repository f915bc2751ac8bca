/** Whether the first document of a YAML text is well formed, in go-yaml's words. Upstream: go-yaml v2 parserc.go, decode.go */
import { type Mark, Scanner, type TokenType, YamlError } from './scanner.ts';

export interface Complaint {
  message: string;
  /** 0-based place in the text. */
  line: number;
  column: number;
}

/** What go-yaml says of a text, or `undefined` when it would read it. */
export function checkYaml(text: string): Complaint | undefined {
  try {
    new Parser(new Scanner(text)).document();
    return undefined;
  } catch (e) {
    if (!(e instanceof YamlError)) throw e;
    const { line, column } = e.mark;
    const shown = line === 0 ? '' : `line ${e.scanner ? line + 1 : line}: `;
    return { message: `yaml: ${shown}${e.message}`, line, column };
  }
}

const NODE_TOKENS: Partial<Record<TokenType, 'block' | 'flow'>> = {
  scalar: 'flow',
  'flow-sequence-start': 'flow',
  'flow-mapping-start': 'flow',
  'block-sequence-start': 'block',
  'block-mapping-start': 'block',
};

class Parser {
  readonly #s: Scanner;
  readonly #anchors = new Set<string>();
  constructor(scanner: Scanner) {
    this.#s = scanner;
  }

  document(): void {
    while (this.#is('document-end')) this.#s.skip();
    while (this.#is('directive')) this.#s.skip();
    if (this.#is('document-start')) this.#s.skip();
    if (this.#is('stream-end', 'document-start', 'document-end', 'directive')) return;
    this.#node(true, false);
    // what follows is another document, which nobody reads; but its first token must be one
    this.#s.peek();
  }

  #is(...types: TokenType[]): boolean {
    return types.includes(this.#s.peek().type);
  }

  #fail(message: string): YamlError {
    return new YamlError(message, this.#s.peek().start, false);
  }

  #node(block: boolean, indentless: boolean): void {
    if (this.#is('alias')) {
      const alias = this.#s.skip();
      if (!this.#anchors.has(alias.name!))
        throw new YamlError(`unknown anchor '${alias.name}' referenced`, NOWHERE, false);
      return;
    }
    let decorated = false;
    while (this.#is('anchor', 'tag')) {
      const t = this.#s.skip();
      if (t.name) this.#anchors.add(t.name);
      decorated = true;
    }
    if (indentless && this.#is('block-entry')) {
      this.#indentlessSequence();
      return;
    }
    const type = this.#s.peek().type;
    const style = NODE_TOKENS[type];
    if (style === undefined || (style === 'block' && !block)) {
      if (decorated) return;
      throw this.#fail('did not find expected node content');
    }
    this.#s.skip();
    if (type === 'flow-sequence-start') this.#flowSequence();
    else if (type === 'flow-mapping-start') this.#flowMapping();
    else if (type === 'block-sequence-start') this.#blockSequence();
    else if (type === 'block-mapping-start') this.#blockMapping();
  }

  #indentlessSequence(): void {
    while (this.#is('block-entry')) {
      this.#s.skip();
      if (!this.#is('block-entry', 'key', 'value', 'block-end')) this.#node(true, false);
    }
  }

  #blockSequence(): void {
    while (this.#is('block-entry')) {
      this.#s.skip();
      if (!this.#is('block-entry', 'block-end')) this.#node(true, false);
    }
    if (!this.#is('block-end')) throw this.#fail("did not find expected '-' indicator");
    this.#s.skip();
  }

  #blockMapping(): void {
    while (this.#is('key', 'value')) {
      if (this.#is('key')) {
        this.#s.skip();
        if (!this.#is('key', 'value', 'block-end')) this.#node(true, true);
      } else throw this.#fail('did not find expected key');
      if (!this.#is('value')) continue;
      this.#s.skip();
      if (!this.#is('key', 'value', 'block-end')) this.#node(true, true);
    }
    if (!this.#is('block-end')) throw this.#fail('did not find expected key');
    this.#s.skip();
  }

  #flowSequence(): void {
    for (let first = true; !this.#is('flow-sequence-end'); first = false) {
      if (!first) {
        if (!this.#is('flow-entry')) throw this.#fail("did not find expected ',' or ']'");
        this.#s.skip();
      }
      if (this.#is('key')) {
        this.#s.skip();
        if (!this.#is('value', 'flow-entry', 'flow-sequence-end')) this.#node(false, false);
        this.#flowValue('flow-sequence-end');
      } else if (!this.#is('flow-sequence-end')) this.#node(false, false);
    }
    this.#s.skip();
  }

  #flowMapping(): void {
    for (let first = true; !this.#is('flow-mapping-end'); first = false) {
      if (!first) {
        if (!this.#is('flow-entry')) throw this.#fail("did not find expected ',' or '}'");
        this.#s.skip();
      }
      if (this.#is('key')) {
        this.#s.skip();
        if (!this.#is('value', 'flow-entry', 'flow-mapping-end')) this.#node(false, false);
        this.#flowValue('flow-mapping-end');
      } else if (!this.#is('flow-mapping-end')) this.#node(false, false);
    }
    this.#s.skip();
  }

  #flowValue(end: TokenType): void {
    if (!this.#is('value')) return;
    this.#s.skip();
    if (!this.#is('flow-entry', end)) this.#node(false, false);
  }
}

const NOWHERE: Mark = { index: 0, line: 0, column: 0 };
