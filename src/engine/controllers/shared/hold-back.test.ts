import { expect, it } from 'vitest';
import { holdBackUntil, type LastSync, noteSync } from './hold-back.ts';

it.each([
  [200, undefined],
  [400, 1100],
  [10_000, 3500],
])('a set of %i counted at 1000 waits until %s', (size, until) => {
  const last: LastSync = {};
  noteSync(last, 'k', size, 1000);
  expect(holdBackUntil(last, 'k', 1001)).toBe(until);
  expect(holdBackUntil(last, 'k', 5000)).toBeUndefined();
});
