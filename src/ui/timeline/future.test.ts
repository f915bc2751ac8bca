import { describe, expect, it } from 'vitest';
import type { MarkRow } from '../../view/rows.ts';
import { Future } from './future.ts';

const at = (...times: number[]): MarkRow[] => times.map((atMs) => ({ id: atMs, atMs, kind: 'progress', text: '' }));
const times = (marks: readonly MarkRow[]) => marks.map((m) => m.atMs);

describe('marks ahead of the past', () => {
  it('stay after going back, and give way to the real ones while playing on', () => {
    const future = new Future();
    expect(times(future.merge(at(1, 5, 9), 1, 10, false))).toEqual([1, 5, 9]);
    expect(times(future.merge(at(1), 2, 2, true))).toEqual([1, 5, 9]);
    expect(times(future.merge(at(1, 5), 2, 6, true))).toEqual([1, 5, 9]);
    expect(times(future.merge(at(1), 3, 2, true))).toEqual([1, 5, 9]);
    expect(times(future.merge(at(1, 5, 9), 4, 10, true))).toEqual([1, 5, 9]);
  });

  it('go when the story branches', () => {
    const future = new Future();
    future.merge(at(1, 5, 9), 1, 10, false);
    future.merge(at(1), 2, 2, true);
    expect(times(future.merge(at(1, 3), 2, 3, false))).toEqual([1, 3]);
  });

  it('are the same list until something changed', () => {
    const future = new Future();
    future.merge(at(1, 5), 1, 10, false);
    const marks = at(1);
    expect(future.merge(marks, 2, 2, true)).toBe(future.merge(marks, 2, 2, true));
  });
});
