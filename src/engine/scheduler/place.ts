/**
 * Where pods would land, one after another, on a cluster as it stands: decide, assume, next. For `berth place`, its
 * `--batch`, and the benchmarks.
 */
import type { Deployment, ReplicaSet } from '../api/apps.ts';
import type { CronJob, Job } from '../api/batch.ts';
import type { Node, Pod, PodSpec, PodTemplateSpec, Toleration } from '../api/core.ts';
import type { AnyObject, OwnerReference } from '../api/meta.ts';
import { keyOf } from '../api/meta.ts';
import type { PriorityClass } from '../api/policy.ts';
import { parseTime } from '../sim/time.ts';
import { admitAll, admitPod, EPOCH } from './admit.ts';
import { loadConfiguration } from './config/load.ts';
import { DEFAULT_CONFIGURATION, resolveProfiles } from './config/resolve.ts';
import type { KubeSchedulerConfiguration } from './config/types.ts';
import { Cache } from './framework/cache.ts';
import { fitMessage } from './framework/fit-error.ts';
import { type Candidate, CycleState } from './framework/interface.ts';
import { Nominator } from './framework/nominator.ts';
import { Framework, type Shared } from './framework/runtime.ts';
import { messageOf } from './framework/status.ts';
import { ObjectSet } from './object-set.ts';
import { FACTORIES } from './plugins/index.ts';
import { NO_NODES_MESSAGE, schedulePod, type Walk } from './schedule-pod.ts';

export interface Placement {
  pod: string;
  node: string | null;
  message?: string;
}

export interface PlacerOptions {
  config?: KubeSchedulerConfiguration;
  /** False: the naive path that makes every count anew. */
  incremental?: boolean;
}

/** What came of one pod, with who would have to go for it. */
export interface PlaceResult {
  node: string | null;
  message: string;
  candidate?: Candidate;
}

/** A scheduler without a queue: objects go in, pods are placed in the order in which they are asked for. */
export class Placer {
  readonly cache = new Cache();
  readonly nominator = new Nominator();
  readonly objects = new ObjectSet([]);
  readonly position: Walk = { startIndex: 0 };
  readonly #frameworks: ReadonlyMap<string, Framework>;
  #version = 0;

  constructor(options: PlacerOptions = {}) {
    const now = parseTime(EPOCH)!;
    const shared: Shared = {
      cache: this.cache,
      nominator: this.nominator,
      objects: this.objects,
      now: () => now,
      objectsVersion: () => this.#version,
      incremental: options.incremental ?? true,
    };
    const profiles = resolveProfiles(options.config ?? DEFAULT_CONFIGURATION);
    this.#frameworks = new Map(profiles.map((p) => [p.schedulerName, new Framework(p, FACTORIES, shared)]));
  }

  /** Takes an object as stored: nodes and bound pods take effect, pending pods are only remembered. */
  put(o: AnyObject): void {
    this.objects.put(o);
    if (o.kind === 'Node') this.cache.setNode(o as unknown as Node);
    else if (o.kind === 'Pod') this.#putPod(o as unknown as Pod);
    else this.#version++;
  }

  /** Removes a pod. */
  removePod(key: string): void {
    this.objects.remove('Pod', key);
    this.cache.removePod(key);
  }

  removeNode(name: string): void {
    this.objects.remove('Node', name);
    this.cache.removeNode(name);
  }

  /** Decides for the pod and, when it fits, counts it on its node from then on. */
  place(pod: Pod): PlaceResult {
    const fw = this.#frameworks.get(pod.spec.schedulerName || 'default-scheduler');
    if (!fw) return { node: null, message: `no scheduler serves the name "${pod.spec.schedulerName}"` };
    const gate = fw.runPreEnqueue(pod);
    if (gate) return { node: null, message: messageOf(gate) };
    this.cache.snapshot();
    const info = this.cache.classes.info(pod);
    const state = new CycleState();
    const outcome = schedulePod(fw, info, this.cache.list, this.position, state);
    switch (outcome.kind) {
      case 'placed':
        this.cache.setPod(pod, outcome.node.name);
        return { node: outcome.node.name, message: '' };
      case 'no-nodes':
        return { node: null, message: NO_NODES_MESSAGE };
      case 'error':
        return { node: null, message: outcome.message };
      default: {
        const { statuses, preFilterMessage } = outcome.diagnosis;
        const post = fw.postFilters.length ? fw.runPostFilter(state, info, statuses) : undefined;
        const message = fitMessage(
          this.cache.list.length,
          statuses,
          preFilterMessage,
          post?.status ? messageOf(post.status) : '',
        );
        return { node: null, message, ...(post?.candidate && !post.status ? { candidate: post.candidate } : {}) };
      }
    }
  }

  #putPod(pod: Pod): void {
    if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') this.cache.removePod(keyOf(pod));
    else if (pod.spec.nodeName) this.cache.setPod(pod);
  }
}

/** One line of `place --batch`. */
export interface Sequence {
  name: string;
  nodes: readonly unknown[];
  objects?: readonly unknown[];
  steps: readonly { create?: unknown; update?: unknown; addNode?: unknown; delete?: string }[];
  config?: unknown;
}

