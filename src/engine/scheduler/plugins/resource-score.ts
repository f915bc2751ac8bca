/** How full a node may be: the three strategies. Upstream: pkg/scheduler/framework/plugins/noderesources/{least,most}_allocated.go, requested_to_capacity_ratio.go */
import { MAX_NODE_SCORE } from '../framework/interface.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { Resource } from '../framework/pod-info.ts';

export interface ResourceSpec {
  name: string;
  weight?: number;
}

export interface ScoringStrategy {
  type?: string;
  resources?: ResourceSpec[];
  requestedToCapacityRatio?: { shape: { utilization: number; score: number }[] };
}

export const DEFAULT_RESOURCES: readonly ResourceSpec[] = [
  { name: 'cpu', weight: 1 },
  { name: 'memory', weight: 1 },
];

/** `⌊a·b/c⌋` in whole numbers; beyond 2^53 as Go's int64, which wraps around (exbibytes score oddly there, too). */
export function mulDiv(a: number, b: number, c: number): number {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER) return Math.trunc(product / c);
  return Number(BigInt.asIntN(64, BigInt(a) * BigInt(b)) / BigInt(c));
}

const isNative = (name: string): boolean => name === 'cpu' || name === 'memory' || name === 'ephemeral-storage';

export function amountIn(r: Resource, name: string): number {
  if (name === 'cpu') return r.milliCpu;
  if (name === 'memory') return r.memory;
  if (name === 'ephemeral-storage') return r.ephemeralStorage;
  return r.scalar.get(name) ?? 0;
}

/** What is taken on the node in scoring: cpu and memory with defaults, the rest as it is. */
function usedForScore(node: NodeInfo, name: string): number {
  if (name === 'cpu') return node.nonZeroMilliCpu;
  if (name === 'memory') return node.nonZeroMemory;
  return amountIn(node.requested, name);
}

/** Whether a resource takes no part for this pod: an extended one that it does not request. */
export const bypassed = (request: Resource, name: string): boolean => !isNative(name) && amountIn(request, name) === 0;

/** A broken line through points in order of utilisation; Go's division, toward zero. */
export function brokenLine(shape: readonly { utilization: number; score: number }[]): (p: number) => number {
  const points = shape.map((s) => ({ u: s.utilization, s: s.score * 10 }));
  return (p) => {
    for (let i = 0; i < points.length; i++) {
      const at = points[i]!;
      if (p > at.u) continue;
      if (i === 0) return at.s;
      const before = points[i - 1]!;
      return before.s + Math.trunc(((at.s - before.s) * (p - before.u)) / (at.u - before.u));
    }
    return points[points.length - 1]!.s;
  };
}

const least = (used: number, capacity: number): number =>
  used > capacity ? 0 : mulDiv(capacity - used, MAX_NODE_SCORE, capacity);
const most = (used: number, capacity: number): number => mulDiv(Math.min(used, capacity), MAX_NODE_SCORE, capacity);

/** Scores one node for a request: 0…100. */
export function makeScorer(strategy: ScoringStrategy): (request: Resource, node: NodeInfo) => number {
  const resources = (strategy.resources?.length ? strategy.resources : DEFAULT_RESOURCES).map((r) => ({
    name: r.name,
    weight: r.weight || 1,
  }));
  const ratio = strategy.type === 'RequestedToCapacityRatio';
  const line = ratio ? brokenLine(strategy.requestedToCapacityRatio?.shape ?? []) : undefined;
  const each = line
    ? (used: number, capacity: number) => line(used > capacity ? 100 : mulDiv(used, 100, capacity))
    : strategy.type === 'MostAllocated'
      ? most
      : least;
  return (request, node) => {
    let sum = 0;
    let weights = 0;
    for (const { name, weight } of resources) {
      if (bypassed(request, name)) continue;
      const capacity = amountIn(node.allocatable, name);
      if (capacity === 0) continue;
      const s = each(usedForScore(node, name) + amountIn(request, name), capacity);
      if (ratio && s <= 0) continue;
      sum += s * weight;
      weights += weight;
    }
    if (weights === 0) return 0;
    // Go rounds half away from zero; sums here are never negative
    return ratio ? Math.floor(sum / weights + 0.5) : Math.trunc(sum / weights);
  };
}
