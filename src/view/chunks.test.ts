import { expect, it } from 'vitest';
import { applyFrame, emptyRows } from '../ui/rows.ts';
import { chunksOf } from './chunks.ts';
import type { FrameRows, NodeRow, PodRow } from './rows.ts';

const frame = (nodes: number, pods: number): FrameRows => ({
  reset: true,
  nowMs: 5,
  revision: 7,
  nodes: Array.from({ length: nodes }, (_, i) => ({ name: `n${i}` }) as NodeRow),
  removedNodes: [],
  pods: Array.from({ length: pods }, (_, i) => ({ uid: `u${i}`, namespace: 'd', name: `p${i}` }) as PodRow),
  removedPods: [],
  queue: [{ lane: 'active', uids: ['u0'] }],
  marks: [{ id: 1, atMs: 5, kind: 'progress', text: 't' }],
});

it('leaves small frames alone', () => {
  const one = frame(3, 4);
  expect(chunksOf(one, 7)).toEqual([one]);
});

it.each([
  [8, 0],
  [0, 8],
  [7, 7],
  [15, 22],
])('of %i nodes and %i pods come to the same rows', (nodes, pods) => {
  const whole = emptyRows();
  applyFrame(whole, frame(nodes, pods));
  const chunks = chunksOf(frame(nodes, pods), 7);
  const parts = emptyRows();
  for (const c of chunks) applyFrame(parts, c);
  expect({ ...parts, changes: 0 }).toEqual({ ...whole, changes: 0 });
  expect(Math.max(...chunks.map((c) => c.nodes.length + c.pods.length))).toBeLessThanOrEqual(7);
  expect(chunks.map((c) => c.more)).toEqual([...chunks.slice(1).map(() => true), false]);
  expect(chunks.map((c) => c.reset)).toEqual([true, ...chunks.slice(1).map(() => false)]);
});
