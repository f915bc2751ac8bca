import { expect, it } from 'vitest';
import type { FrameRows } from '../view/rows.ts';
import { applyFrame, emptyRows } from './rows.ts';
import { clusterNodes, clusterPods } from './testing/fake-rows.ts';

const frame = (over: Partial<FrameRows>): FrameRows => ({
  reset: false,
  nowMs: 0,
  revision: 1,
  nodes: [],
  removedNodes: [],
  pods: [],
  removedPods: [],
  marks: [],
  ...over,
});

it('keeps what a frame does not mention and forgets what it removes', () => {
  const rows = emptyRows();
  applyFrame(rows, frame({ reset: true, nodes: clusterNodes(), pods: clusterPods() }));
  const before = rows.pods.size;
  const gone = clusterPods()[0]!;
  applyFrame(rows, frame({ removedPods: [{ uid: gone.uid, form: 'terminating' }], removedNodes: ['worker-x86-2'] }));
  expect(rows.pods.size).toBe(before - 1);
  expect(rows.podKeys.has(`${gone.namespace}/${gone.name}`)).toBe(false);
  expect(rows.removed).toEqual([{ uid: gone.uid, form: 'terminating' }]);
  expect([...rows.nodes.keys()]).toEqual(['k8s-master', 'worker-x86', 'worker-ppc64le']);
});

it('a removed pod whose name was taken by a new one leaves the new one reachable', () => {
  const rows = emptyRows();
  const old = clusterPods()[0]!;
  applyFrame(rows, frame({ pods: [old] }));
  applyFrame(rows, frame({ pods: [{ ...old, uid: 'next' }] }));
  applyFrame(rows, frame({ removedPods: [{ uid: old.uid, form: 'terminating' }] }));
  expect(rows.podKeys.get(`${old.namespace}/${old.name}`)).toBe('next');
});

it('a reset forgets everything and counts', () => {
  const rows = emptyRows();
  applyFrame(rows, frame({ nodes: clusterNodes(), pods: clusterPods() }));
  applyFrame(rows, frame({ reset: true }));
  expect([rows.nodes.size, rows.pods.size, rows.resets]).toEqual([0, 0, 1]);
});
