import { call } from '../connection.ts';
import { getState, setState } from '../store.ts';

let busy = false;
let wanted: number | undefined;
let aim: number | undefined;

/** Where the journey under way leads, so that keys pressed in a row add up; `undefined` at rest. */
export const aimMs = (): number | undefined => (busy ? aim : undefined);

/** Goes to a moment, ms since the start, and stays there. While one journey is under way only the latest wish is kept, so dragging never queues up. */
export function seekTo(ms: number): void {
  wanted = ms;
  aim = ms;
  if (!busy) void follow();
}

async function follow(): Promise<void> {
  busy = true;
  try {
    if (!getState().time.paused) await call('pause');
    while (wanted !== undefined) {
      const target = wanted;
      wanted = undefined;
      setState({ time: await call('seek', Math.round(target)) });
    }
  } catch {
    // the worker broke: the crash page says so
  } finally {
    busy = false;
  }
}
