/** What one would think of first and what would not do: each change really tried, with the word that is then in the way. */
import type { AnyObject } from '../../api/meta.ts';
import { CORDON_TAINT } from '../../api/taint.ts';
import { DEFAULT_CONFIGURATION } from '../config/resolve.ts';
import type { KubeSchedulerConfiguration } from '../config/types.ts';
import { type Desk, layOut } from '../explain.ts';
import type { NodeStatuses } from '../framework/interface.ts';
import type { Status } from '../framework/status.ts';
import { schedulePod } from '../schedule-pod.ts';
import { taintChanges, uncordonChanges } from './cluster-changes.ts';
import { withChange } from './index.ts';
import { demandChanges, tolerationChanges } from './pod-changes.ts';
import type { Change, Remedy } from './remedy.ts';

export interface Refuted {
  kind: Remedy['kind'];
  text: string;
  /** The node that the change was for, and what refuses the pod there all the same. */
  node: string;
  plugin: string;
  reasons: string[];
}

const TRIES_MAX = 24;
const ANSWERS_PER_KIND = 2;
const ANSWERS_MAX = 5;

/** Changes that one would try and that leave the pod where it is; empty when it fits. Nothing is said of changes that no node notices. */
export function findRefuted(
  objects: readonly AnyObject[],
  podKey: string,
  config: KubeSchedulerConfiguration = DEFAULT_CONFIGURATION,
): Refuted[] {
  const desk = layOut(objects, podKey, config);
  if (typeof desk === 'string') return [];
  const before = statusesOf(desk);
  if (!before) return [];
  const nodes = desk.cache.list;
  const groups = [
    uncordonChanges(desk.pod, nodes),
    // a toleration of the cordon is the uncordoning again
    tolerationChanges(desk.pod, nodes).filter((c) => !c.text.includes(CORDON_TAINT.key)),
    demandChanges(desk.pod),
    taintChanges(desk.pod, nodes),
  ];
  const out: Refuted[] = [];
  for (const changes of groups) {
    let answers = 0;
    for (const change of changes.slice(0, TRIES_MAX)) {
      if (answers === ANSWERS_PER_KIND || out.length === ANSWERS_MAX) break;
      const refuted = refutedBy(desk, change, before);
      if (!refuted || out.some((r) => r.kind !== 'uncordon' && r.node === refuted.node && r.plugin === refuted.plugin))
        continue;
      out.push(refuted);
      answers++;
    }
  }
  return out;
}

/** Every node's refusal; `undefined` for a pod that fits somewhere. */
function statusesOf(desk: Desk, pod = desk.pod): NodeStatuses | undefined {
  const outcome = schedulePod(desk.fw, desk.cache.classes.info(pod), desk.cache.list, { startIndex: 0 });
  return outcome.kind === 'unfit' ? outcome.diagnosis.statuses : undefined;
}

const at = (statuses: NodeStatuses, node: string): Status => statuses.explicit.get(node) ?? statuses.absent;

/** The node that took notice of the change and still refuses, the latest filter first; `undefined` when it helps or nothing changes. */
function refutedBy(desk: Desk, change: Change, before: NodeStatuses): Refuted | undefined {
  const after = withChange(desk, change, (pod) => statusesOf(desk, pod));
  if (!after) return undefined;
  const rank = new Map(desk.fw.filters.map((p, i) => [p.name, i]));
  let best: { node: string; status: Status; rank: number } | undefined;
  for (const { name: node } of desk.cache.list) {
    const status = at(after, node);
    if (status.plugin === at(before, node).plugin || !status.plugin) continue;
    const of = rank.get(status.plugin) ?? -1;
    if (!best || of > best.rank) best = { node, status, rank: of };
  }
  if (!best) return undefined;
  const { node, status } = best;
  return { kind: change.kind, text: change.text, node, plugin: status.plugin, reasons: [...status.reasons] };
}
