/** The two strategies. Upstream: pkg/controller/deployment/rolling.go, recreate.go */
import type { Deployment, ReplicaSet } from '../../api/apps.ts';
import type { Pod } from '../../api/core.ts';
import type { Context } from '../../client/component.ts';
import { isTerminal } from '../shared/pods.ts';
import {
  allOf,
  type Family,
  isActiveSet,
  maxUnavailable,
  newReplicas,
  replicasOf,
  scaleReplicaSet,
  totalAvailable,
  totalSpec,
  wantedReplicas,
} from './replica-sets.ts';

/** Sizes the new ReplicaSet as the surge allows. Out: whether anything changed. */
export function growNew(d: Deployment, f: Family, ctx: Context): boolean {
  const rs = f.newRs;
  if (!rs || replicasOf(rs) === wantedReplicas(d)) return false;
  if (replicasOf(rs) > wantedReplicas(d)) return scaleReplicaSet(d, rs, wantedReplicas(d), ctx);
  const size = newReplicas(d, f);
  return size !== replicasOf(rs) && scaleReplicaSet(d, rs, size, ctx);
}

/** Takes replicas from old ReplicaSets as far as availability allows: unhealthy ones first, then healthy ones. */
export function shrinkOld(d: Deployment, f: Family, ctx: Context): void {
  const old = f.oldRss.filter(isActiveSet);
  if (old.length === 0 || !f.newRs) return;
  const minAvailable = wantedReplicas(d) - maxUnavailable(d);
  const newUnavailable = replicasOf(f.newRs) - (f.newRs.status?.availableReplicas ?? 0);
  const room = totalSpec(allOf(f)) - minAvailable - newUnavailable;
  if (room <= 0) return;
  const sizes = new Map(old.map((rs) => [rs, replicasOf(rs)]));
  takeUnhealthy(old, sizes, room, (rs, size) => scaleReplicaSet(d, rs, size, ctx));
  // the sets were replaced by their scaled versions: read them again before the healthy ones go
  const fresh = old.map((rs) => (ctx.list.byUid(rs.metadata.uid) as ReplicaSet | undefined) ?? rs);
  let left = totalAvailable(allOf(f)) - minAvailable;
  for (const rs of fresh) {
    const take = Math.min(replicasOf(rs), left);
    if (take <= 0) continue;
    scaleReplicaSet(d, rs, replicasOf(rs) - take, ctx);
    left -= take;
  }
}

function takeUnhealthy(
  old: readonly ReplicaSet[],
  sizes: Map<ReplicaSet, number>,
  room: number,
  scale: (rs: ReplicaSet, size: number) => void,
): void {
  let taken = 0;
  for (const rs of old) {
    const has = sizes.get(rs)!;
    const take = Math.min(room - taken, has - (rs.status?.availableReplicas ?? 0));
    if (take <= 0) continue;
    scale(rs, has - take);
    taken += take;
  }
}

/** Recreate: takes all old ReplicaSets to 0. Out: whether any was not there yet. */
export function dropOld(d: Deployment, f: Family, ctx: Context): boolean {
  let dropped = false;
  for (const rs of f.oldRss.filter(isActiveSet)) dropped = scaleReplicaSet(d, rs, 0, ctx) || dropped;
  return dropped;
}

/** Recreate waits while an old ReplicaSet counts pods or an unfinished pod of one exists, a terminating one included. */
export function oldPodsRemain(f: Family, ctx: Context): boolean {
  for (const rs of f.oldRss) {
    if ((rs.status?.replicas ?? 0) > 0) return true;
    for (const pod of ctx.list.ownedBy<Pod>('Pod', rs.metadata.uid)) if (!isTerminal(pod)) return true;
  }
  return false;
}
