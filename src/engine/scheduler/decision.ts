/** One decision as data: every node's verdict, every score, and why. The same form as the page's and the command line's. */

import { GATED_MESSAGE } from './admit.ts';
import { fitMessage } from './framework/fit-error.ts';
import { type Candidate, CycleState } from './framework/interface.ts';
import type { NodeInfo } from './framework/node-info.ts';
import type { PodInfo } from './framework/pod-info.ts';
import type { Framework, PreFilterOutcome, ScoreTrace } from './framework/runtime.ts';
import { isRejected, messageOf, type Status } from './framework/status.ts';
import {
  ABSENT,
  feasibleTarget,
  heapRoot,
  NO_NODES_MESSAGE,
  outsideNames,
  preFilterDiagnosis,
} from './schedule-pod.ts';

export interface FilterCell {
  plugin: string;
  code: string;
  reasons: string[];
}

export type Verdict = 'Schedulable' | 'Unschedulable' | 'Preempt' | 'Gated' | 'NoNodes' | 'Error';

/** Structurally the page's `Decision`. */
export interface Decision {
  name?: string;
  pod: string;
  verdict: Verdict;
  filters: Record<string, FilterCell | null>;
  scores: Record<string, { total: number; plugins: Record<string, number> }> | null;
  best: string[];
  message: string;
  preemption: { node: string; victims: string[] }[] | null;
}

/** A decision with what a detailed view shows on top. */
export interface Evaluation {
  decision: Decision;
  /** The node that a sequential walk would take, '' for none. */
  chosen: string;
  filterPlugins: string[];
  skippedPlugins: string[];
  trace: ScoreTrace[];
  scored: readonly NodeInfo[];
  candidates: readonly Candidate[];
  rejectors: string[];
  /** Nodes at which the walk of a past attempt never looked. */
  notLooked: string[];
}

const cell = (s: Status): FilterCell => ({ plugin: s.plugin, code: s.code, reasons: [...s.reasons] });

const blank = (pod: PodInfo, verdict: Verdict, message: string): Evaluation => ({
  decision: { pod: pod.key, verdict, filters: {}, scores: null, best: [], message, preemption: null },
  chosen: '',
  filterPlugins: [],
  skippedPlugins: [],
  trace: [],
  scored: [],
  candidates: [],
  rejectors: [],
  notLooked: [],
});

/**
 * Decides for one pod over all the nodes, in walking order, without sampling; with the start index of a past attempt, only
 * over the nodes at which that one looked.
 */
export function evaluate(fw: Framework, nodes: readonly NodeInfo[], pod: PodInfo, startIndex?: number): Evaluation {
  const gate = fw.runPreEnqueue(pod.pod);
  if (gate) return blank(pod, 'Gated', gate.plugin === 'SchedulingGates' ? GATED_MESSAGE : '');
  if (nodes.length === 0) return blank(pod, 'NoNodes', NO_NODES_MESSAGE);
  const state = new CycleState();
  const pre = fw.runPreFilter(state, pod, nodes);
  if (pre.status && !isRejected(pre.status)) return blank(pod, 'Error', messageOf(pre.status));
  const out = blank(pod, 'Schedulable', '');
  out.skippedPlugins = fw.preFilters.filter((p) => state.skipFilter.has(p.name)).map((p) => p.name);
  out.filterPlugins = fw.filters.filter((p) => !state.skipFilter.has(p.name)).map((p) => p.name);
  if (pre.status) {
    for (const n of nodes) out.decision.filters[n.name] = cell(pre.status);
    const { statuses, preFilterMessage, rejectors } = preFilterDiagnosis(nodes, pre.status);
    out.rejectors = rejectors;
    return refuse(out, fw, state, pod, nodes, statuses, preFilterMessage);
  }
  return filterAll(out, fw, state, pod, nodes, pre, startIndex);
}

const rotated = (nodes: readonly NodeInfo[], start: number): readonly NodeInfo[] =>
  start === 0 ? nodes : [...nodes.slice(start % nodes.length), ...nodes.slice(0, start % nodes.length)];

