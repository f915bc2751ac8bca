import type { Node, Pod, Taint, Toleration } from '../api/core.ts';
import { keyOf } from '../api/meta.ts';
import type { WatchEvent } from '../api/request.ts';
import { toleratesTaint } from '../api/taint.ts';
import type { Component, Context, Key } from '../client/component.ts';
import { equalPlain } from '../sim/plain.ts';
import { type Ms, rfc3339 } from '../sim/time.ts';
import { byAge, sortedBy } from './shared/order.ts';
import { withPodCondition } from './shared/pods.ts';

/** Evictions that wait, by pod key. Plain data. */
type Timers = Record<string, { uid: string; createdAt: Ms; fireAt: Ms }>;

/** Deletes pods that do not, or no longer, tolerate a NoExecute taint of their node. Upstream: pkg/controller/tainteviction */
export const taintEvictionController = (): Component => controller as Component;

const controller: Component<Timers> = {
  name: 'taint-eviction-controller',
  watches: ['Node', 'Pod'],
  keysFor,
  initial: () => ({}),
  reconcile(key, ctx, timers) {
    const [what, name] = [key.slice(0, 4), key.slice(5)];
    if (what === 'node') {
      for (const pod of sortedBy(ctx.list.podsOnNode(name), byAge)) handlePod(pod, ctx, timers);
      return;
    }
    const pod = ctx.list.byKey<Pod>('Pod', name);
    if (!pod || (timers[name] && timers[name].uid !== pod.metadata.uid)) delete timers[name];
    if (!pod) return;
    if (what === 'look') handlePod(pod, ctx, timers);
    const timer = timers[name];
    if (what !== 'fire' || !timer) return;
    if (ctx.now < timer.fireAt) return { requeueAt: timer.fireAt };
    delete timers[name];
    evict(pod, ctx);
  },
};

const noExecute = (node: Node | undefined): Taint[] =>
  (node?.spec.taints ?? []).filter((t) => t.effect === 'NoExecute');

/** Keys: `node/NAME`, `look/POD`, `fire/POD`. */
function keysFor(e: WatchEvent): Key[] {
  if (e.kind === 'Node') {
    const before = noExecute(e.old as unknown as Node | undefined);
    const now = e.type === 'DELETED' ? [] : noExecute(e.object as unknown as Node);
    return before.length === 0 && now.length === 0
      ? []
      : equalPlain(before, now)
        ? []
        : [`node/${e.object.metadata.name}`];
  }
  const pod = e.object as unknown as Pod;
  const old = e.old as unknown as Pod | undefined;
  if (!pod.spec.nodeName) return [];
  if (
    e.type === 'MODIFIED' &&
    old?.spec.nodeName === pod.spec.nodeName &&
    equalPlain(old.spec.tolerations, pod.spec.tolerations)
  )
    return [];
  return [`look/${e.key}`];
}

/** The tolerations that bear the taints, or `undefined` when one is not borne. */
function usedTolerations(taints: readonly Taint[], tolerations: readonly Toleration[]): Toleration[] | undefined {
  const used: Toleration[] = [];
  for (const taint of taints) {
    const t = tolerations.find((x) => toleratesTaint(x, taint));
    if (!t) return undefined;
    used.push(t);
  }
  return used;
}

/** How long the pod may stay: the shortest of the tolerations in use; `undefined`: for ever. */
function toleratedMs(used: readonly Toleration[]): Ms | undefined {
  let least: Ms | undefined;
  for (const { tolerationSeconds } of used)
    if (tolerationSeconds !== undefined)
      least = Math.min(least ?? Number.POSITIVE_INFINITY, Math.max(0, tolerationSeconds) * 1000);
  return least;
}

function handlePod(pod: Pod, ctx: Context, timers: Timers): void {
  if (pod.metadata.deletionTimestamp !== undefined) return;
  const key = keyOf(pod);
  const taints = noExecute(ctx.list.get<Node>('Node', undefined, pod.spec.nodeName ?? ''));
  const used = usedTolerations(taints, pod.spec.tolerations ?? []);
  if (!used) {
    cancel(pod, key, ctx, timers);
    evict(pod, ctx);
    return;
  }
  const stayMs = taints.length ? toleratedMs(used) : undefined;
  if (stayMs === undefined) cancel(pod, key, ctx, timers);
  else if (!timers[key]) {
    if (stayMs === 0) evict(pod, ctx);
    else {
      timers[key] = { uid: pod.metadata.uid, createdAt: ctx.now, fireAt: ctx.now + stayMs };
      ctx.wake(`fire/${key}`, ctx.now + stayMs);
    }
  }
}

function cancel(pod: Pod, key: string, ctx: Context, timers: Timers): void {
  if (!timers[key]) return;
  delete timers[key];
  const message = `Cancelling deletion of Pod ${key}`;
  ctx.events.event(pod, { type: 'Normal', reason: 'TaintManagerEviction', message });
}

/** Says so, notes why on the pod, deletes it. Budgets are not asked. */
function evict(pod: Pod, ctx: Context): void {
  const message = `Marking for deletion Pod ${keyOf(pod)}`;
  ctx.events.event(pod, { type: 'Normal', reason: 'TaintManagerEviction', message });
  const noted = withPodCondition(pod, {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
    lastTransitionTime: rfc3339(ctx.now),
  });
  ctx.api.updateStatus<Pod>(noted);
  ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name);
}
