import { expect, it } from 'vitest';
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../api/core.ts';
import { Cluster } from '../cluster.ts';
import { schedulerComponent } from './scheduler.ts';
import { node } from './testing/cluster.ts';
import { claim, storageClass, uses, volume } from './testing/volumes.ts';

function start(): Cluster {
  const c = new Cluster({ seed: 1, startMs: Date.UTC(2026, 0, 1), components: [schedulerComponent()] });
  create(
    c,
    'serviceaccounts',
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } },
    'default',
  );
  create(c, 'nodes', fresh(node('n1')));
  c.request({ verb: 'patch', patchType: 'merge', resource: 'nodes', name: 'n1', body: { spec: { taints: null } } });
  return c;
}

/** As a manifest: without what the server gives. */
const fresh = (o: { metadata: object }): object => {
  const { uid: _, resourceVersion: __, creationTimestamp: ___, ...metadata } = o.metadata as Record<string, unknown>;
  return { ...o, metadata };
};

function create(c: Cluster, resource: string, body: object, namespace?: string): void {
  const r = c.request({
    verb: 'create',
    resource,
    body: fresh(body as { metadata: object }),
    ...(namespace ? { namespace } : {}),
  });
  if (!r.ok) throw new Error(r.status.message);
}

const podOf = (c: Cluster): Pod => c.list.get<Pod>('Pod', 'default', 'p')!;
const claimOf = (c: Cluster): PersistentVolumeClaim =>
  c.list.get<PersistentVolumeClaim>('PersistentVolumeClaim', 'default', 'data')!;

/** What the volume controller would do once the scheduler has chosen. */
function bindClaim(c: Cluster, pv: string): void {
  const body = { metadata: { annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } }, spec: { volumeName: pv } };
  c.request({
    verb: 'patch',
    patchType: 'merge',
    resource: 'persistentvolumeclaims',
    namespace: 'default',
    name: 'data',
    body,
  });
}

function withLocalVolume(): Cluster {
  const c = start();
  create(c, 'storageclasses', storageClass('local', 'kubernetes.io/no-provisioner'));
  create(c, 'persistentvolumes', volume('pv', { node: 'n1', class: 'local' }));
  c.request({
    verb: 'patch',
    patchType: 'merge',
    resource: 'persistentvolumes',
    name: 'pv',
    subresource: 'status',
    body: { status: { phase: 'Available' } },
  });
  create(c, 'persistentvolumeclaims', claim('data', { class: 'local' }), 'default');
  create(c, 'pods', { ...uses('data'), status: undefined }, 'default');
  c.advance(500);
  return c;
}

it('sets a volume aside and waits until the claim is bound', () => {
  const c = withLocalVolume();
  expect(c.list.get<PersistentVolume>('PersistentVolume', undefined, 'pv')?.spec.claimRef?.name).toBe('data');
  expect([podOf(c).spec.nodeName, podOf(c).status.nominatedNodeName]).toEqual([undefined, 'n1']);
  bindClaim(c, 'pv');
  c.advance(1500);
  expect(podOf(c).spec.nodeName).toBe('n1');
});

it('goes on from a snapshot while it waits', () => {
  const c = withLocalVolume();
  const copy = c.fork();
  for (const each of [c, copy]) {
    bindClaim(each, 'pv');
    each.advance(5000);
  }
  expect(podOf(copy).spec.nodeName).toBe('n1');
  expect(JSON.stringify(copy.snapshot())).toBe(JSON.stringify(c.snapshot()));
});

it('asks for a volume on the chosen node where one can be made', () => {
  const c = start();
  create(c, 'storageclasses', storageClass('csi', 'csi.example.com'));
  create(c, 'persistentvolumeclaims', claim('data', { class: 'csi' }), 'default');
  create(c, 'pods', { ...uses('data'), status: undefined }, 'default');
  c.advance(500);
  expect(claimOf(c).metadata.annotations?.['volume.kubernetes.io/selected-node']).toBe('n1');
});

it('gives up after ten minutes and tries again', () => {
  const c = withLocalVolume();
  c.advance(601_000);
  const message = podOf(c).status.conditions?.find((x) => x.type === 'PodScheduled')?.message;
  expect(message).toBe('running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded');
});

it('lets the place go with the pod', () => {
  const c = withLocalVolume();
  c.request({ verb: 'delete', resource: 'pods', namespace: 'default', name: 'p', options: { gracePeriodSeconds: 0 } });
  c.advance(2000);
  const [world] = [c.stateOf<{ bindings: Map<string, unknown>; cache: { podCount: number } }>('scheduler')];
  expect([world!.bindings.size, world!.cache.podCount]).toEqual([0, 0]);
});
