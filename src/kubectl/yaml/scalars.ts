/** How far the texts of a YAML file reach. Upstream: go-yaml v2 scannerc.go (yaml_parser_scan_*_scalar) */
import type { Scanner } from './scanner.ts';

/** The name of an anchor or an alias. */
export function scanAnchor(s: Scanner): string {
  s.move();
  let name = '';
  for (; /[\w-]/.test(s.at()); s.move()) name += s.at();
  if (name === '' || !(s.isGap() || '?:,]}%@`'.includes(s.at())))
    throw s.error('did not find expected alphabetic or numeric character');
  return name;
}

const ESCAPES = new Set([...'0abt\tnvfre "\'/\\N_LP']);
const HEX: Record<string, number> = { x: 2, u: 4, U: 8 };

export function scanQuoted(s: Scanner, quote: string): void {
  s.move();
  for (;;) {
    if (s.documentMark()) throw s.error('found unexpected document indicator');
    if (s.isEnd()) throw s.error('found unexpected end of stream');
    while (!s.isGap()) {
      const c = s.at();
      if (c === quote) {
        if (quote === "'" && s.at(1) === "'") s.move(2);
        else {
          s.move();
          return;
        }
      } else if (quote === '"' && c === '\\') {
        if (s.isBreak(1)) {
          s.move();
          s.moveLine();
          break;
        }
        scanEscape(s);
      } else s.move();
    }
    while (s.isBlank() || s.isBreak())
      if (s.isBreak()) s.moveLine();
      else s.move();
  }
}

function scanEscape(s: Scanner): void {
  const c = s.at(1);
  const digits = HEX[c];
  if (digits === undefined && !ESCAPES.has(c)) throw s.error('found unknown escape character');
  s.move(2);
  for (let i = 0; i < (digits ?? 0); i++) {
    if (!/[0-9a-fA-F]/.test(s.at(i))) throw s.error('did not find expected hexdecimal number');
  }
  s.move(digits ?? 0);
}

export function scanPlain(s: Scanner): void {
  const indent = s.indent + 1;
  let leading = false;
  for (;;) {
    if (s.documentMark() || s.at() === '#') break;
    while (!s.isGap()) {
      const c = s.at();
      if (c === ':' && s.isGap(1)) break;
      if (s.flow > 0 && (',[]{}'.includes(c) || (c === '?' && (s.at(1) === ' ' || s.isEnd(1))))) break;
      if (s.flow > 0 && c === ':' && ',[]{}'.includes(s.at(1))) break;
      leading = false;
      s.move();
    }
    if (!(s.isBlank() || s.isBreak())) break;
    while (s.isBlank() || s.isBreak()) {
      if (s.isBreak()) {
        leading = true;
        s.moveLine();
        continue;
      }
      if (leading && s.mark.column < indent && s.at() === '\t')
        throw s.error('found a tab character that violates indentation');
      s.move();
    }
    if (s.flow === 0 && s.mark.column < indent) break;
  }
  if (leading) s.keyAllowed = true;
}

export function scanBlockScalar(s: Scanner): void {
  s.move();
  let increment = 0;
  for (let i = 0; i < 2; i++) {
    if (s.at() === '+' || s.at() === '-') s.move();
    else if (/\d/.test(s.at())) {
      if (s.at() === '0') throw s.error('found an indentation indicator equal to 0');
      increment = Number(s.at());
      s.move();
    }
  }
  while (s.isBlank()) s.move();
  if (s.at() === '#') while (!s.isBreak() && !s.isEnd()) s.move();
  if (!s.isBreak() && !s.isEnd()) throw s.error('did not find expected comment or line break');
  if (s.isBreak()) s.moveLine();
  let indent = increment ? (s.indent >= 0 ? s.indent + increment : increment) : 0;
  indent = blockBreaks(s, indent);
  while (s.mark.column === indent && !s.isEnd()) {
    while (!s.isBreak() && !s.isEnd()) s.move();
    if (s.isBreak()) s.moveLine();
    indent = blockBreaks(s, indent);
  }
}

/** Eats empty lines and indentation; finds the block's indentation when it is not known yet. */
function blockBreaks(s: Scanner, known: number): number {
  let widest = 0;
  for (;;) {
    while ((known === 0 || s.mark.column < known) && s.at() === ' ') s.move();
    widest = Math.max(widest, s.mark.column);
    if ((known === 0 || s.mark.column < known) && s.at() === '\t')
      throw s.error('found a tab character where an indentation space is expected');
    if (!s.isBreak()) break;
    s.moveLine();
  }
  return known === 0 ? Math.max(widest, s.indent + 1, 1) : known;
}
