/** What the editor knows of a scheduler's configuration, for completion, hovers and squiggles. Upstream: k8s.io/kube-scheduler/config/v1 */

interface Schema {
  [key: string]: unknown;
}

const API_VERSION = 'kubescheduler.config.k8s.io/v1';

/** The plugins of the default profile, in their order. */
export const PLUGINS: Readonly<Record<string, string>> = {
  SchedulingGates: 'A pod with scheduling gates does not enter the queue.',
  PrioritySort: 'Orders the queue: priority first, then who has waited longest.',
  NodeUnschedulable: 'Refuses cordoned nodes.',
  NodeName: 'Refuses every node but the one in spec.nodeName.',
  TaintToleration: 'Refuses nodes with taints that the pod does not tolerate; scores by PreferNoSchedule taints.',
  NodeAffinity: 'Node selector and node affinity, required and preferred.',
  NodePorts: 'Refuses nodes on which a host port is taken.',
  NodeResourcesFit: 'Refuses nodes without enough free resources; scores by how full a node would be.',
  VolumeRestrictions: 'Refuses nodes where a volume is in use in a way that excludes another user.',
  NodeVolumeLimits: 'Refuses nodes whose driver cannot attach another volume.',
  VolumeBinding: 'Binds claims, or finds nodes where they can be bound.',
  VolumeZone: 'Refuses nodes outside the zone of a bound volume.',
  PodTopologySpread: 'Spreads pods over zones, nodes and other domains.',
  InterPodAffinity: 'Affinity and anti-affinity between pods.',
  DynamicResources: 'Devices that are claimed.',
  DefaultPreemption: 'Makes room by deleting pods of lower priority.',
  NodeResourcesBalancedAllocation: 'Scores nodes higher whose resources would be used evenly.',
  ImageLocality: 'Scores nodes higher that have the images already.',
  DefaultBinder: 'Writes the decision to the API server.',
  NodeDeclaredFeatures: 'Refuses nodes that lack a feature which the pod needs.',
};

const POINTS = [
  'preEnqueue',
  'queueSort',
  'preFilter',
  'filter',
  'postFilter',
  'preScore',
  'score',
  'reserve',
  'permit',
  'preBind',
  'bind',
  'postBind',
];

const text = (description?: string): Schema => ({ type: 'string', ...(description ? { description } : {}) });
const whole = (description?: string, more: Schema = {}): Schema => ({
  type: 'integer',
  ...(description ? { description } : {}),
  ...more,
});
const flag = (description: string): Schema => ({ type: 'boolean', description });
const list = (items: Schema, description?: string): Schema => ({
  type: 'array',
  items,
  ...(description ? { description } : {}),
});
const one = (properties: Record<string, Schema>, description?: string): Schema => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...(description ? { description } : {}),
});
const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

const NAME: Schema = { enum: Object.keys(PLUGINS), enumDescriptions: Object.values(PLUGINS) };
const pluginRef = (name: Schema): Schema => ({
  ...one({ name, weight: whole('How much its score counts, beside the other plugins.', { minimum: 0 }) }),
  required: ['name'],
});
const PLUGIN_SET = one({
  enabled: list(pluginRef(NAME), 'Plugins beside the default ones, or default ones with another weight.'),
  disabled: list(pluginRef({ enum: [...Object.keys(PLUGINS), '*'] }), 'Default plugins that are left out; * is all.'),
});
const RESOURCES = list(one({ name: text(), weight: whole(undefined, { minimum: 1, maximum: 100 }) }));
const SHAPE = list(
  one({
    utilization: whole('Per cent in use.', { minimum: 0, maximum: 100 }),
    score: whole(undefined, { minimum: 0, maximum: 10 }),
  }),
);