function filterAll(
  out: Evaluation,
  fw: Framework,
  state: CycleState,
  pod: PodInfo,
  nodes: readonly NodeInfo[],
  pre: PreFilterOutcome,
  startIndex: number | undefined,
): Evaluation {
  const candidates = pre.nodeNames ? nodes.filter((n) => pre.nodeNames!.has(n.name)) : nodes;
  const enough =
    startIndex === undefined
      ? nodes.length
      : feasibleTarget(candidates.length, fw.profile.percentageOfNodesToScore, fw.scores.length > 0);
  const explicit = new Map<string, Status>();
  const feasible: NodeInfo[] = [];
  const rejectors = new Set(pre.narrowedBy);
  let done = false;
  for (const node of rotated(nodes, startIndex ?? 0)) {
    if (done) {
      out.notLooked.push(node.name);
      continue;
    }
    const outside = pre.nodeNames !== undefined && !pre.nodeNames.has(node.name);
    const status = outside ? outsideNames(pre) : fw.filterWithNominated(state, pod, node);
    if (status && !isRejected(status)) return blank(pod, 'Error', messageOf(status));
    // one more than enough ends the walk, and is not taken
    if (!status && feasible.length === enough) {
      done = true;
      out.notLooked.push(node.name);
      continue;
    }
    out.decision.filters[node.name] = status ? cell(status) : null;
    if (!status) feasible.push(node);
    else if (!outside) {
      explicit.set(node.name, status);
      if (status.plugin) rejectors.add(status.plugin);
    }
  }
  out.rejectors = [...rejectors];
  if (feasible.length === 0)
    return refuse(out, fw, state, pod, nodes, { explicit, absent: pre.nodeNames ? outsideNames(pre) : ABSENT }, '');
  const nominated = pod.pod.status?.nominatedNodeName;
  const only = feasible.find((n) => n.name === nominated) ?? (feasible.length === 1 ? feasible[0] : undefined);
  if (only) {
    out.decision.best = [only.name];
    out.chosen = only.name;
    return out;
  }
  return scoreAll(out, fw, state, pod, feasible);
}

function scoreAll(
  out: Evaluation,
  fw: Framework,
  state: CycleState,
  pod: PodInfo,
  feasible: readonly NodeInfo[],
): Evaluation {
  const status = fw.runPreScore(state, pod, feasible);
  if (status) return blank(pod, 'Error', messageOf(status));
  const totals = fw.runScore(state, pod, feasible, out.trace);
  const scores: NonNullable<Decision['scores']> = {};
  feasible.forEach((node, i) => {
    const plugins: Record<string, number> = {};
    for (const t of out.trace) plugins[t.plugin] = t.normalized[i]! * t.weight;
    scores[node.name] = { total: totals[i]!, plugins };
  });
  const most = Math.max(...totals);
  out.decision.scores = scores;
  out.decision.best = feasible
    .filter((_, i) => totals[i] === most)
    .map((n) => n.name)
    .sort();
  out.scored = feasible;
  out.chosen = feasible[heapRoot(totals)]!.name;
  return out;
}

function refuse(
  out: Evaluation,
  fw: Framework,
  state: CycleState,
  pod: PodInfo,
  nodes: readonly NodeInfo[],
  statuses: { explicit: ReadonlyMap<string, Status>; absent: Status },
  preFilterMessage: string,
): Evaluation {
  const post = fw.postFilters.length ? fw.runPostFilter(state, pod, statuses) : undefined;
  out.decision.message = fitMessage(
    nodes.length,
    statuses,
    preFilterMessage,
    post?.status ? messageOf(post.status) : '',
  );
  out.decision.verdict = 'Unschedulable';
  if (post?.candidate && !post.status) {
    out.decision.verdict = 'Preempt';
    out.decision.preemption = [{ node: post.candidate.node, victims: post.candidate.victims.map((v) => v.key).sort() }];
    out.candidates = post.candidates ?? [];
  }
  return out;
}
