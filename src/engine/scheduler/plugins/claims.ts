/** Claims, volumes and classes as several volume plugins read them. Upstream: k8s.io/component-helpers/storage */
import type { PersistentVolume, PersistentVolumeClaim, Pod, Volume } from '../../api/core.ts';
import { controllerOf } from '../../api/meta.ts';
import type { StorageClass } from '../../api/policy.ts';
import type { Objects } from '../framework/interface.ts';

export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/** The name of the claim behind a volume, its own or a generic ephemeral one; `undefined` for other volumes. */
export function claimNameOf(pod: Pod, volume: Volume): string | undefined {
  if (volume.persistentVolumeClaim) return volume.persistentVolumeClaim.claimName;
  return volume.ephemeral ? `${pod.metadata.name}-${volume.name}` : undefined;
}

export const claimOf = (objects: Objects, pod: Pod, name: string): PersistentVolumeClaim | undefined =>
  objects.get<PersistentVolumeClaim>('PersistentVolumeClaim', pod.metadata.namespace, name);

export const classNameOf = (o: PersistentVolumeClaim | PersistentVolume): string =>
  o.metadata.annotations?.[CLASS_ANNOTATION] ?? o.spec.storageClassName ?? '';

export const classOf = (objects: Objects, name: string): StorageClass | undefined =>
  objects.get<StorageClass>('StorageClass', undefined, name);

export const volumeOf = (objects: Objects, name: string): PersistentVolume | undefined =>
  objects.get<PersistentVolume>('PersistentVolume', undefined, name);

/** Why a generic ephemeral volume's claim is not the pod's, if it is not. */
export function notOwned(pod: Pod, claim: PersistentVolumeClaim): string | undefined {
  if (controllerOf(claim)?.uid === pod.metadata.uid) return undefined;
  const { namespace, name } = claim.metadata;
  return `PVC ${namespace}/${name} was not created for pod ${pod.metadata.namespace}/${pod.metadata.name} (pod is not owner)`;
}

export const claimNotFound = (name: string): string => `persistentvolumeclaim "${name}" not found`;

/** Whether the pod uses the claim, directly or through a generic ephemeral volume. */
export const usesClaim = (pod: Pod, claim: { metadata: { name: string; namespace?: string } }): boolean =>
  claim.metadata.namespace === pod.metadata.namespace &&
  (pod.spec.volumes?.some((v) => claimNameOf(pod, v) === claim.metadata.name) ?? false);
