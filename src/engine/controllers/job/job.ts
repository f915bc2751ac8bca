/** Jobs: pods that run to their end. Upstream: pkg/controller/job/job_controller.go */
import type { Job } from '../../api/batch.ts';
import type { Pod } from '../../api/core.ts';
import { type Condition, controllerOf } from '../../api/meta.ts';
import type { WatchEvent } from '../../api/request.ts';
import { matchesSelector } from '../../api/selector.ts';
import type { Component, Context, Key } from '../../client/component.ts';
import type { Lister } from '../../client/lister.ts';
import { equalPlain } from '../../sim/plain.ts';
import { type Ms, rfc3339 } from '../../sim/time.ts';
import { claim } from '../shared/claim.ts';
import { conditionOf } from '../shared/conditions.ts';
import { ownersOf, specChanged } from '../shared/owners.ts';
import { podMattersToOwner } from '../shared/pod-changes.ts';
import { isActive, isReady, isTerminating } from '../shared/pods.ts';
import { backoffMs, type Failures, forget, type Requeue } from '../shared/result.ts';
import { formatIndexes, parseIndexes } from './indexes.ts';
import { deleteActive, type Managed, manage, type Tally, untrack } from './manage.ts';
import { type Backoff, countsAsFailed, indexOf, isIndexed, isTracked, judgeFailure, nextBackoff } from './pods.ts';
import {
  COMPLETE,
  deadlineOf,
  failedIndexesOf,
  failureOf,
  isComplete,
  isFinished,
  successOf,
  type Verdict,
} from './verdict.ts';

interface JobState {
  failures: Failures;
  backoffs: Record<string, Backoff>;
}

type Status = Job['status'];

/** Pod changes are gathered for this long. */
const BATCH_MS = 1000;

export const jobController = (): Component => controller as Component;

/** Keys: `job/KEY`; `batch/KEY` the same a second later; `orphan/POD` a tracked pod whose Job is gone. */
const controller: Component<JobState> = {
  name: 'job-controller',
  watches: ['Job', 'Pod'],
  keysFor,
  initial: () => ({ failures: {}, backoffs: {} }),
  reconcile(key, ctx, state) {
    const slash = key.indexOf('/');
    const [what, name] = [key.slice(0, slash), key.slice(slash + 1)];
    if (what === 'batch') {
      ctx.wake(`job/${name}`, ctx.now + BATCH_MS);
      return;
    }
    if (what === 'orphan') {
      const pod = ctx.list.byKey<Pod>('Pod', name);
      if (pod && isOrphan(pod, ctx.list)) untrack(pod, ctx);
      return;
    }
    const job = ctx.list.byKey<Job>('Job', name);
    if (job && (job.spec.managedBy ?? 'kubernetes.io/job-controller') === 'kubernetes.io/job-controller')
      return sync(name, job, ctx, state);
    forget(state.failures, name);
    delete state.backoffs[name];
  },
};

function keysFor(e: WatchEvent, list: Lister): Key[] {
  if (e.kind === 'Job') {
    if (e.type !== 'DELETED') return specChanged(e) ? [`job/${e.key}`] : [];
    const pods = [...list.ownedBy<Pod>('Pod', e.object.metadata.uid)].filter(isTracked);
    return [`job/${e.key}`, ...pods.map((pod) => `orphan/${pod.metadata.namespace}/${pod.metadata.name}`).sort()];
  }
  const pod = e.object as unknown as Pod;
  if (e.type !== 'DELETED' && isTracked(pod) && isOrphan(pod, list)) return [`orphan/${e.key}`];
  const restarted =
    e.old !== undefined &&
    !equalPlain((e.old as unknown as Pod).status?.containerStatuses, pod.status?.containerStatuses);
  if (!podMattersToOwner(e) && !restarted) return [];
  const matches = (job: Job): boolean => matchesSelector(job.spec.selector, pod.metadata.labels);
  return ownersOf<Job>(e, 'Job', list, matches).map((key) => `batch/${key}`);
}

