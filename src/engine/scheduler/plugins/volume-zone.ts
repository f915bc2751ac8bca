import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../api/core.ts';
import type { StorageClass } from '../../api/policy.ts';
import { equalPlain } from '../../sim/plain.ts';
import { ADD, UPDATE, UPDATE_NODE_LABEL } from '../framework/events.ts';
import type { Objects, PluginFactory } from '../framework/interface.ts';
import { type Status, skip, success, unresolvable } from '../framework/status.ts';
import { claimNotFound, claimOf, classNameOf, classOf, usesClaim, volumeOf } from './claims.ts';

const name = 'VolumeZone';
const REFUSED = unresolvable(name, 'node(s) had no available volume zone');
const TO_GA: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
};
const KEYS = [...Object.keys(TO_GA), ...Object.values(TO_GA)];

interface VolumeTopology {
  key: string;
  values: ReadonlySet<string>;
}

function topologiesOf(pv: PersistentVolume): VolumeTopology[] {
  const out: VolumeTopology[] = [];
  for (const key of KEYS) {
    const label = pv.metadata.labels?.[key];
    if (label === undefined) continue;
    const values = label.split('__').map((v) => v.trim());
    if (values.every((v) => v !== '')) out.push({ key, values: new Set(values) });
  }
  return out;
}

const zoneLabels = (pv: PersistentVolume): (string | undefined)[] => KEYS.map((k) => pv.metadata.labels?.[k]);

const refuse = (reason: string): { status: Status } => ({ status: unresolvable(name, reason) });

/** Where the pod's bound volumes exist, or why that cannot be said. */
function topologies(objects: Objects, pod: Pod): VolumeTopology[] | { status: Status } {
  const out: VolumeTopology[] = [];
  for (const volume of pod.spec.volumes ?? []) {
    // generic ephemeral volumes are none of its business
    if (!volume.persistentVolumeClaim) continue;
    const { claimName } = volume.persistentVolumeClaim;
    if (claimName === '') return refuse('PersistentVolumeClaim had no name');
    const claim = claimOf(objects, pod, claimName);
    if (!claim) return refuse(claimNotFound(claimName));
    if (claim.spec.volumeName) {
      const pv = volumeOf(objects, claim.spec.volumeName);
      if (!pv) return refuse(`persistentvolume "${claim.spec.volumeName}" not found`);
      out.push(...topologiesOf(pv));
      continue;
    }
    const className = classNameOf(claim);
    if (!className) return refuse('PersistentVolumeClaim had no pv name and storageClass name');
    const storageClass = classOf(objects, className);
    if (!storageClass) return refuse(`storageclass.storage.k8s.io "${className}" not found`);
    if (!storageClass.volumeBindingMode) return refuse(`VolumeBindingMode not set for StorageClass "${className}"`);
    if (storageClass.volumeBindingMode !== 'WaitForFirstConsumer') return refuse('PersistentVolume had no name');
  }
  return out;
}

/** A volume that exists in some zones draws its pod there. Upstream: pkg/scheduler/framework/plugins/volumezone */
export const VolumeZone: PluginFactory = ({ objects }) => {
  return {
    name,
    events: () => [
      {
        resource: 'StorageClass',
        action: ADD,
        hint: (_pod, { now }) =>
          (now as StorageClass).volumeBindingMode === 'WaitForFirstConsumer' ? 'Queue' : 'Skip',
      },
      { resource: 'Node', action: ADD | UPDATE_NODE_LABEL },
      {
        resource: 'PersistentVolumeClaim',
        action: ADD | UPDATE,
        hint: (pod, { now }) => (usesClaim(pod, now as PersistentVolumeClaim) ? 'Queue' : 'Skip'),
      },
      {
        resource: 'PersistentVolume',
        action: ADD | UPDATE,
        hint: (_pod, { old, now }) =>
          old && equalPlain(zoneLabels(old as PersistentVolume), zoneLabels(now as PersistentVolume))
            ? 'Skip'
            : 'Queue',
      },
    ],
    preFilter(state, { pod, cls }) {
      if (!cls.hasVolumes) return { status: skip };
      const found = topologies(objects, pod);
      if ('status' in found) return found;
      if (found.length === 0) return { status: skip };
      state.write(name, found);
      return { status: success };
    },
    filter(state, { pod }, { labels }) {
      // a profile may leave out its PreFilter
      const found = state.read<VolumeTopology[]>(name) ?? topologies(objects, pod);
      if ('status' in found) return found.status;
      if (!KEYS.some((k) => labels[k] !== undefined)) return success;
      for (const t of found) {
        const value = labels[t.key] ?? labels[TO_GA[t.key] ?? t.key];
        if (value === undefined || !t.values.has(value)) return REFUSED;
      }
      return success;
    },
  };
};
