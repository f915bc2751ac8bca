import type { Env, Wait } from '../../../kubectl/command.ts';
import { readAll } from '../pipe.ts';

/** The text of the named files in order, or standard input when none (or `-`) is named; absent files are complained of. */
export function* textOf(
  env: Env,
  tool: string,
  files: readonly string[],
): Generator<Wait, { text: string; ok: boolean }, void> {
  if (!files.length) return { text: yield* readAll(env), ok: true };
  let text = '';
  let ok = true;
  for (const file of files) {
    const content = file === '-' ? yield* readAll(env) : env.files.read(file);
    if (content === undefined) {
      env.err(`${tool}: ${file}: No such file or directory\n`);
      ok = false;
    } else text += content;
  }
  return { text, ok };
}
