import { expect, it } from 'vitest';
import { plugin } from '../testing/cluster.ts';
import { PrioritySort } from './priority-sort.ts';

const at = (priority: number, timestamp: number, seq: number) => ({ priority, timestamp, seq });

it.each([
  ['the higher priority', at(10, 5, 5), at(1, 0, 0)],
  ['then who waits longer', at(1, 0, 5), at(1, 1, 0)],
  ['then who came first', at(1, 0, 0), at(1, 0, 1)],
])('%s goes first', (_, first, second) => {
  const { less } = plugin(PrioritySort);
  expect([less!(first, second), less!(second, first)]).toEqual([true, false]);
});
