/**
 * What the scheduler needs to know of a pod, worked out once for all pods that look the same to it.
 * Upstream: pkg/scheduler/framework/types.go (PodInfo, QueuedPodInfo)
 */
import type { Container, ContainerStatus, Pod, PodAffinityTerm, Toleration, Volume } from '../../api/core.ts';
import { controllerOf, keyOf } from '../../api/meta.ts';
import { type Amounts, isScalarResource, isSidecar, podRequests } from '../../api/resources.ts';

/** Amounts by resource; `scalar` holds extended resources, huge pages and the like. */
export interface Resource {
  milliCpu: number;
  memory: number;
  ephemeralStorage: number;
  scalar: Map<string, number>;
}

const NO_SCALARS: ReadonlyMap<string, number> = new Map();

export function resourceOf(amounts: Amounts): Resource {
  let scalar = NO_SCALARS as Map<string, number>;
  for (const name in amounts)
    if (isScalarResource(name)) {
      if (scalar === NO_SCALARS) scalar = new Map();
      scalar.set(name, amounts[name]!);
    }
  return {
    milliCpu: amounts.cpu ?? 0,
    memory: amounts.memory ?? 0,
    ephemeralStorage: amounts['ephemeral-storage'] ?? 0,
    scalar,
  };
}

export interface HostPort {
  ip: string;
  protocol: string;
  port: number;
}

export interface WeightedTerm {
  weight: number;
  term: PodAffinityTerm;
}

/** Everything the decision can depend on, shared by all pods with the same `signature`. */
export interface PodClass {
  /** Order of discovery; a key for memo tables, never shown. */
  readonly id: number;
  readonly signature: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly priority: number;
  readonly tolerations: readonly Toleration[];
  /** What the filter asks for. */
  readonly requests: Resource;
  /** With defaults for containers that name no request: what a bound pod counts as in scoring. */
  readonly nonZeroRequests: Resource;
  /** What NodeResourcesFit adds for an incoming pod in scoring: containers only, with defaults. */
  readonly scoreRequests: Resource;
  readonly hostPorts: readonly HostPort[];
  readonly affinityTerms: readonly PodAffinityTerm[];
  readonly antiAffinityTerms: readonly PodAffinityTerm[];
  readonly preferredAffinity: readonly WeightedTerm[];
  readonly preferredAntiAffinity: readonly WeightedTerm[];
  readonly hasVolumes: boolean;
  /** A representative; only what the signature covers may be read from it. */
  readonly pod: Pod;
}

export interface PodInfo {
  readonly pod: Pod;
  readonly key: string;
  readonly cls: PodClass;
  /** Being deleted. */
  readonly terminating: boolean;
  /** What the pod takes on its node: its class's requests unless a resize says otherwise. */
  readonly requests: Resource;
  readonly nonZeroRequests: Resource;
}

const VOLUME_SOURCES = [
  'persistentVolumeClaim',
  'ephemeral',
  'image',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'rbd',
  'iscsi',
  'azureDisk',
  'azureFile',
  'cinder',
  'vsphereVolume',
  'portworxVolume',
  'csi',
];

/** Only volumes that a plugin looks at. */
const placedVolumes = (pod: Pod): Volume[] | undefined =>
  pod.spec.volumes?.filter((v) => VOLUME_SOURCES.some((source) => v[source] !== undefined));

const containerParts = (c: Container): unknown => [
  c.image,
  c.resources?.requests,
  c.ports?.filter((p) => p.hostPort),
  c.restartPolicy,
  c.restartPolicyRules,
];

/** A text that is equal for pods between which no plugin can tell. */
export function signatureOf(pod: Pod): string {
  const s = pod.spec;
  const owner = controllerOf(pod);
  return JSON.stringify([
    pod.metadata.namespace,
    pod.metadata.labels,
    owner ? [owner.kind, owner.name, owner.uid, owner.apiVersion] : 0,
    s.priority ?? 0,
    s.preemptionPolicy,
    s.schedulerName,
    s.nodeSelector,
    s.affinity,
    s.tolerations,
    s.topologySpreadConstraints,
    s.containers?.map(containerParts),
    s.initContainers?.map(containerParts),
    s.resources?.requests,
    s.overhead,
    placedVolumes(pod),
    s.hostNetwork,
    s.hostUsers,
    s.resourceClaims,
    s.schedulingGates?.length,
  ]);
}

