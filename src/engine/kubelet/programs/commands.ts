/** The commands that containers of the usual images run: what they print, how they end, what they wait for. */
import type { Ms } from '../../sim/time.ts';
import { FILES } from './commands-files.ts';
import { NET } from './commands-net.ts';
import { piDigits } from './pi.ts';
import type { Result, ScriptState, Stay } from './shell-run.ts';
import type { Run, World } from './world.ts';

const pad = (n: number, width = 2): string => String(n).padStart(width, ' ');
const zero = (n: number): string => String(n).padStart(2, '0');
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Thu Jan  1 00:00:00 UTC 2026` */
export function unixDate(now: Ms): string {
  const d = new Date(now);
  const time = `${zero(d.getUTCHours())}:${zero(d.getUTCMinutes())}:${zero(d.getUTCSeconds())}`;
  return `${DAYS[d.getUTCDay()]} ${MONTHS[d.getUTCMonth()]} ${pad(d.getUTCDate())} ${time} UTC ${d.getUTCFullYear()}`;
}

function formatDate(now: Ms, format: string): string {
  const d = new Date(now);
  const fields: Record<string, string> = {
    Y: String(d.getUTCFullYear()),
    m: zero(d.getUTCMonth() + 1),
    d: zero(d.getUTCDate()),
    H: zero(d.getUTCHours()),
    M: zero(d.getUTCMinutes()),
    S: zero(d.getUTCSeconds()),
    s: String(Math.floor(now / 1000)),
    T: `${zero(d.getUTCHours())}:${zero(d.getUTCMinutes())}:${zero(d.getUTCSeconds())}`,
    F: `${d.getUTCFullYear()}-${zero(d.getUTCMonth() + 1)}-${zero(d.getUTCDate())}`,
    Z: 'UTC',
  };
  return format.replace(/%(\w)/g, (whole, f: string) => fields[f] ?? whole);
}

const unescaped = (text: string): string => text.replace(/\\n/g, '\n').replace(/\\t/g, '\t');

const echo: Run = ({ args, out }) => {
  let words = args;
  let newline = true;
  let escapes = false;
  while (words[0] && /^-[neE]+$/.test(words[0])) {
    if (words[0].includes('n')) newline = false;
    if (words[0].includes('e')) escapes = true;
    words = words.slice(1);
  }
  const text = words.join(' ');
  out((escapes ? unescaped(text) : text) + (newline ? '\n' : ''));
  return 0;
};

/** `30`, `0.5`, `2m`, `infinity`; several add up. */
const sleep: Run = ({ args, out }) => {
  let ms = 0;
  for (const a of args) {
    if (a === 'infinity' || a === 'inf') return { stay: { ports: [], term: 'ignore' } };
    const m = /^(\d*\.?\d+)([smhd]?)$/.exec(a);
    if (!m) {
      out(`sleep: invalid number '${a}'\n`);
      return 1;
    }
    ms += Number(m[1]) * 1000 * { s: 1, m: 60, h: 3600, d: 86_400, '': 1 }[m[2] as 's']!;
  }
  return { sleepMs: Math.round(ms) };
};

const MACHINE: Record<string, string> = { amd64: 'x86_64', arm64: 'aarch64' };

const uname: Run = ({ args, out, world }) => {
  const machine = MACHINE[world.arch] ?? world.arch;
  const all = args.includes('-a');
  out(
    all
      ? `Linux ${world.hostname} 6.8.0-79-generic ${machine} Linux\n`
      : args.includes('-m')
        ? `${machine}\n`
        : 'Linux\n',
  );
  return 0;
};

/** A bignum π takes some seconds on a small machine; other one-liners are done at once. */
const perl: Run = ({ args, out, state }) => {
  const pi = /bpi\((\d+)\)/.exec(args.join(' '));
  if (!pi) return 0;
  if (state.vars.PERL_DONE === undefined) {
    state.vars.PERL_DONE = '1';
    state.pc--; // run again after the calculation
    return { sleepMs: 3000 + Number(pi[1]) * 2 };
  }
  delete state.vars.PERL_DONE;
  out(`${piDigits(Math.min(Number(pi[1]), 5000))}\n`);
  return 0;
};

/** `stress --vm-bytes 150M`: asks for that much memory and stays. */
const stress: Run = ({ args, out }) => {
  const text = args[args.indexOf('--vm-bytes') + 1] ?? '';
  const m = /^(\d+)([KMG]?)$/.exec(text);
  const bytes = m ? Number(m[1]) * { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }[m[2] as 'K']! : 0;
  out('stress: info: [1] dispatching hogs: 0 cpu, 0 io, 1 vm, 0 hdd\n');
  return { stay: { ports: [], term: 'exit', code: 143, memoryBytes: bytes } };
};

const env: Run = ({ out, state }) => {
  for (const [name, value] of Object.entries(state.vars)) out(`${name}=${value}\n`);
  return 0;
};

const seq: Run = ({ args, out }) => {
  const n = args.map(Number);
  const [from, to] = n.length > 1 ? [n[0]!, n.at(-1)!] : [1, n[0] ?? 0];
  for (let i = from; i <= Math.min(to, from + 9999); i++) out(`${i}\n`);
  return 0;
};

const forever =
  (more: Partial<Stay> = {}): Run =>
  () => ({ stay: { ports: [], term: 'ignore', ...more } });
const done: Run = () => 0;

/** Everything that is not a server. */
export const COMMANDS: Record<string, Run> = {
  ...FILES,
  ...NET,
  echo,
  printf: ({ args, out }) => {
    out(unescape((args[0] ?? '').replace(/%[sd]/g, () => args[1] ?? '')));
    return 0;
  },
  true: done,
  ':': done,
  false: () => 1,
  exit: ({ args, state }) => ({ exit: args[0] === undefined ? state.status : Number(args[0]) & 255 }),
  sleep,
  date: ({ args, out, world }) => {
    const format = args.find((a) => a.startsWith('+'));
    out(`${format ? formatDate(world.now, format.slice(1)) : unixDate(world.now)}\n`);
    return 0;
  },
  uname,
  perl,
  stress,
  env,
  printenv: ({ args, out, state }) => {
    const value = state.vars[args[0] ?? ''];
    if (value !== undefined) out(`${value}\n`);
    return value === undefined ? 1 : 0;
  },
  seq,
  hostname: ({ args, out, world }) => {
    out(`${args.includes('-i') || args.includes('-I') ? world.podIP : world.hostname}\n`);
    return 0;
  },
  arch: ({ out, world }) => {
    out(`${MACHINE[world.arch] ?? world.arch}\n`);
    return 0;
  },
  whoami: ({ out }) => {
    out('root\n');
    return 0;
  },
  id: ({ out }) => {
    out('uid=0(root) gid=0(root) groups=0(root)\n');
    return 0;
  },
  ps: ({ out, world }) => {
    out(`PID   USER     TIME  COMMAND\n    1 root      0:00 ${world.files['.command'] ?? 'sh'}\n`);
    return 0;
  },
  export: ({ args, state }) => {
    for (const a of args) {
      const at = a.indexOf('=');
      if (at > 0) state.vars[a.slice(0, at)] = a.slice(at + 1);
    }
    return 0;
  },
  trap: ({ args, state }) => {
    if (args.slice(1).some((s) => /TERM|15/.test(s))) state.trap = args[0] ?? '';
    return 0;
  },
  wait: forever(),
  yes: forever(),
  top: forever(),
  dd: ({ args }) =>
    args.some((a) => a.startsWith('of=/dev/shm')) ? { stay: { ports: [], term: 'ignore', memoryBytes: 2 ** 50 } } : 0,
  md5sum: forever(),
  cd: done,
  set: done,
  mkdir: done,
  chmod: done,
  chown: done,
  kill: done,
  sync: done,
  apt: done,
  'apt-get': done,
  apk: done,
  pip: done,
  npm: done,
};

/** Splits a path off: `/bin/sh` → `sh`. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Runs a command by name; `undefined` when no such program is known. */
export function runKnown(
  argv: readonly string[],
  input: string,
  out: (t: string) => void,
  state: ScriptState,
  world: World,
): Result | undefined {
  const run = COMMANDS[baseName(argv[0]!)];
  return run?.({ args: argv.slice(1), input, out, state, world });
}
