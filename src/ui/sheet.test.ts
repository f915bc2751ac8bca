import { expect, it } from 'vitest';
import { stopFor } from './sheet.tsx';

it.each<[string, number, number, string]>([
  ['let go near the bottom', 180, 0, 'peek'],
  ['in the middle', 420, 0, 'half'],
  ['near the top', 640, 0, 'full'],
  ['flicked up from the bottom', 200, 1.4, 'half'],
  ['flicked down from the middle', 420, -1.2, 'peek'],
])('a sheet %s', (_, height, speed, expected) => {
  expect(stopFor(height, speed, 700)).toBe(expected);
});