function hostPortsOf(pod: Pod): HostPort[] {
  const out: HostPort[] = [];
  const take = (c: Container): void => {
    for (const p of c.ports ?? [])
      if (p.hostPort) out.push({ ip: p.hostIP || '0.0.0.0', protocol: p.protocol || 'TCP', port: p.hostPort });
  };
  pod.spec.initContainers?.filter(isSidecar).forEach(take);
  pod.spec.containers?.forEach(take);
  return out;
}

function makeClass(pod: Pod, signature: string, id: number): PodClass {
  const affinity = pod.spec.affinity;
  const weighted = (list: { weight: number; podAffinityTerm: PodAffinityTerm }[] | undefined): WeightedTerm[] =>
    list?.map(({ weight, podAffinityTerm }) => ({ weight, term: podAffinityTerm })) ?? [];
  return {
    id,
    signature,
    namespace: pod.metadata.namespace ?? '',
    labels: pod.metadata.labels ?? {},
    priority: pod.spec.priority ?? 0,
    tolerations: pod.spec.tolerations ?? [],
    requests: resourceOf(podRequests(pod.spec)),
    nonZeroRequests: resourceOf(podRequests(pod.spec, { nonZero: true })),
    scoreRequests: resourceOf(podRequests(pod.spec, { nonZero: true, containersOnly: true })),
    hostPorts: hostPortsOf(pod),
    affinityTerms: affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [],
    antiAffinityTerms: affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [],
    preferredAffinity: weighted(affinity?.podAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
    preferredAntiAffinity: weighted(affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution),
    hasVolumes: (placedVolumes(pod)?.length ?? 0) > 0,
    pod,
  };
}

/** Whether all that a signature covers is the very same data. */
function sameButNode(a: Pod, b: Pod): boolean {
  if (a.metadata.labels !== b.metadata.labels || a.metadata.ownerReferences !== b.metadata.ownerReferences)
    return false;
  const left = a.spec as unknown as Record<string, unknown>;
  const right = b.spec as unknown as Record<string, unknown>;
  for (const field in right) if (field !== 'nodeName' && left[field] !== right[field]) return false;
  for (const field in left) if (field !== 'nodeName' && !(field in right)) return false;
  return true;
}

const CLASSES_MAX = 20_000;
const resized = (s: ContainerStatus): boolean => s.resources !== undefined;

/** Classes by signature. Forgetting them is safe: they are worked out again. */
export class PodClasses {
  readonly #bySignature = new Map<string, PodClass>();
  readonly #bySpec = new WeakMap<Pod['spec'], { metadata: Pod['metadata']; cls: PodClass }>();
  #next = 0;

  /** `before` is what is known of the same pod: a binding changes nothing but the node's name. */
  classOf(pod: Pod, before?: PodInfo): PodClass {
    const known = this.#bySpec.get(pod.spec);
    const meta = pod.metadata;
    if (
      known &&
      (known.metadata === meta ||
        (known.metadata.labels === meta.labels && known.metadata.ownerReferences === meta.ownerReferences))
    )
      return known.cls;
    if (before && sameButNode(before.pod, pod)) {
      this.#bySpec.set(pod.spec, { metadata: meta, cls: before.cls });
      return before.cls;
    }
    const signature = signatureOf(pod);
    let cls = this.#bySignature.get(signature);
    if (!cls) {
      if (this.#bySignature.size >= CLASSES_MAX) this.#bySignature.clear();
      cls = makeClass(pod, signature, this.#next++);
      this.#bySignature.set(signature, cls);
    }
    this.#bySpec.set(pod.spec, { metadata: meta, cls });
    return cls;
  }

  info(pod: Pod, before?: PodInfo): PodInfo {
    const cls = this.classOf(pod, before);
    const special =
      pod.status?.resources !== undefined ||
      pod.status?.containerStatuses?.some(resized) ||
      pod.status?.initContainerStatuses?.some(resized);
    return {
      pod,
      key: keyOf(pod),
      cls,
      terminating: pod.metadata.deletionTimestamp !== undefined,
      requests: special ? resourceOf(podRequests(pod.spec, { status: pod.status })) : cls.requests,
      nonZeroRequests: special
        ? resourceOf(podRequests(pod.spec, { status: pod.status, nonZero: true }))
        : cls.nonZeroRequests,
    };
  }
}

export const sameResource = (a: Resource, b: Resource): boolean =>
  a === b ||
  (a.milliCpu === b.milliCpu &&
    a.memory === b.memory &&
    a.ephemeralStorage === b.ephemeralStorage &&
    a.scalar.size === b.scalar.size &&
    [...a.scalar].every(([name, n]) => b.scalar.get(name) === n));
