/**
 * All rows of the picture, in mutable maps outside the store: copying 20,000 entries at each frame would cost more than drawing them.
 * Who reads them subscribes to the store's `revision`, which is bumped after each frame.
 */
import type { FrameRows, HopRow, MarkRow, NodeRow, PodForm, PodRow, QueueRow } from '../view/rows.ts';

export interface Rows {
  nowMs: number;
  /** The API server's resource version. */
  revision: number;
  /** By name. */
  nodes: Map<string, NodeRow>;
  /** By uid. */
  pods: Map<string, PodRow>;
  /** uid by `namespace/name`. */
  podKeys: Map<string, string>;
  queue: QueueRow[];
  marks: MarkRow[];
  /** The last writes that passed through the API server, oldest first. */
  hops: HopRow[];
  /** Pods that left with the last frames, and in which form: the scene lets them leave once. */
  removed: { uid: string; form: PodForm }[];
  /** What went wrong last with a pod, by `namespace/name`, in the kubelet's words. */
  troubles: Map<string, { reason: string; message: string }>;
  /** Counts frames that changed more than the clock. */
  changes: number;
  /** Counts resets (start, seek, undo): positions are set, nothing moves. */
  resets: number;
}

export const emptyRows = (): Rows => ({
  nowMs: 0,
  revision: 0,
  nodes: new Map(),
  pods: new Map(),
  podKeys: new Map(),
  queue: [],
  marks: [],
  hops: [],
  removed: [],
  troubles: new Map(),
  changes: 0,
  resets: 0,
});

/** The one set of rows of this page. */
export const rows: Rows = emptyRows();

export const podKey = (p: { namespace: string; name: string }): string => `${p.namespace}/${p.name}`;

/** Events that only repeat that an earlier one happened. */
const ECHO = /^Error: (ErrImagePull|ImagePullBackOff|ErrImageNeverPull)$|^Back-off /;

const HOPS_KEPT = 24;
const SETS = ['nodes', 'removedNodes', 'pods', 'removedPods'] as const;

/** Takes one frame over into `into`. */
export function applyFrame(into: Rows, frame: FrameRows): void {
  if (frame.reset) {
    into.nodes.clear();
    into.pods.clear();
    into.podKeys.clear();
    into.queue = [];
    into.marks = [];
    into.removed = [];
    into.hops = [];
    into.troubles.clear();
    into.resets += 1;
  }
  if (frame.reset || frame.queue || SETS.some((set) => frame[set].length)) into.changes += 1;
  into.nowMs = frame.nowMs;
  into.revision = frame.revision;
  for (const node of frame.nodes) into.nodes.set(node.name, node);
  for (const name of frame.removedNodes) into.nodes.delete(name);
  for (const { uid, form } of frame.removedPods) {
    const pod = into.pods.get(uid);
    if (!pod) continue;
    into.pods.delete(uid);
    if (into.podKeys.get(podKey(pod)) === uid) into.podKeys.delete(podKey(pod));
    into.removed.push({ uid, form });
  }
  for (const pod of frame.pods) {
    into.pods.set(pod.uid, pod);
    into.podKeys.set(podKey(pod), pod.uid);
  }
  if (frame.queue) into.queue = frame.queue;
  if (frame.caption?.kind === 'failed') {
    const { pod, reason, message } = frame.caption;
    if (!ECHO.test(message) || !into.troubles.has(pod)) into.troubles.set(pod, { reason, message });
  }
  for (const mark of frame.marks) into.marks.push(mark);
  if (frame.hops) into.hops = [...into.hops, ...frame.hops].slice(-HOPS_KEPT);
}
