/**
 * Evicting pods side by side: each is asked for again every 5 s while its budget refuses, then waited for.
 * Upstream: k8s.io/kubectl/pkg/drain/drain.go (evictPods, deletePods, waitForDelete)
 */
import type { Pod } from '../../engine/api/core.ts';
import type { ApiStatus } from '../../engine/api/meta.ts';
import type { Env, Wait } from '../command.ts';
import { type Failure, failure, quote, statusFailure } from '../failure.ts';
import { formatGoDuration } from '../values.ts';
import type { DrainOptions } from './drain.ts';
import { shouldSkip } from './drain-filters.ts';

const RETRY_MS = 5_000;
const POLL_MS = 1_000;

interface Work {
  pod: Pod;
  /** `ask`: to be evicted; `wait`: accepted, until it is gone. */
  state: 'ask' | 'wait' | 'done';
  nextMs: number;
}

type Finished = (pod: Pod, verb: string) => void;

/** Removes pods; returns what went wrong. */
export function* evictPods(
  env: Env,
  pods: readonly Pod[],
  o: DrainOptions,
  finished: Finished,
): Generator<Wait, Failure[], void> {
  const errors: Failure[] = [];
  const deadlineMs = Math.min(env.now() + o.timeoutMs, Number.MAX_SAFE_INTEGER);
  const works: Work[] = pods.map((pod) => ({ pod, state: 'ask', nextMs: env.now() }));
  if (o.disableEviction && !deleteAll(env, works, o, errors)) return errors;
  for (;;) {
    for (const w of works) if (w.state === 'ask' && w.nextMs <= env.now()) ask(env, w, o, deadlineMs, errors);
    for (const w of works) if (w.state === 'wait' && w.nextMs <= env.now()) look(env, w, o, finished);
    const open = works.filter((w) => w.state !== 'done');
    if (open.length === 0 || env.interrupted()) return errors;
    if (env.now() >= deadlineMs && open.every((w) => w.state === 'wait')) {
      errors.push(...open.map((w) => timedOut(w, o)));
      return errors;
    }
    const waiting = open.some((w) => w.state === 'wait');
    const next = Math.min(...open.map((w) => w.nextMs));
    yield { atMs: waiting ? Math.min(next, Math.max(deadlineMs, env.now())) : next };
  }
}

const where = (pod: Pod): string => `pods/${quote(pod.metadata.name)} -n ${quote(pod.metadata.namespace!)}`;

const timedOut = (w: Work, o: DrainOptions): Failure =>
  o.disableEviction
    ? failure('context deadline exceeded')
    : failure(
        `error when waiting for pod ${quote(w.pod.metadata.name)} in namespace ${quote(w.pod.metadata.namespace!)} to terminate: context deadline exceeded`,
      );

const deleteOptions = (o: DrainOptions) => (o.graceSeconds >= 0 ? { gracePeriodSeconds: o.graceSeconds } : {});

function ask(env: Env, w: Work, o: DrainOptions, deadlineMs: number, errors: Failure[]): void {
  const { name, namespace } = w.pod.metadata;
  env.out(`evicting pod ${namespace}/${name}${o.dryRun === 'server' ? ' (server dry run)' : ''}\n`);
  if (env.now() >= deadlineMs) {
    errors.push(
      failure(`error when evicting ${where(w.pod)}: global timeout reached: ${formatGoDuration(o.timeoutMs)}`),
    );
    w.state = 'done';
    return;
  }
  const answer = env.request({
    verb: 'create',
    apiVersion: 'v1',
    resource: 'pods',
    subresource: 'eviction',
    namespace: namespace!,
    name,
    body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions: deleteOptions(o) },
    ...(o.dryRun === 'server' ? { dryRun: true } : {}),
  });
  if (answer.ok) {
    w.state = o.dryRun === 'server' ? 'done' : 'wait';
    w.nextMs = env.now();
  } else refused(env, w, answer.status, errors);
}

function refused(env: Env, w: Work, status: ApiStatus, errors: Failure[]): void {
  const { name, namespace, deletionTimestamp } = w.pod.metadata;
  const terminating = status.code === 403 && status.details?.causes?.some((c) => c.reason === 'NamespaceTerminating');
  w.nextMs = env.now() + RETRY_MS;
  if (status.code === 404) w.state = 'done';
  else if (status.code === 429)
    env.err(`error when evicting ${where(w.pod)} (will retry after 5s): ${status.message}\n`);
  else if (terminating && deletionTimestamp) {
    w.state = 'wait';
    w.nextMs = env.now();
  } else if (terminating)
    env.err(
      `error when evicting pod ${quote(name)} from terminating namespace ${quote(namespace!)} (will retry after 5s): ${status.message}\n`,
    );
  else {
    w.state = 'done';
    errors.push(failure(`error when evicting ${where(w.pod)}: ${status.message}`));
  }
}

/** Whether the pod is gone (or another one has its name). */
function look(env: Env, w: Work, o: DrainOptions, finished: Finished): void {
  const { name, namespace, uid } = w.pod.metadata;
  const answer = env.request({ verb: 'get', apiVersion: 'v1', resource: 'pods', namespace: namespace!, name });
  const gone = answer.ok ? answer.object?.metadata.uid !== uid : answer.status.code === 404;
  if (gone) {
    finished(w.pod, o.disableEviction ? 'deleted' : 'evicted');
    w.state = 'done';
  } else if (answer.ok && shouldSkip(env, answer.object as unknown as Pod, o.skipDeletedSeconds)) {
    env.out(`pod ${quote(name)} has DeletionTimestamp older than ${o.skipDeletedSeconds} seconds, skipping\n`);
    w.state = 'done';
  } else w.nextMs = env.now() + POLL_MS;
}

/** `--disable-eviction`: plain deletes, one after another; the first refusal ends it. */
function deleteAll(env: Env, works: readonly Work[], o: DrainOptions, errors: Failure[]): boolean {
  for (const w of works) {
    const { name, namespace } = w.pod.metadata;
    const answer = env.request({
      verb: 'delete',
      apiVersion: 'v1',
      resource: 'pods',
      namespace: namespace!,
      name,
      options: deleteOptions(o),
      ...(o.dryRun === 'server' ? { dryRun: true } : {}),
    });
    if (!answer.ok && answer.status.code !== 404) {
      errors.push(statusFailure(answer.status));
      return false;
    }
    w.state = o.dryRun === 'server' ? 'done' : 'wait';
  }
  return true;
}
