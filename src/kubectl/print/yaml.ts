/**
 * YAML as kubectl prints it: keys sorted, lists not indented, and libyaml's choice of quotes and line folds.
 * Upstream: sigs.k8s.io/yaml, go-yaml v2 (encode.go, emitterc.go)
 */
import { isMap } from '../values.ts';

const WIDTH = 80;
const STEP = 2;

/** The text of one document, with its last newline. */
export function printYaml(value: unknown): string {
  const out = new Emitter();
  out.node(value, 0, false);
  return out.text.endsWith('\n') ? out.text : `${out.text}\n`;
}

class Emitter {
  text = '';
  #column = 0;

  #write(s: string): void {
    this.text += s;
    const newline = s.lastIndexOf('\n');
    this.#column = newline < 0 ? this.#column + s.length : s.length - newline - 1;
  }

  /** A value after `key:` or `-` or at the start of the document; `indent` is that of the block around it. */
  node(value: unknown, indent: number, inMap: boolean): void {
    if (Array.isArray(value) && value.length) this.#sequence(value, inMap ? indent - STEP : indent, inMap);
    else if (isMap(value) && hasKeys(value)) this.#mapping(value, indent, inMap);
    else this.#scalarNode(value, indent);
  }

  #scalarNode(value: unknown, indent: number): void {
    if (Array.isArray(value)) this.#write('[]');
    else if (isMap(value)) this.#write('{}');
    else if (value === null || value === undefined) this.#write('null');
    else if (typeof value === 'string') this.#string(value, indent);
    else this.#write(typeof value === 'number' ? numberText(value) : String(value));
  }

  #line(indent: number): void {
    if (this.text && this.#column !== 0) this.#write('\n');
    this.#write(' '.repeat(indent));
  }

  #sequence(items: readonly unknown[], indent: number, inMap: boolean): void {
    const at = Math.max(indent, 0);
    items.forEach((item, i) => {
      if (i > 0 || inMap) this.#line(at);
      this.#write('- ');
      this.node(item, at + STEP, false);
    });
  }

  #mapping(o: Record<string, unknown>, indent: number, inMap: boolean): void {
    sortedKeys(o).forEach((key, i) => {
      if (i > 0 || inMap) this.#line(indent);
      this.#write(keyText(key));
      this.#write(':');
      const value = o[key];
      const nested = (Array.isArray(value) && value.length) || (isMap(value) && hasKeys(value));
      if (!nested) this.#write(' ');
      this.node(value, indent + STEP, true);
    });
  }

  #string(s: string, indent: number): void {
    const style = styleOf(s);
    if (style === 'literal') this.#literal(s, indent);
    else if (style === 'plain' && this.#column + s.length <= WIDTH) this.#write(s);
    else if (style === 'plain') this.#folded(s, indent, '');
    else if (style === 'single') this.#folded(s, indent, "'");
    else this.#double(s, indent);
  }

  /** Plain and single-quoted texts break at a space beyond the width. */
  #folded(s: string, indent: number, mark: string): void {
    this.#write(mark);
    let spaces = false;
    for (let i = 0; i < s.length; i++) {
      const c = s[i]!;
      const may = mark === '' || (i > 0 && i < s.length - 1);
      if (c === ' ') {
        if (!spaces && this.#column > WIDTH && may && s[i + 1] !== ' ') this.#line(indent);
        else this.#write(c);
        spaces = true;
      } else {
        this.#write(mark && c === "'" ? "''" : c);
        spaces = false;
      }
    }
    this.#write(mark);
  }

  #double(s: string, indent: number): void {
    this.#write('"');
    let spaces = false;
    const chars = [...s];
    chars.forEach((c, i) => {
      if (c === ' ') {
        if (!spaces && this.#column > WIDTH && i > 0 && i < chars.length - 1) {
          this.#line(indent);
          if (chars[i + 1] === ' ') this.#write('\\');
        } else this.#write(c);
        spaces = true;
        return;
      }
      this.#write(escaped(c));
      spaces = false;
    });
    this.#write('"');
  }

  #literal(s: string, indent: number): void {
    const hint = s[0] === ' ' || s[0] === '\n' ? String(STEP) : '';
    const chomp = !s.endsWith('\n') ? '-' : s === '\n' || s.endsWith('\n\n') ? '+' : '';
    this.#write(`|${hint}${chomp}`);
    const lines = (s.endsWith('\n') ? s.slice(0, -1) : s).split('\n');
    for (const l of lines) {
      this.#write('\n');
      if (l) this.#write(' '.repeat(Math.max(indent, STEP)) + l);
    }
    this.#write('\n');
  }
}

function keyText(key: string): string {
  const style = key.includes('\n') ? 'double' : styleOf(key);
  if (style === 'plain') return key;
  if (style === 'single') return `'${key.replaceAll("'", "''")}'`;
  return `"${[...key].map(escaped).join('')}"`;
}

const ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '\x85': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function escaped(c: string): string {
  const known = ESCAPES[c];
  if (known) return known;
  if (printable(c)) return c;
  const code = c.codePointAt(0)!;
  const hex = code.toString(16).toUpperCase();
  return code <= 0xff
    ? `\\x${hex.padStart(2, '0')}`
    : code <= 0xffff
      ? `\\u${hex.padStart(4, '0')}`
      : `\\U${hex.padStart(8, '0')}`;
}

function printable(c: string): boolean {
  const n = c.codePointAt(0)!;
  return n === 0x0a || (n >= 0x20 && n <= 0x7e) || (n >= 0xa0 && n !== 0xfeff && !(n >= 0xd800 && n <= 0xdfff));
}

interface About {
  plain: boolean;
  single: boolean;
  block: boolean;
}

type Style = 'plain' | 'single' | 'double' | 'literal';

/** Lists repeat the same few texts; the styles of short ones are kept. */
const styles = new Map<string, Style>();
const STYLES_KEPT = 10_000;
const STYLE_LENGTH = 64;

function styleOf(s: string): Style {
  const known = styles.get(s);
  if (known) return known;
  const style = findStyle(s);
  if (s.length <= STYLE_LENGTH && styles.size < STYLES_KEPT) styles.set(s, style);
  return style;
}

function findStyle(s: string): Style {
  const about = analyze(s);
  if (s.includes('\n')) return about.block ? 'literal' : 'double';
  if (!resolvesToString(s)) return 'double';
  return about.plain ? 'plain' : about.single ? 'single' : 'double';
}

/** Which styles can carry a text unharmed. */
function analyze(s: string): About {
  if (s === '') return { plain: false, single: true, block: false };
  const special = [...s].some((c) => !printable(c));
  const edgeBlank = /^[ \n]|[ \n]$/.test(s);
  const breakSpace = /\n /.test(s);
  const spaceBreak = / \n/.test(s);
  const multiline = s.includes('\n');
  return {
    plain: !special && !edgeBlank && !multiline && !indicators(s),
    single: !special && !breakSpace && !spaceBreak,
    block: !special && !spaceBreak && !s.endsWith(' '),
  };
}

function indicators(s: string): boolean {
  if (s.startsWith('---') || s.startsWith('...')) return true;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(s)) return true;
  if (/^[?:-](?:\s|$)/.test(s)) return true;
  return /:(?:\s|$)| #/.test(s);
}

const WORDS = new Set(
  'y Y yes Yes YES n N no No NO true True TRUE false False FALSE on On ON off Off OFF ~ null Null NULL .nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF'.split(
    ' ',
  ),
);
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const INTEGER = /^[-+]?(0b[01]+|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|[1-9][0-9]*|0)$/;
const BASE60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const TIMESTAMP =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]\s*\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d*)?\s*(?:Z|[-+]\d{1,2}(?::?\d{2})?)?)?$/;

/** Whether an unquoted text would be read back as this string. */
function resolvesToString(s: string): boolean {
  if (s === '' || WORDS.has(s)) return false;
  const bare = s.replaceAll('_', '');
  return !INTEGER.test(bare) && !(FLOAT.test(bare) && /^[-+.\d]/.test(s)) && !BASE60.test(s) && !TIMESTAMP.test(s);
}

function numberText(n: number): string {
  if (Number.isInteger(n) && Math.abs(n) < 1e21) return String(n);
  return String(n).replace(/e([+-])(\d)$/, 'e$10$2');
}

function hasKeys(o: Record<string, unknown>): boolean {
  for (const k in o) if (o[k] !== undefined) return true;
  return false;
}

/** The keys of a map in the order of go-yaml: letters after other signs, digits by number. */
function sortedKeys(o: Record<string, unknown>): string[] {
  return Object.keys(o)
    .filter((k) => o[k] !== undefined)
    .sort(compareKeys);
}

const isDigit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9';
const isLetter = (c: string): boolean =>
  c < '\x80' ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') : /\p{L}/u.test(c);

function compareKeys(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (x === y) continue;
    const [letterX, letterY] = [isLetter(x), isLetter(y)];
    if (letterX && letterY) return x < y ? -1 : 1;
    if (letterX || letterY) return letterY ? -1 : 1;
    return compareDigits(a, b, i);
  }
  return a.length - b.length;
}

function compareDigits(a: string, b: string, i: number): number {
  let lead = 0;
  if (a[i] === '0' || b[i] === '0')
    for (let j = i - 1; j >= 0 && isDigit(a[j]); j--)
      if (a[j] !== '0') {
        lead = 1;
        break;
      }
  const [n, endA] = digitsAt(a, i, lead);
  const [m, endB] = digitsAt(b, i, lead);
  return n - m || endA - endB || (a[i]! < b[i]! ? -1 : 1);
}

function digitsAt(s: string, from: number, lead: number): [number, number] {
  let n = lead;
  let i = from;
  for (; isDigit(s[i]); i++) n = n * 10 + Number(s[i]);
  return [n, i];
}
