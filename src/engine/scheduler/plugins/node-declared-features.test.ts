import { describe, expect, it } from 'vitest';
import { ADD, UPDATE_NODE_DECLARED_FEATURE } from '../framework/events.ts';
import { hint, node, plugin, pod, verdicts } from '../testing/cluster.ts';
import { NodeDeclaredFeatures, requiredFeatures } from './node-declared-features.ts';

const restarting = pod('p', {
  spec: { containers: [{ name: 'c', restartPolicyRules: [{ action: 'RestartAllContainers' }] }] },
});
const FEATURE = 'RestartAllContainersOnContainerExits';

it('only nodes that declare it', () =>
  expect(verdicts(restarting, [node('n1', { features: [FEATURE] }), node('n2')])).toBe(
    "n1 ok | n2 NodeDeclaredFeatures UU: node(s) didn't match Pod's required features",
  ));

it.each([
  [restarting, [FEATURE]],
  [pod('p'), []],
  [pod('p', { spec: { hostNetwork: true, hostUsers: false } }), ['UserNamespacesHostNetworkSupport']],
  [pod('p', { spec: { hostNetwork: true } }), []],
])('what a spec needs', (p, expected) => expect(requiredFeatures(p)).toEqual(expected));

describe('another try', () => {
  const p = plugin(NodeDeclaredFeatures);
  it.each([
    ['a new node', { resource: 'Node', action: ADD, now: node('n2') }, 'Queue'],
    [
      'a node declares more',
      {
        resource: 'Node',
        action: UPDATE_NODE_DECLARED_FEATURE,
        old: node('n1'),
        now: node('n1', { features: [FEATURE] }),
      },
      'Queue',
    ],
    [
      'the same list',
      { resource: 'Node', action: UPDATE_NODE_DECLARED_FEATURE, old: node('n1'), now: node('n1') },
      'Skip',
    ],
  ] as const)('%s', (_, h, expected) => expect(hint(p, restarting, h)).toBe(expected));
});
