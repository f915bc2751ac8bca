import type { Env, Running } from '../kubectl/command.ts';
import { kubectl } from '../kubectl/run.ts';
import { berthProgram } from './berth/index.ts';
import { curlProgram, sshProgram } from './machines.ts';
import type { Playground } from './playground.ts';
import { type Program, type Programs, shell } from './shell/shell.ts';
import { MATCH_TOOLS } from './shell/tools/match.ts';
import { MISC_TOOLS } from './shell/tools/misc.ts';
import { runTools } from './shell/tools/run.ts';
import { TEXT_TOOLS } from './shell/tools/text.ts';

/** Names that completion offers at the start of a line. */
export const PROGRAM_NAMES: readonly string[] = [
  ...Object.keys(TEXT_TOOLS),
  ...Object.keys(MATCH_TOOLS),
  ...Object.keys(MISC_TOOLS).filter((n) => /^[a-z]+$/.test(n)),
  ...['kubectl', 'berth', 'curl', 'ssh', 'timeout', 'watch', 'xargs'],
];

/** All programs of a playground by name. */
export function programsOf(playground: Playground): Programs {
  const table: Record<string, Program> = {
    ...TEXT_TOOLS,
    ...MATCH_TOOLS,
    ...MISC_TOOLS,
    ...runTools((name) => lookup(name)),
    kubectl,
    k: kubectl,
    berth: berthProgram(playground),
    curl: curlProgram(playground, undefined),
    ssh: sshProgram(playground),
    sh: (env) => subShell(env),
    bash: (env) => subShell(env),
  };
  const lookup = (name: string): Program | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);
  function* subShell(env: Env): Running {
    const at = env.args.indexOf('-c');
    return at < 0 ? 0 : yield* shell(env.args[at + 1] ?? '', env, { programs: lookup, vars: new Map(playground.vars) });
  }
  return lookup;
}

/** One line of the console, a transcript or a script. */
export const runLine = (line: string, env: Env, playground: Playground): Running =>
  shell(line, env, { programs: programsOf(playground), vars: playground.vars });
