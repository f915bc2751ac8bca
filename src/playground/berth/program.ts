import type { Env, Running } from '../../kubectl/command.ts';
import type { Playground } from '../playground.ts';

/** A sub-command of `berth`: `args` are the words after its name. */
export interface BerthCommand {
  name: string;
  usage: string;
  run(env: Env, args: readonly string[], playground: Playground): Running;
}

/** A wrong call: one sentence on standard error, exit code 2. */
export class UsageError extends Error {}

export interface Words {
  args: string[];
  get(flag: string): string | undefined;
  all(flag: string): string[];
  has(flag: string): boolean;
}

/** Splits words into arguments and flags that take a value (`--cpu 4`, `--cpu=4`, `-f FILE`). */
export function words(list: readonly string[], valued: readonly string[]): Words {
  const args: string[] = [];
  const flags = new Map<string, string[]>();
  for (let i = 0; i < list.length; i++) {
    const word = list[i]!;
    const m = /^--?([a-z][\w-]*)(?:=([\s\S]*))?$/.exec(word);
    if (!m) {
      args.push(word);
      continue;
    }
    const name = m[1]!;
    if (!valued.includes(name)) throw new UsageError(`unknown flag: ${word}`);
    const value = m[2] ?? list[++i];
    if (value === undefined) throw new UsageError(`flag needs an argument: ${word}`);
    flags.set(name, [...(flags.get(name) ?? []), value]);
  }
  return {
    args,
    get: (flag) => flags.get(flag)?.at(-1),
    all: (flag) => flags.get(flag) ?? [],
    has: (flag) => flags.has(flag),
  };
}

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90s`, `1m30s`, `2h` in ms; `undefined` when it is no duration. */
export function durationMs(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (!parts.length || parts.map((p) => p[0]).join('') !== text) return undefined;
  return parts.reduce((sum, [, n, unit]) => sum + Number(n) * UNITS[unit!]!, 0);
}
