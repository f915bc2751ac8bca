import { expect, it } from 'vitest';
import { formatIndexes, parseIndexes } from './indexes.ts';

it.each([
  [[], ''],
  [[0], '0'],
  [[3, 4], '3,4'],
  [[3, 4, 5], '3-5'],
  [[0, 2, 3, 4, 9], '0,2-4,9'],
])('%j is written %s', (indexes, text) => {
  expect(formatIndexes(indexes)).toBe(text);
  expect([...parseIndexes(text, 100)]).toEqual(indexes);
});
