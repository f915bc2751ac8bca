/** Which fields a configuration may have: decoding is strict. Upstream: staging/src/k8s.io/kube-scheduler/config/v1/types.go */

/** `any`: whatever is below it is read elsewhere. */
export type Shape = 'string' | 'int' | 'bool' | 'any' | { list: Shape } | { [field: string]: Shape };

const PLUGIN_SET: Shape = {
  enabled: { list: { name: 'string', weight: 'int' } },
  disabled: { list: { name: 'string', weight: 'int' } },
};

const POINT_NAMES = [
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
  'multiPoint',
  'placementGenerate',
  'placementScore',
];

const EXTENDER: Shape = {
  urlPrefix: 'string',
  filterVerb: 'string',
  preemptVerb: 'string',
  prioritizeVerb: 'string',
  weight: 'int',
  bindVerb: 'string',
  enableHTTPS: 'bool',
  tlsConfig: 'any',
  httpTimeout: 'any',
  nodeCacheCapable: 'bool',
  managedResources: { list: { name: 'string', ignoredByScheduler: 'bool' } },
  ignorable: 'bool',
};

export const CONFIGURATION: Shape = {
  apiVersion: 'string',
  kind: 'string',
  parallelism: 'int',
  leaderElection: 'any',
  clientConnection: 'any',
  enableProfiling: 'bool',
  enableContentionProfiling: 'bool',
  percentageOfNodesToScore: 'int',
  podInitialBackoffSeconds: 'int',
  podMaxBackoffSeconds: 'int',
  profiles: {
    list: {
      schedulerName: 'string',
      percentageOfNodesToScore: 'int',
      plugins: Object.fromEntries(POINT_NAMES.map((p) => [p, PLUGIN_SET])),
      pluginConfig: { list: { name: 'string', args: 'any' } },
    },
  },
  extenders: { list: EXTENDER },
  delayCacheUntilActive: 'bool',
};

const META: Shape = { apiVersion: 'string', kind: 'string' };
const RESOURCES: Shape = { list: { name: 'string', weight: 'int' } };
const SHAPE: Shape = { list: { utilization: 'int', score: 'int' } };
const TERM: Shape = {
  matchExpressions: { list: { key: 'string', operator: 'string', values: { list: 'string' } } },
  matchFields: { list: { key: 'string', operator: 'string', values: { list: 'string' } } },
};

/** The arguments of each plugin that takes any. */
export const ARGS: Readonly<Record<string, Shape>> = {
  DefaultPreemption: { ...META, minCandidateNodesPercentage: 'int', minCandidateNodesAbsolute: 'int' },
  InterPodAffinity: { ...META, hardPodAffinityWeight: 'int', ignorePreferredTermsOfExistingPods: 'bool' },
  NodeAffinity: {
    ...META,
    addedAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: { list: TERM } },
      preferredDuringSchedulingIgnoredDuringExecution: { list: { weight: 'int', preference: TERM } },
    },
  },
  NodeResourcesBalancedAllocation: { ...META, resources: RESOURCES },
  NodeResourcesFit: {
    ...META,
    ignoredResources: { list: 'string' },
    ignoredResourceGroups: { list: 'string' },
    scoringStrategy: { type: 'string', resources: RESOURCES, requestedToCapacityRatio: { shape: SHAPE } },
  },
  PodTopologySpread: {
    ...META,
    defaultConstraints: {
      list: {
        maxSkew: 'int',
        topologyKey: 'string',
        whenUnsatisfiable: 'string',
        labelSelector: 'any',
        minDomains: 'int',
        nodeAffinityPolicy: 'string',
        nodeTaintsPolicy: 'string',
        matchLabelKeys: { list: 'string' },
      },
    },
    defaultingType: 'string',
  },
  VolumeBinding: { ...META, bindTimeoutSeconds: 'int', shape: SHAPE },
  DynamicResources: { ...META, filterTimeout: 'any', bindingTimeout: 'any' },
};

const GO_TYPE: Readonly<Record<string, string>> = { string: 'string', int: 'int32', bool: 'bool' };
const wordOf = (value: unknown): string =>
  Array.isArray(value)
    ? 'array'
    : typeof value === 'boolean'
      ? 'bool'
      : typeof value === 'object'
        ? 'object'
        : typeof value;

function fits(shape: Shape, value: unknown): boolean {
  if (shape === 'any') return true;
  if (shape === 'int') return typeof value === 'number' && Number.isInteger(value);
  if (shape === 'bool') return typeof value === 'boolean';
  if (shape === 'string') return typeof value === 'string';
  if ('list' in shape && typeof shape.list !== 'undefined' && Object.keys(shape).length === 1)
    return Array.isArray(value);
  return typeof value === 'object' && !Array.isArray(value);
}

/** What does not belong: unknown fields in order, and the first value of a wrong type. */
export function shapeErrors(shape: Shape, value: unknown, type: string): { unknown: string[]; wrongType?: string } {
  const unknown: string[] = [];
  let wrongType: string | undefined;
  const visit = (s: Shape, v: unknown, path: string): void => {
    if (v === null || v === undefined || s === 'any') return;
    if (!fits(s, v)) {
      const go = typeof s === 'string' ? GO_TYPE[s] : 'object';
      wrongType ??= `json: cannot unmarshal ${wordOf(v)} into Go struct field ${type}.${path.replace(/\[\d+\]/g, '')} of type ${go}`;
      return;
    }
    if (typeof s === 'string') return;
    if (Array.isArray(v))
      for (const [i, item] of v.entries()) visit((s as { list: Shape }).list, item, `${path}[${i}]`);
    else
      for (const [field, item] of Object.entries(v as object)) {
        const next = path ? `${path}.${field}` : field;
        const known = (s as Record<string, Shape>)[field];
        if (known === undefined) unknown.push(`unknown field "${next}"`);
        else visit(known, item, next);
      }
  };
  visit(shape, value, '');
  return { unknown, ...(wrongType ? { wrongType } : {}) };
}
