import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../api/core.ts';
import type { KubeObject } from '../../api/meta.ts';
import type { CSINode, StorageClass } from '../../api/policy.ts';
import { compareQuantity } from '../../api/quantity.ts';
import { equalPlain } from '../../sim/plain.ts';
import { ADD, UPDATE, UPDATE_NODE_LABEL } from '../framework/events.ts';
import type { EventHint, Hint, PluginFactory } from '../framework/interface.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import { failure, type Status, skip, success, unresolvable } from '../framework/status.ts';
import {
  BIND_COMPLETED,
  claimNameOf,
  claimNotFound,
  claimOf,
  classNameOf,
  classOf,
  notOwned,
  SELECTED_NODE,
  usesClaim,
  volumeOf,
} from './claims.ts';
import { capacityEnough, matchingVolume, sizeOf, topologyAllowed, volumeFitsNode } from './volume-match.ts';

const name = 'VolumeBinding';
const NODE_CONFLICT = "node(s) didn't match PersistentVolume's node affinity";
const BIND_CONFLICT = "node(s) didn't find available persistent volumes to bind";
const NO_SPACE = 'node(s) did not have enough free storage';
const NO_VOLUME = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';
const MIGRATED_PLUGINS = 'storage.alpha.kubernetes.io/migrated-plugins';

interface Claims {
  bound: PersistentVolumeClaim[];
  delayed: PersistentVolumeClaim[];
}

/** What has to be written before the pod can be bound to a node. */
export interface VolumePlan {
  bindings: { claim: PersistentVolumeClaim; volume: PersistentVolume }[];
  provision: PersistentVolumeClaim[];
}

export const plansKey = `${name}/plans`;

export const fullyBound = (c: PersistentVolumeClaim): boolean =>
  !!c.spec.volumeName && c.metadata.annotations?.[BIND_COMPLETED] !== undefined;

const storageCapacityOff: Hint = (pod, { old, now }) => {
  const on = (o: KubeObject | undefined): boolean =>
    (o as { spec?: { storageCapacity?: boolean } } | undefined)?.spec?.storageCapacity === true;
  const uses = pod.spec.volumes?.some((v) => (v.csi as { driver?: string } | undefined)?.driver === now?.metadata.name);
  return uses && on(old) && !on(now) ? 'Queue' : 'Skip';
};

const capacityGrew: Hint = (_pod, { old, now }) => {
  if (!old) return 'Queue';
  const limit = (o: KubeObject | undefined): string => {
    const c = o as { maximumVolumeSize?: string; capacity?: string } | undefined;
    return c?.maximumVolumeSize ?? c?.capacity ?? '0';
  };
  return compareQuantity(limit(now), limit(old)) > 0 ? 'Queue' : 'Skip';
};

const ownClaim: Hint = (pod, { now }) => (usesClaim(pod, now as PersistentVolumeClaim) ? 'Queue' : 'Skip');

const EVENTS: readonly EventHint[] = [
  {
    resource: 'StorageClass',
    action: ADD | UPDATE,
    hint: (_pod, { old, now }) =>
      old && equalPlain((old as StorageClass).allowedTopologies, (now as StorageClass).allowedTopologies)
        ? 'Skip'
        : 'Queue',
  },
  { resource: 'PersistentVolumeClaim', action: ADD | UPDATE, hint: ownClaim },
  { resource: 'PersistentVolume', action: ADD | UPDATE },
  { resource: 'Node', action: ADD | UPDATE_NODE_LABEL },
  {
    resource: 'CSINode',
    action: ADD | UPDATE,
    hint: (_pod, { old, now }) =>
      old && (old as CSINode).metadata.annotations?.[MIGRATED_PLUGINS] === now?.metadata.annotations?.[MIGRATED_PLUGINS]
        ? 'Skip'
        : 'Queue',
  },
  { resource: 'CSIDriver', action: UPDATE, hint: storageCapacityOff },
  { resource: 'CSIStorageCapacity', action: ADD | UPDATE, hint: capacityGrew },
];

/** Volumes can be reached from, bound on, or made for the node. Upstream: pkg/scheduler/framework/plugins/volumebinding */
export const VolumeBinding: PluginFactory = ({ objects }) => {
  /** Whether the pod has claims; a refusal when one of them cannot be used. */
  function check(pod: Pod): string | boolean {
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

  function sort(pod: Pod): Claims | Status {
    const out: Claims = { bound: [], delayed: [] };
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
    return immediate ? unresolvable(name, 'pod has unbound immediate PersistentVolumeClaims') : out;
  }

  /** The plan for a node, or the reasons against it, or an error. */
  function plan(claims: Claims, node: NodeInfo): VolumePlan | readonly string[] | Status {
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
    const unbound = bindOrProvision(claims.delayed, node, out);
    if (typeof unbound === 'object') return unbound;
    if (unbound) reasons.push(unbound);
    if (!volumesExist) reasons.push(NO_VOLUME);
    return reasons.length ? reasons : out;
  }

  function bindOrProvision(
    delayed: readonly PersistentVolumeClaim[],
    node: NodeInfo,
    out: VolumePlan,
  ): string | Status {
    const toFind: PersistentVolumeClaim[] = [];
    for (const claim of delayed) {
      const selected = claim.metadata.annotations?.[SELECTED_NODE];
      if (selected === undefined) toFind.push(claim);
      else if (selected !== node.name) return BIND_CONFLICT;
      else out.provision.push(claim);
    }
    const taken = new Set<string>();
    for (const claim of toFind.sort((a, b) => compareQuantity(sizeOf(a), sizeOf(b)))) {
      const className = classNameOf(claim);
      const ofClass = [...objects.list<PersistentVolume>('PersistentVolume')].filter(
        (pv) => classNameOf(pv) === className,
      );
      const volume = matchingVolume(claim, ofClass, node.node!, taken);
      if (volume) {
        taken.add(volume.metadata.name);
        out.bindings.push({ claim, volume });
      } else out.provision.push(claim);
    }
    for (const claim of out.provision) {
      const className = classNameOf(claim);
      const storageClass = classOf(objects, className);
      if (!storageClass) return failure(name, `failed to find storage class "${className}"`);
      if (!storageClass.provisioner || storageClass.provisioner === 'kubernetes.io/no-provisioner')
        return BIND_CONFLICT;
      if (!topologyAllowed(storageClass, node.labels)) return BIND_CONFLICT;
      if (!capacityEnough(objects, storageClass, claim, node.node!)) return NO_SPACE;
    }
    return '';
  }

  return {
    name,
    needs: { preFilter: 'not found' },
    events: () => EVENTS,
    preFilter(state, { pod, cls }) {
      const has = cls.hasVolumes && check(pod);
      if (typeof has === 'string') return { status: unresolvable(name, has) };
      if (!has) return { status: skip };
      const claims = sort(pod);
      if ('code' in claims) return { status: claims };
      state.write(name, claims);
      state.write(plansKey, new Map<string, VolumePlan>());
      return { status: success };
    },
    filter(state, _pod, node) {
      const result = plan(state.read<Claims>(name)!, node);
      if ('code' in result) return result;
      if ('bindings' in result) {
        state.read<Map<string, VolumePlan>>(plansKey)!.set(node.name, result);
        return success;
      }
      return unresolvable(name, ...result);
    },
    preScore: () => skip,
    score: () => 0,
  };
};