/** A tracked pod whose Job does not exist, or is over, is kept by nobody. */
function isOrphan(pod: Pod, list: Lister): boolean {
  const ref = controllerOf(pod);
  if (ref?.kind !== 'Job') return ref === undefined;
  const job = list.get<Job>('Job', pod.metadata.namespace, ref.name);
  return job?.metadata.uid !== ref.uid;
}

function sync(key: Key, stored: Job, ctx: Context, state: JobState): Requeue {
  if (isFinished(stored)) {
    for (const pod of ctx.list.ownedBy<Pod>('Pod', stored.metadata.uid)) if (isTracked(pod)) untrack(pod, ctx);
    delete state.backoffs[key];
    return undefined;
  }
  const matches = (pod: Pod): boolean => matchesSelector(stored.spec.selector, pod.metadata.labels);
  const pods = claim<Pod>(ctx, stored, 'Pod', matches);
  const job = started(stored, ctx.now);
  const counted = count(job, pods, state.backoffs[key]);
  state.backoffs[key] = counted.tally.backoff;
  const facts = { ...counted.tally, failed: counted.failed, active: counted.tally.active.length, now: ctx.now };
  let verdict = failureOf(job, facts) ?? successOf(job, facts);
  let managed: Managed = {};
  let suspension: Condition | undefined;
  if (verdict) deleteActive(job, counted.tally.active, ctx);
  else if (job.metadata.deletionTimestamp === undefined) {
    managed = manage(job, counted.tally, ctx);
    const now = [...ctx.list.ownedBy<Pod>('Pod', job.metadata.uid)].filter((pod) => isActive(pod) && matches(pod));
    if (isComplete(job, { ...facts, active: now.length })) verdict = COMPLETE;
    suspension = suspensionOf(job, verdict, ctx);
  }
  const left = [...ctx.list.ownedBy<Pod>('Pod', job.metadata.uid)].filter(matches);
  writeStatus(job, counted, left, verdict, suspension, ctx);
  for (const pod of counted.finished) untrack(pod, ctx);
  return nextLook(key, job, managed, verdict, ctx, state);
}

/** The Job with its start time, which a suspended one does not have yet. */
function started(job: Job, now: Ms): Job {
  if (job.status?.startTime !== undefined || job.spec.suspend) return job;
  return { ...job, status: { ...job.status, startTime: rfc3339(now) } };
}

interface Counted {
  tally: Tally;
  failed: number;
  /** Finished pods that were counted just now. */
  finished: Pod[];
}

/** Counts pods that finished since the last sync; they are known by their finalizer. */
function count(job: Job, pods: readonly Pod[], backoff: Backoff | undefined): Counted {
  const succeeded = pods.filter((pod) => isTracked(pod) && pod.status?.phase === 'Succeeded');
  const failed = pods.filter((pod) => isTracked(pod) && countsAsFailed(job, pod));
  const counting = failed.filter((pod) => judgeFailure(job, pod).counts);
  const completions = job.spec.completions ?? 0;
  const done = parseIndexes(isIndexed(job) ? job.status?.completedIndexes : '', completions);
  if (isIndexed(job))
    for (const pod of succeeded) {
      const index = indexOf(pod, completions);
      if (index !== undefined) done.add(index);
    }
  const known = parseIndexes(job.status?.failedIndexes, completions);
  return {
    tally: {
      pods,
      active: pods.filter(isActive),
      succeeded: isIndexed(job) ? done.size : (job.status?.succeeded ?? 0) + succeeded.length,
      terminating: pods.filter(isTerminating).length,
      backoff: nextBackoff(backoff, succeeded, counting),
      done,
      failedIndexes: failedIndexesOf(job, pods, known),
    },
    failed: (job.status?.failed ?? 0) + counting.length,
    finished: [...succeeded, ...failed],
  };
}

/** The Suspended condition when it changes, and its event. */
function suspensionOf(job: Job, verdict: Verdict | undefined, ctx: Context): Condition | undefined {
  const known = conditionOf(job.status?.conditions, 'Suspended');
  const on = Boolean(job.spec.suspend) && verdict === undefined;
  if (on === (known?.status === 'True') || (!on && !known)) return undefined;
  const [reason, message, event] = on
    ? (['JobSuspended', 'Job suspended', 'Suspended'] as const)
    : (['JobResumed', 'Job resumed', 'Resumed'] as const);
  ctx.events.event(job, { type: 'Normal', reason: event, message });
  return condition('Suspended', on ? 'True' : 'False', reason, message, ctx.now);
}

