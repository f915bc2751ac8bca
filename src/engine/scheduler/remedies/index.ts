/** What would make a pod fit: the smallest single changes, each of them really decided again. */
import type { Pod } from '../../api/core.ts';
import type { AnyObject } from '../../api/meta.ts';
import type { PriorityClass } from '../../api/policy.ts';
import { DEFAULT_CONFIGURATION } from '../config/resolve.ts';
import type { KubeSchedulerConfiguration } from '../config/types.ts';
import { type Desk, layOut } from '../explain.ts';
import { CycleState } from '../framework/interface.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import { shortfalls } from '../plugins/node-resources-fit.ts';
import { schedulePod } from '../schedule-pod.ts';
import { deleteChanges, labelChanges, priorityChanges, taintChanges, uncordonChanges } from './cluster-changes.ts';
import { demandChanges, requestChanges, tolerationChanges } from './pod-changes.ts';
import type { Change, Remedy } from './remedy.ts';

export type { Remedy } from './remedy.ts';

/** How many changes of a kind are tried, and how many answers are given for each. */
const TRIES_PER_KIND = 60;
const ANSWERS_PER_KIND = 3;

/**
 * Remedies for a pod that does not fit the cluster of `objects` (as stored), smallest first; empty when it fits, or when no
 * single change helps.
 */
export function findRemedies(
  objects: readonly AnyObject[],
  podKey: string,
  config: KubeSchedulerConfiguration = DEFAULT_CONFIGURATION,
): Remedy[] {
  const desk = layOut(objects, podKey, config);
  if (typeof desk === 'string' || desk.cache.list.length === 0) return [];
  if (placedOn(desk) !== undefined) return [];
  const classes = objects.filter((o) => o.kind === 'PriorityClass') as unknown as PriorityClass[];
  const counts = new Map<string, number>();
  const out: { remedy: Remedy; cost: number }[] = [];
  for (const change of changesFor(desk, classes)) {
    if ((counts.get(change.kind) ?? 0) >= ANSWERS_PER_KIND) continue;
    const node = tryChange(desk, change);
    if (node === undefined) continue;
    counts.set(change.kind, (counts.get(change.kind) ?? 0) + 1);
    out.push({ remedy: { kind: change.kind, command: change.command, text: change.text, node }, cost: change.cost });
  }
  return out.sort((a, b) => a.cost - b.cost).map((r) => r.remedy);
}

function changesFor(desk: Desk, classes: readonly PriorityClass[]): Change[] {
  const nodes: readonly NodeInfo[] = desk.cache.list;
  const info = desk.cache.classes.info(desk.pod);
  // of many nodes those with room first: on the others a label or a taint alone changes nothing
  const roomy = [...nodes].sort(
    (a, b) => shortfalls(info.cls.requests, a).length - shortfalls(info.cls.requests, b).length,
  );
  return [
    uncordonChanges(desk.pod, roomy),
    tolerationChanges(desk.pod, nodes),
    labelChanges(desk.pod, roomy),
    demandChanges(desk.pod),
    requestChanges(info, nodes),
    taintChanges(desk.pod, roomy),
    deleteChanges(info, nodes),
    priorityChanges(desk.pod, classes),
  ]
    .flatMap((changes) => changes.sort((a, b) => a.cost - b.cost).slice(0, TRIES_PER_KIND))
    .sort((a, b) => a.cost - b.cost);
}

/** Where the pod goes as things stand, or, if it may evict others, where it would be nominated to. */
function placedOn(desk: Desk, pod = desk.pod, mayEvict = false): string | undefined {
  const info = desk.cache.classes.info(pod);
  const state = new CycleState();
  const outcome = schedulePod(desk.fw, info, desk.cache.list, { startIndex: 0 }, state);
  if (outcome.kind === 'placed') return outcome.node.name;
  if (outcome.kind !== 'unfit' || !mayEvict) return undefined;
  const post = desk.fw.runPostFilter(state, info, outcome.diagnosis.statuses);
  return post.status ? undefined : post.nominated;
}

/** Makes the change, asks, and puts everything back. */
export function withChange<T>(desk: Desk, change: Change, ask: (pod: Pod | undefined) => T): T {
  const { cache } = desk;
  const oldNode = change.node ? cache.get(change.node.metadata.name)?.node : undefined;
  const gone = (change.without ?? []).map((key) => ({ pod: cache.podInfo(key)!.pod, node: cache.nodeOf(key)! }));
  if (change.node) cache.setNode(change.node);
  for (const key of change.without ?? []) cache.removePod(key);
  const answer = ask(change.pod);
  for (const g of gone) cache.setPod(g.pod, g.node);
  if (oldNode) cache.setNode(oldNode);
  return answer;
}

const tryChange = (desk: Desk, change: Change): string | undefined =>
  withChange(desk, change, (pod) => placedOn(desk, pod, change.kind === 'priority'));
