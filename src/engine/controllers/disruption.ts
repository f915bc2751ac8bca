import type { Deployment, ReplicaSet, StatefulSet } from '../api/apps.ts';
import type { Pod, ReplicationController } from '../api/core.ts';
import { resourceOfKind } from '../api/discovery.ts';
import { type Condition, controllerOf, type KubeObject, type LabelSelector, type OwnerReference } from '../api/meta.ts';
import type { PodDisruptionBudget } from '../api/policy.ts';
import type { WatchEvent } from '../api/request.ts';
import type { Component, Context, Key } from '../client/component.ts';
import type { Lister } from '../client/lister.ts';
import { equalPlain } from '../sim/plain.ts';
import { type Ms, parseTime, rfc3339 } from '../sim/time.ts';
import { holdBackUntil, type LastSync, noteSync } from './shared/hold-back.ts';
import { labelsChanged } from './shared/owners.ts';
import { podMattersToOwner } from './shared/pod-changes.ts';
import { followPod, podsMatching, SelectorIndex } from './shared/pod-index.ts';
import { isReady, podCondition } from './shared/pods.ts';
import type { Requeue } from './shared/result.ts';
import { scaledValue } from './shared/scale.ts';

type Budget = PodDisruptionBudget;

/** How long an evicted pod may take to be marked for deletion. */
const DELETION_TIMEOUT_MS = 120_000;

/** From finding no pods until saying so: manifests bring budgets and pods in one breath. */
const EMPTY_MS = 1000;

/** Keeps every PodDisruptionBudget's status. Keys: `budget/KEY`, `empty/KEY`, `pod/KEY`. Upstream: pkg/controller/disruption */
export function disruptionController(): Component {
  const index = new SelectorIndex<Budget>('PodDisruptionBudget', (b) => b.spec.selector);
  const controller: Component<LastSync> = {
    name: 'controllermanager',
    watches: ['PodDisruptionBudget', 'Pod'],
    keysFor: (e, list) => keysFor(e, list, index),
    initial: () => ({}),
    reconcile(key, ctx, last) {
      if (key.startsWith('pod/')) return clearStaleCondition(key.slice(4), ctx);
      if (key.startsWith('empty/')) return sayEmpty(key.slice(6), ctx);
      const budget = ctx.list.byKey<Budget>('PodDisruptionBudget', key.slice(7));
      if (!budget) delete last[key];
      else return sync(key, budget, ctx, last);
    },
  };
  return controller as Component;
}

function keysFor(e: WatchEvent, list: Lister, index: SelectorIndex<Budget>): Key[] {
  if (e.kind === 'PodDisruptionBudget') {
    index.follow(e, list);
    const sameGeneration = e.old && e.old.metadata.generation === e.object.metadata.generation;
    const before = (e.old as unknown as Budget | undefined)?.status?.disruptedPods;
    const after = (e.object as unknown as Budget).status?.disruptedPods;
    return sameGeneration && equalPlain(before ?? {}, after ?? {}) ? [] : [`budget/${e.key}`];
  }
  followPod(e, list);
  const pod = e.object as unknown as Pod;
  const target = podCondition(pod, 'DisruptionTarget');
  const stale =
    target?.status === 'True' && e.type !== 'DELETED' && pod.metadata.deletionTimestamp === undefined
      ? [`pod/${e.key}`]
      : [];
  if (!podMattersToOwner(e)) return stale;
  const namespace = pod.metadata.namespace!;
  const keys = index.matching(list, namespace, pod.metadata.labels);
  if (labelsChanged(e)) keys.push(...index.matching(list, namespace, e.old!.metadata.labels));
  return [...new Set(keys.map((key) => `budget/${key}`)), ...stale];
}

/** A pod that was to be disrupted and was not deleted within 2 min is no target any longer. */
function clearStaleCondition(key: string, ctx: Context): Requeue {
  const pod = ctx.list.byKey<Pod>('Pod', key);
  const target = pod && podCondition(pod, 'DisruptionTarget');
  if (!pod || target?.status !== 'True' || pod.metadata.deletionTimestamp !== undefined) return undefined;
  const at = (parseTime(target.lastTransitionTime) ?? ctx.now) + DELETION_TIMEOUT_MS;
  if (ctx.now < at) return { requeueAt: at };
  const cleared: Condition = { type: 'DisruptionTarget', status: 'False', lastTransitionTime: rfc3339(ctx.now) };
  const conditions = pod.status.conditions!.map((c) => (c === target ? cleared : c));
  ctx.api.updateStatus<Pod>({ ...pod, status: { ...pod.status, conditions } });
  return undefined;
}

