/** Which daemon pods one sync makes and deletes. Upstream: pkg/controller/daemon/daemon_controller.go podsShouldBeOnNode, update.go */
import type { DaemonSet } from '../../api/apps.ts';
import type { Node, Pod } from '../../api/core.ts';
import type { Context } from '../../client/component.ts';
import type { Ms } from '../../sim/time.ts';
import { byAge } from '../shared/order.ts';
import { isAvailable, isReady } from '../shared/pods.ts';
import { scaledValue } from '../shared/scale.ts';
import { GENERATION, GENERATION_LABEL, HASH_LABEL, nodeVerdict, targetNode, type Verdict } from './nodes.ts';

/** Waits of nodes whose daemon pods failed: 1 s doubled each time, at most 15 min. Plain data. */
export type FailedBackoff = Record<string, { waitMs: Ms; since: Ms }>;

const BACKOFF_MAX_MS = 900_000;

/** What a sync knows of one node. */
export interface Place {
  node: Node;
  verdict: Verdict;
  /** Daemon pods there, oldest first; `undefined`: none. */
  pods: Pod[] | undefined;
}

export interface Plan {
  /** Nodes that get a pod. */
  create: string[];
  delete: Pod[];
  /** When a node's back-off ends. */
  retryAt?: Ms;
}

/** Pods by the node they belong to, bound ones before unbound ones, each oldest first. */
export function podsByNode(pods: readonly Pod[]): Map<string, Pod[]> {
  const out = new Map<string, Pod[]>();
  for (const pod of pods) {
    const terminal = pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';
    const name = targetNode(pod);
    if (name === undefined || (terminal && pod.metadata.deletionTimestamp !== undefined)) continue;
    const there = out.get(name);
    if (there) there.push(pod);
    else out.set(name, [pod]);
  }
  for (const there of out.values()) if (there.length > 1) there.sort(boundThenAge);
  return out;
}

const boundThenAge = (a: Pod, b: Pod): number => Number(!a.spec.nodeName) - Number(!b.spec.nodeName) || byAge(a, b);

/** All nodes in the order of their names with what the DaemonSet wants there. */
export function placesOf(
  ds: DaemonSet,
  nodes: readonly Node[],
  pods: readonly Pod[],
  tolerations: Parameters<typeof nodeVerdict>[1],
): Place[] {
  const byNode = podsByNode(pods);
  return nodes.map((node) => ({
    node,
    verdict: nodeVerdict(ds, tolerations, node),
    pods: byNode.get(node.metadata.name),
  }));
}

export const isUpdated = (ds: DaemonSet, pod: Pod, hash: string): boolean => {
  const generation = ds.metadata.annotations?.[GENERATION];
  return (
    pod.metadata.labels?.[HASH_LABEL] === hash ||
    (generation !== undefined && pod.metadata.labels?.[GENERATION_LABEL] === generation)
  );
};

/** How many pods more or less an update may have, of the nodes that want one. Percentages round up. */
export function updateLimits(ds: DaemonSet, desired: number): { surge: number; unavailable: number } {
  const u = ds.spec.updateStrategy?.rollingUpdate;
  const surge = scaledValue(u?.maxSurge ?? 0, desired, true);
  const unavailable = scaledValue(u?.maxUnavailable ?? 1, desired, true);
  return { surge, unavailable: surge === 0 && unavailable === 0 && desired > 0 ? 1 : unavailable };
}

