import type { Env, Input, Running, Wait } from '../../kubectl/command.ts';
import { expandText, expandWord, type Scope } from './expand.ts';
import { parseScript } from './parser.ts';
import { Pipe } from './pipe.ts';
import { type Command, type Pipeline, type Redirect, type Script, SyntaxProblem } from './syntax.ts';

export type Program = (env: Env) => Running;

/** What a shell finds under a name; `undefined` answers `command not found`. */
export type Programs = (name: string) => Program | undefined;

export interface ShellOptions {
  programs: Programs;
  /** Variables; `export` and assignments write them, so they outlive the line. */
  vars: Map<string, string>;
}

const NOT_FOUND = 127;
const SYNTAX_ERROR = 2;
const INTERRUPTED = 130;
/** A loop runs at most this often, so that `while true` without a wait ends. */
const LOOPS_MAX = 10_000;

/** Runs a line (or several): the shell of interfaces.md. Words the shell cannot read get bash's sentence and exit code 2. */
export function* shell(line: string, env: Env, options: ShellOptions): Running {
  let script: Script;
  try {
    script = parseScript(line);
  } catch (e) {
    if (!(e instanceof SyntaxProblem)) throw e;
    env.err(`bash: ${e.message}\n`);
    return SYNTAX_ERROR;
  }
  return yield* new Shell(options).script(script, env);
}

class Shell implements Omit<Scope, 'env' | 'capture'> {
  readonly #options: ShellOptions;
  lastStatus = 0;

  constructor(options: ShellOptions) {
    this.#options = options;
  }

  get vars(): Map<string, string> {
    return this.#options.vars;
  }

  *script(script: Script, env: Env): Running {
    for (const { op, pipeline } of script) {
      if (env.interrupted()) return INTERRUPTED;
      if (op === '&&' && this.lastStatus !== 0) continue;
      if (op === '||' && this.lastStatus === 0) continue;
      const status = yield* this.#pipeline(pipeline, env);
      this.lastStatus = pipeline.negated ? Number(status === 0) : status;
    }
    return this.lastStatus;
  }

  *#pipeline(pipeline: Pipeline, env: Env): Running {
    if (pipeline.commands.length === 1) return yield* this.#command(pipeline.commands[0]!, env);
    const pipes = pipeline.commands.slice(1).map(() => new Pipe());
    const stages = pipeline.commands.map((command, i): Stage => {
      const input = pipes[i - 1];
      const output = pipes[i];
      const stageEnv: Env = {
        ...env,
        get config() {
          return env.config;
        },
        ...(input ? { input, stdin: '' } : {}),
        ...(output ? { out: (text: string) => output.write(text), interactive: false } : {}),
      };
      return {
        running: this.#command(command, stageEnv),
        wait: {},
        ...(input ? { input } : {}),
        ...(output ? { output } : {}),
      };
    });
    return yield* runStages(stages, env);
  }

  *#command(command: Command, outer: Env): Running {
    const env = yield* this.#redirected(command.redirects, outer);
    if (!env) return 1;
    switch (command.type) {
      case 'simple':
        return yield* this.#simple(command, env);
      case 'group':
        return yield* this.script(command.body, env);
      case 'for':
        return yield* this.#for(command, env);
      case 'while':
        return yield* this.#while(command, env);
      case 'if':
        return yield* this.#if(command, env);
    }
  }

  *#simple(command: Extract<Command, { type: 'simple' }>, env: Env): Running {
    const scope = this.#scope(env);
    const words: string[] = [];
    for (const word of command.words) words.push(...(yield* expandWord(scope, word)));
    for (const { name, value } of command.assignments) this.vars.set(name, yield* expandText(scope, value));
    const [name, ...args] = words;
    if (name === undefined) return command.assignments.length ? 0 : this.lastStatus;
    if (name === 'export') return this.#export(args);
    const program = this.#options.programs(name);
    if (!program) {
      env.err(`bash: ${name}: command not found\n`);
      return NOT_FOUND;
    }
    const programEnv: Env = {
      ...env,
      args,
      get config() {
        return env.config;
      },
    };
    return yield* program(programEnv);
  }

  #export(args: readonly string[]): number {
    for (const arg of args) {
      const at = arg.indexOf('=');
      if (at > 0) this.vars.set(arg.slice(0, at), arg.slice(at + 1));
    }
    return 0;
  }

  *#for(command: Extract<Command, { type: 'for' }>, env: Env): Running {
    const scope = this.#scope(env);
    let status = 0;
    for (const word of command.items)
      for (const value of yield* expandWord(scope, word)) {
        if (env.interrupted()) return INTERRUPTED;
        this.vars.set(command.variable, value);
        status = yield* this.script(command.body, env);
      }
    return status;
  }

  *#while(command: Extract<Command, { type: 'while' }>, env: Env): Running {
    let status = 0;
    for (let i = 0; i < LOOPS_MAX; i++) {
      if (env.interrupted()) return INTERRUPTED;
      const holds = (yield* this.script(command.condition, env)) === 0;
      if (holds === command.until) return status;
      status = yield* this.script(command.body, env);
    }
    env.err(`bash: the loop ran ${LOOPS_MAX} times and was ended\n`);
    return 1;
  }

  *#if(command: Extract<Command, { type: 'if' }>, env: Env): Running {
    for (const { condition, body } of command.branches)
      if ((yield* this.script(condition, env)) === 0) return yield* this.script(body, env);
    return command.otherwise ? yield* this.script(command.otherwise, env) : 0;
  }

  /** The environment with its streams turned to where the redirects say; `undefined` after a file that is not there. */
  *#redirected(redirects: readonly Redirect[], outer: Env): Generator<Wait, Env | undefined, void> {
    let env = outer;
    for (const { fd, op, target } of redirects) {
      const text = yield* expandText(this.#scope(env), target);
      const config = {
        get config() {
          return outer.config;
        },
      };
      if (op === '<<') env = { ...env, ...config, stdin: text, input: undefined };
      else if (op === '<<<') env = { ...env, ...config, stdin: `${text}\n`, input: undefined };
      else if (op === '<') {
        const content = text === '/dev/null' ? '' : env.files.read(text);
        if (content === undefined) {
          outer.err(`bash: ${text}: No such file or directory\n`);
          return undefined;
        }
        env = { ...env, ...config, stdin: content, input: undefined };
      } else if (op === '>&') {
        const { out, err } = env;
        env = fd === 2 || text === '1' ? { ...env, ...config, err: out } : { ...env, ...config, out: err };
      } else env = { ...env, ...config, ...fileStreams(env, fd, op, text), interactive: fd === 2 && env.interactive };
    }
    return env;
  }

  #scope(env: Env): Scope {
    const shell = this;
    return {
      env,
      vars: this.vars,
      get lastStatus() {
        return shell.lastStatus;
      },
      *capture(script) {
        let text = '';
        shell.lastStatus = yield* shell.script(script, {
          ...env,
          out: (t) => {
            text += t;
          },
          interactive: false,
          get config() {
            return env.config;
          },
        });
        return text;
      },
    };
  }
}