function sync(key: Key, budget: Budget, ctx: Context, last: LastSync): Requeue {
  const namespace = budget.metadata.namespace!;
  const current = budget.status?.observedGeneration === budget.metadata.generation;
  const at = current ? holdBackUntil(last, key, ctx.now) : undefined;
  if (at !== undefined) return { requeueAt: at };
  const pods = budget.spec.selector ? podsMatching(ctx.list, namespace, budget.spec.selector) : [];
  noteSync(last, key, pods.length, ctx.now);
  const news = budget.status?.observedGeneration === undefined || (budget.status.expectedPods ?? 0) > 0;
  if (pods.length === 0 && news) ctx.wake(`empty/${key.slice(7)}`, ctx.now + EMPTY_MS);
  const expected = expectation(budget, pods, ctx);
  if ('failure' in expected) {
    const message = `Failed to calculate the number of expected pods: ${expected.failure}`;
    if (fail(budget, expected.failure, ctx)) say(budget, 'Warning', 'CalculateExpectedPodCountFailed', message, ctx);
    return undefined;
  }
  const { disrupted, recheckAt } = stillDisrupted(budget, pods, ctx);
  const healthy = pods.filter(
    (pod) => pod.metadata.deletionTimestamp === undefined && disrupted[pod.metadata.name] === undefined && isReady(pod),
  ).length;
  if (write(budget, expected, healthy, disrupted, ctx) && expected.unmanaged) sayUnmanaged(budget, ctx);
  return recheckAt === undefined ? undefined : { requeueAt: recheckAt };
}

/** A budget without pods is told so, unless they come right behind it. */
function sayEmpty(key: string, ctx: Context): undefined {
  const budget = ctx.list.byKey<Budget>('PodDisruptionBudget', key);
  if (!budget) return;
  const pods = budget.spec.selector ? podsMatching(ctx.list, budget.metadata.namespace!, budget.spec.selector) : [];
  if (pods.length === 0) say(budget, 'Normal', 'NoPods', 'No matching pods found', ctx);
}

function say(budget: Budget, type: 'Normal' | 'Warning', reason: string, message: string, ctx: Context): void {
  ctx.events.event(budget, { type, reason, message });
}

/** A selector as Go prints it. */
function goSelector(selector: LabelSelector | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([k, v]) => `${k}: ${v},`);
  const expressions = (selector?.matchExpressions ?? []).map(
    (r) => `LabelSelectorRequirement{Key:${r.key},Operator:${r.operator},Values:[${(r.values ?? []).join(' ')}],},`,
  );
  const requirements = `[]LabelSelectorRequirement{${expressions.join('')}}`;
  return `&LabelSelector{MatchLabels:map[string]string{${labels.sort().join('')}},MatchExpressions:${requirements},}`;
}

function sayUnmanaged(budget: Budget, ctx: Context): void {
  const message =
    `Pods selected by this PodDisruptionBudget (selector: ${goSelector(budget.spec.selector)}) were found to be unmanaged. ` +
    'As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. ' +
    'To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.';
  say(budget, 'Warning', 'UnmanagedPods', message, ctx);
}

interface Expectation {
  expected: number;
  desired: number;
  unmanaged: boolean;
}

/** How many pods there should be and how many have to be healthy. */
function expectation(budget: Budget, pods: readonly Pod[], ctx: Context): Expectation | { failure: string } {
  const { maxUnavailable, minAvailable } = budget.spec;
  if (maxUnavailable === undefined && typeof minAvailable === 'number')
    return { expected: pods.length, desired: minAvailable, unmanaged: false };
  if (maxUnavailable === undefined && minAvailable === undefined) return { expected: 0, desired: 0, unmanaged: false };
  const scale = expectedScale(pods, ctx);
  if ('failure' in scale) return scale;
  const { expected, unmanaged } = scale;
  if (maxUnavailable !== undefined)
    return { expected, desired: Math.max(0, expected - scaledValue(maxUnavailable, expected, true)), unmanaged };
  return { expected, desired: scaledValue(minAvailable, expected, true), unmanaged };
}

/** The sum of what the pods' controllers want. */
function expectedScale(
  pods: readonly Pod[],
  ctx: Context,
): { expected: number; unmanaged: boolean } | { failure: string } {
  const scales = new Map<string, number>();
  let unmanaged = false;
  for (const pod of pods) {
    const ref = controllerOf(pod);
    if (!ref) {
      unmanaged = true;
      continue;
    }
    if (scales.has(ref.uid)) continue;
    const found = scaleOf(pod, ref, ctx.list);
    if (typeof found === 'string') return { failure: found };
    scales.set(ref.uid, 0);
    scales.set(found.uid, found.scale);
  }
  return { expected: [...scales.values()].reduce((sum, n) => sum + n, 0), unmanaged };
}