function condition(type: string, status: Condition['status'], reason: string, message: string, now: Ms): Condition {
  return { type, status, lastProbeTime: rfc3339(now), lastTransitionTime: rfc3339(now), reason, message };
}

function withJobCondition(conditions: readonly Condition[], next: Condition): Condition[] {
  return conditions.some((c) => c.type === next.type)
    ? conditions.map((c) => (c.type === next.type ? next : c))
    : [...conditions, next];
}

/** First what the Job is heading for, then, once no pod is left running or terminating, its end. */
function conditionsFor(job: Job, verdict: Verdict | undefined, left: readonly Pod[], now: Ms): Condition[] {
  let conditions = job.status?.conditions ?? [];
  if (!verdict) return conditions;
  const { outcome, reason, message } = verdict;
  const target = outcome === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
  if (!conditionOf(conditions, target))
    conditions = withJobCondition(conditions, condition(target, 'True', reason, message, now));
  if (left.some((pod) => isActive(pod) || isTerminating(pod))) return conditions;
  return withJobCondition(conditions, condition(outcome, 'True', reason, message, now));
}

function writeStatus(
  job: Job,
  counted: Counted,
  left: readonly Pod[],
  verdict: Verdict | undefined,
  suspension: Condition | undefined,
  ctx: Context,
): void {
  const { tally, failed } = counted;
  const active = left.filter(isActive);
  let conditions = conditionsFor(job, verdict, left, ctx.now);
  if (suspension) conditions = withJobCondition(conditions, suspension);
  const over = conditions.some((c) => (c.type === 'Complete' || c.type === 'Failed') && c.status === 'True');
  const some = (n: number, field: string): Record<string, number> => (n === 0 ? {} : { [field]: n });
  const resumed = suspension?.status === 'False';
  const failedIndexes = job.spec.backoffLimitPerIndex === undefined ? undefined : formatIndexes(tally.failedIndexes);
  const status: Status = {
    ...(conditions.length ? { conditions } : {}),
    ...(job.status?.startTime ? { startTime: resumed ? rfc3339(ctx.now) : job.status.startTime } : {}),
    ...(over && verdict?.outcome === 'Complete' ? { completionTime: rfc3339(ctx.now) } : {}),
    ...some(active.length, 'active'),
    ready: active.filter(isReady).length,
    ...some(tally.succeeded, 'succeeded'),
    ...some(failed, 'failed'),
    terminating: left.filter(isTerminating).length,
    ...(isIndexed(job) && tally.done.size ? { completedIndexes: formatIndexes(tally.done) } : {}),
    ...(failedIndexes === undefined ? {} : { failedIndexes }),
    uncountedTerminatedPods: {},
  };
  const current = ctx.list.byUid(job.metadata.uid) as Job | undefined;
  if (!current || equalPlain(status, current.status)) return;
  ctx.api.updateStatus<Job>({ ...current, status });
  if (over && verdict) sayEnd(job, verdict, ctx);
}

function sayEnd(job: Job, verdict: Verdict, ctx: Context): void {
  if (verdict.outcome === 'Complete')
    ctx.events.event(job, { type: 'Normal', reason: 'Completed', message: 'Job completed' });
  else ctx.events.event(job, { type: 'Warning', reason: verdict.reason, message: verdict.message });
}

/** When a back-off, the deadline or a refused creation asks for another look. */
function nextLook(
  key: Key,
  job: Job,
  managed: Managed,
  verdict: Verdict | undefined,
  ctx: Context,
  state: JobState,
): Requeue {
  if (managed.refusal !== undefined) return { requeueAt: ctx.now + Math.max(1000, backoffMs(state.failures, key)) };
  forget(state.failures, key);
  if (verdict || job.metadata.deletionTimestamp !== undefined) return undefined;
  const looks = [managed.retryAt, deadlineOf(job)].filter((at) => at !== undefined);
  return looks.length ? { requeueAt: Math.max(ctx.now, Math.min(...looks)) } : undefined;
}
