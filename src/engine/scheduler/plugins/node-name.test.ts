import { expect, it } from 'vitest';
import { ADD, UPDATE_NODE_LABEL } from '../framework/events.ts';
import { CycleState } from '../framework/interface.ts';
import { NodeInfo } from '../framework/node-info.ts';
import { PodClasses } from '../framework/pod-info.ts';
import { hint, node, plugin, pod } from '../testing/cluster.ts';
import { NodeName } from './node-name.ts';

const p = plugin(NodeName);
const n1 = new NodeInfo('n1', 0);
n1.setNode(node('n1'));

it.each([
  ['', 'ok'],
  ['n1', 'ok'],
  ['n2', "node(s) didn't match the requested node name"],
])('a pod with nodeName "%s" on n1', (on, expected) => {
  const info = new PodClasses().info(pod('p', { on }));
  expect(p.filter!(new CycleState(), info, n1)?.reasons[0] ?? 'ok').toBe(expected);
});

it('hears of new nodes only', () => {
  expect(hint(p, pod('p'), { resource: 'Node', action: ADD, now: node('n2') })).toBe('Queue');
  expect(hint(p, pod('p'), { resource: 'Node', action: UPDATE_NODE_LABEL, old: node('n2'), now: node('n2') })).toBe(
    'deaf',
  );
});
