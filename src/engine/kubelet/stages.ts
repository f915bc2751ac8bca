/**
 * Lifecycles as data. A subject (a pod of the instant kubelet, a container of the real one) is in one stage; the first row
 * whose `from` names it and whose `when` holds is what happens to it next, `delayMs` after the row began to apply.
 */
import { invariant } from '../sim/invariant.ts';
import type { Ms } from '../sim/time.ts';

export interface Stage<V> {
  name: string;
  /** The stage a subject is in; absent: any. */
  from?: string | readonly string[];
  when?(view: V): boolean;
  delayMs?(view: V): Ms;
  /** The stage it gets, or what a function that does more answers. */
  next: string | ((view: V) => string);
  /** Told in an Event as the row's delay ends (before `next`). */
  event?(view: V): void;
}

/** Where a subject stands; part of the component's plain state. */
export interface Position {
  stage: string;
  /** Name of the row whose delay runs, and its end. */
  row?: string;
  dueAt?: Ms;
}

const applies = <V>(row: Stage<V>, stage: string, view: V): boolean => {
  const from = row.from;
  if (from !== undefined && (typeof from === 'string' ? from !== stage : !from.includes(stage))) return false;
  return row.when?.(view) ?? true;
};

/** Moves a subject through all rows that are due at `now`. Whether it moved at all. */
export function runStages<V>(rows: readonly Stage<V>[], at: Position, view: V, now: Ms): boolean {
  for (let moves = 0; ; moves++) {
    invariant(moves < 100, 'a subject comes to rest within an instant');
    const row = rows.find((r) => applies(r, at.stage, view));
    if (!row) {
      delete at.row;
      delete at.dueAt;
      return moves > 0;
    }
    if (at.row !== row.name) {
      at.row = row.name;
      at.dueAt = now + (row.delayMs?.(view) ?? 0);
    }
    if (at.dueAt! > now) return moves > 0;
    row.event?.(view);
    at.stage = typeof row.next === 'string' ? row.next : row.next(view);
    delete at.row;
    delete at.dueAt;
  }
}
