/** StatefulSets: pods with names, one after another. Upstream: pkg/controller/statefulset/stateful_set_control.go */
import type { ControllerRevision, StatefulSet } from '../../api/apps.ts';
import type { Pod } from '../../api/core.ts';
import { matchesSelector } from '../../api/selector.ts';
import type { Component, Context, Key } from '../../client/component.ts';
import { equalPlain } from '../../sim/plain.ts';
import type { Ms } from '../../sim/time.ts';
import { claim } from '../shared/claim.ts';
import { templateHash } from '../shared/hash.ts';
import { byRevision, ensureRevision, templatePatch, truncateHistory } from '../shared/history.ts';
import { ownersOf, specChanged } from '../shared/owners.ts';
import { podMattersToOwner } from '../shared/pod-changes.ts';
import { availableAt, isAvailable, isReady } from '../shared/pods.ts';
import { backoffMs, type Failures, forget, type Requeue } from '../shared/result.ts';
import { ensureClaims, syncClaimOwners } from './claims.ts';
import { ordinalOf, podOf, REVISION_LABEL, repaired, revisionOf, startOrdinal, wantedReplicas } from './identity.ts';

interface SetState {
  failures: Failures;
}

export const statefulSetController = (): Component => controller as Component;

const controller: Component<SetState> = {
  name: 'statefulset-controller',
  watches: ['StatefulSet', 'Pod'],
  keysFor(e, list) {
    if (e.kind === 'StatefulSet') return specChanged(e) ? [e.key] : [];
    if (!podMattersToOwner(e)) return [];
    const adopts = (set: StatefulSet): boolean =>
      ordinalOf(set, e.object) >= 0 && matchesSelector(set.spec.selector, e.object.metadata.labels);
    return ownersOf<StatefulSet>(e, 'StatefulSet', list, adopts);
  },
  initial: () => ({ failures: {} }),
  reconcile(key, ctx, state) {
    const set = ctx.list.byKey<StatefulSet>('StatefulSet', key);
    if (!set) {
      forget(state.failures, key);
      return;
    }
    return sync(key, set, ctx, state);
  },
};

const isMonotonic = (set: StatefulSet): boolean => set.spec.podManagementPolicy !== 'Parallel';
const isGoing = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined;
const isRunningAndReady = (pod: Pod): boolean => pod.status?.phase === 'Running' && isReady(pod);
const isHealthy = (pod: Pod | undefined): boolean => pod !== undefined && isRunningAndReady(pod) && !isGoing(pod);

/** What one sync works on. */
interface Work {
  set: StatefulSet;
  current: ControllerRevision;
  update: ControllerRevision;
  /** By ordinal from the first one; `undefined`: no such pod. */
  slots: (Pod | undefined)[];
  /** Pods beyond the wanted ordinals, the highest first. */
  condemned: Pod[];
}

function sync(key: Key, set: StatefulSet, ctx: Context, state: SetState): Requeue {
  const revisions = syncRevisions(set, ctx);
  if (!revisions) return { requeueAt: ctx.now + backoffMs(state.failures, key) };
  const matches = (pod: Pod): boolean =>
    ordinalOf(set, pod) >= 0 && matchesSelector(set.spec.selector, pod.metadata.labels);
  const pods = claim<Pod>(ctx, set, 'Pod', matches);
  const { current, update } = revisions;
  const work: Work = { set, current, update, ...sortPods(set, pods) };
  let refusal: string | undefined;
  if (set.metadata.deletionTimestamp === undefined) {
    const step = fillSlots(work, ctx);
    refusal = step.refusal;
    if (!step.stop && !dropCondemned(work, ctx)) rollOn(work, ctx);
  }
  const left = [...ctx.list.ownedBy<Pod>('Pod', set.metadata.uid)].filter(matches);
  writeStatus(work, left, ctx);
  cleanHistory(work, revisions.all, left, ctx);
  if (refusal !== undefined) return { requeueAt: ctx.now + backoffMs(state.failures, key) };
  forget(state.failures, key);
  return nextAvailable(set, left, ctx.now);
}

interface Revisions {
  current: ControllerRevision;
  update: ControllerRevision;
  all: ControllerRevision[];
}

