/** Who would have to go on one node. Upstream: pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go (SelectVictimsOnNode) */
import type { Pod } from '../../api/core.ts';
import type { PodDisruptionBudget } from '../../api/policy.ts';
import { matchesSelector } from '../../api/selector.ts';
import { parseTime } from '../../sim/time.ts';
import type { CycleState, Handle } from '../framework/interface.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import { failure, type Status, unresolvable } from '../framework/status.ts';
import { isEmptySelector } from './spread-constraints.ts';

const NO_VICTIMS = unresolvable('DefaultPreemption', 'No preemption victims found for incoming pod');

export interface Victims {
  pods: PodInfo[];
  pdbViolations: number;
}

/** When a pod started; one that has not counts from now. */
export const startOf = (p: PodInfo, now: number): number => parseTime(p.pod.status?.startTime) ?? now;

/** The more important pod first: higher priority, then the older one. */
export const byImportance =
  (now: number) =>
  (a: PodInfo, b: PodInfo): number =>
    b.cls.priority - a.cls.priority || startOf(a, now) - startOf(b, now);

function selects(budget: PodDisruptionBudget, pod: Pod): boolean {
  const selector = budget.spec.selector;
  return selector !== undefined && !isEmptySelector(selector) && matchesSelector(selector, pod.metadata.labels);
}

/** Splits pods, in order, by whether a budget has nothing left for them. */
function splitByBudgets(
  pods: readonly PodInfo[],
  budgets: readonly PodDisruptionBudget[],
): { violating: PodInfo[]; free: PodInfo[] } {
  const left = budgets.map((b) => b.status?.disruptionsAllowed ?? 0);
  const violating: PodInfo[] = [];
  const free: PodInfo[] = [];
  for (const p of pods) {
    let violated = false;
    if (Object.keys(p.pod.metadata.labels ?? {}).length > 0)
      budgets.forEach((b, i) => {
        if (b.metadata.namespace !== p.pod.metadata.namespace || !selects(b, p.pod)) return;
        if (b.status?.disruptedPods?.[p.pod.metadata.name] !== undefined) return;
        left[i]!--;
        if (left[i]! < 0) violated = true;
      });
    (violated ? violating : free).push(p);
  }
  return { violating, free };
}

/** Takes all lesser pods off a copy of the node, then lets back as many as the pod leaves room for. */
export function selectVictims(
  handle: Handle,
  state: CycleState,
  pod: PodInfo,
  original: NodeInfo,
  budgets: readonly PodDisruptionBudget[],
): Victims | Status {
  const potential = original.pods.filter((p) => p.cls.priority < pod.cls.priority);
  if (potential.length === 0) return NO_VICTIMS;
  const node = original.clone();
  const trial = state.clone();
  const remove = (p: PodInfo): void => {
    node.removePod(p.key);
    handle.removePod(trial, pod, p, node);
  };
  for (const p of potential) remove(p);
  const status = handle.filterWithNominated(trial, pod, node);
  if (status) return status;
  const importance = byImportance(handle.now());
  const { violating, free } = splitByBudgets([...potential].sort(importance), budgets);
  const victims: PodInfo[] = [];
  let pdbViolations = 0;
  const reprieved = (p: PodInfo): boolean => {
    node.addPod(p);
    handle.addPod(trial, pod, p, node);
    if (!handle.filterWithNominated(trial, pod, node)) return true;
    remove(p);
    victims.push(p);
    return false;
  };
  for (const p of violating) if (!reprieved(p)) pdbViolations++;
  for (const p of free) reprieved(p);
  if (violating.length && free.length) victims.sort(importance);
  return victims.length
    ? { pods: victims, pdbViolations }
    : failure('DefaultPreemption', `expected at least one victim pod on node "${node.name}"`);
}