const ARGS: Readonly<Record<string, Record<string, Schema>>> = {
  DefaultPreemption: {
    minCandidateNodesPercentage: whole('How many nodes are looked at, in per cent of all.'),
    minCandidateNodesAbsolute: whole('How many nodes are looked at in any case.'),
  },
  InterPodAffinity: {
    hardPodAffinityWeight: whole('What required affinity of other pods counts for in the score.', {
      minimum: 0,
      maximum: 100,
    }),
    ignorePreferredTermsOfExistingPods: flag('Leaves out what running pods would like of this one.'),
  },
  NodeAffinity: { addedAffinity: { ...ref('v1.NodeAffinity'), description: 'Node affinity that every pod gets.' } },
  NodeResourcesBalancedAllocation: { resources: RESOURCES },
  NodeResourcesFit: {
    ignoredResources: list(text()),
    ignoredResourceGroups: list(text()),
    scoringStrategy: one({
      type: {
        enum: ['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio'],
        description: 'LeastAllocated spreads, MostAllocated packs.',
      },
      resources: RESOURCES,
      requestedToCapacityRatio: one({ shape: SHAPE }),
    }),
  },
  PodTopologySpread: {
    defaultConstraints: list(ref('v1.TopologySpreadConstraint')),
    defaultingType: { enum: ['System', 'List'] },
  },
  VolumeBinding: { bindTimeoutSeconds: whole(), shape: SHAPE },
  DynamicResources: { filterTimeout: text(), bindingTimeout: text() },
};

const argsOf = (plugin: string, fields: Record<string, Schema>): Schema => ({
  if: { properties: { name: { const: plugin } } },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  then: {
    properties: { args: one({ apiVersion: { const: API_VERSION }, kind: { const: `${plugin}Args` }, ...fields }) },
  },
});

const PROFILE = one({
  schedulerName: text('Pods choose it by spec.schedulerName.'),
  percentageOfNodesToScore: whole('How many nodes are looked at; 0: as the size of the cluster suggests.', {
    minimum: 0,
    maximum: 100,
  }),
  plugins: one({
    multiPoint: { ...PLUGIN_SET, description: 'Plugins for all the points that they implement.' },
    ...Object.fromEntries(POINTS.map((p) => [p, PLUGIN_SET])),
  }),
  pluginConfig: list({
    type: 'object',
    properties: { name: text('The plugin that these arguments are for.'), args: { type: 'object' } },
    additionalProperties: false,
    allOf: Object.entries(ARGS).map(([plugin, fields]) => argsOf(plugin, fields)),
  }),
});

const CONFIGURATION: Schema = {
  ...one({
    apiVersion: { const: API_VERSION },
    kind: { const: 'KubeSchedulerConfiguration' },
    parallelism: whole('How many nodes are looked at at a time.', { minimum: 1 }),
    percentageOfNodesToScore: whole('How many nodes are looked at; 0: as the size of the cluster suggests.', {
      minimum: 0,
      maximum: 100,
    }),
    podInitialBackoffSeconds: whole('How long a refused pod waits at the least before its next try.', { minimum: 1 }),
    podMaxBackoffSeconds: whole('How long it waits at the most.'),
    profiles: list(PROFILE, 'One scheduler each, all in one process with one queue.'),
    extenders: list({ type: 'object' }),
    leaderElection: { type: 'object' },
    clientConnection: { type: 'object' },
    enableProfiling: flag('Serves profiles of the process.'),
    enableContentionProfiling: flag('Serves profiles of its locks.'),
    delayCacheUntilActive: flag('Waits with its cache until it leads.'),
  }),
  required: ['apiVersion', 'kind'],
};

/** Of old, and translated when it is applied. */
const POLICY: Schema = {
  type: 'object',
  properties: {
    apiVersion: { const: 'v1' },
    kind: { const: 'Policy' },
    predicates: list({ type: 'object' }),
    priorities: list({ type: 'object' }),
  },
  required: ['apiVersion', 'kind'],
};

/** The schema of manifests with the scheduler's documents added. */
export function withScheduler(schema: { oneOf: unknown[] }): { oneOf: unknown[] } {
  return { ...schema, oneOf: [...schema.oneOf, CONFIGURATION, POLICY] };
}
