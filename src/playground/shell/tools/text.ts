/** cat, head, tail, sort, uniq, wc, tr, cut, tee, rev, tac: the tools that read text and print text. */
import type { Env, Running } from '../../../kubectl/command.ts';
import { eachLine, linesOf, readAll } from '../pipe.ts';
import type { Program } from '../shell.ts';
import { toolArgs } from './args.ts';
import { textOf } from './input.ts';

const print = (env: Env, lines: readonly string[]): void => {
  if (lines.length) env.out(`${lines.join('\n')}\n`);
};

function* cat(env: Env): Running {
  const { rest, flags } = toolArgs(env.args, 'nAetuv');
  let n = 0;
  if (!rest.length && env.input) {
    yield* eachLine(env, (line) => env.out(`${flags.has('n') ? `${String(++n).padStart(6)}\t` : ''}${line}\n`));
    return 0;
  }
  const { text, ok } = yield* textOf(env, 'cat', rest);
  env.out(
    flags.has('n')
      ? linesOf(text)
          .map((l) => `${String(++n).padStart(6)}\t${l}\n`)
          .join('')
      : text,
  );
  return ok ? 0 : 1;
}

/** `-n 5`, `-5`: how many lines; `undefined` for no number. */
function countOf(words: readonly string[]): { count: string; rest: string[] } {
  const bare = words.find((w) => /^-\d+$/.test(w));
  const { values, rest } = toolArgs(
    words.filter((w) => w !== bare),
    'qv',
    'nc',
  );
  return { count: bare?.slice(1) ?? values.get('n') ?? '10', rest };
}

function* head(env: Env): Running {
  const { count, rest } = countOf(env.args);
  const n = Number(count);
  if (!Number.isInteger(n)) {
    env.err(`head: invalid number of lines: '${count}'\n`);
    return 1;
  }
  if (!rest.length && n >= 0) {
    let left = n;
    if (left > 0)
      yield* eachLine(env, (line) => {
        env.out(`${line}\n`);
        return --left > 0;
      });
    return 0;
  }
  const { text, ok } = yield* textOf(env, 'head', rest);
  print(env, linesOf(text).slice(0, n));
  return ok ? 0 : 1;
}

