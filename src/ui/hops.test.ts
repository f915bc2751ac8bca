import { expect, it } from 'vitest';
import type { HopRow } from '../view/rows.ts';
import { hopAfter, shownHop } from './hops.ts';

const hops = (...revisions: number[]) => revisions.map((revision) => ({ revision }) as HopRow);

it.each<[number, number | undefined, number]>([
  [0, undefined, 3],
  [4, 4, 2],
  [6, 5, 1],
  [9, 9, 0],
])('at revision %i shows %s, %i wait', (at, shown, waiting) => {
  const found = shownHop(hops(4, 5, 9), at);
  expect([found.hop?.revision, found.waiting]).toEqual([shown, waiting]);
});

it.each<[number, number[], number | undefined]>([
  [4, [4, 5, 9], 5],
  [9, [4, 5, 9], undefined],
  [0, Array.from({ length: 20 }, (_, i) => i + 1), 12],
])('after %i of %j comes %s', (at, revisions, expected) => {
  expect(hopAfter(hops(...revisions), at)?.revision).toBe(expected);
});
