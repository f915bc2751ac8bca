/** What the inspector asks: why, what would help, would it fit there. */

import {
  counterfactualsOf,
  type Explanation,
  explainPod as explainInCluster,
  parseTime,
  refutedOf,
  remediesOf,
  wouldFit as wouldFitInCluster,
} from '../engine/index.ts';

import type {
  Counterfactual,
  Decision,
  ExplainedDecision,
  PreemptionCandidate,
  Refuted,
  Remedy,
} from '../view/decision.ts';
import type { Playground } from './playground.ts';

type Candidates = Explanation['evaluation']['candidates'];

function candidateRows(candidates: Candidates, chosen: string | undefined): PreemptionCandidate[] {
  const rows = candidates.map((c) => {
    const priorities = c.victims.map((v) => v.pod.spec.priority ?? 0);
    const highestPriority = Math.max(...priorities);
    const starts = c.victims
      .filter((v) => (v.pod.spec.priority ?? 0) === highestPriority)
      .map((v) => parseTime(v.pod.status.startTime) ?? 0);
    return {
      node: c.node,
      pdbViolations: c.pdbViolations,
      highestPriority,
      sumPriority: priorities.reduce((n, p) => n + p, 0),
      victims: c.victims.map((v) => v.key),
      startMs: Math.min(...starts),
    };
  });
  return rows.sort((a, b) => Number(b.node === chosen) - Number(a.node === chosen));
}

function detailOf({ evaluation }: Explanation): ExplainedDecision['detail'] {
  const detail: ExplainedDecision['detail'] = {};
  evaluation.scored.forEach((node, i) => {
    detail[node.name] = evaluation.trace.map((t) => ({
      plugin: t.plugin,
      raw: t.raw[i]!,
      normalized: t.normalized[i]!,
      weight: t.weight,
      weighted: t.normalized[i]! * t.weight,
    }));
  });
  return detail;
}

/** The decision about a pod (of one attempt, else the last) with everything the inspector shows; `null` for no such pod. */
export function explainPod(playground: Playground, pod: string, attempt?: number): ExplainedDecision | null {
  const e = explainInCluster(playground.cluster, pod, attempt);
  if (!e) return null;
  const { decision, candidates, filterPlugins, skippedPlugins } = e.evaluation;
  return {
    ...decision,
    attempt: e.attempt,
    atMs: e.atMs,
    chosen: e.chosen,
    filterPlugins,
    skippedPlugins,
    detail: detailOf(e),
    notLooked: e.evaluation.notLooked,
    tie: decision.best.length > 1,
    ...(e.nearest ? { nearest: e.nearest } : {}),
    attempts: e.attempts,
    ...(candidates.length ? { candidates: candidateRows(candidates, decision.preemption?.[0]?.node) } : {}),
  };
}

/** Would the pod fit on that node now? */
export const wouldFit = (playground: Playground, pod: string, node: string): Decision | null =>
  wouldFitInCluster(playground.cluster, pod, node)?.decision ?? null;

/** The smallest changes that would place a waiting pod, each decided again on the objects as they are. */
export const remediesFor = (playground: Playground, pod: string): Remedy[] => remediesOf(playground.cluster, pod);

/** Changes that one would think of for a waiting pod and that would not do, each with what is then in the way. */
export const refutedFor = (playground: Playground, pod: string): Refuted[] => refutedOf(playground.cluster, pod);

/** The decision that placed a pod, made again with one thing changed. */
export const counterfactualsFor = (playground: Playground, pod: string): Counterfactual[] =>
  counterfactualsOf(playground.cluster, pod);