/** Replays a run of pods; one that does not fit is gone at once. */
export function placeSequence(
  sequence: Sequence,
  options: PlacerOptions = {},
): { name: string; placements: Placement[] } | { name: string; error: string } {
  const config = loadConfiguration(sequence.config);
  if ('errors' in config) return { name: sequence.name, error: config.errors.join('; ') };
  const placer = new Placer({ ...options, config: config.config });
  for (const o of admitAll([...(sequence.objects ?? []), ...sequence.nodes])) placer.put(o);
  const placements: Placement[] = [];
  for (const step of sequence.steps) {
    const node = step.addNode ?? step.update;
    if (node) for (const o of admitAll([node])) if (o.kind === 'Node') placer.put(o);
    if (step.delete) placer.removePod(step.delete);
    if (!step.create) continue;
    const [pod] = admitAll([step.create]) as unknown as Pod[];
    const { node: chosen, message } = placer.place(pod!);
    placements.push(chosen ? { pod: keyOf(pod!), node: chosen } : { pod: keyOf(pod!), node: null, message });
  }
  return { name: sequence.name, placements };
}

type Workload = AnyObject & {
  spec: { replicas?: number; parallelism?: number; completions?: number; template?: PodTemplateSpec };
};

/** The pods that a workload's template asks for; a DaemonSet's are one for each node, named for it. */
export function podsOf(o: AnyObject, nodes: readonly Node[]): Pod[] {
  if (o.kind === 'Pod') return [o as unknown as Pod];
  const spec = o.kind === 'CronJob' ? (o as unknown as CronJob).spec.jobTemplate.spec : (o as Workload).spec;
  const template = (spec as Workload['spec'] | undefined)?.template;
  if (!template?.spec) return [];
  if (o.kind === 'DaemonSet')
    return nodes.map((n) => fromTemplate(o, template, n.metadata.name, pinnedTo(n.metadata.name, template.spec)));
  return Array.from({ length: countOf(o) }, (_, i) => fromTemplate(o, template, String(i), {}));
}

function countOf(o: AnyObject): number {
  const job = (o.kind === 'CronJob' ? (o as unknown as CronJob).spec.jobTemplate.spec : o.spec) as Job['spec'];
  if (o.kind === 'Job' || o.kind === 'CronJob')
    return Math.min(job.parallelism ?? 1, job.completions ?? job.parallelism ?? 1);
  return (o as unknown as Deployment | ReplicaSet).spec.replicas ?? 1;
}

/** What the daemon set controller lets its pods bear. */
const DAEMON_TOLERATIONS: readonly Toleration[] = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map((k) => ({
    key: `node.kubernetes.io/${k}`,
    operator: 'Exists',
    effect: 'NoSchedule',
  })),
];

function pinnedTo(node: string, spec: PodSpec): Partial<PodSpec> {
  const nodeSelectorTerms = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }];
  const nodeAffinity = {
    ...spec.affinity?.nodeAffinity,
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms },
  };
  return {
    affinity: { ...spec.affinity, nodeAffinity },
    tolerations: [...(spec.tolerations ?? []), ...DAEMON_TOLERATIONS],
  };
}

function fromTemplate(o: AnyObject, template: PodTemplateSpec, suffix: string, more: Partial<Pod['spec']>): Pod {
  const name = `${o.metadata.name}-${suffix}`;
  const owner: OwnerReference = {
    apiVersion: o.apiVersion,
    kind: o.kind,
    name: o.metadata.name,
    uid: o.metadata.uid ?? o.metadata.name,
    controller: true,
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: o.metadata.namespace ?? 'default',
      uid: `pod-${name}`,
      resourceVersion: '1',
      creationTimestamp: EPOCH,
      labels: template.metadata?.labels ?? {},
      ownerReferences: [owner],
    },
    spec: { ...template.spec, ...more },
    status: {},
  };
}

/** Places the pods of the manifests that have no node yet, in order; `only` keeps to those that come from its objects. */
export function placeAll(
  items: readonly unknown[],
  options: PlacerOptions & { only?: ReadonlySet<unknown> } = {},
): Placement[] {
  const flat = items.flatMap((o) =>
    (o as { items?: unknown[] }).items && (o as AnyObject).kind?.endsWith('List')
      ? (o as { items: unknown[] }).items
      : [o],
  );
  const placer = new Placer(options);
  const admitted = admitAll(flat);
  for (const o of admitted) placer.put(o);
  const nodes = admitted.filter((o) => o.kind === 'Node') as unknown as Node[];
  const owned = new Set(
    admitted.flatMap(
      (o) => o.metadata.ownerReferences?.map((r) => `${r.kind}/${o.metadata.namespace}/${r.name}`) ?? [],
    ),
  );
  const priorityOf = priorities(admitted);
  const out: Placement[] = [];
  for (const item of flat as AnyObject[]) {
    if (options.only && !options.only.has(item)) continue;
    // a workload whose pods, or whose own workloads, are in the list already stands for nothing more
    if (owned.has(`${item.kind}/${item.metadata?.namespace || 'default'}/${item.metadata?.name}`)) continue;
    for (const raw of podsOf(item, nodes)) {
      const pod = admitPod(
        {
          ...raw,
          metadata: {
            ...raw.metadata,
            namespace: raw.metadata.namespace || 'default',
            uid: raw.metadata.uid || `pod-${raw.metadata.name}`,
          },
        },
        priorityOf(raw.spec.priorityClassName),
      );
      if (pod.spec.nodeName || pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') continue;
      const { node, message } = placer.place(pod);
      out.push(node ? { pod: keyOf(pod), node } : { pod: keyOf(pod), node: null, message });
    }
  }
  return out;
}

function priorities(objects: readonly AnyObject[]): (name: string | undefined) => { value: number } {
  const classes = objects.filter((o) => o.kind === 'PriorityClass') as unknown as PriorityClass[];
  return (name) => {
    if (name === 'system-cluster-critical') return { value: 2_000_000_000 };
    if (name === 'system-node-critical') return { value: 2_000_001_000 };
    const found = name ? classes.find((c) => c.metadata.name === name) : classes.find((c) => c.globalDefault);
    return { value: found?.value ?? 0 };
  };
}
