import { expect, it } from 'vitest';
import type { Node } from './core.ts';
import { isBeating, leaseAsRead, nodeAsRead, renewedAt } from './heartbeat.ts';
import type { Lease } from './policy.ts';

const T = Date.UTC(2026, 0, 1);
const lease = (spec: Lease['spec'], namespace = 'kube-node-lease'): Lease => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name: 'w1', namespace, uid: '', resourceVersion: '', creationTimestamp: '2026-01-01T00:00:03Z' },
  spec,
});
const beating = lease({ holderIdentity: 'w1', leaseDurationSeconds: 40 });

it.each([
  [3_000, 3_000],
  [12_999, 3_000],
  [13_000, 13_000],
  [3_600_000, 3_593_000],
])('at %d ms a beating lease was renewed at %d', (now, at) => expect(renewedAt(beating, T + now)).toBe(T + at));

it('a fixed time stays, a Lease of somebody else never beats', () => {
  const fixed = lease({ holderIdentity: 'w1', renewTime: '2026-01-01T00:00:05.000000Z' });
  expect(renewedAt(fixed, T + 100_000)).toBe(T + 5_000);
  expect(leaseAsRead(fixed, T)).toBe(fixed);
  expect(isBeating(lease({ holderIdentity: 'x' }, 'kube-system'))).toBe(false);
  expect(leaseAsRead(beating, T + 25_000).spec.renewTime).toBe('2026-01-01T00:00:23.000000Z');
});

it('conditions show the last report, as long as the kubelet makes reports', () => {
  const condition = { type: 'Ready', status: 'True', lastHeartbeatTime: '2026-01-01T00:00:03Z' };
  const node = { metadata: { name: 'w1' }, status: { conditions: [condition] } } as unknown as Node;
  const shown = (l: Lease, now: number): string | undefined =>
    nodeAsRead(node, l, T + now).status.conditions![0]!.lastHeartbeatTime;
  expect(shown(beating, 200_000)).toBe('2026-01-01T00:00:03Z');
  expect(shown(beating, 700_000)).toBe('2026-01-01T00:10:03Z');
  expect(shown(lease({ holderIdentity: 'w1', renewTime: '2026-01-01T00:06:00Z' }), 700_000)).toBe(
    '2026-01-01T00:05:03Z',
  );
  expect(nodeAsRead(node, undefined, T)).toBe(node);
});