const allowsSurge = (ds: DaemonSet): boolean =>
  (ds.spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate' &&
  scaledValue(ds.spec.updateStrategy?.rollingUpdate?.maxSurge ?? 0, 100, true) > 0;

/** What every node needs so that one live pod stands where it should. */
export function planNodes(
  ds: DaemonSet,
  places: readonly Place[],
  hash: string,
  ctx: Context,
  backoff: FailedBackoff,
): Plan {
  const plan: Plan = { create: [], delete: [] };
  for (const place of places) {
    const { verdict, pods, node } = place;
    if (verdict.shouldRun && !pods) plan.create.push(node.metadata.name);
    else if (verdict.mayContinue) planLivePods(ds, place, hash, ctx, backoff, plan);
    else plan.delete.push(...(pods ?? []).filter((pod) => pod.metadata.deletionTimestamp === undefined));
  }
  return plan;
}

function planLivePods(
  ds: DaemonSet,
  place: Place,
  hash: string,
  ctx: Context,
  backoff: FailedBackoff,
  plan: Plan,
): void {
  const running: Pod[] = [];
  for (const pod of place.pods ?? []) {
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    if (pod.status?.phase === 'Failed') dropFailed(ds, place, pod, ctx, backoff, plan);
    else if (pod.status?.phase === 'Succeeded') {
      ctx.events.event(ds, {
        type: 'Normal',
        reason: 'SucceededDaemonPod',
        message: `Found succeeded ${where(pod, place)}, will try to delete it`,
      });
      plan.delete.push(pod);
    } else running.push(pod);
  }
  if (!allowsSurge(ds)) plan.delete.push(...running.slice(1));
  else if (running.length > 1) planSurged(ds, running, hash, ctx.now, plan);
  else if (running.length === 0 && place.verdict.shouldRun && place.pods?.every((p) => p.metadata.deletionTimestamp))
    plan.create.push(place.node.metadata.name);
}

const where = (pod: Pod, place: Place): string =>
  `daemon pod ${pod.metadata.namespace}/${pod.metadata.name} on node ${place.node.metadata.name}`;

function dropFailed(ds: DaemonSet, place: Place, pod: Pod, ctx: Context, backoff: FailedBackoff, plan: Plan): void {
  const key = `${ds.metadata.uid}/${ds.metadata.generation}/${place.node.metadata.name}`;
  const known = backoff[key];
  if (known && ctx.now < known.since + known.waitMs) {
    plan.retryAt = Math.min(plan.retryAt ?? Number.POSITIVE_INFINITY, known.since + known.waitMs);
    return;
  }
  const calm = known && ctx.now - known.since > 2 * BACKOFF_MAX_MS;
  backoff[key] = { waitMs: known && !calm ? Math.min(known.waitMs * 2, BACKOFF_MAX_MS) : 1000, since: ctx.now };
  const message = `Found failed ${where(pod, place)}, will try to kill it`;
  ctx.events.event(ds, { type: 'Warning', reason: 'FailedDaemonPod', message });
  plan.delete.push(pod);
}

/** With a surge two pods may stand on a node while the new one becomes available; nothing else. */
function planSurged(ds: DaemonSet, running: readonly Pod[], hash: string, now: Ms, plan: Plan): void {
  const oldest: { updated?: Pod; old?: Pod } = {};
  for (const pod of running) {
    const slot = isUpdated(ds, pod, hash) ? 'updated' : 'old';
    if (oldest[slot]) plan.delete.push(pod);
    else oldest[slot] = pod;
  }
  const { updated, old } = oldest;
  if (updated && old && (!isReady(old) || isAvailable(updated, ds.spec.minReadySeconds ?? 0, now)))
    plan.delete.push(old);
}

interface OnNode {
  ok: boolean;
  updated?: Pod;
  old?: Pod;
}

/** The one new and the one old live pod of a node; not ok when there are several of a kind. */
function updateState(ds: DaemonSet, pods: readonly Pod[] | undefined, hash: string): OnNode {
  const out: OnNode = { ok: true };
  for (const pod of pods ?? []) {
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    const slot = isUpdated(ds, pod, hash) ? 'updated' : 'old';
    if (out[slot]) return { ok: false };
    out[slot] = pod;
  }
  return out;
}

/** The next step of a rolling update. Nodes are visited in the order of their names; upstream's order is random. */
export function planUpdate(ds: DaemonSet, places: readonly Place[], hash: string, now: Ms): Plan {
  const wanted = places.filter((p) => p.verdict.shouldRun || p.pods);
  const limits = updateLimits(ds, places.filter((p) => p.verdict.shouldRun).length);
  return limits.surge > 0
    ? planUpdateWithSurge(ds, wanted, hash, now, limits.surge)
    : planUpdateInPlace(ds, wanted, hash, now, limits.unavailable);
}

function planUpdateInPlace(
  ds: DaemonSet,
  places: readonly Place[],
  hash: string,
  now: Ms,
  maxUnavailable: number,
): Plan {
  const minReady = ds.spec.minReadySeconds ?? 0;
  const replaceAlways: Pod[] = [];
  const candidates: Pod[] = [];
  let unavailable = 0;
  for (const place of places) {
    const s = updateState(ds, place.pods, hash);
    if (!s.ok || Boolean(s.updated) === Boolean(s.old)) unavailable++;
    else if (s.updated) unavailable += isAvailable(s.updated, minReady, now) ? 0 : 1;
    else if (!isAvailable(s.old!, minReady, now)) replaceAlways.push(s.old!);
    else if (unavailable < maxUnavailable) candidates.push(s.old!);
  }
  const room = Math.max(0, maxUnavailable - unavailable);
  return { create: [], delete: [...replaceAlways, ...candidates.slice(0, room)] };
}

function planUpdateWithSurge(ds: DaemonSet, places: readonly Place[], hash: string, now: Ms, maxSurge: number): Plan {
  const minReady = ds.spec.minReadySeconds ?? 0;
  const plan: Plan = { create: [], delete: [] };
  const createAlways: string[] = [];
  const candidates: string[] = [];
  let surging = 0;
  for (const place of places) {
    const s = updateState(ds, place.pods, hash);
    const name = place.node.metadata.name;
    if (!s.ok) surging++;
    else if (s.old && s.updated) {
      surging++;
      if (isAvailable(s.updated, minReady, now)) plan.delete.push(s.old);
    } else if (s.old && !isAvailable(s.old, minReady, now)) createAlways.push(name);
    else if (s.old && surging < maxSurge) candidates.push(name);
  }
  const room = Math.max(0, maxSurge - surging);
  plan.create.push(...createAlways, ...candidates.slice(0, room));
  return plan;
}