type Scalable = Deployment | ReplicaSet | StatefulSet | ReplicationController;

/** The controller that scales the pod and its size, or why there is none. */
function scaleOf(pod: Pod, ref: OwnerReference, list: Lister): { uid: string; scale: number } | string {
  const missing = `found no controllers for pod "${pod.metadata.name}"`;
  const info = resourceOfKind(ref.kind);
  if (!info) return missing;
  if (!info.subresources.includes('scale')) {
    const resource = info.group ? `${info.plural}.${info.group}` : info.plural;
    return `${resource} does not implement the scale subresource`;
  }
  let owner = list.get<KubeObject>(ref.kind, pod.metadata.namespace, ref.name);
  if (owner?.metadata.uid !== ref.uid) return missing;
  const parent = controllerOf(owner);
  if (ref.kind === 'ReplicaSet' && parent?.kind === 'Deployment') {
    owner = list.get<KubeObject>('Deployment', pod.metadata.namespace, parent.name);
    if (owner?.metadata.uid !== parent.uid) return missing;
  }
  return { uid: owner.metadata.uid, scale: (owner as Scalable).spec.replicas ?? 1 };
}

/** Evicted pods whose deletion is still to be seen, and when the first of them counts as not deleted. */
function stillDisrupted(
  budget: Budget,
  pods: readonly Pod[],
  ctx: Context,
): { disrupted: Record<string, string>; recheckAt: Ms | undefined } {
  const disrupted: Record<string, string> = {};
  let recheckAt: Ms | undefined;
  for (const pod of pods) {
    const noted = budget.status?.disruptedPods?.[pod.metadata.name];
    if (noted === undefined || pod.metadata.deletionTimestamp !== undefined) continue;
    const until = (parseTime(noted) ?? 0) + DELETION_TIMEOUT_MS;
    if (until < ctx.now) {
      const message = `Pod was expected by PDB ${budget.metadata.namespace}/${budget.metadata.name} to be deleted but it wasn't`;
      ctx.events.event(pod, { type: 'Warning', reason: 'NotDeleted', message });
      continue;
    }
    disrupted[pod.metadata.name] = noted;
    recheckAt = Math.min(recheckAt ?? until + 1, until + 1);
  }
  return { disrupted, recheckAt };
}

function allowedCondition(
  budget: Budget,
  status: Condition['status'],
  reason: string,
  message: string,
  now: Ms,
): Condition {
  const known = budget.status?.conditions?.find((c) => c.type === 'DisruptionAllowed');
  const lastTransitionTime =
    known?.status === status && known.lastTransitionTime ? known.lastTransitionTime : rfc3339(now);
  return {
    lastTransitionTime,
    message,
    observedGeneration: budget.metadata.generation!,
    reason,
    status,
    type: 'DisruptionAllowed',
  };
}

const withAllowed = (budget: Budget, condition: Condition): Condition[] => {
  const known = budget.status?.conditions ?? [];
  return known.some((c) => c.type === condition.type)
    ? known.map((c) => (c.type === condition.type ? condition : c))
    : [...known, condition];
};

/** Writes the status. Out: whether it was another one. */
function write(
  budget: Budget,
  e: Expectation,
  healthy: number,
  disrupted: Record<string, string>,
  ctx: Context,
): boolean {
  const allowed = e.expected <= 0 ? 0 : Math.max(0, healthy - e.desired);
  const [status, reason] =
    allowed > 0 ? (['True', 'SufficientPods'] as const) : (['False', 'InsufficientPods'] as const);
  const { disruptedPods: _, ...was } = budget.status ?? {};
  const next: Budget['status'] = {
    ...was,
    currentHealthy: healthy,
    desiredHealthy: e.desired,
    expectedPods: e.expected,
    disruptionsAllowed: allowed,
    observedGeneration: budget.metadata.generation!,
    ...(Object.keys(disrupted).length ? { disruptedPods: disrupted } : {}),
    conditions: withAllowed(budget, allowedCondition(budget, status, reason, '', ctx.now)),
  };
  if (equalPlain(next, budget.status)) return false;
  ctx.api.updateStatus<Budget>({ ...budget, status: next });
  return true;
}

/** When nothing can be computed, nothing may be disrupted. Out: whether that is news. */
function fail(budget: Budget, failure: string, ctx: Context): boolean {
  const condition = allowedCondition(budget, 'False', 'SyncFailed', failure, ctx.now);
  const next: Budget['status'] = {
    ...(budget.status ?? { currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }),
    disruptionsAllowed: 0,
    observedGeneration: budget.metadata.generation!,
    conditions: withAllowed(budget, condition),
  };
  if (equalPlain(next, budget.status)) return false;
  ctx.api.updateStatus<Budget>({ ...budget, status: next });
  return true;
}
