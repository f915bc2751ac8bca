/** pods/eviction: a delete that asks the budgets. Upstream: pkg/registry/core/pod/storage/eviction.go */
import type { Pod } from '../../api/core.ts';
import type { AnyObject, Condition } from '../../api/meta.ts';
import type { PodDisruptionBudget } from '../../api/policy.ts';
import type { ApiResponse, DeleteOptions } from '../../api/request.ts';
import { matchesSelector } from '../../api/selector.ts';
import { rfc3339 } from '../../sim/time.ts';
import { internalPlain, notFound, type Refusal, success, tooManyRequests } from '../errors.ts';
import { bag, type Scope } from '../scope.ts';

/** How many recently evicted pods a budget may remember before it refuses. */
const MAX_DISRUPTED = 2000;
const WORDS = "Cannot evict pod as it would violate the pod's disruption budget.";
const RETRY_SECONDS = 10;

export function evict(s: Scope): ApiResponse {
  const pod = s.server.store.get<Pod>('Pod', s.namespace, s.r.name ?? '');
  if (!pod) return notFound(s.info, s.r.name ?? '');
  const options = (bag(s.r.body).deleteOptions as DeleteOptions | undefined) ?? s.r.options ?? {};
  if (!withoutBudget(pod)) {
    const budgets = budgetsOf(s, pod);
    if (budgets.length > 1)
      return internalPlain(
        'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
      );
    const refused = budgets[0] && spend(s, pod, budgets[0]);
    if (refused) return refused;
  }
  if (!s.r.dryRun) markDisrupted(s, pod);
  const done = s.server.handle({
    verb: 'delete',
    apiVersion: 'v1',
    resource: 'pods',
    namespace: s.namespace!,
    name: pod.metadata.name,
    options: { ...options, preconditions: { uid: pod.metadata.uid, ...options.preconditions } },
    ...(s.r.dryRun ? { dryRun: true } : {}),
    ...(s.r.user ? { user: s.r.user } : {}),
  });
  if (!done.ok) return done;
  return { ok: true, code: 201, status: success(201), warnings: s.warnings, revision: s.server.store.revision };
}

/** Pods that do no work yet or no more are deleted without asking. */
const withoutBudget = (pod: Pod): boolean =>
  pod.status.phase === 'Succeeded' ||
  pod.status.phase === 'Failed' ||
  pod.status.phase === 'Pending' ||
  pod.metadata.deletionTimestamp !== undefined;

const budgetsOf = (s: Scope, pod: Pod): PodDisruptionBudget[] =>
  [...s.server.store.list<PodDisruptionBudget>('PodDisruptionBudget', s.namespace)].filter((b) =>
    matchesSelector(b.spec.selector, pod.metadata.labels),
  );

const isReady = (pod: Pod): boolean =>
  pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false;

/** Takes one disruption from the budget, unless the pod is unready and its policy lets it go anyway. */
function spend(s: Scope, pod: Pod, budget: PodDisruptionBudget): Refusal | undefined {
  const { status } = budget;
  if (!isReady(pod)) {
    const always = budget.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow';
    if (always || (status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0)) return undefined;
  }
  const name = budget.metadata.name;
  if ((status.observedGeneration ?? 0) < (budget.metadata.generation ?? 0))
    return tooManyRequests(
      WORDS,
      [
        {
          reason: 'DisruptionBudget',
          message: `The disruption budget ${name} is still being processed by the server.`,
        },
      ],
      RETRY_SECONDS,
    );
  if ((status.disruptionsAllowed ?? 0) <= 0)
    return tooManyRequests(WORDS, [
      {
        reason: 'DisruptionBudget',
        message: `The disruption budget ${name} needs ${status.desiredHealthy} healthy pods and has ${status.currentHealthy} currently`,
      },
    ]);
  if (Object.keys(status.disruptedPods ?? {}).length > MAX_DISRUPTED)
    return tooManyRequests(WORDS, [
      { message: `DisruptedPods map too big - too many evictions not confirmed by PDB controller` },
    ]);
  if (s.r.dryRun) return undefined;
  s.server.put({
    ...budget,
    metadata: { ...budget.metadata },
    status: {
      ...status,
      disruptionsAllowed: status.disruptionsAllowed - 1,
      disruptedPods: { ...status.disruptedPods, [pod.metadata.name]: rfc3339(s.server.now()) },
      conditions: afterSpending(s, budget),
    },
  } as unknown as AnyObject);
  return undefined;
}

/** With its last disruption spent a budget says so at once. */
function afterSpending(s: Scope, budget: PodDisruptionBudget): Condition[] {
  const conditions = budget.status.conditions ?? [];
  if (budget.status.disruptionsAllowed !== 1) return conditions;
  return conditions.map((c) =>
    c.type === 'DisruptionAllowed' && c.status === 'True'
      ? { ...c, status: 'False', reason: 'InsufficientPods', lastTransitionTime: rfc3339(s.server.now()) }
      : c,
  );
}

function markDisrupted(s: Scope, pod: Pod): void {
  const mark: Condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
    lastProbeTime: null,
    lastTransitionTime: rfc3339(s.server.now()),
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
  };
  const conditions = pod.status.conditions ?? [];
  const at = conditions.findIndex((c) => c.type === mark.type);
  if (at >= 0 && conditions[at]!.status === 'True') return;
  s.server.put({
    ...pod,
    metadata: { ...pod.metadata },
    status: { ...pod.status, conditions: at < 0 ? [...conditions, mark] : conditions.with(at, mark) },
  } as unknown as AnyObject);
}
