/** kubectl as a program: a command line in, output and an exit code out. Upstream: k8s.io/kubectl/pkg/cmd/cmd.go */
import type { Command, Env, Running } from './command.ts';
import { ROOT } from './commands/index.ts';
import { Failure, failureText } from './failure.ts';
import { helpText, overview } from './help.ts';
import { findCommand, parseLine } from './parse.ts';
import { parseGoDuration } from './values.ts';

/** Runs one kubectl command; `env.args` are its words without `kubectl`. */
export function* kubectl(env: Env): Running {
  let diff = false;
  try {
    const found = findCommand(ROOT, env.args);
    diff = found.command.name === 'diff';
    const line = parseLine(found, env.config);
    for (const note of line.notes) env.err(note);
    checkTimeout(line.parsed.str('request-timeout'));
    if (line.help || !found.command.run) return showHelp(env, found.command, found.path, line.help, line.parsed.args);
    return yield* found.command.run(env, line.parsed);
  } catch (e) {
    if (!(e instanceof Failure)) throw e;
    env.err(failureText(e));
    return diff && e.exitCode === 1 && e.all?.length !== 0 ? 2 : e.exitCode;
  }
}

function checkTimeout(text: string): void {
  if (!/^\d+$/.test(text) && parseGoDuration(text) === undefined)
    throw new Failure(
      'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
    );
}

/** A command without an own action shows its help; a wrong sub-command is named. */
function showHelp(env: Env, command: Command, path: string, asked: boolean, args: readonly string[]): number {
  if (!asked && args.length > 0)
    throw new Failure(`unknown command "${args.join(' ')}"\nSee 'kubectl ${path} -h' for help and examples`);
  if (path === '') {
    env.out(overview(command));
    return 0;
  }
  // a group of commands that is called without one shows its help as an error
  const text = helpText(command, path);
  if (asked || command.helpOnStdout) env.out(text);
  else env.err(text);
  return asked ? 0 : 1;
}
