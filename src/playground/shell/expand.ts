import type { Env, Wait } from '../../kubectl/command.ts';
import type { Part, Script, Word } from './syntax.ts';

/** What expansion needs to know of the running shell. */
export interface Scope {
  env: Env;
  vars: Map<string, string>;
  lastStatus: number;
  /** Runs a script and gives what it printed; `$(…)`. */
  capture(script: Script): Generator<Wait, string, void>;
}

function variable(scope: Scope, name: string): string | undefined {
  if (name === '?') return String(scope.lastStatus);
  if (name === '$') return '1';
  if (name === '#') return '0';
  return scope.vars.get(name);
}

/** `$((…))`: whole numbers, + - * / % and parentheses. */
export function arithmetic(text: string, vars: ReadonlyMap<string, string>): number {
  const tokens = text.replace(/\$?([A-Za-z_]\w*)/g, (_, n: string) => vars.get(n) ?? '0').match(/\d+|[-+*/%()]/g) ?? [];
  let i = 0;
  const factor = (): number => {
    const t = tokens[i++];
    if (t === '-') return -factor();
    if (t === '(') {
      const v = sum();
      i++;
      return v;
    }
    return Number(t ?? 0);
  };
  const product = (): number => {
    let v = factor();
    for (let t = tokens[i]; t === '*' || t === '/' || t === '%'; t = tokens[i]) {
      i++;
      const r = factor();
      v = t === '*' ? v * r : r === 0 ? 0 : t === '/' ? Math.trunc(v / r) : v % r;
    }
    return v;
  };
  const sum = (): number => {
    let v = product();
    for (let t = tokens[i]; t === '+' || t === '-'; t = tokens[i]) {
      i++;
      v = t === '+' ? v + product() : v - product();
    }
    return v;
  };
  return sum();
}

function* partText(scope: Scope, part: Part): Generator<Wait, string, void> {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'variable': {
      const value = variable(scope, part.name);
      if ((value === undefined || value === '') && part.fallback) return yield* expandText(scope, part.fallback);
      return value ?? '';
    }
    case 'command':
      return (yield* scope.capture(part.script)).replace(/\n+$/, '');
    case 'arithmetic':
      return String(arithmetic(part.text, scope.vars));
  }
}

/** A word as one text: assignments, redirect targets, here-documents. */
export function* expandText(scope: Scope, word: Word): Generator<Wait, string, void> {
  let text = '';
  for (const part of word) text += yield* partText(scope, part);
  return text;
}

/** Marks characters that no split, brace or glob may touch. */
const GUARD = '\u0000';
const guard = (text: string): string => text.replace(/[\s*?[\]{},]/g, (c) => GUARD + c);
const unguard = (text: string): string => text.replaceAll(GUARD, '');

/** A word as the arguments it becomes: braces, variables, splitting at blanks, file globs. */
export function* expandWord(scope: Scope, word: Word): Generator<Wait, string[], void> {
  let text = '';
  let quoted = false;
  for (const part of word) {
    const piece = yield* partText(scope, part);
    quoted ||= part.quoted;
    if (part.quoted) text += guard(piece);
    else if (part.type === 'text') text += piece;
    else text += piece.replace(/[{},]/g, (c) => GUARD + c);
  }
  const fields = splitBlanks(text)
    .flatMap(braces)
    .flatMap((f) => glob(scope.env, f));
  if (!fields.length && (quoted || text !== '')) return quoted ? [''] : [];
  return fields.map(unguard);
}

function splitBlanks(text: string): string[] {
  const fields: string[] = [];
  let field = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === GUARD) {
      field += c + (text[i + 1] ?? '');
      i++;
    } else if (/\s/.test(c)) {
      if (field) fields.push(field);
      field = '';
    } else field += c;
  }
  if (field) fields.push(field);
  return fields;
}

/** `a{1..3}` and `a{x,y}`; one level, as people write them. */
function braces(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the guard is a control character by design
  const range = /^((?:[^\u0000{]|\u0000.)*)\{(-?\d+)\.\.(-?\d+)\}([\s\S]*)$/.exec(text);
  if (range) {
    const from = Number(range[2]);
    const to = Number(range[3]);
    const count = Math.min(Math.abs(to - from) + 1, 10_000);
    return Array.from({ length: count }, (_, i) => from + (to < from ? -i : i)).flatMap((n) =>
      braces(`${range[1]}${n}${range[4]}`),
    );
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the guard is a control character by design
  const list = /^((?:[^\u0000{]|\u0000.)*)\{((?:[^\u0000{}]|\u0000.)*,(?:[^\u0000{}]|\u0000.)*)\}([\s\S]*)$/.exec(text);
  if (!list) return [text];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the guard is a control character by design
  const items = list[2]!.split(/(?<!\u0000),/);
  return items.flatMap((item) => braces(`${list[1]}${item}${list[3]}`));
}

/** `*.yaml` among the playground's files; a pattern without a match stays as it is. */
function glob(env: Env, field: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the guard is a control character by design
  if (!/(?<!\u0000)[*?]/.test(field)) return [field];
  const slash = field.lastIndexOf('/');
  const dir = slash < 0 ? '.' : field.slice(0, slash);
  const pattern = field.slice(slash + 1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the guard is a control character by design
  const source = pattern.replace(/\u0000(.)|[*?]|[.+^${}()|[\]\\]/g, (m, guarded: string | undefined) =>
    guarded !== undefined ? `\\${guarded}` : m === '*' ? '[^/]*' : m === '?' ? '[^/]' : `\\${m}`,
  );
  const matches = (env.files.list(dir) ?? []).filter((f) => new RegExp(`^${source}$`).test(f)).sort();
  return matches.length ? matches.map((f) => (slash < 0 ? f : `${dir}/${f}`)) : [field];
}
