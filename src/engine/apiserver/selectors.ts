/** Label selectors from a query. Upstream: k8s.io/apimachinery/pkg/labels/selector.go */
import type { LabelSelectorRequirement } from '../api/meta.ts';
import { isLabelValue, isQualifiedName } from '../api/name.ts';
import { type Labels, matchesRequirement } from '../api/selector.ts';

/** A parsed selector or the words with which it is refused. */
export type Parsed<T> = { selector: T } | { error: string };

type TokenType = 'id' | '!' | '=' | '==' | '!=' | 'in' | 'notin' | '>' | '<' | '(' | ')' | ',' | 'end' | 'error';
interface Token {
  type: TokenType;
  text: string;
}

const SPECIAL = '=!(),><';
const SYMBOLS = new Set(['!', '=', '==', '!=', '>', '<', '(', ')', ',']);
const OPERATORS = 'in, notin, =, ==, !=, gt, lt';
const isBlank = (c: string): boolean => c === ' ' || c === '\t' || c === '\r' || c === '\n';

function scanSymbol(text: string, from: number): { token: Token; next: number } {
  let found: Token | undefined;
  let buffer = '';
  let i = from;
  for (; i < text.length && SPECIAL.includes(text[i]!); i++) {
    buffer += text[i];
    if (SYMBOLS.has(buffer)) found = { type: buffer as TokenType, text: buffer };
    else if (found) break;
  }
  return { token: found ?? { type: 'error', text: `error expected: keyword found '${buffer}'` }, next: i };
}

function scan(text: string): Token[] {
  const tokens: Token[] = [];
  let i = 0;
  for (;;) {
    while (i < text.length && isBlank(text[i]!)) i++;
    if (i >= text.length) break;
    if (SPECIAL.includes(text[i]!)) {
      const { token, next } = scanSymbol(text, i);
      tokens.push(token);
      i = next;
      continue;
    }
    const start = i;
    while (i < text.length && !SPECIAL.includes(text[i]!) && !isBlank(text[i]!)) i++;
    const word = text.slice(start, i);
    tokens.push({ type: word === 'in' || word === 'notin' ? word : 'id', text: word });
  }
  tokens.push({ type: 'end', text: '' });
  return tokens;
}

/** Thrown and caught inside this file only: the grammar's first complaint. */
class Complaint extends Error {}

class Parser {
  readonly #tokens: Token[];
  #at = 0;
  constructor(text: string) {
    this.#tokens = scan(text);
  }

  parse(): LabelSelectorRequirement[] {
    const out: LabelSelectorRequirement[] = [];
    for (;;) {
      const t = this.#peek();
      if (t.type === 'end') return out;
      if (t.type !== 'id' && t.type !== '!')
        throw new Complaint(`found '${t.text}', expected: !, identifier, or 'end of string'`);
      out.push(this.#requirementOrWrapped());
      const after = this.#next();
      if (after.type === 'end') return out;
      if (after.type !== ',') throw new Complaint(`found '${after.text}', expected: ',' or 'end of string'`);
      const follows = this.#peek();
      if (follows.type !== 'id' && follows.type !== '!')
        throw new Complaint(`found '${follows.text}', expected: identifier after ','`);
    }
  }

  #requirementOrWrapped(): LabelSelectorRequirement {
    try {
      return this.#requirement();
    } catch (e) {
      if (e instanceof Complaint) throw new Complaint(`unable to parse requirement: ${e.message}`);
      throw e;
    }
  }

