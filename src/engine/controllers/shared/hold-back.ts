/** Large sets are not counted anew for each of their pods: between two full counts of a key some time passes. */
import type { Ms } from '../../sim/time.ts';

/** When a key was last worked on and how much that was. Plain data, part of the snapshot. */
export type LastSync = Record<string, { at: Ms; size: number }>;

const SMALL = 200;
/** Objects that one millisecond of waiting pays for. */
const PER_MS = 4;

/**
 * The time until which a key should wait, or `undefined` to go on now. Sets of up to 200 objects never wait; larger ones
 * 250 µs an object, so that the work stays linear in the number of changes.
 */
export function holdBackUntil(last: LastSync, key: string, now: Ms): Ms | undefined {
  const known = last[key];
  if (!known || known.size <= SMALL) return undefined;
  const at = known.at + Math.ceil(known.size / PER_MS);
  return now < at ? at : undefined;
}

/** Notes a full count. */
export function noteSync(last: LastSync, key: string, size: number, now: Ms): void {
  if (size > SMALL) last[key] = { at: now, size };
  else if (key in last) delete last[key];
}
