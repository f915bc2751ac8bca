import { describe, expect, it } from 'vitest';
import { resourceOfKind } from '../api/discovery.ts';
import type { KubeObject } from '../api/meta.ts';
import { budget, daemonSet, deployment, node, pod, priorityClass, replicaSet, service } from './builders.ts';
import { START_MS, testServer } from './server.ts';

const all: KubeObject[] = [
  pod('a').requests({ cpu: '500m' }).limits({ cpu: '1' }).tolerates('gpu').tolerates('a=b:NoExecute', 60),
  pod('b').image('nginx:1.27').container('log').initContainer('init').hostPort(8080).claim('data').gates('x'),
  pod('c')
    .nodeSelector({ disk: 'ssd' })
    .requires('kubernetes.io/arch', 'In', 'amd64', 'arm64')
    .prefers(5, 'zone', 'Exists')
    .near('zone', { app: 'db' })
    .near('zone', { app: 'db' }, 10)
    .apart('kubernetes.io/hostname', { app: 'c' })
    .spread('zone', { app: 'c' }),
  pod('d').annotations({ a: 'b' }).labels({ a: 'b' }).scheduler('mine').finalizers('x.io/y').created(START_MS).uid('u'),
  node('n').arch('ppc64le').zone('z', 'r').taint('gpu=true:NoSchedule', 'x:NoExecute').hasImage('nginx', 5),
  node('m').cordoned().ready('False').allocatable({ cpu: '3' }),
  deployment('web').replicas(3).rolling(1, '25%').image('nginx').requests({ cpu: '1' }),
  replicaSet('rs').replicas(2).of(pod('x')),
  daemonSet('ds'),
  service('web').selects({ app: 'web' }).type('NodePort'),
  budget('web').minAvailable(1),
  budget('api').maxUnavailable('50%'),
  priorityClass('high', 10),
];

describe('builders', () => {
  it.each(all.map((o) => [`${o.kind} ${o.metadata.name}`, o] as const))('%s is what the API server takes', (_, o) => {
    const t = testServer();
    const { resourceVersion: _rv, ...metadata } = o.metadata;
    // a person may not set priorities by number
    const body = { ...o, metadata } as unknown as { spec?: { priority?: number } };
    const said = t.say({
      verb: 'create',
      apiVersion: o.apiVersion,
      resource: resourceOfKind(o.kind)!.plural,
      ...(o.metadata.namespace ? { namespace: o.metadata.namespace } : {}),
      body,
      fieldValidation: 'Strict',
    });
    expect(said).toBe('ok');
  });

  it('say what they are told', () => {
    const p = pod('a').in('x').on('n').running().priority(5, 'Never').nominated('m').ownedBy(replicaSet('rs'));
    expect(p).toMatchObject({
      metadata: { namespace: 'x', ownerReferences: [{ kind: 'ReplicaSet', controller: true }] },
      spec: { nodeName: 'n', priority: 5, preemptionPolicy: 'Never' },
      status: { phase: 'Running', nominatedNodeName: 'm' },
    });
    expect(pod('a').terminating(START_MS, 5).metadata.deletionTimestamp).toBe('2026-01-01T00:00:05Z');
    expect(pod('a').tolerates('gpu=true:NoSchedule').spec.tolerations).toEqual([
      { key: 'gpu', operator: 'Equal', value: 'true', effect: 'NoSchedule' },
    ]);
  });
});