function* tail(env: Env): Running {
  const { count, rest } = countOf(env.args.filter((a) => a !== '-f'));
  const { text, ok } = yield* textOf(env, 'tail', rest);
  const lines = linesOf(text);
  print(
    env,
    count.startsWith('+')
      ? lines.slice(Number(count.slice(1)) - 1)
      : lines.slice(Math.max(0, lines.length - Math.abs(Number(count)))),
  );
  return ok ? 0 : 1;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const human = (text: string): number => {
  const m = /^\s*([-+]?\d*\.?\d+)([kKMGTPE]?)/.exec(text);
  return m ? Number(m[1]) * 1024 ** ' KMGTPE'.indexOf((m[2] || ' ').toUpperCase()) : 0;
};

function* sort(env: Env): Running {
  const a = toolArgs(env.args, 'nrufhVb', 'kt', { reverse: 'r', unique: 'u', 'numeric-sort': 'n', key: 'k' });
  const { text, ok } = yield* textOf(env, 'sort', a.rest);
  const key = a.values.get('k');
  const from = key ? Number.parseInt(key, 10) : 0;
  const to = key?.includes(',') ? Number.parseInt(key.split(',')[1]!, 10) : undefined;
  const separator = a.values.get('t') ?? /\s+/;
  const numeric = a.flags.has('n') || (key ? /n/.test(key) : false);
  const reverse = a.flags.has('r') || (key ? /r/.test(key) : false);
  const field = (line: string): string =>
    from
      ? line
          .trimStart()
          .split(separator)
          .slice(from - 1, to)
          .join(' ')
      : a.flags.has('f')
        ? line.toLowerCase()
        : line;
  const compare = (x: string, y: string): number => {
    const p = field(x);
    const q = field(y);
    const d = a.flags.has('h')
      ? human(p) - human(q)
      : numeric
        ? (Number.parseFloat(p) || 0) - (Number.parseFloat(q) || 0)
        : byText(p, q);
    return (d || byText(x, y)) * (reverse ? -1 : 1);
  };
  const lines = linesOf(text).sort(compare);
  print(env, a.flags.has('u') ? lines.filter((l, i) => i === 0 || field(l) !== field(lines[i - 1]!)) : lines);
  return ok ? 0 : 1;
}

function* uniq(env: Env): Running {
  const a = toolArgs(env.args, 'cdui');
  const { text, ok } = yield* textOf(env, 'uniq', a.rest);
  const runs: { line: string; n: number }[] = [];
  for (const line of linesOf(text)) {
    const last = runs.at(-1);
    if (last && last.line === line) last.n++;
    else runs.push({ line, n: 1 });
  }
  const shown = runs.filter((r) => (a.flags.has('d') ? r.n > 1 : a.flags.has('u') ? r.n === 1 : true));
  print(
    env,
    shown.map((r) => (a.flags.has('c') ? `${String(r.n).padStart(7)} ${r.line}` : r.line)),
  );
  return ok ? 0 : 1;
}

function* wc(env: Env): Running {
  const a = toolArgs(env.args, 'lwcm');
  const { text, ok } = yield* textOf(env, 'wc', a.rest);
  const counts = [
    ['l', text.split('\n').length - 1],
    ['w', text.split(/\s+/).filter(Boolean).length],
    ['c', new TextEncoder().encode(text).length],
  ] as const;
  const wanted = counts.filter(([flag]) => !a.flags.size || a.flags.has(flag) || (flag === 'c' && a.flags.has('m')));
  const cells = wanted.map(([, n]) => (wanted.length === 1 ? String(n) : String(n).padStart(7)));
  env.out(`${[...cells, ...(a.rest.length === 1 ? [a.rest[0]!] : [])].join(' ')}\n`);
  return ok ? 0 : 1;
}

/** `a-z`, `\n`, `[:upper:]` as single characters. */
function charSet(text: string): string[] {
  const classes = text
    .replaceAll('[:upper:]', 'A-Z')
    .replaceAll('[:lower:]', 'a-z')
    .replaceAll('[:digit:]', '0-9')
    .replaceAll('[:space:]', ' \\n\\t')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
  return [
    ...classes.replace(/(.)-(.)/gs, (_, a: string, b: string) => {
      let range = '';
      for (let c = a.charCodeAt(0); c <= b.charCodeAt(0); c++) range += String.fromCharCode(c);
      return range;
    }),
  ];
}

function* tr(env: Env): Running {
  const a = toolArgs(env.args, 'ds');
  const text = yield* readAll(env);
  const from = charSet(a.rest[0] ?? '');
  const to = charSet(a.rest[1] ?? '');
  let out = '';
  for (const c of text) {
    const i = from.indexOf(c);
    if (i < 0) out += c;
    else if (!a.flags.has('d')) {
      const mapped = a.flags.has('s') && !to.length ? c : (to[Math.min(i, to.length - 1)] ?? c);
      if (!(a.flags.has('s') && out.endsWith(mapped))) out += mapped;
    }
  }
  env.out(out);
  return 0;
}

/** `1,3-5` as a test of positions. */
function positions(list: string): (n: number) => boolean {
  const ranges = list.split(',').map((part) => {
    const [a, b] = part.split('-');
    return part.includes('-') ? [Number(a || 1), b ? Number(b) : Number.POSITIVE_INFINITY] : [Number(a), Number(a)];
  });
  return (n) => ranges.some(([a, b]) => n >= a! && n <= b!);
}

function* cut(env: Env): Running {
  const a = toolArgs(env.args, 's', 'dfc');
  const { text, ok } = yield* textOf(env, 'cut', a.rest);
  const fields = a.values.get('f');
  const chosen = positions(fields ?? a.values.get('c') ?? '1-');
  const separator = a.values.get('d') ?? '\t';
  const lines = linesOf(text).map((line) => {
    if (!fields) return [...line].filter((_, i) => chosen(i + 1)).join('');
    if (!line.includes(separator)) return line;
    return line
      .split(separator)
      .filter((_, i) => chosen(i + 1))
      .join(separator);
  });
  print(env, lines);
  return ok ? 0 : 1;
}

function* tee(env: Env): Running {
  const a = toolArgs(env.args, 'a');
  const text = yield* readAll(env);
  for (const file of a.rest) env.files.write(file, a.flags.has('a') ? (env.files.read(file) ?? '') + text : text);
  env.out(text);
  return 0;
}

function* tac(env: Env): Running {
  const { text, ok } = yield* textOf(env, 'tac', env.args);
  print(env, linesOf(text).reverse());
  return ok ? 0 : 1;
}

export const TEXT_TOOLS: Readonly<Record<string, Program>> = { cat, head, tail, sort, uniq, wc, tr, cut, tee, tac };
