/** Steps a parsed script until it ends or waits. All state is plain data. */
import type { Command, Instruction, Part, Redirect, Word } from './shell-parse.ts';

/** Where a script stands. */
export interface ScriptState {
  pc: number;
  /** `$?` */
  status: number;
  vars: Record<string, string>;
  /** Words left of each running `for`. */
  loops: Record<number, string[]>;
  /** Command of `trap … TERM`. */
  trap?: string;
}

export const newScript = (vars: Record<string, string> = {}): ScriptState => ({ pc: 0, status: 0, vars, loops: {} });

/** What a command did, beside its status. */
export type Result =
  | number
  | { exit: number }
  | { sleepMs: number }
  /** Runs on until it is killed; a server listens and says how it takes SIGTERM. */
  | { stay: Stay };

export interface Stay {
  ports: readonly number[];
  /** `exit`: ends at once with `code`; `ignore`: as PID 1 without a handler. */
  term: 'exit' | 'ignore';
  code?: number;
  /** Ends by itself after this long. */
  untilMs?: number;
  endCode?: number;
  memoryBytes?: number;
}

/** Runs one simple command with its words; writes through `out`. */
export type RunCommand = (
  argv: readonly string[],
  input: string,
  out: (text: string) => void,
  state: ScriptState,
) => Result;

export interface Shell {
  run: RunCommand;
  out(text: string): void;
  write(file: string, text: string, append: boolean): void;
}

export type Outcome = { kind: 'exit'; code: number } | { kind: 'sleep'; ms: number } | { kind: 'stay'; stay: Stay };

/** A loop without a pause burns CPU; it is looked at again this much later. */
const BUSY_MS = 1000;
const STEPS_MAX = 500;

function number(text: string): number {
  const n = Number(text);
  return Number.isFinite(n) ? n : 0;
}

/** Integer arithmetic of `$((…))`: + - * / % with the usual order, parentheses, variables. */
function calculate(text: string, vars: Record<string, string>): number {
  const tokens = text.match(/\d+|[A-Za-z_]\w*|[-+*/%()]/g) ?? [];
  let at = 0;
  const atom = (): number => {
    const t = tokens[at++] ?? '0';
    if (t === '(') {
      const value = sum();
      at++;
      return value;
    }
    if (t === '-') return -atom();
    return /^\d/.test(t) ? Number(t) : number(vars[t] ?? '0');
  };
  const product = (): number => {
    let value = atom();
    for (let op = tokens[at]; op === '*' || op === '/' || op === '%'; op = tokens[at]) {
      at++;
      const right = atom();
      value = op === '*' ? value * right : right === 0 ? 0 : op === '/' ? Math.trunc(value / right) : value % right;
    }
    return value;
  };
  const sum = (): number => {
    let value = product();
    for (let op = tokens[at]; op === '+' || op === '-'; op = tokens[at]) {
      at++;
      value = op === '+' ? value + product() : value - product();
    }
    return value;
  };
  return sum();
}

/** `${NAME}`, `${NAME:-default}`, `$?`, `$NAME`. */
function variable(name: string, state: ScriptState): string {
  if (name === '?') return String(state.status);
  if (name === '$') return '1';
  const fallback = /^(\w+):?-(.*)$/.exec(name);
  if (fallback) return state.vars[fallback[1]!] || fallback[2]!;
  return state.vars[name] ?? '';
}

function part(p: Part, state: ScriptState, shell: Shell): string {
  if ('text' in p) return p.text;
  if ('name' in p) return variable(p.name, state);
  if ('sum' in p) return String(calculate(p.sum.replaceAll('$', ''), state.vars));
  let captured = '';
  const inner: ScriptState = { ...newScript({ ...state.vars }), status: state.status };
  step(p.command, inner, { ...shell, out: (t) => (captured += t) });
  return captured.replace(/\n+$/, '');
}

/** The text of a word without splitting. */
const wordText = (w: Word, state: ScriptState, shell: Shell): string =>
  w.parts.map((p) => part(p, state, shell)).join('');

function expand(words: readonly Word[], state: ScriptState, shell: Shell): string[] {
  return words.flatMap((w) => {
    const text = wordText(w, state, shell);
    if (w.quoted || w.parts.every((p) => 'text' in p)) return [text];
    return text.split(/\s+/).filter(Boolean);
  });
}

function runCommand(command: Command, input: string, state: ScriptState, shell: Shell): Result {
  const argv = expand(command.words, state, shell);
  let captured = '';
  const isCaptured = command.pipe !== undefined || command.redirect !== undefined;
  const out = isCaptured ? (t: string) => (captured += t) : shell.out;
  const result: Result = argv.length ? shell.run(argv, input, out, state) : 0;
  if (command.redirect) {
    const target: Redirect = { to: wordText(command.redirect.word, state, shell), append: command.redirect.append };
    shell.write(target.to, captured, target.append);
  }
  if (command.background && typeof result === 'object' && !('exit' in result)) return 0;
  if (!command.pipe) return result;
  if (typeof result === 'object' && !('exit' in result)) return result;
  return runCommand(command.pipe, captured, state, shell);
}

/** Runs until the script ends or waits. */
export function step(code: readonly Instruction[], state: ScriptState, shell: Shell): Outcome {
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    const i = code[state.pc];
    if (!i) return { kind: 'exit', code: state.status };
    state.pc++;
    switch (i.op) {
      case 'jump':
        state.pc = i.to;
        break;
      case 'jumpIf':
        if ((state.status === 0) === i.ok) state.pc = i.to;
        break;
      case 'not':
        state.status = state.status === 0 ? 1 : 0;
        break;
      case 'status':
        state.status = i.code;
        break;
      case 'set':
        state.vars[i.name] = wordText(i.value, state, shell);
        state.status = 0;
        break;
      case 'loop':
        stepLoop(i, state, shell);
        break;
      case 'run': {
        const result = runCommand(i.command, '', state, shell);
        if (typeof result === 'number') state.status = result;
        else if ('exit' in result) return { kind: 'exit', code: result.exit };
        else if ('stay' in result) return { kind: 'stay', stay: result.stay };
        else {
          state.status = 0;
          return { kind: 'sleep', ms: result.sleepMs };
        }
      }
    }
  }
  return { kind: 'sleep', ms: BUSY_MS };
}

function stepLoop(i: Extract<Instruction, { op: 'loop' }>, state: ScriptState, shell: Shell): void {
  state.loops[i.id] ??= expand(i.words, state, shell);
  const next = state.loops[i.id]!.shift();
  if (next === undefined) {
    delete state.loops[i.id];
    state.pc = i.end;
  } else state.vars[i.name] = next;
}