/** The revision the set is at and the one it goes to. */
function syncRevisions(set: StatefulSet, ctx: Context): Revisions | undefined {
  const matches = (r: ControllerRevision): boolean => matchesSelector(set.spec.selector, r.metadata.labels);
  const all = claim<ControllerRevision>(ctx, set, 'ControllerRevision', matches);
  const hash = templateHash(templatePatch(set.spec.template), set.status?.collisionCount ?? 0);
  const name = `${set.metadata.name.slice(0, 223)}-${hash}`;
  const r = ensureRevision(ctx, set, all, {
    name,
    labels: { ...set.spec.template.metadata?.labels, [REVISION_LABEL]: name },
    annotations: set.metadata.annotations,
    data: templatePatch(set.spec.template),
  });
  if (!('revision' in r)) {
    const collisionCount = (set.status?.collisionCount ?? 0) + 1;
    if (r.collision) ctx.api.updateStatus<StatefulSet>({ ...set, status: { ...set.status, collisionCount } });
    return undefined;
  }
  const current = all.find((x) => x.metadata.name === set.status?.currentRevision) ?? r.revision;
  return { current, update: r.revision, all };
}

function sortPods(set: StatefulSet, pods: readonly Pod[]): { slots: (Pod | undefined)[]; condemned: Pod[] } {
  const start = startOrdinal(set);
  const slots: (Pod | undefined)[] = Array.from({ length: wantedReplicas(set) }, () => undefined);
  const condemned: Pod[] = [];
  for (const pod of pods) {
    const i = ordinalOf(set, pod) - start;
    if (i >= 0 && i < slots.length) slots[i] = pod;
    else condemned.push(pod);
  }
  condemned.sort((a, b) => ordinalOf(set, b) - ordinalOf(set, a));
  return { slots, condemned };
}

/** The revision a missing pod is made at: below the partition the current one. */
function revisionFor({ set, current, update }: Work, ordinal: number): ControllerRevision {
  const strategy = set.spec.updateStrategy;
  if ((strategy?.type ?? 'RollingUpdate') !== 'RollingUpdate') return update;
  const held = strategy?.rollingUpdate ? (strategy.rollingUpdate.partition ?? 0) : (set.status?.currentReplicas ?? 0);
  return ordinal < startOrdinal(set) + held ? current : update;
}

interface Step {
  stop: boolean;
  refusal?: string;
}

/** Walks the ordinals upwards; in order, the first pod that needs anything ends the sync. */
function fillSlots(work: Work, ctx: Context): Step {
  const { set, slots } = work;
  const monotonic = isMonotonic(set);
  for (const [i, pod] of slots.entries()) {
    const ordinal = startOrdinal(set) + i;
    if (!pod) {
      const refusal = create(work, ordinal, ctx);
      if (refusal !== undefined) return { stop: true, refusal };
      if (monotonic) return { stop: true };
      continue;
    }
    if (pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') {
      if (!isGoing(pod)) deletePod(set, pod, ctx);
      return { stop: true };
    }
    if (pod.status?.phase === 'Pending') {
      const refusal = ensureClaims(set, ordinal, ctx);
      if (refusal !== undefined) return { stop: true, refusal };
    }
    if (
      monotonic &&
      (isGoing(pod) || !isRunningAndReady(pod) || !isAvailable(pod, set.spec.minReadySeconds ?? 0, ctx.now))
    )
      return { stop: true };
    const next = repaired(set, pod);
    if (next !== pod) ctx.api.update<Pod>(next);
    syncClaimOwners(set, pod, false, ctx);
  }
  return { stop: false };
}

/** Makes the claims and then the pod of an ordinal, with the events on the set. */
function create(work: Work, ordinal: number, ctx: Context): string | undefined {
  const { set } = work;
  const name = `${set.metadata.name}-${ordinal}`;
  const refused = (message: string): string => {
    const text = `Create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${message}`;
    ctx.events.event(set, { type: 'Warning', reason: 'FailedCreate', message: text });
    return message;
  };
  const refusal = ensureClaims(set, ordinal, ctx);
  if (refusal !== undefined) return refused(refusal);
  const r = ctx.api.create<Pod>(podOf(set, ordinal, revisionFor(work, ordinal)));
  if (!r.ok) return r.status.reason === 'AlreadyExists' ? r.status.message : refused(r.status.message);
  const message = `Create Pod ${name} in StatefulSet ${set.metadata.name} successful`;
  ctx.events.event(set, { type: 'Normal', reason: 'SuccessfulCreate', message });
  return undefined;
}

function deletePod(set: StatefulSet, pod: Pod, ctx: Context): void {
  const { name, namespace, uid } = pod.metadata;
  const r = ctx.api.delete('Pod', namespace, name, { preconditions: { uid } });
  if (!r.ok && r.status.reason === 'NotFound') return;
  const where = `Delete Pod ${name} in StatefulSet ${set.metadata.name}`;
  if (r.ok) ctx.events.event(set, { type: 'Normal', reason: 'SuccessfulDelete', message: `${where} successful` });
  else
    ctx.events.event(set, {
      type: 'Warning',
      reason: 'FailedDelete',
      message: `${where} failed error: ${r.status.message}`,
    });
}

