/** Colours of static YAML: the same classes as Monaco's theme, so that nothing shifts when the editor takes over. */

export type TokenKind = 'key' | 'string' | 'number' | 'keyword' | 'comment' | 'plain';

export interface Token {
  kind: TokenKind;
  text: string;
}

/** Indent and dashes, the key, its colon; the comment is already cut off. */
const KEY = /^(\s*(?:- +)*)("[^"]*"|'[^']*'|[^\s#:'"[{&*!|>%@`,](?:[^:]|:(?=\S))*?)(:)(?=\s|$)/;
const NUMBER = /^[-+]?(?:\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?|0x[\da-fA-F]+|0o[0-7]+)$/;
const KEYWORD = /^(?:true|false|null|~|yes|no|on|off)$/i;

function commentStart(text: string): number {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quote) {
      if (c === quote) quote = '';
    } else if ((c === '"' || c === "'") && (i === 0 || /[\s[{,:]/.test(text[i - 1]!))) quote = c;
    else if (c === '#' && (i === 0 || /\s/.test(text[i - 1]!))) return i;
  }
  return -1;
}

function value(text: string): Token[] {
  if (!text) return [];
  const lead = /^\s*/.exec(text)![0];
  const body = text.slice(lead.length);
  const plain: Token[] = lead ? [{ kind: 'plain', text: lead }] : [];
  if (!body) return plain;
  const bare = body.trimEnd();
  if (/^[[\]{},]+$/.test(bare) || /^[|>][-+\d]*$/.test(bare)) return [...plain, { kind: 'plain', text: body }];
  if (NUMBER.test(bare)) return [...plain, { kind: 'number', text: body }];
  if (KEYWORD.test(bare)) return [...plain, { kind: 'keyword', text: body }];
  return [...plain, { kind: 'string', text: body }];
}

/** Tokens of one line; their texts joined are the line again. */
export function tokenize(line: string): Token[] {
  if (/^(---|\.\.\.)(\s|$)/.test(line)) return [{ kind: 'comment', text: line }];
  const hash = commentStart(line);
  const code = hash < 0 ? line : line.slice(0, hash);
  const tail: Token[] = hash < 0 ? [] : [{ kind: 'comment', text: line.slice(hash) }];
  const m = KEY.exec(code);
  if (m) {
    const head: Token[] = m[1] ? [{ kind: 'plain', text: m[1] }] : [];
    return [
      ...head,
      { kind: 'key', text: m[2]! },
      { kind: 'plain', text: ':' },
      ...value(code.slice(m[0].length)),
      ...tail,
    ];
  }
  const dash = /^\s*(?:- +)+/.exec(code)?.[0] ?? '';
  return [...(dash ? [{ kind: 'plain' as const, text: dash }] : []), ...value(code.slice(dash.length)), ...tail];
}
