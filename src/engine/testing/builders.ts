/** Objects for tests, as one sentence each: `pod('a').requests({ cpu: '500m' }).tolerates('gpu')`. A builder is the object. */
import type { DaemonSet, Deployment, ReplicaSet } from '../api/apps.ts';
import type { Container, Node, Pod, PodSpec, PodStatus, ResourceList, Service, Taint } from '../api/core.ts';
import { controllerRef, type IntOrString, type KubeObject, type LabelSelector, type ObjectMeta } from '../api/meta.ts';
import type { PodDisruptionBudget, PriorityClass } from '../api/policy.ts';
import { type Ms, rfc3339 } from '../sim/time.ts';
import { type AffinitySide, addPodAffinity, addPreferred, addRequired, parseTaint } from './terms.ts';

const EPOCH: Ms = Date.UTC(2026, 0, 1);
let serial = 0;

const meta = (name: string, namespace?: string): ObjectMeta => ({
  name,
  ...(namespace === undefined ? {} : { namespace }),
  uid: `uid-${name}-${++serial}`,
  resourceVersion: '1',
  creationTimestamp: rfc3339(EPOCH),
});

/** What every builder can say about metadata. */
class Built {
  metadata: ObjectMeta;
  constructor(name: string, namespace?: string) {
    this.metadata = meta(name, namespace);
  }
  in(namespace: string): this {
    this.metadata.namespace = namespace;
    return this;
  }
  uid(uid: string): this {
    this.metadata.uid = uid;
    return this;
  }
  labels(labels: Record<string, string>): this {
    this.metadata.labels = { ...this.metadata.labels, ...labels };
    return this;
  }
  annotations(annotations: Record<string, string>): this {
    this.metadata.annotations = { ...this.metadata.annotations, ...annotations };
    return this;
  }
  created(at: Ms): this {
    this.metadata.creationTimestamp = rfc3339(at);
    return this;
  }
  /** Marked for deletion at that moment. */
  terminating(at: Ms = EPOCH, graceSeconds = 30): this {
    this.metadata.deletionTimestamp = rfc3339(at + graceSeconds * 1000);
    this.metadata.deletionGracePeriodSeconds = graceSeconds;
    return this;
  }
  /** Controlled by another object. */
  ownedBy(owner: KubeObject): this {
    this.metadata.ownerReferences = [...(this.metadata.ownerReferences ?? []), controllerRef(owner)];
    return this;
  }
  finalizers(...finalizers: string[]): this {
    this.metadata.finalizers = finalizers;
    return this;
  }
}

class PodBuilder extends Built implements Pod {
  readonly apiVersion = 'v1';
  readonly kind = 'Pod';
  spec: PodSpec = { containers: [{ name: 'c', image: 'nginx' }], schedulerName: 'default-scheduler', priority: 0 };
  status: PodStatus = { phase: 'Pending' };

