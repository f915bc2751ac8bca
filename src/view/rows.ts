/** Slim rows that the scene, the tables and the inspector's head need; nothing else crosses from the worker each frame. */

export type Arch = string;

export interface TaintRow {
  key: string;
  value: string;
  effect: string;
}

export interface NodeRow {
  name: string;
  uid: string;
  arch: Arch;
  /** From `node-role.kubernetes.io/…`; empty for a plain worker. */
  roles: string[];
  /** kubectl's STATUS without `,SchedulingDisabled`: Ready, NotReady, Unknown. */
  status: string;
  unschedulable: boolean;
  /** Set while a drain process works on it. */
  draining?: { done: number; of: number };
  taints: TaintRow[];
  /** Conditions that are trouble: MemoryPressure, DiskPressure, PIDPressure, NetworkUnavailable. */
  pressure: string[];
  zone: string;
  cpuMilli: { capacity: number; allocatable: number; requested: number };
  memoryBytes: { capacity: number; allocatable: number; requested: number };
  pods: { allocatable: number; count: number };
  extended: { name: string; allocatable: number; requested: number }[];
  /** True while the simulated machine has no power or no network. */
  down: boolean;
}

/** The forms of ui.md §5.4; `word` beside it is kubectl's STATUS. */
export type PodForm =
  | 'pending'
  | 'gated'
  | 'scheduled'
  | 'init'
  | 'creating'
  | 'notready'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'crashloop'
  | 'imagepull'
  | 'terminating'
  | 'evicted'
  | 'unknown';

export interface PodRow {
  uid: string;
  namespace: string;
  name: string;
  /** Name of the workload that a person knows (Deployment rather than ReplicaSet), or the pod's own. */
  workload: string;
  /** What remains of the name: `9xk2v`. */
  suffix: string;
  form: PodForm;
  /** kubectl's STATUS column: Running, Init:0/2, CrashLoopBackOff … */
  word: string;
  /** The one fact that matters now, as data (the page words it): pull progress, grace, restarts, retry. */
  fact?:
    | { kind: 'pull'; startMs: number; endMs: number }
    | { kind: 'grace'; untilMs: number }
    | { kind: 'restarts'; count: number }
    | { kind: 'ready'; ready: number; of: number }
    | { kind: 'retry'; atMs: number }
    | { kind: 'exit'; code: number };
  /** '' while it has none. */
  node: string;
  nominatedNode: string;
  /** It leaves to make room for a pod of higher priority. */
  preempted?: true;
  cpuMilli: number;
  memoryBytes: number;
  containers: { ready: boolean; sidecar: boolean }[];
  init: { done: boolean; running: boolean }[];
  /** What the small form shows: static, daemonset, job, statefulset, or other. */
  owner: 'static' | 'daemonset' | 'job' | 'statefulset' | 'replicaset' | 'none';
  ordinal?: number;
  /** -1 below default, 0 default, 1 above, 2 system-critical. */
  priorityTier: number;
  priority: number;
  system: boolean;
  lane?: 'active' | 'backoff' | 'unschedulable' | 'gated';
  /** Its `schedulerName`, while it waits for a scheduler that is not there. */
  unserved?: string;
  /** When it entered its lane or state, ms of virtual time. */
  sinceMs: number;
  createdMs: number;
  labels: Record<string, string>;
}

/** One thing on the timeline. */
export interface MarkRow {
  id: number;
  atMs: number;
  kind: 'input' | 'progress' | 'trouble' | 'unschedulable' | 'leaving';
  text: string;
  /** ns/pod or node, to select it. */
  subject?: { kind: 'Pod' | 'Node'; key: string };
}

/** What the caption says, as data; the page words it in the reader's language. */
export type CaptionRow =
  | {
      kind: 'placed';
      pod: string;
      node: string;
      score: number;
      next?: { node: string; score: number };
      refused: number;
      attempt: number;
    }
  | { kind: 'refused'; pod: string; nodes: number; reasons: { reason: string; count: number }[]; attempt: number }
  | { kind: 'preempting'; pod: string; node: string; victims: string[] }
  | { kind: 'pulling'; pod: string; node: string; image: string; arch: string }
  | { kind: 'running'; pod: string; node: string; arch: string }
  | { kind: 'failed'; pod: string; node: string; reason: string; message: string }
  | { kind: 'evicted'; pod: string; node: string; by: string }
  | { kind: 'deleted'; pod: string; node: string }
  | { kind: 'many'; count: number; workload: string; nodes: number }
  | { kind: 'tainted'; node: string; taint: string; removed: boolean }
  | { kind: 'cordoned'; node: string; on: boolean }
  | { kind: 'node'; node: string; status: string }
  | { kind: 'created'; object: string };

export interface QueueRow {
  lane: 'active' | 'backoff' | 'unschedulable' | 'gated';
  /** Pod UIDs in true pop order. */
  uids: string[];
}

/** One write that passed through the API server. */
export interface HopRow {
  revision: number;
  atMs: number;
  by: 'kubectl' | 'controllers' | 'scheduler' | 'kubelets';
  /** The kind whose controller it was, the node whose kubelet, or ''. */
  actor: string;
  verb: 'create' | 'update' | 'patch' | 'delete';
  /** With its subresource: `pods/binding`. */
  resource: string;
  kind: string;
  namespace: string;
  name: string;
  /** Where a binding binds to. */
  node?: string;
}

export interface FrameRows {
  /** True: forget everything, this is the whole state (start, seek, restore). */
  reset: boolean;
  /** True: further rows of the same state follow at once; nothing is drawn before the last of them. */
  more?: boolean;
  nowMs: number;
  revision: number;
  nodes: NodeRow[];
  removedNodes: string[];
  pods: PodRow[];
  removedPods: { uid: string; form: PodForm }[];
  queue?: QueueRow[];
  marks: MarkRow[];
  caption?: CaptionRow & { atMs: number };
  /** Writes since the last frame, oldest first; of many the last ones. */
  hops?: HopRow[];
}
