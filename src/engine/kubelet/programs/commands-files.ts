/** Commands on files and texts. */
import type { Run, World } from './world.ts';

export const cat: Run = ({ args, input, out, world }) => {
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

export const FILES: Record<string, Run> = {
  cat,
  touch,
  rm,
  ls,
  test,
  '[': test,
  grep,
  head: headTail(false),
  tail: headTail(true),
  wc: ({ input, out }) => {
    out(`${lines(input).length}\n`);
    return 0;
  },
  tee: cat,
};
