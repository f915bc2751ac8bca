/**
 * What an object counts for in a ResourceQuota. Admission asks before it lets an object in, the quota controller counts
 * what is there. Upstream: pkg/quota/v1/evaluator/core/{pods,services,persistent_volume_claims}.go, pkg/quota/v1/resources.go
 */
import type { Container, PersistentVolumeClaim, Pod, PodSpec, ResourceList, ResourceQuota, Service } from './core.ts';
import { qualifiedResource, resourceOfKind } from './discovery.ts';
import type { AnyObject } from './meta.ts';
import { qosClassOf } from './qos.ts';
import { addQuantities, compareQuantity } from './quantity.ts';

/** Resources that a quota counts under their plain name beside `count/…`. */
const PLAIN_COUNTS = new Set([
  'configmaps',
  'persistentvolumeclaims',
  'pods',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
]);

const isSidecar = (c: Container): boolean => c.restartPolicy === 'Always';
const listOf = (c: Container, which: 'requests' | 'limits'): ResourceList => c.resources?.[which] ?? {};

function add(total: ResourceList, more: ResourceList): void {
  for (const name in more)
    total[name] = total[name] === undefined ? more[name]! : addQuantities(total[name], more[name]);
}

function raise(total: ResourceList, floor: ResourceList): void {
  for (const name in floor)
    if (total[name] === undefined || compareQuantity(floor[name]!, total[name]) > 0) total[name] = floor[name]!;
}

/** A pod's requests or limits as quantities: containers and sidecars added, init containers as a floor. */
export function podResources(spec: PodSpec, which: 'requests' | 'limits'): ResourceList {
  const total: ResourceList = {};
  for (const c of spec.containers ?? []) add(total, listOf(c, which));
  const sidecars: ResourceList = {};
  const floor: ResourceList = {};
  for (const c of spec.initContainers ?? []) {
    const own: ResourceList = { ...listOf(c, which) };
    if (isSidecar(c)) {
      add(total, own);
      add(sidecars, own);
      raise(floor, sidecars);
    } else {
      add(own, sidecars);
      raise(floor, own);
    }
  }
  raise(total, floor);
  for (const name of ['cpu', 'memory']) {
    const level = spec.resources?.[which]?.[name];
    if (level !== undefined) total[name] = level;
  }
  if (spec.overhead)
    for (const name in spec.overhead)
      if (which === 'requests' || total[name]) add(total, { [name]: spec.overhead[name]! });
  return total;
}

const isExtended = (name: string): boolean => name.includes('/') && !name.startsWith('kubernetes.io/');

function podUsage(pod: Pod): ResourceList {
  const out: ResourceList = { pods: '1' };
  const requests = podResources(pod.spec, 'requests');
  const limits = podResources(pod.spec, 'limits');
  for (const name of ['cpu', 'memory', 'ephemeral-storage'])
    if (requests[name] !== undefined) {
      out[name] = requests[name];
      out[`requests.${name}`] = requests[name];
    }
  for (const name of ['cpu', 'memory', 'ephemeral-storage'])
    if (limits[name] !== undefined) out[`limits.${name}`] = limits[name];
  for (const name in requests)
    if (isExtended(name) || name.startsWith('hugepages-')) {
      out[`requests.${name}`] = requests[name]!;
      if (name.startsWith('hugepages-')) out[name] = requests[name]!;
    }
  return out;
}

function serviceUsage(svc: Service): ResourceList {
  const out: ResourceList = { services: '1' };
  const ports = svc.spec.ports ?? [];
  if (svc.spec.type === 'NodePort') out['services.nodeports'] = String(ports.length);
  if (svc.spec.type === 'LoadBalancer') {
    out['services.loadbalancers'] = '1';
    const taken =
      svc.spec.allocateLoadBalancerNodePorts === false ? ports.filter((p) => p.nodePort).length : ports.length;
    out['services.nodeports'] = String(taken);
  }
  return out;
}

