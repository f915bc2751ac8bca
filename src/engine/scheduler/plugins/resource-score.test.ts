import { describe, expect, it } from 'vitest';
import { brokenLine, mulDiv } from './resource-score.ts';

it.each([
  [2900, 100, 4000, 72],
  [7 * 2 ** 30, 100, 8 * 2 ** 30, 87],
  [463 * 2 ** 40, 100, 500 * 2 ** 40, 92],
  [3 * 2 ** 60, 100, 4 * 2 ** 60, -1],
])('%d · %d / %d', (a, b, c, expected) => expect(mulDiv(a, b, c)).toBe(expected));

describe('a broken line', () => {
  const line = brokenLine([
    { utilization: 10, score: 2 },
    { utilization: 40, score: 10 },
    { utilization: 90, score: 3 },
  ]);
  it.each([
    [0, 20],
    [10, 20],
    [11, 22],
    [40, 100],
    [41, 99],
    [90, 30],
    [100, 30],
  ])('at %d', (p, expected) => expect(line(p)).toBe(expected));
});
