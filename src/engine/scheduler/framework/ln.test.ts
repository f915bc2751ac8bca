import { expect, it } from 'vitest';
import { ln } from './ln.ts';

/** Bit patterns that Go's math.Log gives; for 3, 1524 and 2793 they differ from what JavaScript engines answer or from other orders of the same sum. */
it.each([
  [2, '3fe62e42fefa39ef'],
  [3, '3ff193ea7aad030a'],
  [4, '3ff62e42fefa39ef'],
  [1524, '401d50fdf2c9fd81'],
  [2793, '401fbd4ef8c6c784'],
])('ln(%d)', (x, bits) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, ln(x));
  expect(view.getBigUint64(0).toString(16)).toBe(bits);
});

it('ln(1) is 0, and what is below 1 is negative', () => expect([ln(1), ln(0.5) === -ln(2)]).toEqual([0, true]));
