/** A Deployment's status and conditions. Upstream: pkg/controller/deployment/progress.go, sync.go calculateStatus */
import type { Deployment, ReplicaSet } from '../../api/apps.ts';
import type { Condition } from '../../api/meta.ts';
import type { Context } from '../../client/component.ts';
import { equalPlain } from '../../sim/plain.ts';
import { type Ms, parseTime, rfc3339 } from '../../sim/time.ts';
import { conditionOf, withCondition, withoutCondition } from '../shared/conditions.ts';
import { allOf, type Family, maxUnavailable, totalSpec, wantedReplicas } from './replica-sets.ts';

type Status = Deployment['status'];

const MAX_INT32 = 2 ** 31 - 1;

export const hasDeadline = (d: Deployment): boolean =>
  d.spec.progressDeadlineSeconds !== undefined && d.spec.progressDeadlineSeconds !== MAX_INT32;

/** A condition of a Deployment as of now. */
export const deploymentCondition = (
  type: string,
  status: Condition['status'],
  reason: string,
  message: string,
  now: Ms,
): Condition => ({ type, status, lastUpdateTime: rfc3339(now), lastTransitionTime: rfc3339(now), reason, message });

const sumOf = (sets: readonly ReplicaSet[], field: 'replicas' | 'readyReplicas' | 'availableReplicas'): number =>
  sets.reduce((sum, rs) => sum + (rs.status?.[field] ?? 0), 0);

/** All sums and the Available condition; the other conditions as they were. */
function countedStatus(d: Deployment, f: Family, now: Ms): Status {
  const sets = allOf(f);
  const available = sumOf(sets, 'availableReplicas');
  const enough = available >= wantedReplicas(d) - maxUnavailable(d);
  const availability = enough
    ? deploymentCondition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', now)
    : deploymentCondition(
        'Available',
        'False',
        'MinimumReplicasUnavailable',
        'Deployment does not have minimum availability.',
        now,
      );
  const some = (n: number): number | undefined => (n === 0 ? undefined : n);
  return {
    observedGeneration: d.metadata.generation!,
    replicas: some(sumOf(sets, 'replicas'))!,
    updatedReplicas: some(f.newRs?.status?.replicas ?? 0)!,
    readyReplicas: some(sumOf(sets, 'readyReplicas'))!,
    availableReplicas: some(available)!,
    unavailableReplicas: some(Math.max(0, totalSpec(sets) - available))!,
    terminatingReplicas: sets.reduce((sum, rs) => sum + (rs.status?.terminatingReplicas ?? 0), 0),
    ...(d.status?.collisionCount === undefined ? {} : { collisionCount: d.status.collisionCount }),
    conditions: withCondition(d.status?.conditions, availability),
  };
}

/** All wanted pods are new, there are no others, and all are available. */
export function isComplete(d: Deployment, s: Status): boolean {
  const wanted = wantedReplicas(d);
  return (
    (s?.updatedReplicas ?? 0) === wanted &&
    (s?.replicas ?? 0) === wanted &&
    (s?.availableReplicas ?? 0) === wanted &&
    (s?.observedGeneration ?? 0) >= (d.metadata.generation ?? 0)
  );
}

function hasProgressed(d: Deployment, s: Status): boolean {
  const was = d.status ?? {};
  const old = (x: Status): number => (x.replicas ?? 0) - (x.updatedReplicas ?? 0);
  return (
    (s.updatedReplicas ?? 0) > (was.updatedReplicas ?? 0) ||
    old(s) < old(was) ||
    (s.readyReplicas ?? 0) > (was.readyReplicas ?? 0) ||
    (s.availableReplicas ?? 0) > (was.availableReplicas ?? 0)
  );
}

/** When a rollout without progress is given up; `undefined` when it cannot be. */
export function deadlineOf(d: Deployment, conditions: readonly Condition[] | undefined): Ms | undefined {
  const c = conditionOf(conditions, 'Progressing');
  if (!hasDeadline(d) || !c || c.reason === 'NewReplicaSetAvailable' || c.reason === 'ProgressDeadlineExceeded')
    return undefined;
  const since = parseTime(c.lastUpdateTime);
  return since === undefined ? undefined : since + d.spec.progressDeadlineSeconds! * 1000;
}

function progressConditions(d: Deployment, s: Status, f: Family, now: Ms): Condition[] {
  const conditions = s.conditions ?? [];
  if (!hasDeadline(d)) return withoutCondition(conditions, 'Progressing');
  const current = conditionOf(d.status?.conditions, 'Progressing');
  if ((s.replicas ?? 0) === (s.updatedReplicas ?? 0) && current?.reason === 'NewReplicaSetAvailable') return conditions;
  const subject = f.newRs ? `ReplicaSet "${f.newRs.metadata.name}"` : `Deployment "${d.metadata.name}"`;
  const progressing = (status: Condition['status'], reason: string, what: string): Condition =>
    deploymentCondition('Progressing', status, reason, `${subject} ${what}`, now);
  if (isComplete(d, s))
    return withCondition(conditions, progressing('True', 'NewReplicaSetAvailable', 'has successfully progressed.'));
  if (hasProgressed(d, s)) {
    const next = progressing('True', 'ReplicaSetUpdated', 'is progressing.');
    if (current?.status === 'True' && current.lastTransitionTime) next.lastTransitionTime = current.lastTransitionTime;
    return [...withoutCondition(conditions, 'Progressing'), next];
  }
  const deadline = deadlineOf(d, conditions);
  if (deadline !== undefined && deadline < now)
    return withCondition(conditions, progressing('False', 'ProgressDeadlineExceeded', 'has timed out progressing.'));
  return conditions;
}

/** The failure that a ReplicaSet reports, the new one's first. */
function failureOf(f: Family, now: Ms): Condition | undefined {
  for (const rs of f.newRs ? [f.newRs, ...f.oldRss] : f.oldRss) {
    const c = conditionOf(rs.status?.conditions, 'ReplicaFailure');
    if (c) return { ...c, lastUpdateTime: c.lastTransitionTime ?? rfc3339(now) };
  }
  return undefined;
}

/** Writes a status unless it is what stands there already. */
export function writeStatus(d: Deployment, status: Status, ctx: Context): Status {
  const current = ctx.list.byUid(d.metadata.uid) as Deployment | undefined;
  const clean = Object.fromEntries(Object.entries(status).filter(([, v]) => v !== undefined)) as Status;
  if (current && !equalPlain(clean, current.status ?? {}))
    ctx.api.updateStatus<Deployment>({ ...current, status: clean });
  return clean;
}

/** Status of a sync that moved no rollout (scaling, paused, deletion): no progress is judged. */
export const syncPlainStatus = (d: Deployment, f: Family, ctx: Context): Status =>
  writeStatus(d, countedStatus(d, f, ctx.now), ctx);

/** Status of a rollout step: sums, progress, failures. */
export function syncRolloutStatus(d: Deployment, f: Family, ctx: Context): Status {
  const status = countedStatus(d, f, ctx.now);
  status.conditions = progressConditions(d, status, f, ctx.now);
  const failure = failureOf(f, ctx.now);
  status.conditions = failure
    ? withCondition(status.conditions, failure)
    : withoutCondition(status.conditions, 'ReplicaFailure');
  return writeStatus(d, status, ctx);
}
