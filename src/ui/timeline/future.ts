import type { MarkRow } from '../../view/rows.ts';
import { useLiveRows } from '../parts/hooks.ts';
import { useStore } from '../store.ts';

/** Marks that lie ahead while looking at the past: the cluster of that moment does not know them, the page has seen them. */

export class Future {
  #seen: readonly MarkRow[] = [];
  #length = 0;
  #resets = -1;
  #all: readonly MarkRow[] = [];

  /** Marks up to now from `marks`, and after it those seen before, while `past`. The same list until something changed. */
  merge(marks: readonly MarkRow[], resets: number, nowMs: number, past: boolean): readonly MarkRow[] {
    if (resets !== this.#resets) {
      if (past) this.#seen = this.#all;
      this.#resets = resets;
      this.#length = -1;
    }
    if (!past) this.#seen = [];
    const ahead = this.#seen.length > 0 && this.#seen.at(-1)!.atMs > nowMs;
    if (!ahead) {
      this.#all = marks;
      return marks;
    }
    if (marks.length !== this.#length) {
      this.#length = marks.length;
      this.#all = [...marks, ...this.#seen.filter((m) => m.atMs > nowMs)];
    }
    return this.#all;
  }
}

const future = new Future();

/** All marks of the timeline, those ahead included. `count` changes with them, as the list may be the same one. */
export function useMarks(everyMs: number): { marks: readonly MarkRow[]; count: number } {
  const rows = useLiveRows(everyMs);
  const past = useStore((s) => s.time.past);
  const marks = future.merge(rows.marks, rows.resets, rows.nowMs, past);
  return { marks, count: marks.length + rows.resets * 100_000 };
}