  /** Requests of the first container. */
  requests(requests: ResourceList): this {
    const c = this.spec.containers[0]!;
    c.resources = { ...c.resources, requests: { ...c.resources?.requests, ...requests } };
    return this;
  }
  limits(limits: ResourceList): this {
    const c = this.spec.containers[0]!;
    c.resources = { ...c.resources, limits: { ...c.resources?.limits, ...limits } };
    return this;
  }
  image(image: string): this {
    this.spec.containers[0]!.image = image;
    return this;
  }
  /** One more container. */
  container(name: string, more: Partial<Container> = {}): this {
    this.spec.containers.push({ name, image: 'nginx', ...more });
    return this;
  }
  initContainer(name: string, more: Partial<Container> = {}): this {
    this.spec.initContainers = [...(this.spec.initContainers ?? []), { name, image: 'busybox', ...more }];
    return this;
  }
  hostPort(port: number, protocol = 'TCP', hostIP?: string): this {
    const c = this.spec.containers[0]!;
    c.ports = [...(c.ports ?? []), { containerPort: port, hostPort: port, protocol, ...(hostIP ? { hostIP } : {}) }];
    return this;
  }
  /** Bound to a node. */
  on(nodeName: string): this {
    this.spec.nodeName = nodeName;
    return this;
  }
  /** Tolerates a taint: `gpu` (any value), `gpu=true`, each with `:NoSchedule` or without an effect. */
  tolerates(text: string, tolerationSeconds?: number): this {
    const [, key = '', value, effect] = /^([^=:]*)(?:=([^:]*))?(?::(.*))?$/.exec(text) ?? [];
    this.spec.tolerations = [
      ...(this.spec.tolerations ?? []),
      {
        ...(key ? { key } : {}),
        operator: value === undefined ? 'Exists' : 'Equal',
        ...(value === undefined ? {} : { value }),
        ...(effect ? { effect } : {}),
        ...(tolerationSeconds === undefined ? {} : { tolerationSeconds }),
      },
    ];
    return this;
  }
  nodeSelector(selector: Record<string, string>): this {
    this.spec.nodeSelector = { ...this.spec.nodeSelector, ...selector };
    return this;
  }
  /** One more required node term: `.requires('arch', 'In', 'amd64')`; terms are alternatives. */
  requires(key: string, operator: string, ...values: string[]): this {
    addRequired(this.spec, { key, operator, ...(values.length ? { values } : {}) });
    return this;
  }
  prefers(weight: number, key: string, operator: string, ...values: string[]): this {
    addPreferred(this.spec, weight, { key, operator, ...(values.length ? { values } : {}) });
    return this;
  }
  /** Near pods with these labels; with a weight only if possible. */
  near(topologyKey: string, matchLabels: Record<string, string>, weight?: number): this {
    return this.#affinity('podAffinity', topologyKey, matchLabels, weight);
  }
  apart(topologyKey: string, matchLabels: Record<string, string>, weight?: number): this {
    return this.#affinity('podAntiAffinity', topologyKey, matchLabels, weight);
  }
  spread(
    topologyKey: string,
    matchLabels: Record<string, string>,
    maxSkew = 1,
    whenUnsatisfiable = 'DoNotSchedule',
  ): this {
    this.spec.topologySpreadConstraints = [
      ...(this.spec.topologySpreadConstraints ?? []),
      { maxSkew, topologyKey, whenUnsatisfiable, labelSelector: { matchLabels } },
    ];
    return this;
  }
  priority(priority: number, preemptionPolicy?: string): this {
    this.spec.priority = priority;
    if (preemptionPolicy) this.spec.preemptionPolicy = preemptionPolicy;
    return this;
  }
  scheduler(name: string): this {
    this.spec.schedulerName = name;
    return this;
  }
  gates(...names: string[]): this {
    this.spec.schedulingGates = names.map((name) => ({ name }));
    return this;
  }
  claim(claimName: string): this {
    this.spec.volumes = [...(this.spec.volumes ?? []), { name: claimName, persistentVolumeClaim: { claimName } }];
    return this;
  }
  phase(phase: string): this {
    this.status.phase = phase;
    return this;
  }
  nominated(nodeName: string): this {
    this.status.nominatedNodeName = nodeName;
    return this;
  }
  /** Running and Ready since a moment. */
  running(since: Ms = EPOCH, podIP = '10.244.0.1'): this {
    const at = rfc3339(since);
    this.status = {
      ...this.status,
      phase: 'Running',
      startTime: at,
      podIP,
      podIPs: [{ ip: podIP }],
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
        type,
        status: 'True',
        lastTransitionTime: at,
      })),
    };
    return this;
  }
  #affinity(side: AffinitySide, topologyKey: string, matchLabels: Record<string, string>, weight?: number): this {
    addPodAffinity(this.spec, side, { topologyKey, labelSelector: { matchLabels } }, weight);
    return this;
  }
}

/** A pod with one container `c`, in `default`, Pending. */
export const pod = (name: string): PodBuilder => new PodBuilder(name, 'default');

class NodeBuilder extends Built implements Node {
  readonly apiVersion = 'v1';
  readonly kind = 'Node';
  spec: Node['spec'] = {};
  status: Node['status'] = { conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }] };

  /** Capacity and, unless said otherwise later, allocatable. */
  capacity(list: ResourceList): this {
    this.status.capacity = { ...this.status.capacity, ...list };
    return this.allocatable(list);
  }
  allocatable(list: ResourceList): this {
    this.status.allocatable = { ...this.status.allocatable, ...list };
    return this;
  }
  arch(arch: string): this {
    return this.labels({ 'kubernetes.io/arch': arch });
  }
  zone(zone: string, region?: string): this {
    this.labels({ 'topology.kubernetes.io/zone': zone });
    return region === undefined ? this : this.labels({ 'topology.kubernetes.io/region': region });
  }
  /** `gpu=true:NoSchedule`, `gpu:NoExecute`. */
  taint(...texts: string[]): this {
    const taints: Taint[] = texts.map(parseTaint);
    this.spec.taints = [...(this.spec.taints ?? []), ...taints];
    return this;
  }
  cordoned(): this {
    this.spec.unschedulable = true;
    return this.taint('node.kubernetes.io/unschedulable:NoSchedule');
  }
  ready(status: 'True' | 'False' | 'Unknown'): this {
    this.status.conditions = [{ type: 'Ready', status }];
    return this;
  }
  hasImage(name: string, sizeBytes: number): this {
    this.status.images = [...(this.status.images ?? []), { names: [name], sizeBytes }];
    return this;
  }
}

