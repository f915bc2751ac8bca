import { report } from '../actions.ts';
import { call } from '../connection.ts';
import { getState, setState } from '../store.ts';
import { addFile } from './files.ts';
import { SCHEDULER_FILE } from './fix.ts';

/** Shows what a Policy of old amounts to today, beside it; edits in a tab of that name stay. */
export async function openTranslation(): Promise<void> {
  try {
    addFile(SCHEDULER_FILE, await call('schedulerText', false));
  } catch (error) {
    report(error);
  }
}

/** Shows the running scheduler's configuration in a tab of its own; one that is open already stays as it is. */
export async function openScheduler(): Promise<void> {
  try {
    if (getState().files[SCHEDULER_FILE] === undefined) {
      const text = await call('schedulerText');
      setState((s) => ({
        files: { ...s.files, [SCHEDULER_FILE]: text },
        // it is what the scheduler runs with
        applied: { ...s.applied, [SCHEDULER_FILE]: text },
      }));
    }
    setState({ activeFile: SCHEDULER_FILE, editorOpen: true });
  } catch (error) {
    report(error);
  }
}
