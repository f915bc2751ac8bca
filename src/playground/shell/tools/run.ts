/** xargs, watch, timeout, time: programs that run other programs. */
import type { Env, Running } from '../../../kubectl/command.ts';
import { linesOf, readAll } from '../pipe.ts';
import type { Program, Programs } from '../shell.ts';
import { toolArgs } from './args.ts';
import { intervalMs } from './misc.ts';

const NOT_FOUND = 127;
const TIMED_OUT = 124;

function start(programs: Programs, env: Env, words: readonly string[], tool: string): Running | undefined {
  const [name, ...args] = words;
  const program = programs(name ?? '');
  if (!program) {
    env.err(`${tool}: ${name}: No such file or directory\n`);
    return undefined;
  }
  return program({
    ...env,
    args,
    get config() {
      return env.config;
    },
  });
}

/** Cuts the words of a tool's own options from the command that follows. */
function splitOptions(words: readonly string[], valued: string): { own: string[]; command: string[] } {
  let i = 0;
  while (i < words.length && /^-/.test(words[i]!)) i += new RegExp(`^-[a-zA-Z]*[${valued}]$`).test(words[i]!) ? 2 : 1;
  return { own: words.slice(0, i), command: words.slice(i) };
}

const xargs = (programs: Programs): Program =>
  function* xargs(env: Env): Running {
    const { own, command } = splitOptions(env.args, 'nILPd');
    const a = toolArgs(own, 'rt0', 'nILPd', { 'no-run-if-empty': 'r' });
    const text = yield* readAll(env);
    const replace = a.values.get('I');
    const items = replace
      ? linesOf(text)
      : (text.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((w) => w.replace(/^(['"])([\s\S]*)\1$/, '$2'));
    if (!items.length && a.flags.has('r')) return 0;
    const size = replace ? 1 : Number(a.values.get('n') ?? a.values.get('L') ?? Math.max(1, items.length));
    let status = 0;
    for (let i = 0; i === 0 || i < items.length; i += size) {
      const chunk = items.slice(i, i + size);
      if (replace && !chunk.length) break;
      const base = command.length ? command : ['echo'];
      const words = replace ? base.map((w) => w.replaceAll(replace, chunk[0]!)) : [...base, ...chunk];
      const running = start(programs, { ...env, stdin: '', input: undefined, config: env.config }, words, 'xargs');
      if (!running) return NOT_FOUND;
      const code = yield* running;
      if (code !== 0) status = 123;
      if (env.interrupted()) return 130;
    }
    return status;
  };

const timeout = (programs: Programs): Program =>
  function* timeout(env: Env): Running {
    const { own, command } = splitOptions(env.args, 'ks');
    void own;
    const ms = intervalMs(command[0] ?? '');
    if (ms === undefined) {
      env.err(`timeout: invalid time interval '${command[0] ?? ''}'\n`);
      return 125;
    }
    const until = env.now() + ms;
    const over = (): boolean => env.now() >= until;
    const inner: Env = {
      ...env,
      interrupted: () => env.interrupted() || over(),
      get config() {
        return env.config;
      },
    };
    const running = start(programs, inner, command.slice(1), 'timeout');
    if (!running) return NOT_FOUND;
    for (;;) {
      const step = running.next();
      if (step.done) return over() ? TIMED_OUT : step.value;
      if (over()) {
        running.return(TIMED_OUT);
        return TIMED_OUT;
      }
      yield { ...step.value, atMs: Math.min(until, step.value.atMs ?? until) };
    }
  };

const watch = (programs: Programs): Program =>
  function* watch(env: Env): Running {
    const { own, command } = splitOptions(env.args, 'n');
    const everyMs = (Number(toolArgs(own, 'tdceg', 'n').values.get('n')) || 2) * 1000;
    for (;;) {
      env.out(`Every ${(everyMs / 1000).toFixed(1)}s: ${command.join(' ')}\n\n`);
      const running = start(programs, env, command.length === 1 ? command[0]!.split(/\s+/) : command, 'watch');
      if (!running) return NOT_FOUND;
      yield* running;
      const until = env.now() + everyMs;
      while (env.now() < until) {
        if (env.interrupted()) return 130;
        yield { atMs: until };
      }
      if (env.interrupted()) return 130;
      env.out('\n');
    }
  };

const time = (programs: Programs): Program =>
  function* time(env: Env): Running {
    const from = env.now();
    const running = start(programs, env, env.args, 'time');
    if (!running) return NOT_FOUND;
    const code = yield* running;
    env.err(`\nreal\t0m${((env.now() - from) / 1000).toFixed(3)}s\n`);
    return code;
  };

/** These tools need to find other programs. */
export const runTools = (programs: Programs): Readonly<Record<string, Program>> => ({
  xargs: xargs(programs),
  timeout: timeout(programs),
  watch: watch(programs),
  time: time(programs),
});
