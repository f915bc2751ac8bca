import { describe, expect, it } from 'vitest';
import { ADD, UPDATE_NODE_TAINT, UPDATE_POD_TOLERATION } from '../framework/events.ts';
import { hint, node, plugin, pod, verdicts } from '../testing/cluster.ts';
import { NodeUnschedulable } from './node-unschedulable.ts';

const cordoned = node('n1', { unschedulable: true, taints: ['node.kubernetes.io/unschedulable:NoSchedule'] });
const open = node('n1');
const key = 'node.kubernetes.io/unschedulable';

describe('a cordoned node', () => {
  it('refuses in its own words, whatever taints it has', () =>
    expect(verdicts(pod('p'), [cordoned])).toBe('n1 NodeUnschedulable UU: node(s) were unschedulable'));

  it.each([
    [{ key, operator: 'Exists', effect: 'NoSchedule' }, 'n1 ok'],
    [{ operator: 'Exists' }, 'n1 ok'],
    [{ key, operator: 'Exists', effect: 'NoExecute' }, 'n1 NodeUnschedulable UU: node(s) were unschedulable'],
    [{ key, operator: 'Exists', effect: 'PreferNoSchedule' }, 'n1 NodeUnschedulable UU: node(s) were unschedulable'],
  ])('with the toleration %j', (toleration, expected) =>
    expect(verdicts(pod('p', { tolerations: [toleration] }), [cordoned])).toBe(expected),
  );
});

describe('another try', () => {
  const p = plugin(NodeUnschedulable);
  const waiting = pod('p');
  it.each([
    ['uncordoned', { resource: 'Node', action: UPDATE_NODE_TAINT, old: cordoned, now: open }, 'Queue'],
    ['cordoned', { resource: 'Node', action: UPDATE_NODE_TAINT, old: open, now: cordoned }, 'Skip'],
    ['a new node', { resource: 'Node', action: ADD, now: open }, 'Queue'],
    ['a new cordoned node', { resource: 'Node', action: ADD, now: cordoned }, 'Skip'],
    [
      'a toleration',
      {
        resource: 'UnschedulablePod',
        action: UPDATE_POD_TOLERATION,
        now: pod('p', { tolerations: [{ operator: 'Exists' }] }),
      },
      'Queue',
    ],
    [
      'another pod’s toleration',
      {
        resource: 'UnschedulablePod',
        action: UPDATE_POD_TOLERATION,
        now: pod('q', { tolerations: [{ operator: 'Exists' }] }),
      },
      'Skip',
    ],
  ] as const)('%s', (_, h, expected) => expect(hint(p, waiting, h)).toBe(expected));
});
