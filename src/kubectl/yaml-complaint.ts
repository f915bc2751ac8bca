/**
 * Says what is wrong with a YAML text in libyaml's words. The place libyaml would name is worked out from the text, since
 * the parser used here recovers from errors and names them otherwise.
 * Upstream: go-yaml v2 (scannerc.go, parserc.go, yaml.go)
 */

export interface Place {
  line: number;
  column: number;
}

export interface Complaint extends Place {
  message: string;
}

/** Scanner errors name the 1-based line, parser errors the 0-based one (a quirk that people know). */
const scanner = (p: Place, what: string): Complaint => ({ ...p, message: `yaml: line ${p.line + 1}: ${what}` });
const parser = (p: Place, what: string): Complaint => ({
  ...p,
  message: p.line === 0 ? `yaml: ${what}` : `yaml: line ${p.line}: ${what}`,
});

const CANNOT_START = 'found character that cannot start any token';

export function yamlComplaint(text: string, code: string, at: Place): Complaint {
  const lines = text.split('\n');
  const tab = lines.findIndex((l) => /^ *\t/.test(l) && l.trim() !== '' && !l.trim().startsWith('#'));
  if (tab >= 0 && tab <= at.line + 1) return scanner({ line: tab, column: lines[tab]!.indexOf('\t') }, CANNOT_START);
  const end: Place = { line: lines.length - 1, column: lines.at(-1)!.length };
  switch (code) {
    case 'MISSING_CHAR':
    case 'BAD_SCALAR_START':
    case 'BAD_DIRECTIVE':
      return quotesOrStart(lines, at, end, code);
    case 'BAD_ALIAS':
      return scanner(at, 'did not find expected alphabetic or numeric character');
    case 'BAD_DQ_ESCAPE':
      return scanner(at, 'found unknown escape character');
    case 'TAB_AS_INDENT':
      return scanner(at, CANNOT_START);
    case 'BLOCK_IN_FLOW':
      return parser(end.line > at.line ? { line: at.line, column: at.column } : at, flowEnd(lines, at));
    case 'BLOCK_AS_IMPLICIT_KEY':
      return scanner(colonAfter(lines, at), 'mapping values are not allowed in this context');
    case 'MULTILINE_IMPLICIT_KEY':
      return multilineKey(lines, at);
    default:
      return structure(lines, at, end);
  }
}

function quotesOrStart(lines: readonly string[], at: Place, end: Place, code: string): Complaint {
  const line = lines[at.line] ?? '';
  const c = line[at.column] ?? '';
  if (c === '@' || c === '`' || c === '%') return scanner(at, CANNOT_START);
  if (code === 'BAD_SCALAR_START') return scanner(at, CANNOT_START);
  const open = openQuote(lines);
  if (open) return scanner({ line: end.line, column: 0 }, 'found unexpected end of stream');
  if (openFlow(lines)) return parser({ line: end.line, column: 0 }, flowEnd(lines, at));
  return structure(lines, at, end);
}

/** Whether a double or single quoted text never ends. */
function openQuote(lines: readonly string[]): boolean {
  let quote = '';
  for (const line of lines)
    for (let i = 0; i < line.length; i++) {
      const c = line[i]!;
      if (quote === '"' && c === '\\') i++;
      else if (quote) quote = c === quote ? '' : quote;
      else if (c === '#' && (i === 0 || line[i - 1] === ' ')) break;
      else if ((c === '"' || c === "'") && (i === 0 || /[\s,:[{-]/.test(line[i - 1]!))) quote = c;
    }
  return quote !== '';
}

/** The brackets that are still open at the end, innermost last. */
function openFlow(lines: readonly string[]): string {
  let open = '';
  for (const line of lines)
    for (let i = 0; i < line.length; i++) {
      const c = line[i]!;
      if (c === '#' && (i === 0 || line[i - 1] === ' ')) break;
      if ((c === '{' || c === '[') && (open || i === 0 || /[\s:-]/.test(line[i - 1]!))) open += c;
      else if ((c === '}' || c === ']') && open) open = open.slice(0, -1);
    }
  return open;
}

const flowEnd = (lines: readonly string[], at: Place): string =>
  (openFlow(lines) || openFlow(lines.slice(0, at.line + 1)) || '{').endsWith('[')
    ? "did not find expected ',' or ']'"
    : "did not find expected ',' or '}'";

/** The colon that may not stand there. */
function colonAfter(lines: readonly string[], at: Place): Place {
  const line = lines[at.line] ?? '';
  const column = line.slice(at.column).search(/:(\s|$)/);
  return { line: at.line, column: column < 0 ? at.column : at.column + column };
}

function multilineKey(lines: readonly string[], at: Place): Complaint {
  // a text without a colon swallowed the following lines, until a line with one showed that it was meant as a key
  const next = lines.findIndex((l, i) => i > at.line && /:(\s|$)/.test(l));
  const key = lines[at.line] ?? '';
  if (next >= 0 && indent(lines[next]!) > indent(key) && /:(\s|$)/.test(key))
    return scanner({ line: next, column: indent(lines[next]!) }, 'mapping values are not allowed in this context');
  return scanner({ line: Math.max(next, at.line), column: 0 }, "could not find expected ':'");
}

const indent = (line: string): number => line.length - line.trimStart().length;

/** Blocks that do not fit together by their indentation. */
function structure(lines: readonly string[], at: Place, end: Place): Complaint {
  if (openQuote(lines)) return scanner({ line: end.line, column: 0 }, 'found unexpected end of stream');
  const line = lines[at.line] ?? '';
  const text = line.trim();
  const before = lines.slice(0, at.line).findLast((l) => l.trim() && !l.trim().startsWith('#')) ?? '';
  if (
    /^\S+:\s+\S/.test(before.trim()) &&
    indent(line) > indent(before) &&
    /:(\s|$)/.test(text) &&
    !text.startsWith('-')
  )
    return scanner({ line: at.line, column: line.indexOf(':') }, 'mapping values are not allowed in this context');
  if (!/:(\s|$)/.test(text) && !text.startsWith('-') && text !== '')
    return scanner({ line: Math.min(at.line + 1, end.line), column: 0 }, "could not find expected ':'");
  const inList = before.trim().startsWith('- ') || before.trim() === '-';
  if (inList && indent(line) < indent(before) && !text.startsWith('- ') && indent(line) > 0)
    return parser(at, "did not find expected '-' indicator");
  return parser(at, 'did not find expected key');
}
