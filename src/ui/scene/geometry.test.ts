import { expect, it } from 'vitest';
import { along, channel, curvePath, glide } from './geometry.ts';
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

it('a glide starts and ends where it should, and passes the fairway', () => {
  const curves = glide([16, 40], [500, 300], 700);
  const at = along(curves);
  expect(at(0)).toEqual([16, 40]);
  expect(at(1)).toEqual([500, 300]);
  expect(curvePath(curves).startsWith('M16 40C')).toBe(true);
  const xs = Array.from({ length: 50 }, (_, i) => at(i / 49)[0]);
  expect(Math.max(...xs)).toBeGreaterThan(690);
});

it('goes along a curve at an even pace', () => {
  const at = along(glide([0, 0], [300, 200], 400));
  const steps = Array.from({ length: 20 }, (_, i) => {
    const [p, q] = [at(i / 20), at((i + 1) / 20)];
    return Math.hypot(q[0] - p[0], q[1] - p[1]);
  });
  expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(1.3);
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
