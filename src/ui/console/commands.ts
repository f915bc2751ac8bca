import { create } from 'zustand';
import { call, run } from '../connection.ts';
import { noteResult } from '../editor/apply.ts';
import { getState, setState } from '../store.ts';

/** The console's own state: what was typed before, and commands that run one after another. */
interface Session {
  /** Oldest first, each line once. */
  history: string[];
  /** The running command first, then those that wait. */
  queue: string[];
}

const HISTORY_MAX = 200;

export const useSession = create<Session>()(() => ({ history: [], queue: [] }));

/** The youngest command that has not ended. */
export const runningId = (): string | undefined => getState().console.findLast((e) => e.exitCode === undefined)?.id;

/** Runs commands one after another, each echoed; `clear` empties the log as in a terminal. */
export async function runAll(lines: readonly string[]): Promise<void> {
  const idle = useSession.getState().queue.length === 0;
  useSession.setState((s) => ({
    history: [...s.history.filter((h) => !lines.includes(h)), ...lines].slice(-HISTORY_MAX),
    queue: [...s.queue, ...lines],
  }));
  if (!idle) return;
  for (let line = next(); line !== undefined; line = next()) {
    try {
      if (line === 'clear') setState({ console: [] });
      else noteResult(line, await run(line));
    } catch {
      useSession.setState({ queue: [] }); // the worker broke: the crash page says so
      return;
    }
    useSession.setState((s) => ({ queue: s.queue.slice(1) }));
  }
}

const next = (): string | undefined => useSession.getState().queue[0];

/** Ctrl+C: ends the running command and drops those that wait. */
export function stop(): void {
  useSession.setState((s) => ({ queue: s.queue.slice(0, 1) }));
  const id = runningId();
  if (id) void call('interrupt', id).catch(() => undefined);
}
