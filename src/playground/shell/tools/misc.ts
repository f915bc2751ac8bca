/** echo, printf, date, sleep, seq, ls, test and other small words. */
import type { Env, Running } from '../../../kubectl/command.ts';
import type { Program } from '../shell.ts';
import { toolArgs } from './args.ts';

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\', a: '', b: '', e: '\u001b' };
const unescaped = (text: string): string => text.replace(/\\([ntr\\abe])/g, (_, c: string) => ESCAPES[c]!);

function* echo(env: Env): Running {
  const words = [...env.args];
  let newline = true;
  let escapes = false;
  while (/^-[neE]+$/.test(words[0] ?? '')) {
    const w = words.shift()!;
    if (w.includes('n')) newline = false;
    if (w.includes('e')) escapes = true;
  }
  const text = words.join(' ');
  env.out((escapes ? unescaped(text) : text) + (newline ? '\n' : ''));
  return 0;
}

function* printf(env: Env): Running {
  const [format = '', ...values] = env.args;
  const once = (args: string[]): string =>
    unescaped(format).replace(/%(%|-?\d*[sd])/g, (_, spec: string) => {
      if (spec === '%') return '%';
      const width = Number(/-?\d+/.exec(spec)?.[0] ?? 0);
      const text = args.shift() ?? (spec.endsWith('d') ? '0' : '');
      return width < 0 ? text.padEnd(-width) : text.padStart(width);
    });
  let out = once(values);
  while (values.length && /%-?\d*[sd]/.test(format)) out += once(values);
  env.out(out);
  return 0;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

function* date(env: Env): Running {
  const d = new Date(env.now());
  const format = env.args.find((a) => a.startsWith('+'))?.slice(1);
  const parts: Record<string, string> = {
    Y: String(d.getUTCFullYear()),
    m: two(d.getUTCMonth() + 1),
    d: two(d.getUTCDate()),
    H: two(d.getUTCHours()),
    M: two(d.getUTCMinutes()),
    S: two(d.getUTCSeconds()),
    s: String(Math.floor(env.now() / 1000)),
    a: DAYS[d.getUTCDay()]!,
    b: MONTHS[d.getUTCMonth()]!,
    e: String(d.getUTCDate()).padStart(2),
    Z: 'UTC',
    F: `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`,
    T: `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`,
  };
  env.out(`${(format ?? '%a %b %e %T %Z %Y').replace(/%([A-Za-z])/g, (m, c: string) => parts[c] ?? m)}\n`);
  return 0;
}

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400, '': 1 };

/** `5`, `0.5`, `2m` in ms; `undefined` for no interval. */
export function intervalMs(text: string): number | undefined {
  const m = /^(\d*\.?\d+)([smhd]?)$/.exec(text);
  return m ? Number(m[1]) * SECONDS[m[2]!]! * 1000 : undefined;
}

function* sleep(env: Env): Running {
  let ms = 0;
  for (const text of env.args) {
    const part = intervalMs(text);
    if (part === undefined) {
      env.err(`sleep: invalid time interval '${text}'\nTry 'sleep --help' for more information.\n`);
      return 1;
    }
    ms += part;
  }
  if (!env.args.length) {
    env.err("sleep: missing operand\nTry 'sleep --help' for more information.\n");
    return 1;
  }
  const until = env.now() + ms;
  while (env.now() < until && !env.interrupted()) yield { atMs: until };
  return 0;
}

function* seq(env: Env): Running {
  const numbers = env.args.map(Number);
  if (!numbers.length || numbers.some(Number.isNaN)) {
    env.err('seq: missing operand\n');
    return 1;
  }
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0]!]
      : numbers.length === 2
        ? [numbers[0]!, 1, numbers[1]!]
        : (numbers as [number, number, number]);
  let out = '';
  for (let n = first, i = 0; (step > 0 ? n <= last : n >= last) && i < 100_000; n += step, i++) out += `${n}\n`;
  env.out(out);
  return 0;
}

