/** How a Job's pods count. Upstream: pkg/controller/job/job_controller.go, backoff_utils.go, pod_failure_policy.go */
import type { Job } from '../../api/batch.ts';
import type { ContainerStatus, Pod } from '../../api/core.ts';
import { type Ms, parseTime } from '../../sim/time.ts';
import { podCondition } from '../shared/pods.ts';

export const TRACKING = 'batch.kubernetes.io/job-tracking';
export const INDEX = 'batch.kubernetes.io/job-completion-index';
export const INDEX_FAILURES = 'batch.kubernetes.io/job-index-failure-count';

export const isIndexed = (job: Job): boolean => job.spec.completionMode === 'Indexed';
export const isTracked = (pod: Pod): boolean => pod.metadata.finalizers?.includes(TRACKING) ?? false;

/** A replacement waits until the old pod is really finished. */
export const replacesOnlyFailed = (job: Job): boolean => job.spec.podReplacementPolicy === 'Failed';

/** Failed, or being deleted where that counts as failure. */
export const countsAsFailed = (job: Job, pod: Pod): boolean =>
  pod.status?.phase === 'Failed' ||
  (!replacesOnlyFailed(job) && pod.metadata.deletionTimestamp !== undefined && pod.status?.phase !== 'Succeeded');

/** The completion index a pod works on, when it is one of the Job's. */
export function indexOf(pod: Pod, completions: number): number | undefined {
  const text = pod.metadata.annotations?.[INDEX] ?? pod.metadata.labels?.[INDEX];
  const index = text !== undefined && /^\d+$/.test(text) ? Number(text) : -1;
  return index >= 0 && index < completions ? index : undefined;
}

/** When a pod ended: its last container's end, else when it stopped being ready, began to be deleted, or was made. */
export function finishedAt(pod: Pod): Ms {
  const statuses = pod.status?.containerStatuses ?? [];
  const ends = statuses.map((s) => parseTime(s.state?.terminated?.finishedAt));
  if (statuses.length > 0 && ends.every((at) => at !== undefined)) return Math.max(...(ends as Ms[]));
  const ready = podCondition(pod, 'Ready');
  if (ready?.status === 'False') {
    const at = parseTime(ready.lastTransitionTime);
    if (at !== undefined) return at;
  }
  const deleted = parseTime(pod.metadata.deletionTimestamp);
  if (deleted !== undefined) return deleted - (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return parseTime(pod.metadata.creationTimestamp) ?? 0;
}

/** Consecutive failures since the last success. Plain data. */
export interface Backoff {
  failures: number;
  lastFailureAt?: Ms | undefined;
}

const BACKOFF_MS = 10_000;
const BACKOFF_MAX_MS = 600_000;

/** The wait after so many failures in a row: 10 s doubled each time, at most 10 min. */
export function backoffAfter(failures: number): Ms {
  let wait = BACKOFF_MS;
  for (let i = 1; i < failures && wait < BACKOFF_MAX_MS; i++) wait = Math.min(wait * 2, BACKOFF_MAX_MS);
  return wait;
}

/** The record after newly finished pods. */
export function nextBackoff(known: Backoff | undefined, succeeded: readonly Pod[], failed: readonly Pod[]): Backoff {
  const ends = failed.map(finishedAt).sort((a, b) => a - b);
  if (succeeded.length === 0) {
    if (failed.length === 0) return known ?? { failures: 0 };
    return { failures: (known?.failures ?? 0) + failed.length, lastFailureAt: ends.at(-1) };
  }
  const lastSuccess = Math.max(...succeeded.map(finishedAt));
  const after = ends.filter((at) => at > lastSuccess);
  return after.length ? { failures: after.length, lastFailureAt: after.at(-1) } : { failures: 0 };
}

/** When a Job may create pods again. */
export const mayCreateAt = (b: Backoff): Ms =>
  b.failures === 0 || b.lastFailureAt === undefined ? 0 : b.lastFailureAt + backoffAfter(b.failures);

interface ExitCodes {
  containerName?: string;
  operator: string;
  values: number[];
}
interface FailureRule {
  action: string;
  onExitCodes?: ExitCodes;
  onPodConditions?: { type: string; status?: string }[];
}

export interface FailureVerdict {
  /** Words for a Job that fails at once. */
  failJob?: string;
  failIndex?: boolean;
  counts: boolean;
}

function exitMatch(rule: ExitCodes, pod: Pod): ContainerStatus | undefined {
  const matches = (s: ContainerStatus): boolean => {
    const code = s.state?.terminated?.exitCode;
    if (code === undefined || code === 0 || (rule.containerName !== undefined && rule.containerName !== s.name))
      return false;
    return rule.operator === 'In' ? rule.values.includes(code) : !rule.values.includes(code);
  };
  return pod.status?.containerStatuses?.find(matches) ?? pod.status?.initContainerStatuses?.find(matches);
}

/** What the Job's podFailurePolicy makes of a failed pod: the first rule that matches decides. */
export function judgeFailure(job: Job, pod: Pod): FailureVerdict {
  const rules = (job.spec.podFailurePolicy as { rules?: FailureRule[] } | undefined)?.rules ?? [];
  for (const [i, rule] of rules.entries()) {
    const who = `${pod.metadata.namespace}/${pod.metadata.name}`;
    let words: string | undefined;
    if (rule.onExitCodes) {
      const s = exitMatch(rule.onExitCodes, pod);
      if (s) words = `Container ${s.name} for pod ${who} failed with exit code ${s.state!.terminated!.exitCode}`;
    } else {
      const c = rule.onPodConditions?.find((p) => podCondition(pod, p.type)?.status === (p.status ?? 'True'));
      if (c) words = `Pod ${who} has condition ${c.type}`;
    }
    if (words === undefined) continue;
    if (rule.action === 'Ignore') return { counts: false };
    if (rule.action === 'FailJob') return { counts: true, failJob: `${words} matching FailJob rule at index ${i}` };
    return { counts: true, failIndex: rule.action === 'FailIndex' };
  }
  return { counts: true };
}
