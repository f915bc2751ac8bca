/** One run of a container's entry point: started, stepped through virtual time, ended. Plain data. */
import type { Ms } from '../../sim/time.ts';
import { baseName, COMMANDS, runKnown } from './commands.ts';
import { SERVERS, type ServerImage, SHELL_IMAGES } from './servers.ts';
import { type Instruction, parseScript } from './shell-parse.ts';
import { newScript, type Result, type ScriptState, type Shell, type Stay, step } from './shell-run.ts';
import type { World } from './world.ts';

export interface LogLine {
  at: Ms;
  text: string;
}

export interface Process {
  argv: string[];
  /** Repository's last name: `nginx`. */
  image: string;
  script: ScriptState;
  startedAt: Ms;
  /** When it goes on by itself; absent while it waits for nothing. */
  wakeAt?: Ms;
  stay?: Stay;
  logs: LogLine[];
  /** Lines dropped from the front of `logs`. */
  dropped: number;
  partial: string;
  files: Record<string, string>;
  exit?: { code: number; at: Ms };
}

export interface Start {
  /** Repository's last name. */
  image: string;
  command: readonly string[] | undefined;
  args: readonly string[] | undefined;
  env: Record<string, string>;
  /** `containerPort`s: what an unknown program listens on. */
  ports: readonly number[];
  /** A terminal or an open standard input keeps a shell alive. */
  interactive: boolean;
  namespace: string;
  /** What the user said of the image. */
  exit?: { code: number; afterMs: number };
}

const LOG_MAX = 400;
const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh']);
const RUNTIMES = new Set(['python', 'python3', 'node', 'java', 'ruby', 'php', 'go', 'npm', 'dotnet']);
/** Images whose entry point is their own program: arguments alone go to it. */
const OWN_ENTRY = new Set([
  'pause',
  'agnhost',
  'hello-app',
  'http-echo',
  'whoami',
  'coredns',
  'kube-proxy',
  'node-exporter',
]);

const parsed = new Map<string, Instruction[]>();

/** Parsing is pure, so its results are shared. */
function codeOf(text: string): Instruction[] {
  let code = parsed.get(text);
  if (!code) {
    if (parsed.size > 500) parsed.clear();
    code = parseScript(text);
    parsed.set(text, code);
  }
  return code;
}

/** The instructions of an entry point: a script after `-c`, or the one command. */
export function codeOfArgv(argv: readonly string[]): Instruction[] {
  if (SHELLS.has(baseName(argv[0] ?? ''))) {
    const flag = argv.findIndex((a, i) => i > 0 && /^-\w*c$/.test(a));
    if (flag > 0) return codeOf(argv[flag + 1] ?? '');
  }
  return [{ op: 'run', command: { words: argv.map((text) => ({ parts: [{ text }], quoted: true })) } }];
}

type Entry = Pick<Start, 'image' | 'command' | 'args'>;

function entryPoint(s: Entry): string[] {
  if (s.command?.length) return [...s.command, ...(s.args ?? [])];
  const server = SERVERS[s.image];
  if (s.args?.length) {
    if (s.args[0]!.startsWith('-') || OWN_ENTRY.has(s.image)) return [server?.program ?? s.image, ...s.args];
    return [...s.args];
  }
  if (server) return [server.program];
  return SHELL_IMAGES.has(s.image) ? ['sh'] : [s.image];
}

