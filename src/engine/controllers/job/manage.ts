/** How many pods a Job has and which it makes or deletes. Upstream: pkg/controller/job/job_controller.go manageJob */
import type { Job } from '../../api/batch.ts';
import type { Container, Pod } from '../../api/core.ts';
import type { Draft } from '../../client/client.ts';
import type { Context } from '../../client/component.ts';
import type { Ms } from '../../sim/time.ts';
import { createPod, deletePod, podFromTemplate, slowStart } from '../shared/make-pods.ts';
import { compareVictims, pickVictims } from '../shared/victims.ts';
import {
  type Backoff,
  backoffAfter,
  finishedAt,
  INDEX,
  INDEX_FAILURES,
  indexOf,
  isIndexed,
  mayCreateAt,
  replacesOnlyFailed,
  TRACKING,
} from './pods.ts';

/** Pods that one sync creates or deletes at most. */
const BURST = 500;

/** What managing needs to know of a Job's pods. */
export interface Tally {
  pods: readonly Pod[];
  active: Pod[];
  succeeded: number;
  terminating: number;
  backoff: Backoff;
  done: ReadonlySet<number>;
  failedIndexes: ReadonlySet<number>;
}

export interface Managed {
  /** Why pods could not be made. */
  refusal?: string;
  /** When to try again because of a back-off, or at once because of the burst. */
  retryAt?: Ms;
}

/** Deletes active pods; the tracking finalizer goes too, or nobody would ever let them go. */
export function deleteActive(job: Job, pods: readonly Pod[], ctx: Context): void {
  for (const pod of pods.slice(0, BURST)) {
    deletePod(ctx, job, pod);
    untrack(pod, ctx);
  }
}

/** Takes the tracking finalizer off a pod. */
export function untrack(pod: Pod, ctx: Context): void {
  const current = ctx.list.byUid(pod.metadata.uid) as Pod | undefined;
  if (!current?.metadata.finalizers?.includes(TRACKING)) return;
  const { finalizers, ...metadata } = current.metadata;
  const kept = finalizers!.filter((f) => f !== TRACKING);
  ctx.api.update<Pod>({ ...current, metadata: kept.length ? { ...metadata, finalizers: kept } : metadata });
}

function wantedActive(job: Job, t: Tally): number {
  const parallelism = job.spec.parallelism ?? 1;
  if (job.spec.completions === undefined) return t.succeeded > 0 ? t.active.length : parallelism;
  return Math.max(0, Math.min(parallelism, job.spec.completions - t.succeeded - t.failedIndexes.size));
}

/** One step towards the wanted number of active pods. */
export function manage(job: Job, t: Tally, ctx: Context): Managed {
  if (job.spec.suspend) {
    deleteActive(job, t.active, ctx);
    return {};
  }
  const wanted = wantedActive(job, t);
  const surplus = surplusPods(job, t, Math.max(0, t.active.length - wanted), ctx.now);
  if (surplus.length > 0) {
    deleteActive(job, surplus, ctx);
    return {};
  }
  const waiting = replacesOnlyFailed(job) ? t.terminating : 0;
  const missing = wanted - waiting - t.active.length;
  if (missing <= 0) return {};
  const at = job.spec.backoffLimitPerIndex === undefined ? mayCreateAt(t.backoff) : 0;
  if (ctx.now < at) return { retryAt: at };
  const made = isIndexed(job)
    ? createIndexed(job, t, Math.min(missing, BURST), ctx)
    : createPlain(job, Math.min(missing, BURST), ctx);
  return missing > BURST && made.refusal === undefined ? { ...made, retryAt: ctx.now } : made;
}

