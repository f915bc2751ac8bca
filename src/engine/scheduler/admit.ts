/**
 * What the API server does to manifests before a scheduler sees them: defaults, default tolerations, priority, label keys.
 * For decisions over objects that never went through a server. Upstream: pkg/apis/core/v1/defaults.go, plugin/pkg/admission
 */
import type {
  Container,
  Node,
  Pod,
  PodAffinity,
  PodAffinityTerm,
  PodSpec,
  ResourceList,
  Toleration,
} from '../api/core.ts';
import { resourceOfKind } from '../api/discovery.ts';
import { withoutGatedFields } from '../api/gates.ts';
import type { AnyObject, LabelSelectorRequirement } from '../api/meta.ts';
import type { PriorityClass, StorageClass } from '../api/policy.ts';
import { formatMilli } from '../api/quantity.ts';
import { isPodLevelResource, podRequests } from '../api/resources.ts';

export const EPOCH = '2026-01-01T00:00:00Z';
export const GATED_MESSAGE = 'Scheduling is blocked due to non-empty scheduling gates';

const SYSTEM_CLASSES: readonly [string, number][] = [
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
];

/** All the objects as stored; lists are taken apart, a missing Namespace is added. */
export function admitAll(items: readonly unknown[]): AnyObject[] {
  const objects = items.flatMap(flatten).map(withMetadata);
  const classes = new Map<string, { value: number; policy?: string | undefined }>(
    SYSTEM_CLASSES.map(([name, value]) => [name, { value }]),
  );
  let fallback: { value: number; policy?: string | undefined } = { value: 0 };
  for (const o of objects) {
    if (o.kind !== 'PriorityClass') continue;
    const c = o as unknown as PriorityClass;
    classes.set(c.metadata.name, { value: c.value ?? 0, policy: c.preemptionPolicy });
    if (c.globalDefault) fallback = { value: c.value ?? 0, policy: c.preemptionPolicy };
  }
  const priorityOf = (name: string | undefined): { value: number; policy?: string | undefined } | undefined =>
    name ? classes.get(name) : fallback;
  const out: AnyObject[] = [];
  for (const o of objects) {
    if (o.kind === 'Pod') {
      const pod = withoutGatedFields(o as unknown as Pod);
      const priority = priorityOf(pod.spec.priorityClassName);
      if (priority) out.push(admitPod(pod, priority) as unknown as AnyObject);
    } else if (o.kind === 'Node') out.push(admitNode(o as unknown as Node) as unknown as AnyObject);
    else if (o.kind === 'StorageClass')
      out.push({ ...o, volumeBindingMode: (o as unknown as StorageClass).volumeBindingMode ?? 'Immediate' });
    else if (o.kind === 'Namespace') out.push(withNameLabel(o));
    else out.push(o);
  }
  return [...out, ...missingNamespaces(out)];
}

function flatten(item: unknown): AnyObject[] {
  const o = item as AnyObject & { items?: unknown[] };
  return o.kind?.endsWith('List') && Array.isArray(o.items) ? o.items.flatMap(flatten) : [o];
}

function withMetadata(o: AnyObject): AnyObject {
  const namespaced = resourceOfKind(o.kind)?.namespaced ?? false;
  const namespace = namespaced ? o.metadata?.namespace || 'default' : undefined;
  const { namespace: _, ...rest } = o.metadata;
  return {
    ...o,
    metadata: {
      ...rest,
      ...(namespace === undefined ? {} : { namespace }),
      uid: o.metadata.uid || `${o.kind.toLowerCase()}-${namespace ?? ''}-${o.metadata.name}`,
      creationTimestamp: o.metadata.creationTimestamp ?? EPOCH,
      resourceVersion: o.metadata.resourceVersion ?? '1',
    },
  };
}

/** Every namespace carries its name as a label. */
function withNameLabel(o: AnyObject): AnyObject {
  const labels = { 'kubernetes.io/metadata.name': o.metadata.name, ...o.metadata.labels };
  return { ...o, metadata: { ...o.metadata, labels } };
}

function missingNamespaces(objects: readonly AnyObject[]): AnyObject[] {
  const wanted = new Set(['default', 'kube-system']);
  for (const o of objects) if (o.metadata.namespace) wanted.add(o.metadata.namespace);
  for (const o of objects) if (o.kind === 'Namespace') wanted.delete(o.metadata.name);
  return [...wanted].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      uid: `namespace--${name}`,
      resourceVersion: '1',
      creationTimestamp: EPOCH,
      labels: { 'kubernetes.io/metadata.name': name },
    },
  }));
}

function admitNode(node: Node): Node {
  const status = node.status ?? {};
  return {
    ...node,
    spec: node.spec ?? {},
    status: { ...status, allocatable: status.allocatable ?? status.capacity ?? {} },
  };
}

