import { describe, expect, it } from 'vitest';
import { feasibleTarget, heapRoot } from './schedule-pod.ts';

describe('how many feasible nodes are enough', () => {
  it.each([
    [99, 0, 99],
    [100, 0, 100],
    [250, 0, 120],
    [500, 0, 230],
    [1000, 0, 420],
    [5000, 0, 500],
    [5625, 0, 281],
    [6000, 0, 300],
    [1000, 30, 300],
    [1000, 5, 100],
    [1000, 100, 1000],
  ])('of %i nodes at %i %%: %i', (nodes, percentage, expected) =>
    expect(feasibleTarget(nodes, percentage)).toBe(expected),
  );
  it('one, when nothing scores', () => expect(feasibleTarget(5000, 0, false)).toBe(1));
});

describe('which of the best nodes wins', () => {
  it.each([
    [[5, 5, 5], 0],
    [[1, 5, 5], 1],
    [[1, 3, 5, 5], 3],
    [[1, 2, 5, 5, 5], 3],
    [[300, 310, 320, 320], 3],
    [[7], 0],
  ])('%j → #%i', (totals, expected) => expect(heapRoot(Float64Array.from(totals))).toBe(expected));
});