  #requirement(): LabelSelectorRequirement {
    let t = this.#next();
    const absent = t.type === '!';
    if (absent) t = this.#next();
    if (t.type !== 'id') throw new Complaint(`found '${t.text}', expected: identifier`);
    const key = t.text;
    const keyErrors = isQualifiedName(key);
    if (keyErrors.length) throw new Complaint(`<nil>: Invalid value: "${key}": ${keyErrors.join('; ')}`);
    const follows = this.#peek().type;
    if (follows === 'end' || follows === ',') return { key, operator: absent ? 'DoesNotExist' : 'Exists' };
    if (absent) return { key, operator: 'DoesNotExist' }; // upstream reads the rest as a new requirement
    const op = this.#next(true);
    switch (op.type) {
      case 'in':
      case 'notin':
        return check(key, op.type === 'in' ? 'In' : 'NotIn', this.#values());
      case '=':
      case '==':
        return check(key, 'In', [this.#exactValue()]);
      case '!=':
        return check(key, 'NotIn', [this.#exactValue()]);
      case '>':
      case '<':
        return check(key, op.type === '>' ? 'Gt' : 'Lt', [this.#exactValue()]);
      default:
        throw new Complaint(`found '${op.text}', expected: ${OPERATORS}`);
    }
  }

  #values(): string[] {
    const open = this.#next();
    if (open.type !== '(') throw new Complaint(`found '${open.text}' expected: '('`);
    const first = this.#peek();
    if (first.type === ')') {
      this.#next();
      return [];
    }
    if (first.type !== 'id' && first.type !== ',')
      throw new Complaint(`found '${first.text}', expected: ',', ')' or identifier`);
    const values = this.#identifiers();
    if (this.#next().type !== ')') throw new Complaint(`found '${first.text}', expected: ')'`);
    return [...values].sort();
  }

  #identifiers(): Set<string> {
    const out = new Set<string>();
    for (;;) {
      const t = this.#next();
      if (t.type === 'id') {
        out.add(t.text);
        const follows = this.#peek();
        if (follows.type === ')') return out;
        if (follows.type !== ',') throw new Complaint(`found '${follows.text}', expected: ',' or ')'`);
      } else if (t.type === ',') {
        if (out.size === 0) out.add('');
        const follows = this.#peek();
        if (follows.type === ')') {
          out.add('');
          return out;
        }
        if (follows.type === ',') {
          this.#next();
          out.add('');
        }
      } else throw new Complaint(`found '${t.text}', expected: ',', or identifier`);
    }
  }

  #exactValue(): string {
    const follows = this.#peek().type;
    if (follows === 'end' || follows === ',') return '';
    const t = this.#next();
    if (t.type !== 'id') throw new Complaint(`found '${t.text}', expected: identifier`);
    return t.text;
  }

  /** The next token; outside operator position `in` and `notin` are plain words. */
  #peek(operator = false): Token {
    const t = this.#tokens[this.#at]!;
    return !operator && (t.type === 'in' || t.type === 'notin') ? { type: 'id', text: t.text } : t;
  }

  #next(operator = false): Token {
    const t = this.#peek(operator);
    if (this.#at < this.#tokens.length - 1) this.#at++;
    return t;
  }
}

function check(key: string, operator: string, values: string[]): LabelSelectorRequirement {
  if ((operator === 'In' || operator === 'NotIn') && values.length === 0)
    throw new Complaint(`values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty`);
  if ((operator === 'Gt' || operator === 'Lt') && !/^[+-]?\d+$/.test(values[0]!))
    throw new Complaint(
      `values[0]: Invalid value: "${values[0]}": for 'Gt', 'Lt' operators, the value must be an integer`,
    );
  for (const [i, v] of values.entries()) {
    const errors = isLabelValue(v);
    if (errors.length) throw new Complaint(`values[${i}][${key}]: Invalid value: "${v}": ${errors.join('; ')}`);
  }
  return { key, operator, values };
}

/** Parses `app=web,tier in (a,b),!gone`; the error is the server's whole message. */
export function parseLabelSelector(text: string): Parsed<LabelSelectorRequirement[]> {
  try {
    return { selector: new Parser(text).parse() };
  } catch (e) {
    if (e instanceof Complaint) return { error: e.message };
    throw e;
  }
}

function matches(r: LabelSelectorRequirement, labels: Labels): boolean {
  if (r.operator !== 'Gt' && r.operator !== 'Lt') return matchesRequirement(r, labels);
  const has = labels?.[r.key];
  if (has === undefined || !/^[+-]?\d+$/.test(has)) return false;
  const order = BigInt(has) - BigInt(r.values![0]!);
  return r.operator === 'Gt' ? order > 0n : order < 0n;
}

/** Whether labels satisfy all requirements of a parsed selector. */
export const matchesRequirements = (requirements: readonly LabelSelectorRequirement[], labels: Labels): boolean =>
  requirements.every((r) => matches(r, labels));
