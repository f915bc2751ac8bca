import { expect, it } from 'vitest';
import type { WatchEvent } from '../engine/api/request.ts';
import { hopOf } from './hops.ts';

const owned = (kind: string, name = 'web') => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: 'u', controller: true }],
});

function event(type: WatchEvent['type'], kind: string, object: object, old?: object): WatchEvent {
  const whole = (o: object) => ({
    apiVersion: 'v1',
    kind,
    spec: {},
    ...o,
    metadata: { name: 'web', namespace: 'default', ...(o as { metadata?: object }).metadata },
  });
  return {
    type,
    kind,
    key: 'default/web',
    revision: 12,
    object: whole(object),
    ...(old ? { old: whole(old) } : {}),
  } as unknown as WatchEvent;
}

const status = { phase: 'Pending' };

it.each<[string, WatchEvent, string | undefined]>([
  ['a Deployment that comes', event('ADDED', 'Deployment', {}), 'kubectl create deployments'],
  [
    'a new wish',
    event('MODIFIED', 'Deployment', { metadata: { generation: 2 } }, { metadata: { generation: 1 } }),
    'kubectl patch deployments',
  ],
  [
    'a count',
    event('MODIFIED', 'Deployment', { metadata: { generation: 1 } }, { metadata: { generation: 1 } }),
    'controllers Deployment update deployments/status',
  ],
  [
    'a ReplicaSet that comes',
    event('ADDED', 'ReplicaSet', { metadata: owned('Deployment') }),
    'controllers Deployment create replicasets',
  ],
  [
    'a ReplicaSet that is scaled',
    event(
      'MODIFIED',
      'ReplicaSet',
      { metadata: { ...owned('Deployment'), generation: 2 } },
      { metadata: { generation: 1 } },
    ),
    'controllers Deployment update replicasets',
  ],
  [
    'a pod of a ReplicaSet',
    event('ADDED', 'Pod', { metadata: owned('ReplicaSet') }),
    'controllers ReplicaSet create pods',
  ],
  ['a pod of a kubelet', event('ADDED', 'Pod', { metadata: owned('Node', 'n1') }), 'kubelets n1 create pods'],
  ['a pod of nobody', event('ADDED', 'Pod', {}), 'kubectl create pods'],
  [
    'a binding',
    event('MODIFIED', 'Pod', { spec: { nodeName: 'n1' }, status }, { status }),
    'scheduler create pods/binding n1',
  ],
  ['a refusal', event('MODIFIED', 'Pod', { status: { phase: 'Pending' } }, { status }), 'scheduler patch pods/status'],
  [
    'what a kubelet tells',
    event(
      'MODIFIED',
      'Pod',
      { spec: { nodeName: 'n1' }, status: { phase: 'Running' } },
      { spec: { nodeName: 'n1' }, status },
    ),
    'kubelets n1 patch pods/status',
  ],
  [
    'a pod told to go',
    event(
      'MODIFIED',
      'Pod',
      { metadata: { deletionTimestamp: 'x' }, spec: { nodeName: 'n1' }, status },
      { spec: { nodeName: 'n1' }, status },
    ),
    undefined,
  ],
  ['a pod that is gone', event('DELETED', 'Pod', { spec: { nodeName: 'n1' } }), 'kubelets n1 delete pods'],
  ['a lease', event('MODIFIED', 'Lease', {}, {}), undefined],
])('%s', (_, e, expected) => {
  const hop = hopOf(e, 5);
  expect(hop && [hop.by, hop.actor, hop.verb, hop.resource, hop.node].filter(Boolean).join(' ')).toBe(expected);
  if (hop) expect(hop).toMatchObject({ revision: 12, atMs: 5, namespace: 'default', name: 'web' });
});