function* ls(env: Env): Running {
  const { rest, flags } = toolArgs(env.args, 'l1aAhRtr');
  const dir = rest[0] ?? '.';
  if (env.files.read(dir) !== undefined) {
    env.out(`${dir}\n`);
    return 0;
  }
  const names = env.files.list(dir);
  if (!names && dir !== '.') {
    env.err(`ls: cannot access '${dir}': No such file or directory\n`);
    return 2;
  }
  const top = [...new Set((names ?? []).map((n) => n.split('/')[0]!))].sort();
  if (top.length)
    env.out(flags.has('l') || flags.has('1') || !env.interactive ? `${top.join('\n')}\n` : `${top.join('  ')}\n`);
  return 0;
}

const FILE_TESTS: Record<string, (env: Env, path: string) => boolean> = {
  '-f': (env, p) => env.files.read(p) !== undefined,
  '-e': (env, p) => env.files.read(p) !== undefined || env.files.list(p) !== undefined,
  '-d': (env, p) => env.files.list(p) !== undefined,
  '-s': (env, p) => Boolean(env.files.read(p)),
  '-n': (_, text) => text !== '',
  '-z': (_, text) => text === '',
};

function* test(env: Env): Running {
  const words = env.args.filter((w, i) => !((w === ']' || w === ']]') && i === env.args.length - 1));
  const [a, op, b] = words;
  const negated = a === '!';
  const [x, y, z] = negated ? words.slice(1) : [a, op, b];
  let holds: boolean;
  if (y === undefined) holds = Boolean(x);
  else if (z === undefined) holds = FILE_TESTS[x!]?.(env, y) ?? false;
  else
    switch (y) {
      case '=':
      case '==':
        holds = x === z;
        break;
      case '!=':
        holds = x !== z;
        break;
      default: {
        const d = Number(x) - Number(z);
        holds =
          { '-eq': d === 0, '-ne': d !== 0, '-lt': d < 0, '-le': d <= 0, '-gt': d > 0, '-ge': d >= 0 }[y] ?? false;
      }
    }
  return holds !== negated ? 0 : 1;
}

/** A word that does nothing here, with its exit code. */
const quiet = (code: number): Program =>
  function* nothing(): Running {
    return code;
  };

/** A program that is not simulated: one kind sentence. */
const sentence = (text: string, code: number): Program =>
  function* explain(env: Env): Running {
    env.err(`${text}\n`);
    return code;
  };

function* rm(env: Env): Running {
  const { rest, flags } = toolArgs(env.args, 'rfRv');
  for (const file of rest) {
    if (env.files.read(file) === undefined && !flags.has('f')) {
      env.err(`rm: cannot remove '${file}': No such file or directory\n`);
      return 1;
    }
    env.files.remove?.(file);
  }
  return 0;
}

export const MISC_TOOLS: Readonly<Record<string, Program>> = {
  echo,
  printf,
  date,
  sleep,
  seq,
  ls,
  rm,
  test,
  '[': test,
  '[[': test,
  true: quiet(0),
  ':': quiet(0),
  false: quiet(1),
  cd: quiet(0),
  mkdir: quiet(0),
  set: quiet(0),
  alias: quiet(0),
  source: quiet(0),
  clear: quiet(0),
  sudo: sentence('sudo: not needed here; run the command itself', 1),
  helm: sentence(
    'helm: Berth runs no charts. `helm template …` on your machine gives manifests that can be pasted here.',
    127,
  ),
  kustomize: sentence(
    'kustomize: Berth builds no overlays. `kustomize build …` on your machine gives manifests that can be pasted here.',
    127,
  ),
  docker: sentence(
    'docker: there are no containers behind this page, only a simulation; `berth image add` tells it about an image.',
    127,
  ),
  vi: sentence('vi: the editor on the left is the one to use; its tabs are the files here.', 127),
};
