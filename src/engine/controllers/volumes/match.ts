/** Which volume suits a claim. Upstream: pkg/controller/volume/persistentvolume/index.go, k8s.io/component-helpers/storage/volume/pv_helpers.go */
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/core.ts';
import { keyOf } from '../../api/meta.ts';
import { compareQuantity } from '../../api/quantity.ts';
import { matchesSelector } from '../../api/selector.ts';
import { compareText } from '../shared/order.ts';

export const classOf = (o: PersistentVolume | PersistentVolumeClaim): string =>
  o.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? o.spec.storageClassName ?? '';

const requestOf = (claim: PersistentVolumeClaim): string => claim.spec.resources?.requests?.storage ?? '0';
const capacityOf = (volume: PersistentVolume): string => volume.spec.capacity?.storage ?? '0';
const modeOf = (o: PersistentVolume | PersistentVolumeClaim): string => o.spec.volumeMode ?? 'Filesystem';

/** Whether a volume's claimRef means this claim; one without a UID is bound beforehand by hand. */
export function refersTo(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const ref = volume.spec.claimRef;
  if (!ref || `${ref.namespace}/${ref.name}` !== keyOf(claim)) return false;
  return !ref.uid || ref.uid === claim.metadata.uid;
}

/** Why a volume that a claim names cannot be bound to it. */
export function mismatch(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  if (compareQuantity(capacityOf(volume), requestOf(claim)) < 0) return 'requested PV is too small';
  if (classOf(volume) !== classOf(claim)) return 'storageClassName does not match';
  if (modeOf(volume) !== modeOf(claim)) return 'incompatible volumeMode';
  if (!hasModes(volume, claim)) return 'incompatible accessMode';
  return undefined;
}

const hasModes = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  (claim.spec.accessModes ?? []).every((mode) => volume.spec.accessModes?.includes(mode));

/**
 * The volume for an unbound claim: one that is reserved for it, else the smallest free one that fits. A claim that waits
 * for its first consumer only takes what is reserved for it.
 */
export function bestMatch(
  claim: PersistentVolumeClaim,
  volumes: Iterable<PersistentVolume>,
  onlyReserved: boolean,
): PersistentVolume | undefined {
  let best: PersistentVolume | undefined;
  for (const volume of volumes) {
    if (volume.metadata.deletionTimestamp !== undefined) continue;
    if (compareQuantity(capacityOf(volume), requestOf(claim)) < 0 || modeOf(volume) !== modeOf(claim)) continue;
    if (refersTo(volume, claim)) return volume;
    if (onlyReserved || volume.spec.claimRef || volume.status?.phase !== 'Available') continue;
    if (claim.spec.selector && !matchesSelector(claim.spec.selector, volume.metadata.labels)) continue;
    if (classOf(volume) !== classOf(claim) || !hasModes(volume, claim)) continue;
    if (!best || smaller(volume, best) < 0) best = volume;
  }
  return best;
}

/** Fewer access modes first, then less capacity, then by name. */
const smaller = (a: PersistentVolume, b: PersistentVolume): number =>
  (a.spec.accessModes?.length ?? 0) - (b.spec.accessModes?.length ?? 0) ||
  compareQuantity(capacityOf(a), capacityOf(b)) ||
  compareText(a.metadata.name, b.metadata.name);
