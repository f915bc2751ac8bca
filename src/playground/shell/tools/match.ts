/** grep, sed and the part of awk that people type after a pipe. */
import type { Env, Running } from '../../../kubectl/command.ts';
import { eachLine, linesOf } from '../pipe.ts';
import type { Program } from '../shell.ts';
import { toolArgs } from './args.ts';
import { textOf } from './input.ts';

/** A POSIX basic (or, with `extended`, extended) expression as a JavaScript one. */
export function posixRegExp(pattern: string, extended: boolean, flags = ''): RegExp {
  let source = pattern
    .replaceAll('[[:space:]]', '\\s')
    .replaceAll('[[:digit:]]', '\\d')
    .replaceAll('[[:alpha:]]', '[A-Za-z]')
    .replaceAll('[[:alnum:]]', '[A-Za-z0-9]')
    .replaceAll('[[:upper:]]', '[A-Z]')
    .replaceAll('[[:lower:]]', '[a-z]');
  // in a basic expression the bare + ? | ( ) { } are characters, the escaped ones operators
  if (!extended)
    source = source.replace(
      /\\([+?|(){}])|([+?|(){}])/g,
      (_, op: string | undefined, c: string | undefined) => op ?? `\\${c}`,
    );
  return new RegExp(source.replaceAll('\\<', '\\b').replaceAll('\\>', '\\b'), flags);
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function* grep(env: Env): Running {
  const a = toolArgs(env.args, 'ivcqnowxEFPhHlr', 'eABCm', {
    'line-buffered': 'L',
    color: 'K',
    'ignore-case': 'i',
    'invert-match': 'v',
    count: 'c',
  });
  const pattern = a.values.get('e') ?? a.rest.shift();
  if (pattern === undefined) {
    env.err("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
    return 2;
  }
  let regex: RegExp;
  try {
    const parts = pattern
      .split('\n')
      .map((p) => (a.flags.has('F') ? escapeRegExp(p) : posixRegExp(p, a.flags.has('E') || a.flags.has('P')).source));
    const whole = parts.join('|');
    regex = new RegExp(
      a.flags.has('x') ? `^(?:${whole})$` : a.flags.has('w') ? `\\b(?:${whole})\\b` : whole,
      a.flags.has('i') ? 'gi' : 'g',
    );
  } catch {
    env.err(`grep: Invalid regular expression\n`);
    return 2;
  }
  const after = Number(a.values.get('A') ?? a.values.get('C') ?? 0);
  const before = Number(a.values.get('B') ?? a.values.get('C') ?? 0);
  if (a.rest.length || after || before) return yield* grepWhole(env, a, regex, before, after);
  return yield* grepStream(env, a, regex);
}

const matches = (regex: RegExp, line: string): boolean => {
  regex.lastIndex = 0;
  return regex.test(line);
};

function* grepStream(env: Env, a: ReturnType<typeof toolArgs>, regex: RegExp): Running {
  const most = Number(a.values.get('m') ?? Number.POSITIVE_INFINITY);
  let n = 0;
  let found = 0;
  yield* eachLine(env, (line) => {
    n++;
    if (matches(regex, line) === a.flags.has('v')) return true;
    found++;
    if (!a.flags.has('c') && !a.flags.has('q')) {
      const prefix = a.flags.has('n') ? `${n}:` : '';
      if (a.flags.has('o')) for (const m of line.matchAll(regex)) env.out(`${prefix}${m[0]}\n`);
      else env.out(`${prefix}${line}\n`);
    }
    return !a.flags.has('q') && found < most;
  });
  if (a.flags.has('c')) env.out(`${found}\n`);
  return found ? 0 : 1;
}

function* grepWhole(env: Env, a: ReturnType<typeof toolArgs>, regex: RegExp, before: number, after: number): Running {
  let found = 0;
  let ok = true;
  for (const file of a.rest.length ? a.rest : ['-']) {
    const content = yield* textOf(env, 'grep', [file]);
    ok &&= content.ok;
    const lines = linesOf(content.text);
    const hits = new Set(lines.flatMap((line, i) => (matches(regex, line) !== a.flags.has('v') ? [i] : [])));
    found += hits.size;
    if (a.flags.has('q')) continue;
    const name = a.rest.length > 1 && !a.flags.has('h') ? `${file}:` : '';
    if (a.flags.has('c')) env.out(`${name}${hits.size}\n`);
    else if (a.flags.has('l')) env.out(hits.size ? `${file}\n` : '');
    else printHits(env, lines, hits, { before, after, name, numbered: a.flags.has('n') });
  }
  return !ok ? 2 : found ? 0 : 1;
}

interface HitFormat {
  before: number;
  after: number;
  name: string;
  numbered: boolean;
}

function printHits(env: Env, lines: readonly string[], hits: ReadonlySet<number>, f: HitFormat): void {
  let last = -1;
  for (let i = 0; i < lines.length; i++) {
    const near = [...hits].some((h) => i >= h - f.before && i <= h + f.after);
    if (!near) continue;
    if (last >= 0 && i > last + 1 && (f.before || f.after)) env.out('--\n');
    const mark = hits.has(i) ? ':' : '-';
    env.out(`${f.name}${f.numbered ? `${i + 1}${mark}` : ''}${lines[i]}\n`);
    last = i;
  }
}

type SedCommand = {
  test: (line: string, n: number, last: boolean) => boolean;
  run: (line: string) => { line?: string; print?: boolean; quit?: boolean };
};

/** `s/a/b/g`, `/x/d`, `3p`, `1,5p`, `$d`, `q`: one command of a sed script; `undefined` when it is another. */
function sedCommand(text: string, extended: boolean): SedCommand | undefined {
  const m = /^\s*(?:(\d+|\$|\/(?:[^/\\]|\\.)*\/)(?:,(\d+|\$|\/(?:[^/\\]|\\.)*\/))?)?\s*(!?)([\s\S]*)$/.exec(text)!;
  const test = address(m[1], m[2], m[3] === '!', extended);
  const body = m[4]!;
  if (body === 'd') return { test, run: () => ({}) };
  if (body === 'p') return { test, run: (line) => ({ line, print: true }) };
  if (body === 'q') return { test, run: (line) => ({ line, quit: true }) };
  const s = /^s(.)/.exec(body);
  if (!s) return undefined;
  const parts = splitUnescaped(body.slice(2), s[1]!);
  if (parts.length !== 3) return undefined;
  const [from, to, flags] = parts as [string, string, string];
  const regex = posixRegExp(
    from.replaceAll(`\\${s[1]}`, s[1]!),
    extended,
    `${flags.includes('g') ? 'g' : ''}${/i/i.test(flags) ? 'i' : ''}`,
  );
  const replacement = to
    .replaceAll('$', '$$$$')
    .replace(/\\(\d)/g, '$$$1')
    .replace(/(^|[^\\])&/g, '$1$$&')
    .replaceAll('\\&', '&')
    .replaceAll('\\n', '\n')
    .replaceAll(`\\${s[1]}`, s[1]!);
  return {
    test,
    run: (line) => {
      const changed = line.replace(regex, replacement);
      return { line: changed, print: flags.includes('p') && changed !== line };
    },
  };
}

function splitUnescaped(text: string, separator: string): string[] {
  const parts = [''];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\' && i + 1 < text.length) parts.push((parts.pop() ?? '') + text[i] + text[++i]);
    else if (text[i] === separator) parts.push('');
    else parts.push((parts.pop() ?? '') + text[i]);
  }
  return parts;
}

function address(
  from: string | undefined,
  to: string | undefined,
  not: boolean,
  extended: boolean,
): SedCommand['test'] {
  if (from === undefined) return () => true;
  const at = (a: string) => (line: string, n: number, last: boolean) =>
    a === '$' ? last : a.startsWith('/') ? posixRegExp(a.slice(1, -1), extended).test(line) : n === Number(a);
  const start = at(from);
  if (to === undefined) return (line, n, last) => start(line, n, last) !== not;
  const end = at(to);
  let inside = false;
  return (line, n, last) => {
    if (!inside && start(line, n, last)) {
      inside = !(/^\d+$/.test(to) && Number(to) <= n);
      return !not;
    }
    if (inside && end(line, n, last)) {
      inside = false;
      return !not;
    }
    return inside !== not;
  };
}

function* sed(env: Env): Running {
  const a = toolArgs(env.args, 'nEri', 'e');
  const script = a.values.get('e') ?? a.rest.shift();
  const extended = a.flags.has('E') || a.flags.has('r');
  const commands = (script ?? '')
    .split(/;(?![^/]*\/[gip]*$)|\n/)
    .filter((c) => c.trim())
    .map((c) => sedCommand(c.trim(), extended));
  if (script === undefined || commands.some((c) => c === undefined)) {
    env.err(`sed: -e expression #1: this shell's sed knows s/…/…/, d, p and q with addresses\n`);
    return 1;
  }
  const { text, ok } = yield* textOf(env, 'sed', a.rest);
  const out = sedText(linesOf(text), commands as SedCommand[], a.flags.has('n'));
  if (a.flags.has('i')) for (const file of a.rest) env.files.write(file, out);
  else env.out(out);
  return ok ? 0 : 1;
}

function sedText(lines: readonly string[], commands: readonly SedCommand[], silent: boolean): string {
  let out = '';
  for (let i = 0; i < lines.length; i++) {
    let line: string | undefined = lines[i]!;
    let quit = false;
    for (const c of commands) {
      if (line === undefined || !c.test(line, i + 1, i === lines.length - 1)) continue;
      const r: ReturnType<SedCommand['run']> = c.run(line);
      line = r.line;
      if (r.print && line !== undefined) out += `${line}\n`;
      quit ||= r.quit ?? false;
    }
    if (line !== undefined && !silent) out += `${line}\n`;
    if (quit) break;
  }
  return out;
}

/** awk as far as people use it on tables: `{print $1, $3}`, `NR>1 {print $2}`, `/x/ {print}`, `$3=="Running"{print $1}`. */
function* awk(env: Env): Running {
  const a = toolArgs(env.args, '', 'Fv');
  const program = a.rest.shift() ?? '';
  const m = /^\s*([^{]*?)\s*(?:\{\s*print\s*([^}]*?)\s*;?\s*\})?\s*$/.exec(program);
  const test = m && awkTest(m[1]!);
  if (!m || !test) {
    env.err(`awk: this shell's awk knows patterns with {print $1, $2}; "${program}" is more than that\n`);
    return 2;
  }
  const separator = a.values.get('F');
  const { text, ok } = yield* textOf(env, 'awk', a.rest);
  const lines = linesOf(text);
  lines.forEach((line, i) => {
    const fields = separator === undefined ? line.trim().split(/\s+/) : line.split(separator);
    if (!test(line, fields, i + 1)) return;
    env.out(
      `${
        m[2]
          ? m[2]
              .split(',')
              .map((item) => awkItems(item, line, fields, i + 1))
              .join(' ')
          : line
      }\n`,
    );
  });
  return ok ? 0 : 1;
}

const awkValue = (text: string, line: string, fields: readonly string[], n: number): string => {
  if (text === 'NF') return String(fields.length);
  if (text === 'NR') return String(n);
  if (text === '$0') return line;
  if (text === '$NF') return fields.at(-1) ?? '';
  if (/^\$\d+$/.test(text)) return fields[Number(text.slice(1)) - 1] ?? '';
  return text
    .replace(/^"([\s\S]*)"$/, '$1')
    .replaceAll('\\t', '\t')
    .replaceAll('\\n', '\n');
};

const awkItems = (item: string, line: string, fields: readonly string[], n: number): string =>
  (item.match(/"(?:[^"\\]|\\.)*"|\$NF|\$?\w+/g) ?? []).map((t) => awkValue(t, line, fields, n)).join('');

function awkTest(pattern: string): ((line: string, fields: readonly string[], n: number) => boolean) | undefined {
  if (pattern === '') return () => true;
  const regex = /^(!?)\/(.*)\/$/.exec(pattern);
  if (regex) return (line) => posixRegExp(regex[2]!, true).test(line) !== (regex[1] === '!');
  const m = /^(\$?\w+)\s*(==|!=|>=|<=|>|<|~)\s*("[^"]*"|\/.*\/|\$?\w+)$/.exec(pattern);
  if (!m) return undefined;
  const [, left, op, right] = m as unknown as [string, string, string, string];
  return (line, fields, n) => {
    const l = awkValue(left, line, fields, n);
    if (op === '~') return posixRegExp(right.slice(1, -1), true).test(l);
    const r = awkValue(right, line, fields, n);
    const numeric = !right.startsWith('"') && l !== '' && !Number.isNaN(Number(l)) && !Number.isNaN(Number(r));
    const d = numeric ? Number(l) - Number(r) : l < r ? -1 : l > r ? 1 : 0;
    return { '==': d === 0, '!=': d !== 0, '>': d > 0, '<': d < 0, '>=': d >= 0, '<=': d <= 0 }[op]!;
  };
}

export const MATCH_TOOLS: Readonly<Record<string, Program>> = {
  grep,
  egrep: (env) => grep({ ...env, args: ['-E', ...env.args] }),
  sed,
  awk,
};
