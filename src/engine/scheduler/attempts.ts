/** The log of scheduling attempts: enough to decide each of them again. */
import type { Ms } from '../sim/time.ts';

export interface AttemptRecord {
  attempt: number;
  at: Ms;
  pod: string;
  uid: string;
  /** The store's revision that the decision was made on. */
  revision: number;
  startIndex: number;
  /** The node the pod was nominated to, '' for none. */
  nominated: string;
  profile: string;
  outcome: 'placed' | 'unfit' | 'preempt' | 'no-nodes' | 'error';
  /** The node taken or nominated, '' for none. */
  node: string;
}

const KEPT = 2000;

/** Adds a record; the oldest go when there are too many. */
export function recordAttempt(log: AttemptRecord[], record: AttemptRecord): void {
  log.push(record);
  if (log.length > KEPT * 1.5) log.splice(0, log.length - KEPT);
}
