/** What has to become of a pod's claims on a node. Upstream: pkg/scheduler/framework/plugins/volumebinding/binder.go */
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../api/core.ts';
import { compareQuantity } from '../../api/quantity.ts';
import type { Objects } from '../framework/interface.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import { failure, type Status, unresolvable } from '../framework/status.ts';
import {
  BIND_COMPLETED,
  claimNameOf,
  claimNotFound,
  claimOf,
  classNameOf,
  classOf,
  notOwned,
  SELECTED_NODE,
  volumeOf,
} from './claims.ts';
import { capacityEnough, matchingVolume, sizeOf, topologyAllowed, volumeFitsNode } from './volume-match.ts';

const name = 'VolumeBinding';
const NODE_CONFLICT = "node(s) didn't match PersistentVolume's node affinity";
const BIND_CONFLICT = "node(s) didn't find available persistent volumes to bind";
const NO_SPACE = 'node(s) did not have enough free storage';
const NO_VOLUME = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';

export interface Claims {
  bound: PersistentVolumeClaim[];
  delayed: PersistentVolumeClaim[];
  /** The volumes of each class that a delayed claim names. */
  volumes: Map<string, PersistentVolume[]>;
}

/** What has to be written before the pod can be bound to a node. */
export interface VolumePlan {
  bindings: { claim: PersistentVolumeClaim; volume: PersistentVolume }[];
  provision: PersistentVolumeClaim[];
}

/** Under which the plans of a cycle are kept, by node. */
export const plansKey = 'VolumeBinding/plans';

export const fullyBound = (c: PersistentVolumeClaim): boolean =>
  !!c.spec.volumeName && c.metadata.annotations?.[BIND_COMPLETED] !== undefined;

/** Whether the pod has claims; a refusal when one of them cannot be used. */
export function checkClaims(objects: Objects, pod: Pod): string | boolean {
  let any = false;
  for (const v of pod.spec.volumes ?? []) {
    const claimName = claimNameOf(pod, v);
    if (claimName === undefined) continue;
    any = true;
    const claim = claimOf(objects, pod, claimName);
    if (!claim)
      return v.ephemeral
        ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${claimName}"`
        : claimNotFound(claimName);
    if (claim.status?.phase === 'Lost')
      return `persistentvolumeclaim "${claimName}" bound to non-existent persistentvolume "${claim.spec.volumeName ?? ''}"`;
    if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${claimName}" is being deleted`;
    const foreign = v.ephemeral ? notOwned(pod, claim) : undefined;
    if (foreign) return foreign;
  }
  return any;
}

/** The pod's claims by what is still to be done for them. */
export function sortClaims(objects: Objects, pod: Pod): Claims | Status {
  const out: Claims = { bound: [], delayed: [], volumes: new Map() };
  let immediate = false;
  for (const v of pod.spec.volumes ?? []) {
    const claimName = claimNameOf(pod, v);
    const claim = claimName === undefined ? undefined : claimOf(objects, pod, claimName);
    if (!claim) continue;
    if (fullyBound(claim)) {
      out.bound.push(claim);
      continue;
    }
    const className = classNameOf(claim);
    const storageClass = className ? classOf(objects, className) : undefined;
    if (storageClass && !storageClass.volumeBindingMode)
      return failure(name, `VolumeBindingMode not set for StorageClass "${className}"`);
    if (storageClass?.volumeBindingMode === 'WaitForFirstConsumer' && !claim.spec.volumeName) out.delayed.push(claim);
    else immediate = true;
  }
  for (const claim of out.delayed) out.volumes.set(classNameOf(claim), []);
  if (out.delayed.length)
    for (const pv of objects.list<PersistentVolume>('PersistentVolume')) out.volumes.get(classNameOf(pv))?.push(pv);
  return immediate ? unresolvable(name, 'pod has unbound immediate PersistentVolumeClaims') : out;
}

/** The plan for a node, or the reasons against it, or an error. */
export function planFor(objects: Objects, claims: Claims, node: NodeInfo): VolumePlan | readonly string[] | Status {
  const reasons: string[] = [];
  let volumesExist = true;
  for (const claim of claims.bound) {
    const pv = volumeOf(objects, claim.spec.volumeName!);
    if (!pv) {
      volumesExist = false;
      break;
    }
    if (!volumeFitsNode(pv, node.node!)) {
      reasons.push(NODE_CONFLICT);
      break;
    }
  }
  const out: VolumePlan = { bindings: [], provision: [] };
  const unbound = bindOrProvision(objects, claims, node, out);
  if (typeof unbound === 'object') return unbound;
  if (unbound) reasons.push(unbound);
  if (!volumesExist) reasons.push(NO_VOLUME);
  return reasons.length ? reasons : out;
}

function bindOrProvision(objects: Objects, claims: Claims, node: NodeInfo, out: VolumePlan): string | Status {
  const toFind: PersistentVolumeClaim[] = [];
  for (const claim of claims.delayed) {
    const selected = claim.metadata.annotations?.[SELECTED_NODE];
    if (selected === undefined) toFind.push(claim);
    else if (selected !== node.name) return BIND_CONFLICT;
    else out.provision.push(claim);
  }
  const taken = new Set<string>();
  for (const claim of toFind.sort((a, b) => compareQuantity(sizeOf(a), sizeOf(b)))) {
    const volume = matchingVolume(claim, claims.volumes.get(classNameOf(claim)) ?? [], node.node!, taken);
    if (volume) {
      taken.add(volume.metadata.name);
      out.bindings.push({ claim, volume });
    } else out.provision.push(claim);
  }
  for (const claim of out.provision) {
    const className = classNameOf(claim);
    const storageClass = classOf(objects, className);
    if (!storageClass) return failure(name, `failed to find storage class "${className}"`);
    if (!storageClass.provisioner || storageClass.provisioner === 'kubernetes.io/no-provisioner') return BIND_CONFLICT;
    if (!topologyAllowed(storageClass, node.labels)) return BIND_CONFLICT;
    if (!capacityEnough(objects, storageClass, claim, node.node!)) return NO_SPACE;
  }
  return '';
}
