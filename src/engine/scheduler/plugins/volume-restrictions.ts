import type { PersistentVolumeClaim, Pod, Volume } from '../../api/core.ts';
import { ADD, DELETE } from '../framework/events.ts';
import type { Handle, PluginFactory } from '../framework/interface.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import { skip, success, unresolvable, unschedulable } from '../framework/status.ts';
import { claimNotFound, claimOf, usesClaim } from './claims.ts';

const name = 'VolumeRestrictions';
const DISK_CONFLICT = unschedulable(name, 'node(s) had no available disk');
const IN_USE = unschedulable(
  name,
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
);

interface Disk {
  pdName?: string;
  volumeID?: string;
  iqn?: string;
  monitors?: string[];
  pool?: string;
  image?: string;
  readOnly?: boolean;
}

const disk = (v: Volume, source: string): Disk | undefined => v[source] as Disk | undefined;
const SOURCES = ['gcePersistentDisk', 'awsElasticBlockStore', 'rbd', 'iscsi'];
const isExclusive = (v: Volume): boolean => SOURCES.some((s) => v[s] !== undefined);

/** Whether two inline volumes are one disk that both cannot mount. */
function sameDisk(a: Volume, b: Volume): boolean {
  const shared = (x: Disk, y: Disk): boolean => !!(x.readOnly && y.readOnly);
  const of = (source: string, same: (x: Disk, y: Disk) => boolean): boolean => {
    const x = disk(a, source);
    const y = disk(b, source);
    return !!x && !!y && same(x, y);
  };
  const pool = (d: Disk): string => d.pool || 'rbd';
  return (
    of('gcePersistentDisk', (x, y) => x.pdName === y.pdName && !shared(x, y)) ||
    of('awsElasticBlockStore', (x, y) => x.volumeID === y.volumeID) ||
    of('iscsi', (x, y) => x.iqn === y.iqn && !shared(x, y)) ||
    of(
      'rbd',
      (x, y) =>
        !!x.monitors?.some((m) => y.monitors?.includes(m)) &&
        pool(x) === pool(y) &&
        x.image === y.image &&
        !shared(x, y),
    )
  );
}

const diskConflict = (pod: Pod, other: Pod): boolean =>
  pod.spec.volumes?.some((v) => isExclusive(v) && other.spec.volumes?.some((o) => sameDisk(v, o))) ?? false;

const claimNames = (pod: Pod): string[] =>
  pod.spec.volumes?.flatMap((v) => v.persistentVolumeClaim?.claimName ?? []) ?? [];

/** The pod's exclusive claims, and how many of them other pods hold. */
class Exclusive {
  readonly claims: ReadonlySet<string>;
  readonly namespace: string | undefined;
  conflicts: number;
  constructor(namespace: string | undefined, claims: ReadonlySet<string>, conflicts: number) {
    this.namespace = namespace;
    this.claims = claims;
    this.conflicts = conflicts;
  }
  clone(): Exclusive {
    return new Exclusive(this.namespace, this.claims, this.conflicts);
  }
  change(pod: PodInfo, sign: 1 | -1): void {
    if (pod.pod.metadata.namespace !== this.namespace) return;
    for (const claim of claimNames(pod.pod)) if (this.claims.has(claim)) this.conflicts += sign;
  }
}

function inUse(handle: Handle, namespace: string | undefined, claim: string): boolean {
  return handle
    .nodes()
    .some((n) =>
      n.pods.some(
        (p) => p.cls.hasVolumes && p.pod.metadata.namespace === namespace && claimNames(p.pod).includes(claim),
      ),
    );
}

/** One disk, one writer; one exclusive claim, one pod. Upstream: pkg/scheduler/framework/plugins/volumerestrictions */
export const VolumeRestrictions: PluginFactory = (handle) => ({
  name,
  needs: { preFilter: 'cannot read "PreFilterVolumeRestrictions" from cycleState' },
  events: () => [
    {
      resource: 'Pod',
      action: DELETE,
      hint: (pod, { old }) => {
        const gone = old as Pod;
        if (gone.metadata.namespace !== pod.metadata.namespace) return 'Skip';
        const own = claimNames(pod);
        return diskConflict(pod, gone) || claimNames(gone).some((c) => own.includes(c)) ? 'Queue' : 'Skip';
      },
    },
    { resource: 'Node', action: ADD },
    {
      resource: 'PersistentVolumeClaim',
      action: ADD,
      hint: (pod, { now }) => (usesClaim(pod, now as PersistentVolumeClaim) ? 'Queue' : 'Skip'),
    },
  ],
  preFilter(state, { pod, cls }) {
    if (!cls.hasVolumes) return { status: skip };
    const exclusive = new Set<string>();
    for (const claimName of claimNames(pod)) {
      const claim = claimOf(handle.objects, pod, claimName);
      if (!claim) return { status: unresolvable(name, claimNotFound(claimName)) };
      if (claim.spec.accessModes?.includes('ReadWriteOncePod')) exclusive.add(claimName);
    }
    const conflicts = [...exclusive].filter((c) => inUse(handle, pod.metadata.namespace, c)).length;
    if (conflicts === 0 && !pod.spec.volumes?.some(isExclusive)) return { status: skip };
    state.write(name, new Exclusive(pod.metadata.namespace, exclusive, conflicts));
    return { status: success };
  },
  addPod: (state, _pod, added) => state.read<Exclusive>(name)!.change(added, 1),
  removePod: (state, _pod, removed) => state.read<Exclusive>(name)!.change(removed, -1),
  filter(state, { pod }, node) {
    if (node.pods.some((p) => p.cls.hasVolumes && diskConflict(pod, p.pod))) return DISK_CONFLICT;
    return state.read<Exclusive>(name)!.conflicts > 0 ? IN_USE : success;
  },
});
