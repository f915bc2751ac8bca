/**
 * One decision: which nodes pass, how many of them are scored, which one is taken.
 * Upstream: pkg/scheduler/schedule_one.go (schedulePod, findNodesThatFitPod, prioritizeNodes, selectHost)
 */
import { CycleState, type NodeStatuses } from './framework/interface.ts';
import type { NodeInfo } from './framework/node-info.ts';
import type { PodInfo } from './framework/pod-info.ts';
import type { Framework, PreFilterOutcome } from './framework/runtime.ts';
import { isRejected, messageOf, type Status, unresolvable } from './framework/status.ts';

/** Why a pod fits nowhere. */
export interface Diagnosis {
  statuses: NodeStatuses;
  preFilterMessage: string;
  /** Plugins whose events may free the pod. */
  rejectors: string[];
}

export type Outcome =
  | { kind: 'placed'; node: NodeInfo; feasible: readonly NodeInfo[] }
  | { kind: 'unfit'; diagnosis: Diagnosis }
  | { kind: 'no-nodes' }
  | { kind: 'error'; message: string };

export interface Walk {
  /** Where the next search starts; one for all profiles. */
  startIndex: number;
}

export const NO_NODES_MESSAGE = 'no nodes available to schedule pods';
export const ABSENT: Status = unresolvable('');
const MIN_FEASIBLE = 100;

/** How many feasible nodes are enough. */
export function feasibleTarget(nodes: number, percentage: number, scoring = true): number {
  if (!scoring) return 1;
  if (nodes < MIN_FEASIBLE) return nodes;
  const p = percentage || Math.max(5, 50 - Math.trunc(nodes / 125));
  if (p >= 100) return nodes;
  return Math.max(MIN_FEASIBLE, Math.trunc((nodes * p) / 100));
}

/** Room to sift in; nothing is kept in it. */
let order = new Int32Array(128);

/** The root of a max-heap over the totals: which of several best nodes wins. Upstream: container/heap Init */
export function heapRoot(totals: Float64Array): number {
  const n = totals.length;
  if (order.length < n) order = new Int32Array(2 * n);
  const heap = order;
  for (let i = 0; i < n; i++) heap[i] = i;
  for (let start = (n >> 1) - 1; start >= 0; start--) {
    let i = start;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= n) break;
      if (child + 1 < n && totals[heap[child + 1]!]! > totals[heap[child]!]!) child++;
      if (!(totals[heap[child]!]! > totals[heap[i]!]!)) break;
      const swap = heap[i]!;
      heap[i] = heap[child]!;
      heap[child] = swap;
      i = child;
    }
  }
  return heap[0]!;
}

interface Found {
  feasible: NodeInfo[];
  refusedNodes: NodeInfo[];
  refusals: Status[];
}

/** Walks from the start index until one more node than wanted passes; that one is where the next search starts. */
function walk(
  fw: Framework,
  state: CycleState,
  pod: PodInfo,
  nodes: readonly NodeInfo[],
  target: number,
  start: number,
): Found {
  const feasible: NodeInfo[] = [];
  const refusedNodes: NodeInfo[] = [];
  const refusals: Status[] = [];
  const table = fw.beginFilter(state, pod.cls);
  const n = nodes.length;
  let at = n ? start % n : 0;
  for (let i = 0; i < n; i++) {
    const node = nodes[at]!;
    if (++at === n) at = 0;
    const status = table ? fw.cachedFilter(table, state, pod, node) : fw.filterWithNominated(state, pod, node);
    if (status) {
      refusedNodes.push(node);
      refusals.push(status);
      if (!isRejected(status)) break;
    } else {
      if (feasible.length === target) break;
      feasible.push(node);
    }
  }
  return { feasible, refusedNodes, refusals };
}

/** What nodes outside PreFilter's names count as. */
export const outsideNames = (pre: PreFilterOutcome): Status =>
  unresolvable('', `node(s) didn't satisfy plugin(s) [${pre.narrowedBy.join(' ')}]`);

/** The diagnosis of a PreFilter that refused the pod: every node has its status. */
export function preFilterDiagnosis(nodes: readonly NodeInfo[], status: Status): Diagnosis {
  return {
    statuses: { explicit: new Map(), absent: status },
    preFilterMessage: nodes.length ? messageOf(status) : '',
    rejectors: status.plugin ? [status.plugin] : [],
  };
}

function diagnosisOf(pre: PreFilterOutcome, explicit: Map<string, Status>): Diagnosis {
  const rejectors = new Set<string>(pre.narrowedBy);
  for (const s of explicit.values()) if (s.plugin) rejectors.add(s.plugin);
  return {
    statuses: { explicit, absent: pre.nodeNames ? outsideNames(pre) : ABSENT },
    preFilterMessage: '',
    rejectors: [...rejectors],
  };
}

/** Decides for one pod over the nodes of the cache (`snapshot()` has been called). The cycle's state is for PostFilter. */
export function schedulePod(
  fw: Framework,
  pod: PodInfo,
  all: readonly NodeInfo[],
  position: Walk,
  state = new CycleState(),
): Outcome {
  if (all.length === 0) return { kind: 'no-nodes' };
  const pre = fw.runPreFilter(state, pod, all);
  if (pre.status) {
    if (!isRejected(pre.status)) return { kind: 'error', message: messageOf(pre.status) };
    return { kind: 'unfit', diagnosis: preFilterDiagnosis(all, pre.status) };
  }
  const explicit = new Map<string, Status>();
  let feasible: readonly NodeInfo[] = [];
  const nominatedName = pod.pod.status?.nominatedNodeName;
  const nominated = nominatedName ? all.find((n) => n.name === nominatedName) : undefined;
  if (nominated) {
    const status =
      pre.nodeNames && !pre.nodeNames.has(nominated.name)
        ? outsideNames(pre)
        : fw.filterWithNominated(state, pod, nominated);
    if (!status) feasible = [nominated];
    else if (!isRejected(status)) return { kind: 'error', message: messageOf(status) };
    else explicit.set(nominated.name, status);
  }
  if (feasible.length === 0) {
    const nodes = pre.nodeNames ? all.filter((n) => pre.nodeNames!.has(n.name)) : all;
    const target = feasibleTarget(nodes.length, fw.profile.percentageOfNodesToScore, fw.scores.length > 0);
    const found = walk(fw, state, pod, nodes, target, position.startIndex);
    const last = found.refusals[found.refusals.length - 1];
    if (last && !isRejected(last)) return { kind: 'error', message: messageOf(last) };
    feasible = found.feasible;
    let checked = found.refusals.length;
    if (explicit.size && !found.refusedNodes.some((n) => explicit.has(n.name))) checked++;
    position.startIndex = (position.startIndex + feasible.length + checked) % all.length;
    if (feasible.length === 0) {
      for (const [i, node] of found.refusedNodes.entries()) explicit.set(node.name, found.refusals[i]!);
      return { kind: 'unfit', diagnosis: diagnosisOf(pre, explicit) };
    }
  }
  return pick(fw, state, pod, feasible);
}

function pick(fw: Framework, state: CycleState, pod: PodInfo, feasible: readonly NodeInfo[]): Outcome {
  if (feasible.length === 1) return { kind: 'placed', node: feasible[0]!, feasible };
  const status = fw.runPreScore(state, pod, feasible);
  if (status) return { kind: 'error', message: messageOf(status) };
  const totals = fw.runScore(state, pod, feasible);
  return { kind: 'placed', node: feasible[heapRoot(totals)]!, feasible };
}