/** A ready node of 4 CPU, 32 GiB and 110 pods. */
export const node = (name: string): NodeBuilder =>
  new NodeBuilder(name)
    .labels({ 'kubernetes.io/hostname': name })
    .capacity({ cpu: '4', memory: '32Gi', pods: '110', 'ephemeral-storage': '100Gi' });

/** A workload with a pod template `app=<name>`. */
class Workload extends Built {
  spec: { selector: LabelSelector; template: Deployment['spec']['template']; replicas?: number };
  constructor(name: string, replicas?: number) {
    super(name, 'default');
    const labels = { app: name };
    this.spec = {
      ...(replicas === undefined ? {} : { replicas }),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    };
    this.metadata.generation = 1;
  }
  image(image: string): this {
    this.spec.template.spec.containers[0]!.image = image;
    return this;
  }
  requests(requests: ResourceList): this {
    this.spec.template.spec.containers[0]!.resources = { requests };
    return this;
  }
  /** Takes the pod spec of a pod builder. */
  of(template: Pod): this {
    this.spec.template.spec = template.spec;
    return this;
  }
}

class DeploymentBuilder extends Workload implements Deployment {
  readonly apiVersion = 'apps/v1';
  readonly kind = 'Deployment';
  declare spec: Deployment['spec'];
  status: Deployment['status'] = {};
  replicas(replicas: number): this {
    this.spec.replicas = replicas;
    return this;
  }
  rolling(maxSurge: IntOrString, maxUnavailable: IntOrString): this {
    this.spec.strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } };
    return this;
  }
}

class ReplicaSetBuilder extends Workload implements ReplicaSet {
  readonly apiVersion = 'apps/v1';
  readonly kind = 'ReplicaSet';
  declare spec: ReplicaSet['spec'];
  status: ReplicaSet['status'] = { replicas: 0 };
  replicas(replicas: number): this {
    this.spec.replicas = replicas;
    return this;
  }
}

class DaemonSetBuilder extends Workload implements DaemonSet {
  readonly apiVersion = 'apps/v1';
  readonly kind = 'DaemonSet';
  declare spec: DaemonSet['spec'];
  status: DaemonSet['status'] = {
    currentNumberScheduled: 0,
    numberMisscheduled: 0,
    desiredNumberScheduled: 0,
    numberReady: 0,
  };
}

export const deployment = (name: string, replicas = 1): DeploymentBuilder => new DeploymentBuilder(name, replicas);
export const replicaSet = (name: string, replicas = 1): ReplicaSetBuilder => new ReplicaSetBuilder(name, replicas);
export const daemonSet = (name: string): DaemonSetBuilder => new DaemonSetBuilder(name);

class ServiceBuilder extends Built implements Service {
  readonly apiVersion = 'v1';
  readonly kind = 'Service';
  spec: Service['spec'];
  status: Service['status'] = { loadBalancer: {} };
  constructor(name: string) {
    super(name, 'default');
    this.spec = { selector: { app: name }, ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] };
  }
  selects(selector: Record<string, string>): this {
    this.spec.selector = selector;
    return this;
  }
  type(type: string): this {
    this.spec.type = type;
    return this;
  }
}

/** A Service on port 80 that selects `app=<name>`. */
export const service = (name: string): ServiceBuilder => new ServiceBuilder(name);

class BudgetBuilder extends Built implements PodDisruptionBudget {
  readonly apiVersion = 'policy/v1';
  readonly kind = 'PodDisruptionBudget';
  spec: PodDisruptionBudget['spec'] = {};
  status: PodDisruptionBudget['status'] = {
    disruptionsAllowed: 0,
    currentHealthy: 0,
    desiredHealthy: 0,
    expectedPods: 0,
  };
  selects(matchLabels: Record<string, string>): this {
    this.spec.selector = { matchLabels };
    return this;
  }
  minAvailable(n: IntOrString): this {
    this.spec.minAvailable = n;
    return this;
  }
  maxUnavailable(n: IntOrString): this {
    this.spec.maxUnavailable = n;
    return this;
  }
  allows(disruptionsAllowed: number): this {
    this.status.disruptionsAllowed = disruptionsAllowed;
    return this;
  }
}

/** A budget over `app=<name>`. */
export const budget = (name: string): BudgetBuilder => new BudgetBuilder(name, 'default').selects({ app: name });

export const priorityClass = (name: string, value: number, more: Partial<PriorityClass> = {}): PriorityClass => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: meta(name),
  value,
  ...more,
});

export const namespace = (name: string, labels: Record<string, string> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { ...meta(name), labels: { 'kubernetes.io/metadata.name': name, ...labels } },
});
