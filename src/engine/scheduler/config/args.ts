/** Plugin arguments with their defaults. Upstream: pkg/scheduler/apis/config/v1/defaults.go */

type Args = Record<string, unknown>;

const CPU_AND_MEMORY = [
  { name: 'cpu', weight: 1 },
  { name: 'memory', weight: 1 },
];

const weighted = (list: unknown): unknown =>
  Array.isArray(list) && list.length
    ? list.map((r: { name: string; weight?: number }) => ({ ...r, weight: r.weight || 1 }))
    : CPU_AND_MEMORY;

const DEFAULTS: Record<string, (given: Args) => Args> = {
  DefaultPreemption: (a) => ({ minCandidateNodesPercentage: 10, minCandidateNodesAbsolute: 100, ...a }),
  InterPodAffinity: (a) => ({ hardPodAffinityWeight: 1, ignorePreferredTermsOfExistingPods: false, ...a }),
  NodeResourcesFit: (a) => {
    const strategy = (a.scoringStrategy ?? { type: 'LeastAllocated' }) as Args;
    return { ...a, scoringStrategy: { ...strategy, resources: weighted(strategy.resources) } };
  },
  NodeResourcesBalancedAllocation: (a) => ({ ...a, resources: weighted(a.resources) }),
  PodTopologySpread: (a) => ({ ...a, defaultingType: a.defaultingType || 'System' }),
  VolumeBinding: (a) => ({ bindTimeoutSeconds: 600, ...a }),
  DynamicResources: (a) => ({ filterTimeout: '10s', bindingTimeout: '600s', ...a }),
};

const given = (args: Args | undefined): Args =>
  Object.fromEntries(
    Object.entries(args ?? {}).filter(([key, value]) => key !== 'apiVersion' && key !== 'kind' && value !== null),
  );

export const defaultArgs = (plugin: string, args: Args | undefined): Args =>
  (DEFAULTS[plugin] ?? ((a: Args) => a))(given(args));
