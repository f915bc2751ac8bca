/** Which pods go first when a controller has too many. Upstream: pkg/controller/controller_utils.go ActivePodsWithRanks */
import type { Pod } from '../../api/core.ts';
import { type Ms, parseTime } from '../../sim/time.ts';
import { compareText } from './order.ts';
import { isReady, maxRestarts, podCondition } from './pods.ts';

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const PHASES: Record<string, number> = { Pending: 0, Unknown: 1, Running: 2 };

function deletionCost(pod: Pod): number {
  const text = pod.metadata.annotations?.[DELETION_COST];
  return text !== undefined && /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : 0;
}

/** Which power of two the age in nanoseconds falls into; -1 for no age. */
function ageBucket(at: Ms | undefined, now: Ms): number {
  const ageMs = at === undefined ? 0 : now - at;
  if (ageMs <= 0) return -1;
  const ns = BigInt(Math.round(ageMs)) * 1_000_000n;
  return ns.toString(2).length - 1;
}

/** Younger first, in buckets of powers of two; equal ones by UID. */
function byLogAge(a: Ms | undefined, b: Ms | undefined, now: Ms, left: Pod, right: Pod): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  return ageBucket(a, now) - ageBucket(b, now) || compareText(left.metadata.uid, right.metadata.uid);
}

const readySince = (pod: Pod): Ms | undefined => parseTime(podCondition(pod, 'Ready')?.lastTransitionTime);

interface VictimOptions {
  now: Ms;
  /** Active pods of the same family on the pod's node; more of them go first. */
  rank?: (pod: Pod) => number;
  /** Jobs and StatefulSets compare plain times and no cost. */
  plain?: boolean;
}

function compareAges(a: Pod, b: Pod, o: VictimOptions): number {
  const older = (x: Ms | undefined, y: Ms | undefined): number =>
    o.plain ? (y ?? 0) - (x ?? 0) : byLogAge(x, y, o.now, a, b);
  if (isReady(a) && isReady(b)) {
    const byReady = older(readySince(a), readySince(b));
    if (byReady) return byReady;
  }
  return (
    maxRestarts(b.status?.containerStatuses) - maxRestarts(a.status?.containerStatuses) ||
    maxRestarts(b.status?.initContainerStatuses) - maxRestarts(a.status?.initContainerStatuses) ||
    older(parseTime(a.metadata.creationTimestamp), parseTime(b.metadata.creationTimestamp))
  );
}

/** The order in which pods are deleted: the first is the first to go. */
export function compareVictims(a: Pod, b: Pod, o: VictimOptions): number {
  return (
    Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)) ||
    (PHASES[a.status?.phase ?? 'Pending'] ?? 0) - (PHASES[b.status?.phase ?? 'Pending'] ?? 0) ||
    Number(isReady(a)) - Number(isReady(b)) ||
    (o.plain ? 0 : deletionCost(a) - deletionCost(b)) ||
    (o.rank ? o.rank(b) - o.rank(a) : 0) ||
    compareAges(a, b, o)
  );
}

/** The `count` pods that go first. */
export function pickVictims(pods: readonly Pod[], count: number, options: VictimOptions): Pod[] {
  if (count >= pods.length) return [...pods];
  return [...pods].sort((a, b) => compareVictims(a, b, options)).slice(0, count);
}
