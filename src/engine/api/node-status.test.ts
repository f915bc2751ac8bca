import { expect, it } from 'vitest';
import type { Node } from './core.ts';
import { nodeAddress, nodeRoles, nodeStatus } from './node-status.ts';

const node = (o: object): Node => ({ metadata: {}, spec: {}, status: {}, ...o }) as unknown as Node;
const ready = (status: string) => ({ status: { conditions: [{ type: 'Ready', status }] } });

it.each([
  ['True', false, 'Ready'],
  ['True', true, 'Ready,SchedulingDisabled'],
  ['False', false, 'NotReady'],
  ['Unknown', false, 'NotReady'],
])('Ready=%s, cordoned %s: %s', (status, unschedulable, text) => {
  expect(nodeStatus(node({ ...ready(status), spec: { unschedulable } }))).toBe(text);
});

it('a node without a Ready condition is Unknown', () => {
  expect(nodeStatus(node({}))).toBe('Unknown');
  expect(nodeStatus(node({ spec: { unschedulable: true } }))).toBe('Unknown,SchedulingDisabled');
});

it.each([
  [{}, '<none>'],
  [{ 'node-role.kubernetes.io/worker': '', 'node-role.kubernetes.io/control-plane': '' }, 'control-plane,worker'],
  [{ 'kubernetes.io/role': 'edge' }, 'edge'],
  [{ 'node-role.kubernetes.io/': '' }, '<none>'],
])('roles of %j', (labels, text) => {
  expect(nodeRoles(node({ metadata: { labels } }))).toBe(text);
});

it('addresses by type', () => {
  const n = node({ status: { addresses: [{ type: 'InternalIP', address: '10.0.0.1' }] } });
  expect(nodeAddress(n, 'InternalIP')).toBe('10.0.0.1');
  expect(nodeAddress(n, 'ExternalIP')).toBe('<none>');
});
