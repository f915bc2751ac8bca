import type { PersistentVolumeClaim } from '../../api/core.ts';
import type { KubeObject } from '../../api/meta.ts';
import type { CSINode, StorageClass } from '../../api/policy.ts';
import { compareQuantity } from '../../api/quantity.ts';
import { equalPlain } from '../../sim/plain.ts';
import { ADD, UPDATE, UPDATE_NODE_LABEL } from '../framework/events.ts';
import type { EventHint, Hint, PluginFactory } from '../framework/interface.ts';
import { skip, success, unresolvable } from '../framework/status.ts';
import { usesClaim } from './claims.ts';
import { type Claims, checkClaims, planFor, plansKey, sortClaims, type VolumePlan } from './volume-plan.ts';

const name = 'VolumeBinding';
const MIGRATED_PLUGINS = 'storage.alpha.kubernetes.io/migrated-plugins';

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
  return {
    name,
    needs: { preFilter: 'not found' },
    events: () => EVENTS,
    preFilter(state, { pod, cls }) {
      const has = cls.hasVolumes && checkClaims(objects, pod);
      if (typeof has === 'string') return { status: unresolvable(name, has) };
      if (!has) return { status: skip };
      const claims = sortClaims(objects, pod);
      if ('code' in claims) return { status: claims };
      state.write(name, claims);
      state.write(plansKey, new Map<string, VolumePlan>());
      return { status: success };
    },
    filter(state, _pod, node) {
      const result = planFor(objects, state.read<Claims>(name)!, node);
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