/** The unhealthy pod with the lowest ordinal. */
function firstUnhealthy({ slots, condemned }: Work): Pod | undefined {
  return slots.find((pod) => pod && !isHealthy(pod)) ?? condemned.findLast((pod) => !isHealthy(pod));
}

/** Deletes pods beyond the wanted ordinals, the highest first; in order, one a sync. Out: whether the sync ends here. */
function dropCondemned(work: Work, ctx: Context): boolean {
  const { set, condemned } = work;
  const unhealthy = firstUnhealthy(work);
  for (const pod of condemned) syncClaimOwners(set, pod, true, ctx);
  for (const pod of condemned) {
    if (isGoing(pod)) {
      if (isMonotonic(set)) return true;
      continue;
    }
    if (isMonotonic(set) && !isRunningAndReady(pod) && pod !== unhealthy) return true;
    deletePod(set, pod, ctx);
    if (isMonotonic(set)) return true;
  }
  return false;
}

/** Rolling update: from the highest ordinal down to the partition, one pod at a time. */
function rollOn(work: Work, ctx: Context): void {
  const { set, slots, update } = work;
  if ((set.spec.updateStrategy?.type ?? 'RollingUpdate') !== 'RollingUpdate') return;
  const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  for (let i = slots.length - 1; i >= Math.max(0, partition - startOrdinal(set)); i--) {
    const pod = slots[i];
    if (!pod) return; // made just now
    if (revisionOf(pod) !== update.metadata.name && !isGoing(pod)) {
      deletePod(set, pod, ctx);
      return;
    }
    if (!isHealthy(pod) || !isAvailable(pod, set.spec.minReadySeconds ?? 0, ctx.now)) return;
  }
}

function writeStatus({ set, current, update }: Work, pods: readonly Pod[], ctx: Context): void {
  const minReady = set.spec.minReadySeconds ?? 0;
  const count = (test: (pod: Pod) => boolean): number => pods.filter(test).length;
  const at =
    (r: ControllerRevision) =>
    (pod: Pod): boolean =>
      !isGoing(pod) && revisionOf(pod) === r.metadata.name;
  const n = {
    readyReplicas: count(isRunningAndReady),
    availableReplicas: count((pod) => isRunningAndReady(pod) && isAvailable(pod, minReady, ctx.now)),
    currentReplicas: count(at(current)),
    updatedReplicas: count(at(update)),
  };
  let currentRevision = current.metadata.name;
  const rolling = (set.spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
  const wanted = wantedReplicas(set);
  if (rolling && n.updatedReplicas === wanted && pods.length === wanted && n.readyReplicas === wanted) {
    currentRevision = update.metadata.name;
    n.currentReplicas = n.updatedReplicas;
  }
  const { currentReplicas, updatedReplicas, readyReplicas, availableReplicas } = n;
  const some = (value: number, field: string): Record<string, number> => (value === 0 ? {} : { [field]: value });
  const status: StatefulSet['status'] = {
    observedGeneration: set.metadata.generation!,
    replicas: pods.length,
    ...some(readyReplicas, 'readyReplicas'),
    ...some(currentReplicas, 'currentReplicas'),
    ...some(updatedReplicas, 'updatedReplicas'),
    availableReplicas,
    currentRevision,
    updateRevision: update.metadata.name,
    collisionCount: set.status?.collisionCount ?? 0,
  };
  const stored = ctx.list.byUid(set.metadata.uid) as StatefulSet | undefined;
  if (stored && !equalPlain(status, stored.status)) ctx.api.updateStatus<StatefulSet>({ ...stored, status });
}

function cleanHistory(work: Work, all: readonly ControllerRevision[], pods: readonly Pod[], ctx: Context): void {
  const live = new Set([work.current.metadata.name, work.update.metadata.name, ...pods.map(revisionOf)]);
  const old = all.filter((r) => !live.has(r.metadata.name)).sort(byRevision);
  truncateHistory(ctx, old, work.set.spec.revisionHistoryLimit ?? 10, () => false);
}

function nextAvailable(set: StatefulSet, pods: readonly Pod[], now: Ms): Requeue {
  const minReady = set.spec.minReadySeconds ?? 0;
  const waits =
    minReady === 0 ? [] : pods.map((pod) => availableAt(pod, minReady)).filter((at) => at !== undefined && at > now);
  return waits.length ? { requeueAt: Math.min(...(waits as Ms[])) } : undefined;
}