export function admitPod(pod: Pod, priority: { value: number; policy?: string | undefined }): Pod {
  const spec = defaultSpec(pod.spec);
  const labels = pod.metadata.labels;
  return {
    ...pod,
    spec: {
      ...spec,
      schedulerName: spec.schedulerName || 'default-scheduler',
      priority: priority.value,
      preemptionPolicy: spec.preemptionPolicy ?? priority.policy ?? 'PreemptLowerPriority',
      tolerations: withDefaultTolerations(spec.tolerations),
      ...(spec.affinity
        ? {
            affinity: {
              ...spec.affinity,
              ...mergeKeys('podAffinity', spec.affinity.podAffinity, labels),
              ...mergeKeys('podAntiAffinity', spec.affinity.podAntiAffinity, labels),
            },
          }
        : {}),
    },
    status: { phase: 'Pending', ...(spec.nodeName ? { startTime: EPOCH } : {}), ...pod.status },
  };
}

const fillRequests = (
  requests: ResourceList | undefined,
  limits: ResourceList | undefined,
): ResourceList | undefined => (limits ? { ...limits, ...requests } : requests);

function defaultContainer(c: Container, hostNetwork: boolean): Container {
  const out = { ...c };
  if (c.resources?.limits)
    out.resources = { ...c.resources, requests: fillRequests(c.resources.requests, c.resources.limits)! };
  if (hostNetwork && c.ports) out.ports = c.ports.map((p) => ({ ...p, hostPort: p.hostPort || p.containerPort }));
  return out;
}

function defaultSpec(spec: PodSpec): PodSpec {
  const host = spec.hostNetwork === true;
  const out: PodSpec = { ...spec, containers: (spec.containers ?? []).map((c) => defaultContainer(c, host)) };
  if (spec.initContainers) out.initContainers = spec.initContainers.map((c) => defaultContainer(c, host));
  // pod-level limits alone bring pod-level requests along
  if (Object.keys(spec.resources?.limits ?? {}).length > 0) {
    const podLevel = spec.resources!;
    const requests: ResourceList = { ...podLevel.requests };
    const { overhead: _, resources: __, ...containersOnly } = out;
    const sums = podRequests(containersOnly, { containersOnly: true });
    for (const name of ['cpu', 'memory'])
      if (requests[name] === undefined && sums[name] !== undefined)
        requests[name] = formatMilli(BigInt(sums[name]!) * (name === 'cpu' ? 1n : 1000n));
    for (const name in podLevel.limits) if (isPodLevelResource(name)) requests[name] ??= podLevel.limits![name]!;
    out.resources = { ...podLevel, requests };
  }
  return out;
}

const NODE_PROBLEMS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** 300 seconds on a node in trouble, unless the pod says otherwise. */
function withDefaultTolerations(given: readonly Toleration[] | undefined): Toleration[] {
  const out = [...(given ?? [])];
  const named = (t: Toleration, key: string): boolean =>
    (!t.key || t.key === key) && (!t.effect || t.effect === 'NoExecute');
  for (const key of NODE_PROBLEMS)
    if (!given?.some((t) => named(t, key)))
      out.push({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 });
  return out;
}

function mergeTerm(t: PodAffinityTerm, labels: Record<string, string> | undefined): PodAffinityTerm {
  if (!t.labelSelector || (!t.matchLabelKeys?.length && !t.mismatchLabelKeys?.length)) return t;
  const more: LabelSelectorRequirement[] = [];
  const take = (keys: readonly string[] | undefined, operator: string): void => {
    for (const key of keys ?? []) if (labels?.[key] !== undefined) more.push({ key, operator, values: [labels[key]!] });
  };
  take(t.matchLabelKeys, 'In');
  take(t.mismatchLabelKeys, 'NotIn');
  return {
    ...t,
    labelSelector: { ...t.labelSelector, matchExpressions: [...(t.labelSelector.matchExpressions ?? []), ...more] },
  };
}

function mergeKeys(
  field: 'podAffinity' | 'podAntiAffinity',
  a: PodAffinity | undefined,
  labels: Record<string, string> | undefined,
): { podAffinity?: PodAffinity; podAntiAffinity?: PodAffinity } {
  if (!a) return {};
  const required = a.requiredDuringSchedulingIgnoredDuringExecution?.map((t) => mergeTerm(t, labels));
  const preferred = a.preferredDuringSchedulingIgnoredDuringExecution?.map((p) => ({
    ...p,
    podAffinityTerm: mergeTerm(p.podAffinityTerm, labels),
  }));
  return {
    [field]: {
      ...a,
      ...(required ? { requiredDuringSchedulingIgnoredDuringExecution: required } : {}),
      ...(preferred ? { preferredDuringSchedulingIgnoredDuringExecution: preferred } : {}),
    },
  };
}
