/** Keeps claims and volumes that are in use. Upstream: pkg/controller/volume/pvcprotection, pvprotection */
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../api/core.ts';
import { type KubeObject, keyOf } from '../../api/meta.ts';
import type { Component, Context } from '../../client/component.ts';
import { isTerminal } from '../shared/pods.ts';

const PVC_FINALIZER = 'kubernetes.io/pvc-protection';
const PV_FINALIZER = 'kubernetes.io/pv-protection';

function dropFinalizer(o: KubeObject, finalizer: string, ctx: Context): void {
  const finalizers = (o.metadata.finalizers ?? []).filter((f) => f !== finalizer);
  ctx.api.update({ ...o, metadata: { ...o.metadata, finalizers } });
}

const isGoing = (o: KubeObject, finalizer: string): boolean =>
  o.metadata.deletionTimestamp !== undefined && (o.metadata.finalizers?.includes(finalizer) ?? false);

/** The claims that a pod's volumes name. */
function claimKeys(pod: Pod): string[] {
  return (pod.spec.volumes ?? []).flatMap((v) => {
    if (v.persistentVolumeClaim) return [`${pod.metadata.namespace}/${v.persistentVolumeClaim.claimName}`];
    return v.ephemeral ? [`${pod.metadata.namespace}/${pod.metadata.name}-${v.name}`] : [];
  });
}

/** A scheduled pod that has not finished holds its claims. */
const holds = (pod: Pod, key: string): boolean =>
  Boolean(pod.spec.nodeName) && !isTerminal(pod) && claimKeys(pod).includes(key);

/** A deleted claim goes once no pod uses it. */
export const pvcProtectionController = (): Component => ({
  name: 'pvc-protection-controller',
  watches: ['PersistentVolumeClaim', 'Pod'],
  keysFor(e, list) {
    if (e.kind !== 'Pod') return e.type !== 'DELETED' && isGoing(e.object, PVC_FINALIZER) ? [e.key] : [];
    const pod = e.object as unknown as Pod;
    if (e.type !== 'DELETED' && !isTerminal(pod)) return [];
    return claimKeys(pod).filter((key) => {
      const claim = list.byKey<PersistentVolumeClaim>('PersistentVolumeClaim', key);
      return claim !== undefined && isGoing(claim, PVC_FINALIZER);
    });
  },
  initial: () => null,
  reconcile(key, ctx) {
    const claim = ctx.list.byKey<PersistentVolumeClaim>('PersistentVolumeClaim', key);
    if (!claim || !isGoing(claim, PVC_FINALIZER)) return;
    for (const pod of ctx.list.list<Pod>('Pod', claim.metadata.namespace)) if (holds(pod, keyOf(claim))) return;
    dropFinalizer(claim, PVC_FINALIZER, ctx);
  },
});

/** A deleted volume goes once it is not bound. */
export const pvProtectionController = (): Component => ({
  name: 'pv-protection-controller',
  watches: ['PersistentVolume'],
  keysFor: (e) => (e.type !== 'DELETED' && isGoing(e.object, PV_FINALIZER) ? [e.key] : []),
  initial: () => null,
  reconcile(key, ctx) {
    const volume = ctx.list.byKey<PersistentVolume>('PersistentVolume', key);
    if (volume && isGoing(volume, PV_FINALIZER) && volume.status?.phase !== 'Bound')
      dropFinalizer(volume, PV_FINALIZER, ctx);
  },
});
