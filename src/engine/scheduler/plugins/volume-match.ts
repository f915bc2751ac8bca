/** Which volume a claim would be bound to. Upstream: k8s.io/component-helpers/storage/volume/pv_helpers.go, pkg/scheduler/framework/plugins/volumebinding/binder.go */
import { matchesNodeTerms } from '../../api/affinity.ts';
import type { Node, PersistentVolume, PersistentVolumeClaim } from '../../api/core.ts';
import type { KubeObject, LabelSelector } from '../../api/meta.ts';
import type { StorageClass } from '../../api/policy.ts';
import { compareQuantity } from '../../api/quantity.ts';
import { matchesSelector } from '../../api/selector.ts';
import type { Objects } from '../framework/interface.ts';
import { classNameOf } from './claims.ts';

export const volumeFitsNode = (pv: PersistentVolume, node: Node): boolean =>
  !pv.spec.nodeAffinity?.required || matchesNodeTerms(pv.spec.nodeAffinity.required.nodeSelectorTerms, node);

export const sizeOf = (claim: PersistentVolumeClaim): string => claim.spec.resources?.requests?.storage ?? '0';

function boundTo(pv: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const ref = pv.spec.claimRef;
  if (!ref || ref.name !== claim.metadata.name || ref.namespace !== claim.metadata.namespace) return false;
  return !ref.uid || ref.uid === claim.metadata.uid;
}

/** The volume set aside for the claim, else the smallest free one that fits claim and node. */
export function matchingVolume(
  claim: PersistentVolumeClaim,
  volumes: Iterable<PersistentVolume>,
  node: Node,
  taken: ReadonlySet<string>,
): PersistentVolume | undefined {
  let best: PersistentVolume | undefined;
  const wanted = sizeOf(claim);
  for (const pv of volumes) {
    if (taken.has(pv.metadata.name) || (pv.spec.claimRef && !boundTo(pv, claim))) continue;
    const size = pv.spec.capacity?.storage ?? '0';
    if (compareQuantity(size, wanted) < 0) continue;
    if ((claim.spec.volumeMode ?? 'Filesystem') !== (pv.spec.volumeMode ?? 'Filesystem')) continue;
    if ((claim.spec.volumeAttributesClassName ?? '') !== (pv.spec.volumeAttributesClassName ?? '')) continue;
    if (pv.metadata.deletionTimestamp) continue;
    const fits = volumeFitsNode(pv, node);
    if (boundTo(pv, claim)) return fits ? pv : undefined;
    if (pv.status?.phase !== 'Available' || !fits) continue;
    if (claim.spec.selector && !matchesSelector(claim.spec.selector, pv.metadata.labels)) continue;
    if (classNameOf(pv) !== classNameOf(claim)) continue;
    if (!claim.spec.accessModes?.every((m) => pv.spec.accessModes?.includes(m))) continue;
    if (!best || compareQuantity(best.spec.capacity?.storage ?? '0', size) > 0) best = pv;
  }
  return best;
}

/** Whether the class may provision where the node is: terms are alternatives, keys of one must all match. */
export function topologyAllowed(storageClass: StorageClass, labels: Readonly<Record<string, string>>): boolean {
  const terms = storageClass.allowedTopologies;
  if (!terms?.length) return true;
  return terms.some(
    (t) =>
      t.matchLabelExpressions?.length &&
      t.matchLabelExpressions.every((e) => labels[e.key] !== undefined && e.values.includes(labels[e.key]!)),
  );
}

interface StorageCapacity extends KubeObject {
  storageClassName: string;
  capacity?: string;
  maximumVolumeSize?: string;
  nodeTopology?: LabelSelector;
}

/** Whether a driver that tracks its storage has room for the claim near the node. */
export function capacityEnough(
  objects: Objects,
  storageClass: StorageClass,
  claim: PersistentVolumeClaim,
  node: Node,
): boolean {
  const size = claim.spec.resources?.requests?.storage;
  const driver = objects.get<KubeObject & { spec: { storageCapacity?: boolean } }>(
    'CSIDriver',
    undefined,
    storageClass.provisioner,
  );
  if (size === undefined || !driver?.spec.storageCapacity) return true;
  for (const c of objects.list<StorageCapacity>('CSIStorageCapacity')) {
    const limit = c.maximumVolumeSize ?? c.capacity;
    if (
      c.storageClassName === storageClass.metadata.name &&
      limit !== undefined &&
      compareQuantity(limit, size) >= 0 &&
      matchesSelector(c.nodeTopology, node.metadata.labels)
    )
      return true;
  }
  return false;
}
