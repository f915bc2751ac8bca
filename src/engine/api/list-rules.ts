/**
 * How lists merge. `by`: elements are matched by that field (strategic merge). `set`: primitives merged as a set. Other lists
 * are replaced whole. `retainKeys`: a map whose one-of fields replace each other.
 * Upstream: patchStrategy and patchMergeKey tags in k8s.io/api/*​/v1/types.go
 */
export interface ListRule {
  by?: string;
  set?: boolean;
  retainKeys?: boolean;
}

const by = (key: string, retainKeys = false): ListRule => (retainKeys ? { by: key, retainKeys } : { by: key });
const SET: ListRule = { set: true };

/** Fields of pod specs, wherever a pod spec stands. */
const POD: Readonly<Record<string, ListRule>> = {
  containers: by('name'),
  initContainers: by('name'),
  ephemeralContainers: by('name'),
  volumes: by('name', true),
  imagePullSecrets: by('name'),
  hostAliases: by('ip'),
  topologySpreadConstraints: by('topologyKey'),
  schedulingGates: by('name'),
  resourceClaims: by('name', true),
};

const CONTAINER: Readonly<Record<string, ListRule>> = {
  env: by('name'),
  ports: by('containerPort'),
  volumeMounts: by('mountPath'),
  volumeDevices: by('devicePath'),
};

const META: Readonly<Record<string, ListRule>> = { ownerReferences: by('uid'), finalizers: SET };

const KIND: Readonly<Record<string, Readonly<Record<string, ListRule>>>> = {
  'Service.spec': { ports: by('port') },
  'Service.status': { conditions: by('type') },
  'ServiceAccount.': { secrets: by('name'), imagePullSecrets: by('name') },
  'Node.spec': { podCIDRs: SET },
  'Node.status': { conditions: by('type'), addresses: by('type') },
  'Pod.status': { conditions: by('type'), podIPs: by('ip'), hostIPs: {}, resourceClaimStatuses: by('name', true) },
  'Deployment.spec': { strategy: { retainKeys: true } },
  'Deployment.status': { conditions: by('type') },
  'ReplicaSet.status': { conditions: by('type') },
  'ReplicationController.status': { conditions: by('type') },
  'DaemonSet.status': { conditions: by('type') },
  'StatefulSet.status': { conditions: by('type') },
  'Job.status': { conditions: by('type') },
  'Namespace.status': { conditions: by('type') },
  'PersistentVolumeClaim.status': { conditions: by('type') },
  'PodDisruptionBudget.status': { conditions: by('type') },
};

const CONTAINER_LISTS = new Set(['containers', 'initContainers', 'ephemeralContainers']);

/** `path` names the fields from the object's root without list indexes; the rule of its last field, if it has one. */
export function listRule(kind: string, path: readonly string[]): ListRule | undefined {
  const field = path.at(-1)!;
  const parent = path.at(-2) ?? '';
  if (path.length === 2 && parent === 'metadata') return META[field];
  if (CONTAINER_LISTS.has(parent)) return CONTAINER[field];
  const own = path.length <= 2 ? KIND[`${kind}.${parent}`]?.[field] : undefined;
  if (own) return own;
  if (isPodSpec(kind, path.slice(0, -1))) return POD[field];
  return undefined;
}

/** Whether the path leads to a pod spec: a Pod's own, or that of a template. */
export function isPodSpec(kind: string, path: readonly string[]): boolean {
  if (path.at(-1) !== 'spec') return false;
  return kind === 'Pod' ? path.length === 1 : path.at(-2) === 'template';
}
