/**
 * The extension points of the scheduling framework. One plugin is one object; it takes part in a point by having its
 * method. Upstream: staging/src/k8s.io/kube-scheduler/framework/interface.go
 */
import type { Pod } from '../../api/core.ts';
import type { KubeObject } from '../../api/meta.ts';
import type { Ms } from '../../sim/time.ts';
import type { PodChange } from './cache.ts';
import type { EventResource, Happening } from './events.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodClass, PodInfo } from './pod-info.ts';
import type { Status } from './status.ts';

export const MAX_NODE_SCORE = 100;

/** What the plugins of one cycle leave for each other's later points. */
export class CycleState {
  readonly #data = new Map<string, unknown>();
  /** Plugins whose Filter (and pod extensions) is off in this cycle. */
  readonly skipFilter = new Set<string>();
  readonly skipScore = new Set<string>();

  read<T>(key: string): T | undefined {
    return this.#data.get(key) as T | undefined;
  }
  write(key: string, value: unknown): void {
    this.#data.set(key, value);
  }
  /** A copy in which pods can be added and removed for trial; values with a `clone` method are copied. */
  clone(): CycleState {
    const copy = new CycleState();
    for (const [key, value] of this.#data) {
      const cloneable = value as { clone?: () => unknown } | undefined;
      copy.#data.set(key, typeof cloneable?.clone === 'function' ? cloneable.clone() : value);
    }
    for (const name of this.skipFilter) copy.skipFilter.add(name);
    for (const name of this.skipScore) copy.skipScore.add(name);
    return copy;
  }
}

/** What PreFilter may answer beside a status: the only nodes worth looking at. */
export interface PreFilterResult {
  status: Status | null;
  nodeNames?: ReadonlySet<string>;
}

/** Whether a happening may have made a refused pod fit. */
export type Hint = (pod: Pod, happening: Happening) => 'Queue' | 'Skip';

export interface EventHint {
  resource: EventResource;
  action: number;
  /** Absent: always worth another try. */
  hint?: Hint;
}

export interface Plugin {
  readonly name: string;
  /** `filter` and `score` look at nothing but the pod's class, this one node and the number of nodes. */
  readonly local?: boolean;
  /** What `filter` or `score` answers in a profile that leaves out the plugin's PreFilter or PreScore. */
  readonly needs?: { preFilter?: string; preScore?: string; preFilterToScore?: string };
  /** Events that may free a pod which this plugin refused. */
  events?(): readonly EventHint[];
  preEnqueue?(pod: Pod): Status | null;
  /** Order in the active queue. */
  less?(a: QueueOrder, b: QueueOrder): boolean;
  preFilter?(state: CycleState, pod: PodInfo, nodes: readonly NodeInfo[]): PreFilterResult;
  /** Tells a trial's state that a pod is now also on the node; pairs with `removePod`. */
  addPod?(state: CycleState, pod: PodInfo, added: PodInfo, node: NodeInfo): void;
  removePod?(state: CycleState, pod: PodInfo, removed: PodInfo, node: NodeInfo): void;
  filter?(state: CycleState, pod: PodInfo, node: NodeInfo): Status | null;
  postFilter?(state: CycleState, pod: PodInfo, statuses: NodeStatuses): PostFilterResult;
  preScore?(state: CycleState, pod: PodInfo, nodes: readonly NodeInfo[]): Status | null;
  /** A whole number in [0, 100], or any raw number when the plugin normalises. */
  score?(state: CycleState, pod: PodInfo, node: NodeInfo): number;
  /** The same scores for many nodes at once, where that is cheaper: `scores[i]` of `nodes[i]`. */
  scoreAll?(state: CycleState, pod: PodInfo, nodes: readonly NodeInfo[], scores: Float64Array): void;
  /** Brings raw scores into [0, 100], in place; `scores[i]` belongs to `nodes[i]`. */
  normalize?(state: CycleState, pod: PodInfo, nodes: readonly NodeInfo[], scores: Float64Array): void;
  reserve?(state: CycleState, pod: PodInfo, nodeName: string): Status | null;
  unreserve?(state: CycleState, pod: PodInfo, nodeName: string): void;
  preBind?(state: CycleState, pod: PodInfo, nodeName: string): Status | null;
  bind?(state: CycleState, pod: PodInfo, nodeName: string): Status | null;
}

export interface QueueOrder {
  priority: number;
  timestamp: Ms;
  seq: number;
}

/** Why nodes were refused: explicit statuses and what the others count as. */
export interface NodeStatuses {
  readonly explicit: ReadonlyMap<string, Status>;
  /** Of nodes that were never looked at. */
  readonly absent: Status;
}

export interface Candidate {
  node: string;
  victims: PodInfo[];
  pdbViolations: number;
}

export interface PostFilterResult {
  status: Status | null;
  /** The node the pod is nominated to; '' clears a nomination, `undefined` keeps it. */
  nominated?: string | undefined;
  candidate?: Candidate;
  /** Every candidate that was considered, for those who ask why. */
  candidates?: readonly Candidate[];
}

/** Read access to what plugins need beside nodes and pods. */
export interface Objects {
  get<T extends KubeObject>(kind: string, namespace: string | undefined, name: string): T | undefined;
  list<T extends KubeObject>(kind: string, namespace?: string): Iterable<T>;
}

/** Counts for one pod class that follow pod changes instead of being counted anew. */
export interface Tracked<S> {
  build(cls: PodClass, nodes: readonly NodeInfo[]): S;
  update(state: S, cls: PodClass, change: PodChange): void;
}

/** What the framework offers its plugins. */
export interface Handle {
  readonly objects: Objects;
  readonly now: () => Ms;
  readonly nodes: () => readonly NodeInfo[];
  readonly node: (name: string) => NodeInfo | undefined;
  /** The counts of `plugin` for a class, up to date; not to be written into. `version` starts them anew when it changes. */
  tracked<S>(plugin: string, cls: PodClass, version: number, tracked: Tracked<S>): S;
  /** Changes with every Namespace, Service, ReplicaSet, …: whatever counts may hang on beside nodes and pods. */
  readonly objectsVersion: (kinds: readonly string[]) => number;
  /** Filters as with nominated pods: with them and without them, both must pass. */
  filterWithNominated(state: CycleState, pod: PodInfo, node: NodeInfo): Status | null;
  addPod(state: CycleState, pod: PodInfo, added: PodInfo, node: NodeInfo): void;
  removePod(state: CycleState, pod: PodInfo, removed: PodInfo, node: NodeInfo): void;
  podInfo(pod: Pod): PodInfo;
}

/** Makes a plugin from its (defaulted) arguments. */
export type PluginFactory = (handle: Handle, args: Record<string, unknown>) => Plugin;