function claimUsage(claim: PersistentVolumeClaim): ResourceList {
  const out: ResourceList = { persistentvolumeclaims: '1' };
  const size = claim.spec.resources?.requests?.storage;
  const storageClass = claim.spec.storageClassName;
  if (size !== undefined) out['requests.storage'] = size;
  if (storageClass) {
    out[`${storageClass}.storageclass.storage.k8s.io/persistentvolumeclaims`] = '1';
    if (size !== undefined) out[`${storageClass}.storageclass.storage.k8s.io/requests.storage`] = size;
  }
  return out;
}

/** What one object uses of everything that quotas know, as quantities; finished pods use nothing. */
export function quotaUsage(o: AnyObject): ResourceList {
  const info = resourceOfKind(o.kind);
  if (!info) return {};
  const count = { [`count/${qualifiedResource(info)}`]: '1' };
  if (o.kind === 'Pod') {
    const pod = o as unknown as Pod;
    if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return count;
    return { ...count, ...podUsage(pod) };
  }
  if (o.kind === 'Service') return { ...count, ...serviceUsage(o as unknown as Service) };
  if (o.kind === 'PersistentVolumeClaim') return { ...count, ...claimUsage(o as unknown as PersistentVolumeClaim) };
  return PLAIN_COUNTS.has(info.plural) && !info.group ? { ...count, [info.plural]: '1' } : count;
}

const isBestEffort = (pod: Pod): boolean => qosClassOf(pod.spec) === 'BestEffort';
const isTerminating = (pod: Pod): boolean => (pod.spec.activeDeadlineSeconds ?? -1) >= 0;
const crossesNamespaces = (pod: Pod): boolean => {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  return [podAffinity, podAntiAffinity].some((side) =>
    [
      ...(side?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(side?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((p) => p.podAffinityTerm),
    ].some((t) => t.namespaces?.length || t.namespaceSelector),
  );
};

interface ScopeTerm {
  scopeName: string;
  operator: string;
  values?: string[];
}

function scopeHolds(term: ScopeTerm, pod: Pod): boolean {
  switch (term.scopeName) {
    case 'Terminating':
      return isTerminating(pod);
    case 'NotTerminating':
      return !isTerminating(pod);
    case 'BestEffort':
      return isBestEffort(pod);
    case 'NotBestEffort':
      return !isBestEffort(pod);
    case 'CrossNamespacePodAffinity':
      return crossesNamespaces(pod);
    case 'PriorityClass': {
      const name = pod.spec.priorityClassName ?? '';
      if (term.operator === 'Exists') return name !== '';
      if (term.operator === 'DoesNotExist') return name === '';
      return (term.values ?? []).includes(name) === (term.operator === 'In');
    }
    default:
      return false;
  }
}

/** Whether the scopes of a quota take this object in. Scopes speak of pods only. */
export function quotaCovers(quota: ResourceQuota, o: AnyObject): boolean {
  const terms: ScopeTerm[] = [
    ...(quota.spec.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' })),
    ...(quota.spec.scopeSelector?.matchExpressions ?? []),
  ];
  if (!terms.length) return true;
  return o.kind === 'Pod' && terms.every((t) => scopeHolds(t, o as unknown as Pod));
}

const MUST_SPECIFY = ['cpu', 'limits.cpu', 'limits.memory', 'memory', 'requests.cpu', 'requests.memory'];

/** Why a pod may not be counted at all: compute resources that the quota limits and a container does not name. */
export function quotaConstraints(pod: Pod, limited: readonly string[]): string | undefined {
  const parts: string[] = [];
  for (const name of MUST_SPECIFY) {
    if (!limited.includes(name)) continue;
    const which = name.startsWith('limits.') ? 'limits' : 'requests';
    const resource = name.replace(/^(requests|limits)\./, '');
    const missing = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]
      .filter((c) => c.resources?.[which]?.[resource] === undefined)
      .map((c) => c.name);
    if (missing.length) parts.push(`${name} for: ${[...new Set(missing)].sort().join(',')}`);
  }
  return parts.length ? `must specify ${parts.join('; ')}` : undefined;
}
