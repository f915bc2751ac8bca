/** Scaling a Deployment, also paused or in mid-rollout. Upstream: pkg/controller/deployment/sync.go scale */
import type { Deployment, ReplicaSet } from '../../api/apps.ts';
import type { Context } from '../../client/component.ts';
import { byAge } from '../shared/order.ts';
import { desiredReplicasOf, maxReplicasOf } from './annotations.ts';
import {
  allOf,
  type Family,
  isActiveSet,
  isRolling,
  maxSurge,
  replicasOf,
  scaleReplicaSet,
  totalSpec,
  wantedReplicas,
} from './replica-sets.ts';

/** Whether `spec.replicas` changed since the ReplicaSets were last sized. */
export const isScalingEvent = (d: Deployment, f: Family): boolean =>
  allOf(f).some((rs) => {
    const desired = desiredReplicasOf(rs);
    return isActiveSet(rs) && desired !== undefined && desired !== wantedReplicas(d);
  });

/** The one active ReplicaSet; without an active one the newest; none when several are active. */
function activeOrLatest(f: Family): ReplicaSet | undefined {
  const active = allOf(f).filter(isActiveSet);
  if (active.length === 0) return f.newRs ?? f.oldRss.at(-1);
  return active.length === 1 ? active[0] : undefined;
}

function isSaturated(d: Deployment, rs: ReplicaSet | undefined): boolean {
  const wanted = wantedReplicas(d);
  return (
    rs !== undefined &&
    replicasOf(rs) === wanted &&
    desiredReplicasOf(rs) === wanted &&
    (rs.status?.availableReplicas ?? 0) === wanted
  );
}

export function scaleDeployment(d: Deployment, f: Family, ctx: Context): void {
  const only = activeOrLatest(f);
  if (only) scaleReplicaSet(d, only, wantedReplicas(d), ctx);
  else if (isSaturated(d, f.newRs)) for (const rs of f.oldRss.filter(isActiveSet)) scaleReplicaSet(d, rs, 0, ctx);
  else if (isRolling(d))
    for (const { rs, size } of proportionalSizes(d, allOf(f).filter(isActiveSet))) scaleReplicaSet(d, rs, size, ctx);
}

const roundHalfAway = (n: number): number => (n < 0 ? Math.ceil(n - 0.5) : Math.floor(n + 0.5));

/** Every active ReplicaSet's share of the new total; the first of the order takes what rounding leaves. */
export function proportionalSizes(d: Deployment, active: readonly ReplicaSet[]): { rs: ReplicaSet; size: number }[] {
  const wanted = wantedReplicas(d);
  const allowed = wanted === 0 ? 0 : wanted + maxSurge(d);
  const toAdd = allowed - totalSpec(active);
  const younger = toAdd > 0 ? -1 : 1;
  const order = [...active].sort((a, b) => replicasOf(b) - replicasOf(a) || younger * byAge(a, b));
  let added = 0;
  const sizes = order.map((rs) => {
    const share = toAdd === 0 || toAdd === added ? 0 : shareOf(d, rs, toAdd, toAdd - added);
    added += share;
    return { rs, size: replicasOf(rs) + share };
  });
  if (toAdd !== 0 && sizes[0]) sizes[0].size = Math.max(0, sizes[0].size + toAdd - added);
  return sizes;
}

function shareOf(d: Deployment, rs: ReplicaSet, toAdd: number, left: number): number {
  const has = replicasOf(rs);
  const wanted = wantedReplicas(d);
  const share = wanted === 0 ? -has : roundHalfAway((has * (wanted + maxSurge(d))) / basis(d, rs)) - has;
  return toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
}

/** The total the ReplicaSet was last sized for. */
const basis = (d: Deployment, rs: ReplicaSet): number => maxReplicasOf(rs) || d.status?.replicas || wantedReplicas(d);
