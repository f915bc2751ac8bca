/** The commands that containers of the usual images run: what they print, how they end, what they wait for. */
import type { Ms } from '../../sim/time.ts';
import { piDigits } from './pi.ts';
import type { Result, ScriptState, Stay } from './shell-run.ts';

/** What a command sees of its container and of the cluster. */
export interface World {
  now: Ms;
  hostname: string;
  podIP: string;
  arch: string;
  image: string;
  files: Record<string, string>;
  memoryLimit: number;
  /** Cluster DNS from the pod's namespace. */
  resolve(name: string): string | undefined;
  /** An HTTP request or a TCP connection from the pod. */
  open(host: string, port: number, path: string): OpenResult;
}

export type OpenResult =
  | { ok: true; status: number; body: string }
  | { ok: false; why: 'refused' | 'timeout' | 'unknown-host' };

interface Io {
  args: readonly string[];
  input: string;
  out(text: string): void;
  state: ScriptState;
  world: World;
}

type Run = (io: Io) => Result;

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

const cat: Run = ({ args, input, out, world }) => {
  if (!args.length) {
    out(input);
    return 0;
  }
  let status = 0;
  for (const file of args) {
    const text = readFile(file, world);
    if (text === undefined) {
      out(`cat: can't open '${file}': No such file or directory\n`);
      status = 1;
    } else out(text.endsWith('\n') || text === '' ? text : `${text}\n`);
  }
  return status;
};

const SECRETS = '/var/run/secrets/kubernetes.io/serviceaccount';

function readFile(file: string, world: World): string | undefined {
  if (world.files[file] !== undefined) return world.files[file];
  if (file === '/etc/hostname') return world.hostname;
  if (file === '/dev/null') return '';
  if (file === `${SECRETS}/namespace`) return world.files.namespace;
  return undefined;
}

const touch: Run = ({ args, world }) => {
  for (const file of args) if (!file.startsWith('-')) world.files[file] ??= '';
  return 0;
};

const rm: Run = ({ args, world, out }) => {
  const force = args.some((a) => /^-\w*f/.test(a));
  let status = 0;
  for (const file of args.filter((a) => !a.startsWith('-'))) {
    if (world.files[file] !== undefined) delete world.files[file];
    else if (!force) {
      out(`rm: can't remove '${file}': No such file or directory\n`);
      status = 1;
    }
  }
  return status;
};

const DIRECTORIES = ['/', '/bin', '/dev', '/etc', '/home', '/proc', '/root', '/run', '/sys', '/tmp', '/usr', '/var'];

const ls: Run = ({ args, out, world }) => {
  const dir = args.find((a) => !a.startsWith('-')) ?? '/';
  if (world.files[dir] !== undefined) out(`${dir}\n`);
  else {
    const prefix = dir === '/' ? '/' : `${dir.replace(/\/$/, '')}/`;
    const inside = [...Object.keys(world.files), ...DIRECTORIES].filter((f) => f.startsWith(prefix) && f !== '/');
    const entries = new Set(inside.map((f) => f.slice(prefix.length).split('/')[0]!));
    if (!entries.size && !DIRECTORIES.includes(dir)) {
      out(`ls: ${dir}: No such file or directory\n`);
      return 1;
    }
    for (const e of [...entries].sort()) out(`${e}\n`);
  }
  return 0;
};

const test: Run = ({ args, world }) => {
  const words = args.at(-1) === ']' ? args.slice(0, -1) : args;
  const negated = words[0] === '!';
  const [a = '', op = '', b = ''] = negated ? words.slice(1) : words;
  let holds: boolean;
  if (a === '-f' || a === '-e' || a === '-s' || a === '-r') holds = readFile(op, world) !== undefined;
  else if (a === '-d') holds = DIRECTORIES.includes(op);
  else if (a === '-z') holds = op === '';
  else if (a === '-n') holds = op !== '';
  else if (op === '=' || op === '==') holds = a === b;
  else if (op === '!=') holds = a !== b;
  else if (op === '-eq') holds = Number(a) === Number(b);
  else if (op === '-ne') holds = Number(a) !== Number(b);
  else if (op === '-lt') holds = Number(a) < Number(b);
  else if (op === '-le') holds = Number(a) <= Number(b);
  else if (op === '-gt') holds = Number(a) > Number(b);
  else if (op === '-ge') holds = Number(a) >= Number(b);
  else holds = a !== '';
  return holds !== negated ? 0 : 1;
};

