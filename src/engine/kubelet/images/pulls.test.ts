import { expect, it } from 'vitest';
import { goDuration, raise } from './pulls.ts';

it.each([
  [0, '0s'],
  [834, '834ms'],
  [2345, '2.345s'],
  [10_000, '10s'],
  [80_000, '1m20s'],
  [63_200, '1m3.2s'],
  [300_000, '5m0s'],
  [3_600_000, '1h0m0s'],
])('%d ms is %s', (ms, text) => expect(goDuration(ms)).toBe(text));

it('doubles a back-off to five minutes and forgets it after ten', () => {
  let b = raise(undefined, 0, 0);
  const delays = [b.delayMs];
  for (let i = 1; i < 8; i++) {
    b = raise(b, i, i);
    delays.push(b.delayMs);
  }
  expect(delays).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
  expect(raise(b, 700_000, 600_000 + b.at).delayMs).toBe(300_000);
  expect(raise(b, 700_000, 600_001 + b.at).delayMs).toBe(10_000);
});
