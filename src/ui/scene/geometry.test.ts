import { expect, it } from 'vitest';
import { channel, glidePath } from './geometry.ts';
import { bezier } from './motion.ts';

it('a channel keeps to its lines and rounds its corners', () => {
  expect(
    channel([
      [0, 0],
      [0, 20],
      [30, 20],
    ]),
  ).toBe('M0 0L0 11Q0 20 9 20L30 20');
});

it('a glide starts and ends where it should, and never turns left of its berth', () => {
  const d = glidePath([16, 40], [500, 300], 400);
  expect(d.startsWith('M16 40')).toBe(true);
  expect(d.endsWith('500 300')).toBe(true);
  expect(d).toContain('512');
});

it.each([
  [0, 0],
  [1, 1],
])('an easing maps %d to %d', (x, y) => {
  expect(bezier(0.3, 0, 0.1, 1)(x)).toBe(y);
});

it('an easing never goes back', () => {
  const ease = bezier(0.3, 0, 0.1, 1);
  const values = Array.from({ length: 50 }, (_, i) => ease(i / 49));
  expect(values).toEqual([...values].sort((a, b) => a - b));
});