const nslookup: Run = ({ args, out, world }) => {
  const name = args.find((a) => !a.startsWith('-')) ?? '';
  const ip = world.resolve(name);
  out('Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n');
  if (ip) out(`Name:\t${name}\nAddress: ${ip}\n\n`);
  else out(`** server can't find ${name}: NXDOMAIN\n\n`);
  return ip ? 0 : 1;
};

function parseUrl(text: string): { host: string; port: number; path: string } {
  const m = /^(?:(https?):\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(text);
  return { host: m?.[2] ?? text, port: Number(m?.[3] ?? (m?.[1] === 'https' ? 443 : 80)), path: m?.[4] ?? '/' };
}

const curl: Run = ({ args, out, world }) => {
  const url = args.find((a) => !a.startsWith('-') && /[.:/]|^[a-z]/.test(a) && !/^\d+$/.test(a)) ?? '';
  const { host, port, path } = parseUrl(url);
  const answer = world.open(host, port, path);
  if (answer.ok) {
    if (!args.some((a) => /^-\w*f|--fail/.test(a)) || answer.status < 400) out(answer.body);
    return answer.status >= 400 && args.some((a) => /^-\w*f|--fail/.test(a)) ? 22 : 0;
  }
  if (answer.why === 'unknown-host') {
    out(`curl: (6) Could not resolve host: ${host}\n`);
    return 6;
  }
  if (answer.why === 'refused') {
    out(`curl: (7) Failed to connect to ${host} port ${port} after 1 ms: Could not connect to server\n`);
    return 7;
  }
  out(`curl: (28) Connection timed out after 5001 milliseconds\n`);
  return 28;
};

const wget: Run = ({ args, out, world }) => {
  const { host, port, path } = parseUrl(
    args.find((a, i) => !a.startsWith('-') && !/^-[OT]$/.test(args[i - 1] ?? '')) ?? '',
  );
  const answer = world.open(host, port, path);
  if (answer.ok && answer.status < 400) {
    out(answer.body);
    return 0;
  }
  if (answer.ok) out(`wget: server returned error: HTTP/1.1 ${answer.status}\n`);
  else if (answer.why === 'unknown-host') out(`wget: bad address '${host}'\n`);
  else if (answer.why === 'refused')
    out(`wget: can't connect to remote host (${world.resolve(host) ?? host}): Connection refused\n`);
  else out('wget: download timed out\n');
  return 1;
};

const nc: Run = ({ args, world, out }) => {
  const [host, port] = args.filter((a) => !a.startsWith('-')).slice(-2);
  const answer = world.open(host ?? '', Number(port), '/');
  if (!answer.ok && answer.why === 'unknown-host') out(`nc: bad address '${host}'\n`);
  return answer.ok ? 0 : 1;
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

const lines = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

const grep: Run = ({ args, input, out, world }) => {
  const flags = args.filter((a) => a.startsWith('-')).join('');
  const [pattern = '', file] = args.filter((a) => !a.startsWith('-'));
  const text = file ? (readFile(file, world) ?? '') : input;
  const hits = lines(text).filter((l) => l.includes(pattern) !== flags.includes('v'));
  if (!flags.includes('q')) for (const l of hits) out(`${l}\n`);
  return hits.length ? 0 : 1;
};

const headTail =
  (fromEnd: boolean): Run =>
  ({ args, input, out, world }) => {
    const file = args.find((a, i) => !a.startsWith('-') && args[i - 1] !== '-n');
    if (fromEnd && args.some((a) => /^-\w*[fF]/.test(a))) return { stay: { ports: [], term: 'ignore' } };
    if (fromEnd && file === '/dev/zero')
      return { stay: { ports: [], term: 'ignore', memoryBytes: Number.MAX_SAFE_INTEGER } };
    const n = Number(args[args.indexOf('-n') + 1] ?? /-(\d+)/.exec(args.join(' '))?.[1] ?? 10) || 10;
    const all = lines(file ? (readFile(file, world) ?? '') : input);
    for (const l of fromEnd ? all.slice(-n) : all.slice(0, n)) out(`${l}\n`);
    return 0;
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
  cat,
  touch,
  rm,
  ls,
  test,
  '[': test,
  nslookup,
  getent: ({ args, out, world }) => {
    const ip = world.resolve(args[1] ?? '');
    if (ip) out(`${ip}  ${args[1]}\n`);
    return ip ? 0 : 2;
  },
  curl,
  wget,
  nc,
  uname,
  perl,
  stress,
  grep,
  head: headTail(false),
  tail: headTail(true),
  wc: ({ input, out }) => {
    out(`${lines(input).length}\n`);
    return 0;
  },
  tee: cat,
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
