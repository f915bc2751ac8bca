import type { PluginFactory } from '../framework/interface.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { Resource } from '../framework/pod-info.ts';
import { skip, success } from '../framework/status.ts';
import { amountIn, bypassed, DEFAULT_RESOURCES, type ResourceSpec } from './resource-score.ts';

const name = 'NodeResourcesBalancedAllocation';

/** How even the given fractions are: 100 for equal ones, 50 at worst. */
function balance(fractions: readonly number[]): number {
  let deviation = 0;
  if (fractions.length === 2) deviation = Math.abs(fractions[0]! - fractions[1]!) / 2;
  else if (fractions.length > 2) {
    let sum = 0;
    for (const f of fractions) sum += f;
    const mean = sum / fractions.length;
    let squares = 0;
    for (const f of fractions) squares += (f - mean) * (f - mean);
    deviation = Math.sqrt(squares / fractions.length);
  }
  return Math.trunc((1 - deviation) * 100);
}

/** Likes nodes whose resources the pod brings closer to one another. Upstream: pkg/scheduler/framework/plugins/noderesources/balanced_allocation.go */
export const NodeResourcesBalancedAllocation: PluginFactory = (_handle, args) => {
  const given = args.resources as ResourceSpec[] | undefined;
  const names = (given?.length ? given : DEFAULT_RESOURCES).map((r) => r.name);
  const score = (request: Resource, node: NodeInfo): number => {
    const without: number[] = [];
    const withPod: number[] = [];
    for (const resource of names) {
      if (bypassed(request, resource)) continue;
      const capacity = amountIn(node.allocatable, resource);
      if (capacity === 0) continue;
      const used = amountIn(node.requested, resource);
      without.push(Math.min(1, used / capacity));
      withPod.push(Math.min(1, (used + amountIn(request, resource)) / capacity));
    }
    return 50 + Math.trunc((50 + balance(withPod) - balance(without)) / 2);
  };
  const isBestEffort = (request: Resource): boolean => names.every((n) => amountIn(request, n) === 0);
  return {
    name,
    local: true,
    preScore: (_state, pod) => (isBestEffort(pod.cls.requests) ? skip : success),
    // without PreScore in the profile a best-effort pod scores 0
    score: (_state, pod, node) => (isBestEffort(pod.cls.requests) ? 0 : score(pod.cls.requests, node)),
  };
};
