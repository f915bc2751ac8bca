import type { PodDisruptionBudget } from '../../api/policy.ts';
import { DELETE } from '../framework/events.ts';
import { fitMessage } from '../framework/fit-error.ts';
import type { Candidate, CycleState, Handle, NodeStatuses, PluginFactory } from '../framework/interface.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import { failure, messageOf, type Status, success, unresolvable, unschedulable } from '../framework/status.ts';
import { selectVictims, startOf } from './preemption-victims.ts';

const name = 'DefaultPreemption';
const NOT_HELPFUL = unresolvable(name, 'Preemption is not helpful for scheduling');

const refuse = (message: string): Status => unschedulable(name, `preemption: ${message}`);

/** Going already because of an earlier preemption. */
const isLeaving = (p: PodInfo): boolean =>
  p.terminating &&
  (p.pod.status?.conditions?.some(
    (c) => c.type === 'DisruptionTarget' && c.status === 'True' && c.reason === 'PreemptionByScheduler',
  ) ??
    false);

function ineligible(handle: Handle, pod: PodInfo, statuses: NodeStatuses): string | undefined {
  if (pod.pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const nominated = pod.pod.status?.nominatedNodeName;
  if (!nominated) return undefined;
  if ((statuses.explicit.get(nominated) ?? statuses.absent).code === 'UnschedulableAndUnresolvable') return undefined;
  const waits = handle.node(nominated)?.pods.some((p) => p.cls.priority < pod.cls.priority && isLeaving(p));
  return waits ? 'not eligible due to a terminating pod on the nominated node.' : undefined;
}

const highest = (c: Candidate): number => c.victims[0]!.cls.priority;
/** Exact below 2^53: the sum of at most some hundred priorities, each shifted to be positive. */
const prioritySum = (c: Candidate): number => c.victims.reduce((sum, v) => sum + v.cls.priority + 2 ** 31, 0);

function latestEarliestStart(c: Candidate, now: number): number {
  const top = highest(c);
  return -Math.min(...c.victims.filter((v) => v.cls.priority === top).map((v) => startOf(v, now)));
}

/** The best by each criterion in turn, until one is left. Upstream: pickOneNodeForPreemption */
export function pickCandidate(candidates: readonly Candidate[], now: number): Candidate | undefined {
  const criteria: ((c: Candidate) => number)[] = [
    (c) => c.pdbViolations,
    highest,
    prioritySum,
    (c) => c.victims.length,
    (c) => latestEarliestStart(c, now),
  ];
  let left = [...candidates];
  for (const measure of criteria) {
    if (left.length < 2) break;
    const values = left.map(measure);
    const least = Math.min(...values);
    left = left.filter((_, i) => values[i] === least);
  }
  return left[0];
}

interface DryRun {
  candidates: Candidate[];
  statuses: Map<string, Status>;
}

function dryRun(
  handle: Handle,
  state: CycleState,
  pod: PodInfo,
  potential: readonly NodeInfo[],
  wanted: number,
): DryRun {
  const budgets = [...handle.objects.list<PodDisruptionBudget>('PodDisruptionBudget')];
  const violating: Candidate[] = [];
  const free: Candidate[] = [];
  const statuses = new Map<string, Status>();
  for (const node of potential) {
    const result = selectVictims(handle, state, pod, node, budgets);
    if ('code' in result) statuses.set(node.name, result);
    else {
      const candidate = { node: node.name, victims: result.pods, pdbViolations: result.pdbViolations };
      (candidate.pdbViolations ? violating : free).push(candidate);
      if (free.length > 0 && free.length + violating.length >= wanted) break;
    }
  }
  return { candidates: [...free, ...violating], statuses };
}

/** Makes room by evicting lesser pods. Upstream: pkg/scheduler/framework/plugins/defaultpreemption, pkg/scheduler/framework/preemption */
export const DefaultPreemption: PluginFactory = (handle, args) => ({
  name,
  // a pod whose own victims are on their way out is freed by what refused it
  events: () => [{ resource: 'Pod', action: DELETE, hint: () => 'Skip' }],
  preEnqueue: () => success,
  postFilter(state, pod, statuses) {
    const why = ineligible(handle, pod, statuses);
    if (why) return { status: refuse(why) };
    const nodes = handle.nodes();
    const potential = nodes.filter((n) => (statuses.explicit.get(n.name) ?? statuses.absent).code === 'Unschedulable');
    const share = Math.trunc((potential.length * (args.minCandidateNodesPercentage as number)) / 100);
    const wanted = Math.min(potential.length, Math.max(share, args.minCandidateNodesAbsolute as number));
    const run = dryRun(handle, state, pod, potential, wanted);
    const best = pickCandidate(run.candidates, handle.now());
    if (best) return { status: success, nominated: best.node, candidate: best, candidates: run.candidates };
    const errors = [...new Set([...run.statuses.values()].flatMap((s) => (s.code === 'Error' ? [messageOf(s)] : [])))];
    if (errors.length)
      return { status: failure(name, `preemption: ${errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`}`) };
    const message = fitMessage(nodes.length, { explicit: run.statuses, absent: NOT_HELPFUL }, '', '');
    return { status: refuse(message), nominated: '' };
  },
});
