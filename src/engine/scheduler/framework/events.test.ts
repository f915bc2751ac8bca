import { expect, it } from 'vitest';
import { happening, nodeHappenings, podHappenings } from '../happenings.ts';
import { node, pod } from '../testing/cluster.ts';
import { ADD, ALL, DELETE, eventMatches, UPDATE, UPDATE_NODE_LABEL, UPDATE_NODE_TAINT } from './events.ts';

it.each([
  ['the same', 'Node', ADD, 'Node', ADD, true],
  ['one of several', 'Node', ADD | UPDATE_NODE_LABEL, 'Node', UPDATE_NODE_LABEL, true],
  ['another action', 'Node', ADD, 'Node', UPDATE_NODE_TAINT, false],
  ['Pod means both kinds', 'Pod', DELETE, 'AssignedPod', DELETE, true],
  ['but not the other way round', 'AssignedPod', DELETE, 'Pod', DELETE, false],
  ['any update', 'Pod', UPDATE, 'UnschedulablePod', UPDATE_NODE_LABEL, true],
  ['everything', '*', ALL, 'PersistentVolume', ADD, true],
] as const)('%s', (_, resource, action, incoming, what, expected) =>
  expect(eventMatches({ resource, action }, { resource: incoming, action: what, label: '' })).toBe(expected),
);

it('a node’s changes are told one by one, in order; a cordon is none', () => {
  const labels = (old: ReturnType<typeof node>, now: ReturnType<typeof node>) =>
    nodeHappenings(old, now).map((h) => h.label);
  expect(
    labels(node('n', { unschedulable: true }), node('n', { cpu: '8', labels: { a: 'b' }, taints: ['x=y:NoSchedule'] })),
  ).toEqual(['NodeSpecUnschedulableChange', 'NodeAllocatableChange', 'NodeLabelChange', 'NodeTaintChange']);
  expect(labels(node('n'), node('n', { unschedulable: true }))).toEqual([]);
});

it('a pod’s changes, or one of nothing in particular', () => {
  const labels = (old: ReturnType<typeof pod>, now: ReturnType<typeof pod>) =>
    podHappenings('UnschedulablePod', old, now).map((h) => h.label);
  expect(
    labels(
      pod('p', { requests: { cpu: '2' } }),
      pod('p', { requests: { cpu: '1' }, labels: { a: 'b' }, tolerations: [{ operator: 'Exists' }] }),
    ),
  ).toEqual(['PodLabelChange', 'PodRequestScaledDown', 'PodTolerationChange']);
  expect(labels(pod('p', { spec: { schedulingGates: [{ name: 'g' }] } }), pod('p'))).toEqual([
    'PodSchedulingGateEliminatedChange',
  ]);
  expect(labels(pod('p'), pod('p'))).toEqual(['PodUpdate']);
});

it('other objects', () =>
  expect(happening('PersistentVolume', 'ADDED', undefined, node('x')).label).toBe('PersistentVolumeAdd'));
