import type { Node, Pod } from '../api/core.ts';
import type { Component, Context } from '../client/component.ts';
import { type Ms, rfc3339 } from '../sim/time.ts';
import { byAge } from './shared/order.ts';
import { isTerminal, withPodCondition } from './shared/pods.ts';
import type { Requeue } from './shared/result.ts';

/** The collector looks this often. */
const PERIOD_MS = 20_000;
/** How long a node has to be gone before its pods go. */
const QUARANTINE_MS = 40_000;
/** Finished pods that a cluster keeps. */
const FINISHED_MAX = 12_500;
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

/** When a node that pods name was first found missing. Plain data. */
type Missing = Record<string, Ms>;

/** Removes pods that nobody else can: of nodes that are gone, terminating without a node, too many finished. Upstream: pkg/controller/podgc */
export const podGcController = (): Component => controller as Component;

const controller: Component<Missing> = {
  name: 'pod-garbage-collector',
  watches: ['Node', 'Pod'],
  // all of it happens at the next tick, and only when there may be work
  keysFor(e, list) {
    if (e.kind === 'Node') return e.type === 'DELETED' || hasOutOfService(e.object as unknown as Node) ? ['look'] : [];
    const pod = e.object as unknown as Pod;
    if (e.type === 'DELETED') return [];
    const lost = Boolean(pod.spec.nodeName) && !list.get('Node', undefined, pod.spec.nodeName!);
    const terminating = pod.metadata.deletionTimestamp !== undefined && (!pod.spec.nodeName || lost);
    return lost || terminating || (isTerminal(pod) && list.count('Pod') > FINISHED_MAX) || onOutOfService(pod, list)
      ? ['look']
      : [];
  },
  startKeys: () => ['look'],
  initial: () => ({}),
  reconcile(key, ctx, missing) {
    if (key === 'tick') return tick(ctx, missing);
    ctx.wake('tick', nextTick(ctx.now));
  },
};

const nextTick = (now: Ms): Ms => (Math.floor(now / PERIOD_MS) + 1) * PERIOD_MS;

const hasOutOfService = (node: Node | undefined): boolean =>
  node?.spec.taints?.some((t) => t.key === OUT_OF_SERVICE) ?? false;

const onOutOfService = (pod: Pod, list: Context['list']): boolean =>
  pod.metadata.deletionTimestamp !== undefined &&
  hasOutOfService(list.get<Node>('Node', undefined, pod.spec.nodeName ?? ''));

function tick(ctx: Context, missing: Missing): Requeue {
  const pods = [...ctx.list.list<Pod>('Pod')];
  deleteFinished(pods, ctx);
  for (const pod of pods) if (isOutOfService(pod, ctx)) force(pod, undefined, ctx);
  const waits = deleteOrphans(pods, ctx, missing);
  for (const pod of pods)
    if (pod.metadata.deletionTimestamp !== undefined && !pod.spec.nodeName) force(pod, undefined, ctx);
  const work = waits || pods.some((pod) => isOutOfService(ctx.list.byUid(pod.metadata.uid) as Pod | undefined, ctx));
  return work ? { requeueAt: nextTick(ctx.now) } : undefined;
}

/** Terminating on a node that is not ready and out of service. */
function isOutOfService(pod: Pod | undefined, ctx: Context): boolean {
  if (!pod || !onOutOfService(pod, ctx.list)) return false;
  const node = ctx.list.get<Node>('Node', undefined, pod.spec.nodeName!);
  return node?.status?.conditions?.find((c) => c.type === 'Ready')?.status !== 'True';
}

/** The oldest finished pods beyond the limit, evicted ones first. */
function deleteFinished(pods: readonly Pod[], ctx: Context): void {
  const finished = pods.filter((pod) => isTerminal(pod) && pod.metadata.deletionTimestamp === undefined);
  const surplus = finished.length - FINISHED_MAX;
  if (surplus <= 0) return;
  const evicted = (pod: Pod): number => (pod.status.reason === 'Evicted' ? 0 : 1);
  finished.sort((a, b) => evicted(a) - evicted(b) || byAge(a, b));
  for (const pod of finished.slice(0, surplus)) force(pod, undefined, ctx);
}

/** Pods of nodes that have been gone for 40 s. Out: whether some node's time is not up. */
function deleteOrphans(pods: readonly Pod[], ctx: Context, missing: Missing): boolean {
  const gone = (name: string): boolean => !ctx.list.get('Node', undefined, name);
  const named = new Set(pods.map((pod) => pod.spec.nodeName).filter((name) => name && gone(name)) as string[]);
  for (const name of Object.keys(missing)) if (!named.has(name)) delete missing[name];
  for (const name of named) missing[name] ??= ctx.now;
  let waits = false;
  for (const pod of pods) {
    const since = pod.spec.nodeName ? missing[pod.spec.nodeName] : undefined;
    if (since === undefined) continue;
    if (ctx.now < since + QUARANTINE_MS) waits = true;
    else force(pod, 'PodGC: node no longer exists', ctx);
  }
  return waits;
}

/** Marks an unfinished pod Failed, says why if there is a why, and removes it at once. */
function force(pod: Pod, why: string | undefined, ctx: Context): void {
  const current = ctx.list.byUid(pod.metadata.uid) as Pod | undefined;
  if (!current) return;
  if (!isTerminal(current) && current.spec.nodeName) {
    let next: Pod = { ...current, status: { ...current.status, phase: 'Failed' } };
    if (why !== undefined)
      next = withPodCondition(next, {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'DeletionByPodGC',
        message: why,
        lastTransitionTime: rfc3339(ctx.now),
      });
    ctx.api.updateStatus<Pod>(next);
  }
  ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name, {
    gracePeriodSeconds: 0,
    preconditions: { uid: pod.metadata.uid },
  });
}