/** The streams of `> file`, `2> file`, `&> file`; nothing written still makes the file. */
function fileStreams(env: Env, fd: number, op: '>' | '>>', path: string): Partial<Env> {
  if (path === '/dev/null') {
    const drop = (): void => {};
    return fd === 2 ? { err: drop } : fd === -1 ? { out: drop, err: drop } : { out: drop };
  }
  if (op === '>') env.files.write(path, '');
  const append = (text: string): void => env.files.write(path, (env.files.read(path) ?? '') + text);
  return fd === 2 ? { err: append } : fd === -1 ? { out: append, err: append } : { out: append };
}

interface Stage {
  running: Running;
  wait: Wait;
  input?: Pipe & Input;
  output?: Pipe;
  status?: number;
  /** Revision when it went to wait: with `change` it looks again only when that has moved. */
  revision?: number;
}

/** Whether a stage could go on: its pipe has something, its time has come, or something changed. */
function ready(stage: Stage, env: Env): boolean {
  const { wait } = stage;
  if (wait.input) return stage.input?.readable ?? true;
  if (env.interrupted()) return true;
  if (wait.atMs !== undefined && env.now() >= wait.atMs) return true;
  if (wait.change || wait.kinds) return env.revision() !== stage.revision;
  return wait.atMs === undefined;
}

/** All stages of a pipeline at once; ends when the last one has, as a reader that is gone ends its writers. */
function* runStages(stages: Stage[], env: Env): Running {
  const last = stages.at(-1)!;
  for (;;) {
    let moved = false;
    for (const [i, stage] of stages.entries()) {
      if (stage.status !== undefined || !ready(stage, env)) continue;
      moved = true;
      const step = stage.running.next();
      if (step.done) {
        stage.status = step.value;
        stage.output?.close();
        for (const writer of stages.slice(0, i)) endWriter(writer);
      } else {
        stage.wait = step.value;
        stage.revision = env.revision();
      }
    }
    if (last.status !== undefined) return last.status;
    if (moved) continue;
    const waits = stages.filter((s) => s.status === undefined && !s.wait.input).map((s) => s.wait);
    if (!waits.length) return 1; // everybody waits for a pipe that nobody writes
    yield together(waits);
  }
}

function endWriter(stage: Stage): void {
  if (stage.status !== undefined) return;
  stage.running.return(141);
  stage.status = 141;
}

/** One wait that ends when any of several would. */
function together(waits: readonly Wait[]): Wait {
  const times = waits.flatMap((w) => (w.atMs === undefined ? [] : [w.atMs]));
  const all = waits.some((w) => w.change && !w.kinds);
  const kinds = waits.flatMap((w) => w.kinds ?? []);
  return {
    ...(times.length ? { atMs: Math.min(...times) } : {}),
    ...(all ? { change: true } : kinds.length ? { change: true, kinds } : {}),
  };
}
