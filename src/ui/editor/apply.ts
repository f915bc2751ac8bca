import { say, shellWord } from '../actions.ts';
import { run } from '../connection.ts';
import { getState, setState } from '../store.ts';

/**
 * `kubectl apply -f <file>` through the console, as Ctrl+Enter and the button do. What the API server refuses is marked at
 * its lines and read out; only a text that was taken counts as applied.
 */
export async function applyFile(name = getState().activeFile): Promise<void> {
  const text = getState().files[name];
  if (!text?.trim() || getState().readonly) return;
  try {
    const result = await run(`kubectl apply -f ${shellWord(name)}`);
    setState((s) => ({ problems: [...s.problems.filter((p) => p.file !== name), ...result.problems] }));
    if (result.exitCode === 0) setState((s) => ({ applied: { ...s.applied, [name]: text } }));
    else
      say({
        actor: 'error',
        text: result.problems[0]?.message ?? result.stderr.trim().split('\n')[0] ?? '',
        assertive: true,
      });
  } catch {
    // the worker broke: the crash page says so
  }
}