/** Pods beyond the wanted number; of an Indexed Job also twins of an index and strangers. */
function surplusPods(job: Job, t: Tally, atLeast: number, now: Ms): Pod[] {
  const order = { now, plain: true };
  if (!isIndexed(job)) return atLeast > 0 ? pickVictims(t.active, atLeast, order) : [];
  const byIndex = new Map<number, Pod[]>();
  const out: Pod[] = [];
  for (const pod of t.active) {
    const i = indexOf(pod, job.spec.completions ?? 0);
    if (i === undefined || t.done.has(i)) out.push(pod);
    else byIndex.set(i, [...(byIndex.get(i) ?? []), pod]);
  }
  const single: Pod[] = [];
  for (const pods of byIndex.values()) {
    const sorted = pods.sort((a, b) => compareVictims(a, b, order));
    out.push(...sorted.slice(0, -1));
    single.push(sorted.at(-1)!);
  }
  return [...out, ...pickVictims(single, Math.max(0, atLeast - out.length), order)];
}

function tracked(job: Job): Draft<Pod> {
  const pod = podFromTemplate(job, job.spec.template);
  return { ...pod, metadata: { ...pod.metadata, finalizers: [...(pod.metadata.finalizers ?? []), TRACKING] } };
}

function createPlain(job: Job, count: number, ctx: Context): Managed {
  const draft = tracked(job);
  const refusal = slowStart(count, () => createPod(ctx, job, draft));
  return refusal === undefined ? {} : { refusal };
}

const INDEX_ENV = {
  name: 'JOB_COMPLETION_INDEX',
  valueFrom: { fieldRef: { fieldPath: `metadata.labels['${INDEX}']` } },
};

const withIndexEnv = (c: Container): Container =>
  c.env?.some((e) => e.name === INDEX_ENV.name) ? c : { ...c, env: [...(c.env ?? []), INDEX_ENV] };

function indexedPod(job: Job, index: number, failures: number | undefined): Draft<Pod> {
  const pod = tracked(job);
  const spec = pod.spec as Pod['spec'];
  const named = `${job.metadata.name}-${index}`;
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      generateName: `${named}-`,
      labels: { ...pod.metadata.labels, [INDEX]: String(index) },
      annotations: {
        ...pod.metadata.annotations,
        [INDEX]: String(index),
        ...(failures === undefined ? {} : { [INDEX_FAILURES]: String(failures) }),
      },
    },
    spec: {
      ...spec,
      hostname: named,
      containers: spec.containers.map(withIndexEnv),
      ...(spec.initContainers ? { initContainers: spec.initContainers.map(withIndexEnv) } : {}),
    },
  };
}

/** How often an index failed and when it may be tried again. */
function indexFailures(job: Job, t: Tally, index: number): { failures: number; readyAt: Ms } {
  let failures = 0;
  let last: Ms = 0;
  for (const pod of t.pods) {
    if (pod.status?.phase !== 'Failed' && pod.metadata.deletionTimestamp === undefined) continue;
    if (indexOf(pod, job.spec.completions ?? 0) !== index) continue;
    failures = Math.max(failures, Number(pod.metadata.annotations?.[INDEX_FAILURES] ?? 0) + 1);
    last = Math.max(last, finishedAt(pod));
  }
  return { failures, readyAt: failures === 0 ? 0 : last + backoffAfter(failures) };
}

/** Creates pods for the lowest indexes that have none. */
function createIndexed(job: Job, t: Tally, count: number, ctx: Context): Managed {
  const completions = job.spec.completions ?? 0;
  const busy = new Set(t.active.map((pod) => indexOf(pod, completions)));
  if (replacesOnlyFailed(job))
    for (const pod of t.pods) if (pod.metadata.deletionTimestamp !== undefined) busy.add(indexOf(pod, completions));
  const perIndex = job.spec.backoffLimitPerIndex !== undefined;
  const drafts: Draft<Pod>[] = [];
  let retryAt: Ms | undefined;
  for (let i = 0; i < completions && drafts.length < count; i++) {
    if (busy.has(i) || t.done.has(i) || t.failedIndexes.has(i)) continue;
    const f = perIndex ? indexFailures(job, t, i) : undefined;
    if (f && ctx.now < f.readyAt) retryAt = Math.min(retryAt ?? f.readyAt, f.readyAt);
    else drafts.push(indexedPod(job, i, f?.failures));
  }
  const refusal = slowStart(drafts.length, (i) => createPod(ctx, job, drafts[i]!));
  return { ...(refusal === undefined ? {} : { refusal }), ...(retryAt === undefined ? {} : { retryAt }) };
}
