/** When a Job is over, and why. Upstream: pkg/controller/job/job_controller.go syncJob, success_policy.go */
import type { Job } from '../../api/batch.ts';
import type { Pod } from '../../api/core.ts';
import { type Ms, parseTime } from '../../sim/time.ts';
import { conditionOf } from '../shared/conditions.ts';
import { parseIndexes } from './indexes.ts';
import { INDEX_FAILURES, indexOf, judgeFailure } from './pods.ts';

export interface Verdict {
  outcome: 'Complete' | 'Failed';
  reason: string;
  message: string;
}

const failed = (reason: string, message: string): Verdict => ({ outcome: 'Failed', reason, message });

export const isFinished = (job: Job): boolean =>
  job.status?.conditions?.some((c) => (c.type === 'Complete' || c.type === 'Failed') && c.status === 'True') ?? false;

export const hasIndexLimit = (job: Job): boolean => job.spec.backoffLimitPerIndex !== undefined;

/** Restarts of pods that run or wait, which is how OnFailure Jobs count failures. */
function restarts(pods: readonly Pod[]): number {
  let sum = 0;
  for (const { status } of pods)
    if (status?.phase === 'Running' || status?.phase === 'Pending')
      for (const s of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])])
        sum += s.restartCount;
  return sum;
}

function pastLimitOnFailure(job: Job, pods: readonly Pod[]): boolean {
  if (job.spec.template.spec.restartPolicy !== 'OnFailure') return false;
  const limit = job.spec.backoffLimit ?? 6;
  const sum = restarts(pods);
  return limit === 0 ? sum > 0 : sum >= limit;
}

/** When an active Job runs out of time. */
export function deadlineOf(job: Job): Ms | undefined {
  const started = parseTime(job.status?.startTime);
  const seconds = job.spec.activeDeadlineSeconds;
  return seconds === undefined || started === undefined || job.spec.suspend ? undefined : started + seconds * 1000;
}

/** Indexes that failed for good. */
export function failedIndexesOf(job: Job, pods: readonly Pod[], known: ReadonlySet<number>): Set<number> {
  const out = new Set(known);
  const limit = job.spec.backoffLimitPerIndex;
  if (limit === undefined) return out;
  for (const pod of pods) {
    if (pod.status?.phase !== 'Failed') continue;
    const index = indexOf(pod, job.spec.completions ?? 0);
    if (index === undefined) continue;
    const verdict = judgeFailure(job, pod);
    const failures = Number(pod.metadata.annotations?.[INDEX_FAILURES] ?? 0);
    if (verdict.failIndex || (verdict.counts && failures >= limit)) out.add(index);
  }
  return out;
}

interface Facts {
  pods: readonly Pod[];
  succeeded: number;
  failed: number;
  active: number;
  done: ReadonlySet<number>;
  failedIndexes: ReadonlySet<number>;
  now: Ms;
}

/** Why a Job fails now, if it does. A verdict that was already announced stays. */
export function failureOf(job: Job, f: Facts): Verdict | undefined {
  const announced = conditionOf(job.status?.conditions, 'FailureTarget');
  if (announced?.status === 'True') return failed(announced.reason ?? '', announced.message ?? '');
  for (const pod of f.pods) {
    const words = pod.status?.phase === 'Failed' ? judgeFailure(job, pod).failJob : undefined;
    if (words !== undefined) return failed('PodFailurePolicy', words);
  }
  if (f.failed > (job.spec.backoffLimit ?? 6) || pastLimitOnFailure(job, f.pods))
    return failed('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  const deadline = deadlineOf(job);
  if (deadline !== undefined && f.now >= deadline)
    return failed('DeadlineExceeded', 'Job was active longer than specified deadline');
  if (!hasIndexLimit(job)) return undefined;
  if (job.spec.maxFailedIndexes !== undefined && f.failedIndexes.size > job.spec.maxFailedIndexes)
    return failed('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes');
  if (f.failedIndexes.size > 0 && f.done.size + f.failedIndexes.size >= (job.spec.completions ?? 0))
    return failed('FailedIndexes', 'Job has failed indexes');
  return undefined;
}

interface SuccessRule {
  succeededIndexes?: string;
  succeededCount?: number;
}

/** The success policy's verdict, also one that was already announced. */
export function successOf(job: Job, f: Facts): Verdict | undefined {
  const announced = conditionOf(job.status?.conditions, 'SuccessCriteriaMet');
  if (announced?.status === 'True')
    return { outcome: 'Complete', reason: announced.reason ?? '', message: announced.message ?? '' };
  const rules = (job.spec.successPolicy as { rules?: SuccessRule[] } | undefined)?.rules ?? [];
  for (const [i, rule] of rules.entries()) {
    const among =
      rule.succeededIndexes === undefined
        ? [...f.done]
        : [...parseIndexes(rule.succeededIndexes, job.spec.completions ?? 0)];
    const have = among.filter((index) => f.done.has(index)).length;
    if (have >= (rule.succeededCount ?? among.length) && (have > 0 || among.length > 0))
      return { outcome: 'Complete', reason: 'SuccessPolicy', message: `Matched rules at index ${i}` };
  }
  return undefined;
}

/** Whether all completions are there and no pod runs any longer. */
export function isComplete(job: Job, f: Facts): boolean {
  if (f.active > 0) return false;
  return job.spec.completions === undefined ? f.succeeded > 0 : f.succeeded >= job.spec.completions;
}

export const COMPLETE: Verdict = {
  outcome: 'Complete',
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
};
