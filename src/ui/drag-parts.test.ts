import { expect, it } from 'vitest';
import { capacityAt } from './drag-parts.ts';

it.each([
  [4000, 400, 0, 4000],
  [4000, 400, 60, 4500],
  [4000, 400, -120, 3000],
  [4000, 400, -900, 500],
])('a ruler of %i on %i px moved by %i px: %i', (capacity, ruler, px, expected) => {
  expect(capacityAt(capacity, ruler, px)).toBe(expected);
});
