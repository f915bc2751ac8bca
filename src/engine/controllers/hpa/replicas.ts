/** From what pods use to how many there should be. Upstream: pkg/controller/podautoscaler/replica_calculator.go */
import type { Pod } from '../../api/core.ts';
import type { MetricsSource, PodUsage } from '../../api/metrics.ts';
import { amountOf } from '../../api/resources.ts';
import { type Ms, parseTime } from '../../sim/time.ts';
import { podCondition } from '../shared/pods.ts';

const TOLERANCE = 0.1;
const CPU_INITIALIZATION_MS = 300_000;
const READINESS_DELAY_MS = 30_000;

/** What a metric wants: a share of the requests in per cent, or an amount a pod. */
export type Target = { utilization: number } | { averageValue: number };

export interface Measured {
  replicas: number;
  /** What was measured, for the status: per cent, or an amount a pod. */
  utilization?: number;
  averageValue: number;
}

interface Groups {
  ready: number;
  unready: Set<Pod>;
  missing: Set<Pod>;
  ignored: Set<Pod>;
  usage: Map<Pod, number>;
}

export interface Question {
  pods: readonly Pod[];
  resource: string;
  target: Target;
  current: number;
  /** Looks at one container only. */
  container?: string | undefined;
}

/** How many replicas the metric asks for, or why that cannot be said. */
export function replicasFor(q: Question, source: MetricsSource, now: Ms): Measured | { error: string } {
  if (q.pods.length === 0) return { error: 'no pods returned by selector while calculating replica count' };
  const groups = groupPods(q, source, now);
  const unit = wanted(q);
  if ('error' in unit) return unit;
  if (groups.usage.size === 0) return { error: 'did not receive metrics for targeted pods (pods might be unready)' };
  const total = sum(groups.usage.values());
  const asked = (pods: Iterable<Pod>): number => sum([...pods].map((pod) => unit.of.get(pod) ?? 0));
  const ratio = total / asked(groups.usage.keys()) / unit.share;
  const measured = {
    averageValue: Math.ceil(total / groups.usage.size),
    ...('utilization' in q.target ? { utilization: Math.floor((total * 100) / asked(groups.usage.keys())) } : {}),
  };
  const rebalances = groups.unready.size > 0 && ratio > 1;
  if (!rebalances && groups.missing.size === 0) {
    const replicas = isTolerable(ratio) ? q.current : Math.ceil(ratio * groups.ready);
    return { replicas, ...measured };
  }
  return { replicas: careful(q, groups, ratio, rebalances, unit), ...measured };
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);
const isTolerable = (ratio: number): boolean => Math.abs(1 - ratio) <= TOLERANCE;

/** Pods without numbers count as idle when scaling up, as busy when scaling down, and never turn the direction. */
function careful(q: Question, groups: Groups, ratio: number, rebalances: boolean, unit: Unit): number {
  const usage = new Map(groups.usage);
  for (const pod of groups.missing) {
    if (ratio >= 1) usage.set(pod, 0);
    else usage.set(pod, (unit.of.get(pod) ?? 0) * Math.max(1, unit.share));
  }
  if (rebalances) for (const pod of groups.unready) usage.set(pod, 0);
  const asked = sum([...usage.keys()].map((pod) => unit.of.get(pod) ?? 0));
  const next = sum(usage.values()) / asked / unit.share;
  if (isTolerable(next) || (ratio < 1 && next > 1) || (ratio > 1 && next < 1)) return q.current;
  const replicas = Math.ceil(next * usage.size);
  const turns = (next < 1 && replicas > q.current) || (next > 1 && replicas < q.current);
  return turns ? q.current : replicas;
}

/** What usage is measured against: requests and a share of them, or an amount a pod. */
interface Unit {
  of: Map<Pod, number>;
  share: number;
}

function wanted(q: Question): Unit | { error: string } {
  const of = new Map<Pod, number>();
  if ('averageValue' in q.target) {
    for (const pod of q.pods) of.set(pod, q.target.averageValue);
    return { of, share: 1 };
  }
  for (const pod of q.pods) {
    let request = 0;
    for (const c of pod.spec.containers) {
      if (q.container !== undefined && q.container !== c.name) continue;
      const quantity = c.resources?.requests?.[q.resource];
      if (quantity === undefined)
        return { error: `missing request for ${q.resource} in container ${c.name} of Pod ${pod.metadata.name}` };
      request += amountOf(q.resource, quantity);
    }
    of.set(pod, request);
  }
  return { of, share: q.target.utilization / 100 };
}

function groupPods(q: Question, source: MetricsSource, now: Ms): Groups {
  const groups: Groups = { ready: 0, unready: new Set(), missing: new Set(), ignored: new Set(), usage: new Map() };
  for (const pod of q.pods) {
    if (pod.metadata.deletionTimestamp !== undefined || pod.status.phase === 'Failed') groups.ignored.add(pod);
    else if (pod.status.phase === 'Pending') groups.unready.add(pod);
    else {
      const usage = source.usage(pod, now);
      if (!usage) groups.missing.add(pod);
      else if (q.resource === 'cpu' && isWarmingUp(pod, usage, now)) groups.unready.add(pod);
      else {
        groups.ready++;
        groups.usage.set(pod, used(q, usage));
      }
    }
  }
  return groups;
}

function used(q: Question, usage: PodUsage): number {
  const containers = Object.entries(usage.containers).filter(
    ([name]) => q.container === undefined || q.container === name,
  );
  return sum(containers.map(([, c]) => (q.resource === 'cpu' ? c.cpuMilli : c.memoryBytes)));
}

/** CPU of a pod that just started says nothing yet. */
function isWarmingUp(pod: Pod, usage: PodUsage, now: Ms): boolean {
  const ready = podCondition(pod, 'Ready');
  const started = parseTime(pod.status.startTime);
  if (!ready || started === undefined) return true;
  const since = parseTime(ready.lastTransitionTime) ?? 0;
  if (started + CPU_INITIALIZATION_MS > now) return ready.status === 'False' || usage.at < since + usage.windowMs;
  return ready.status === 'False' && started + READINESS_DELAY_MS > since;
}
