import { expect, it } from 'vitest';
import type { PodRow } from '../../view/rows.ts';
import { fakePod } from '../testing/fake-rows.ts';
import { SlotKeeper } from './slots.ts';

const rowsOf = (pods: PodRow[], resets = 0) => ({ pods: new Map(pods.map((p) => [p.uid, p])), resets });
const pod = (name: string, createdMs: number, system = false) =>
  fakePod(name, '', 'running', { uid: name, node: 'a', createdMs, system });
const names = (keeper: SlotKeeper, pods: PodRow[], at: number, resets = 0) =>
  (keeper.place(rowsOf(pods, resets), at).slots.get('a') ?? []).map((s) => (s.gone ? '-' : s.uid)).join(' ');

it('keeps places, shows a gap, and closes it once 400 ms after the last change', () => {
  const [w, x, y, z] = [pod('w', 1), pod('x', 2), pod('y', 3), pod('z', 4)];
  const keeper = new SlotKeeper();
  expect(names(keeper, [w, x, y, z], 0)).toBe('w x y z');
  expect(names(keeper, [w, y, z], 1000)).toBe('w - y z');
  expect(names(keeper, [w, z], 1300)).toBe('w - - z');
  expect(names(keeper, [w, z], 1600)).toBe('w - - z');
  expect(names(keeper, [w, z], 1700)).toBe('w z');
});

it('puts a newcomer into a gap of its size, system pods in front', () => {
  const keeper = new SlotKeeper();
  names(keeper, [pod('s', 1, true), pod('x', 2), pod('y', 3)], 0);
  expect(names(keeper, [pod('s', 1, true), pod('y', 3), pod('n', 9)], 100)).toBe('s n y');
  expect(names(keeper, [pod('s', 1, true), pod('y', 3), pod('n', 9), pod('t', 10, true)], 200)).toBe('s t n y');
});

it('tells when to look again, and forgets gaps on a reset', () => {
  const keeper = new SlotKeeper();
  keeper.place(rowsOf([pod('x', 1), pod('y', 2)]), 0);
  expect(keeper.place(rowsOf([pod('y', 2)]), 50).again).toBe(450);
  expect(names(keeper, [pod('y', 2)], 60, 1)).toBe('y');
});
