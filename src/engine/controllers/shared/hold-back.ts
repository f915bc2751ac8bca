/** Large sets are not counted anew for each of their pods: between two full counts of a key some time passes. */
import type { Ms } from '../../sim/time.ts';

/** When a key was last worked on. Plain data, part of the snapshot. */
export type LastSync = Record<string, Ms>;

const SMALL = 200;

/**
 * The time until which a key should wait, or `undefined` to go on now. Sets of up to 200 objects never wait; larger ones
 * about 50 µs an object, so that the work stays linear in the number of changes.
 */
export function holdBackUntil(last: LastSync, key: string, size: number, now: Ms): Ms | undefined {
  if (size <= SMALL) return undefined;
  const at = (last[key] ?? Number.NEGATIVE_INFINITY) + Math.ceil(size / 20);
  if (now < at) return at;
  last[key] = now;
  return undefined;
}