/** Whether a program is in the image at all. */
function isInstalled(program: string, s: Entry): boolean {
  const name = baseName(program);
  if (SHELLS.has(name) || RUNTIMES.has(name) || SERVERS[s.image]?.program === name || name === s.image) return true;
  if (program.includes('/') && !/^\/(usr\/)?(local\/)?s?bin\//.test(program)) return !SHELL_IMAGES.has(s.image);
  if (COMMANDS[name]) return true;
  return !SHELL_IMAGES.has(s.image) && !SERVERS[s.image];
}

/** Why the runtime cannot start an entry point; `undefined` when the program is in the image. */
export function entryError(s: Entry): string | undefined {
  const program = entryPoint(s)[0]!;
  if (isInstalled(program, s)) return undefined;
  const why = program.includes('/')
    ? `exec: "${program}": stat ${program}: no such file or directory`
    : `exec: "${program}": executable file not found in $PATH`;
  return `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${why}: unknown`;
}

/** Starts a program that `entryError` has nothing against. It has not run yet; `stepProcess` does that. */
export function startProcess(s: Start, now: Ms): Process {
  const argv = entryPoint(s);
  const p: Process = {
    argv,
    image: s.image,
    script: newScript({ ...s.env }),
    startedAt: now,
    wakeAt: now,
    logs: [],
    dropped: 0,
    partial: '',
    files: { namespace: s.namespace, '.command': argv.join(' ') },
  };
  if (s.exit) {
    p.stay = { ports: s.ports, term: 'exit', code: 0, untilMs: s.exit.afterMs, endCode: s.exit.code };
    p.wakeAt = now + s.exit.afterMs;
  } else p.script.vars['.ports'] = s.ports.join(' ');
  if (s.interactive) p.script.vars['.tty'] = '1';
  return p;
}

export function say(p: Process, text: string, at: Ms): void {
  const all = (p.partial + text).split('\n');
  p.partial = all.pop() ?? '';
  for (const line of all) p.logs.push({ at, text: line });
  if (p.logs.length > LOG_MAX) {
    p.dropped += p.logs.length - LOG_MAX;
    p.logs = p.logs.slice(-LOG_MAX);
  }
}

function serve(server: ServerImage, out: (t: string) => void, state: ScriptState): Result {
  if (server.needs && !server.needs.env.some((name) => state.vars[name])) {
    for (const line of server.needs.refusal) out(`${line}\n`);
    return 1;
  }
  for (const line of server.logs) out(`${line}\n`);
  const term = server.termCode === undefined ? ('ignore' as const) : ('exit' as const);
  return {
    stay: {
      ports: server.ports,
      term,
      ...(server.termCode === undefined ? {} : { code: server.termCode }),
      memoryBytes: (server.memoryMiB ?? 20) * 2 ** 20,
    },
  };
}

const declared = (state: ScriptState): number[] => (state.vars['.ports'] ?? '').split(' ').filter(Boolean).map(Number);

/** Programs of language runtimes: one-liners end, servers stay. */
function runtime(argv: readonly string[], state: ScriptState): Result {
  const text = argv.slice(1).join(' ');
  if (/--version|-V$|-v$|version$/.test(text)) return 0;
  const exit = /(?:sys\.exit|process\.exit|exit)\((\d+)\)/.exec(text);
  if (exit) return Number(exit[1]);
  if (/raise |throw /.test(text)) return 1;
  const http = /http\.server\s*(\d+)?/.exec(text);
  if (http) return { stay: { ports: [Number(http[1] ?? 8000)], term: 'ignore' } };
  if (/-c |-e /.test(`${text} `) && !/serve|listen|while|sleep/.test(text)) return 0;
  if (!text) return state.vars['.tty'] ? { stay: { ports: [], term: 'ignore' } } : 0;
  return { stay: { ports: declared(state), term: 'ignore' } };
}

/** Runs one command of a process: known programs, servers, runtimes, then whatever the image is for. */
export function runCommand(
  p: Process,
  argv: readonly string[],
  input: string,
  out: (t: string) => void,
  state: ScriptState,
  world: World,
): Result {
  const name = baseName(argv[0]!);
  if (name === 'exec') return argv.length > 1 ? runCommand(p, argv.slice(1), input, out, state, world) : 0;
  const known = runKnown(argv, input, out, state, world);
  if (known !== undefined) return known;
  if (SHELLS.has(name)) return runShell(p, argv, out, state, world);
  if (p.image === 'agnhost' && name === 'agnhost') return agnhost(argv[1]);
  const server = Object.values(SERVERS).find(
    (s) => s.program === name && (s === SERVERS[p.image] || !SERVERS[p.image]),
  );
  if (server) return serve(server, out, state);
  if (RUNTIMES.has(name)) return runtime(argv, state);
  if (argv[0] === p.argv[0]) return { stay: { ports: declared(state), term: 'exit', code: 143 } };
  if (argv[0]!.includes('/') || !SHELL_IMAGES.has(p.image)) return { stay: { ports: declared(state), term: 'ignore' } };
  out(`sh: ${argv[0]}: not found\n`);
  return 127;
}

/** A shell inside a script runs through at once; its pauses are left out. Without `-c` it lives while its input is open. */
function runShell(
  p: Process,
  argv: readonly string[],
  out: (t: string) => void,
  state: ScriptState,
  world: World,
): Result {
  if (argv.some((a, i) => i > 0 && /^-\w*c$/.test(a))) return runToEnd(p, argv, out, state, world).code;
  if (argv.length > 1) return { stay: { ports: declared(state), term: 'ignore' } };
  return state.vars['.tty'] ? { stay: { ports: [], term: 'ignore' } } : 0;
}

function agnhost(mode: string | undefined): Result {
  const ports = mode === 'serve-hostname' ? [9376] : mode === 'pause' ? [] : [8080];
  return { stay: { ports, term: 'exit', code: 0 } };
}

function shellOf(p: Process, world: World, out: (t: string) => void): Shell {
  return {
    out,
    run: (argv, input, o, state) => runCommand(p, argv, input, o, state, world),
    write: (file, text, append) => {
      if (file === '/dev/null') return;
      if (file === '/proc/1/fd/1' || file === '/dev/stdout' || file === '/dev/stderr') return out(text);
      p.files[file] = append ? (p.files[file] ?? '') + text : text;
    },
  };
}

/** Runs a command beside the process (exec, probes, hooks) to its end; `pausedMs` is how long its sleeps would take. */
export function runToEnd(
  p: Process,
  argv: readonly string[],
  out: (t: string) => void,
  from: ScriptState,
  world: World,
): { code: number; pausedMs: Ms; stays: boolean } {
  const state = newScript({ ...from.vars });
  const code = codeOfArgv(argv);
  let pausedMs = 0;
  for (let turns = 0; turns < 200; turns++) {
    const outcome = step(code, state, shellOf(p, world, out));
    if (outcome.kind === 'exit') return { code: outcome.code, pausedMs, stays: false };
    if (outcome.kind === 'stay') return { code: 0, pausedMs, stays: true };
    pausedMs += outcome.ms;
  }
  return { code: 0, pausedMs, stays: true };
}

/** Lets the process run up to `now`. `worldAt` shows the cluster as of a moment. */
export function stepProcess(p: Process, now: Ms, worldAt: (at: Ms) => World): void {
  const code = codeOfArgv(p.argv);
  for (let turns = 0; !p.exit && p.wakeAt !== undefined && p.wakeAt <= now; turns++) {
    const at = turns > 1000 ? now : p.wakeAt;
    delete p.wakeAt;
    if (p.stay) {
      p.exit = { code: p.stay.endCode ?? 0, at };
      return;
    }
    const outcome = step(
      code,
      p.script,
      shellOf(p, worldAt(at), (t) => say(p, t, at)),
    );
    if (outcome.kind === 'exit') p.exit = { code: outcome.code, at };
    else if (outcome.kind === 'stay') {
      p.stay = outcome.stay;
      if (outcome.stay.untilMs !== undefined) p.wakeAt = at + outcome.stay.untilMs;
    } else p.wakeAt = at + outcome.ms;
  }
}

/** SIGTERM: when the process ends of it and with which code; `undefined` when it does not listen. */
export function terminate(p: Process, now: Ms, worldAt: (at: Ms) => World): { at: Ms; code: number } | undefined {
  if (p.script.trap !== undefined) {
    const said = runToEnd(p, ['sh', '-c', p.script.trap], (t) => say(p, t, now), p.script, worldAt(now));
    return /\bexit\b/.test(p.script.trap) ? { at: now + said.pausedMs + 200, code: said.code } : undefined;
  }
  if (p.stay?.term === 'exit') return { at: now + 200, code: p.stay.code ?? 143 };
  return undefined;
}

/** What the process answers on a port: an HTTP status and body, or `undefined` when nothing listens. */
export function answer(p: Process, port: number, path: string, now: Ms): { status: number; body: string } | undefined {
  if (p.exit || !p.stay?.ports.includes(port)) return undefined;
  const server = SERVERS[p.image];
  if (p.image === 'agnhost' && p.argv.includes('liveness') && path === '/healthz') {
    const late = now - p.startedAt >= 10_000;
    return late
      ? { status: 500, body: `error: ${Math.floor((now - p.startedAt) / 1000)}.0` }
      : { status: 200, body: 'ok' };
  }
  if (server?.program === 'nginx' || server?.program === 'httpd-foreground') {
    const file = p.files[`/usr/share/nginx/html${path === '/' ? '/index.html' : path}`];
    if (file !== undefined) return { status: 200, body: file };
    if (path !== '/' && path !== '/index.html') return { status: 404, body: '404 Not Found\n' };
  }
  return { status: 200, body: server?.body ?? `${p.script.vars.HOSTNAME ?? ''}\n` };
}
