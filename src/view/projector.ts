import type { Event, Node, Pod } from '../engine/api/core.ts';
import { keyOf } from '../engine/api/meta.ts';
import type { WatchEvent } from '../engine/api/request.ts';
import type { Cluster } from '../engine/index.ts';
import { hopOf } from './hops.ts';
import { holdsResources, nodeRow, type Usage } from './node-row.ts';
import { type PodExtras, podRow } from './pod-row.ts';
import type { CaptionRow, FrameRows, HopRow, MarkRow, PodRow, QueueRow } from './rows.ts';
import { captionOf, markOf } from './story.ts';

const KINDS: ReadonlySet<string> = new Set(['Pod', 'Node', 'Event', 'Lease', 'ReplicaSet', 'Deployment']);
/** Of a queue of more pods than `LARGE_QUEUE` every fifth frame tells: sorting it takes longer than all else. */
const LARGE_QUEUE = 500;
const LARGE_QUEUE_FRAMES = 5;
/** Marks of a whole reset that are sent at most; older ones only matter in sum. */
const MARKS_MAX = 2_000;
/** Writes of one frame that are told; more of them nobody could follow. */
const HOPS_MAX = 12;

interface SchedulerView {
  lanes: { lane: QueueRow['lane']; uids: string[] }[];
  backoff: { uid: string; untilMs: number }[];
  schedulers: string[];
}

interface KubeletView {
  pod(key: string, uid: string): { pull?: { startMs: number; endMs: number }; retryAtMs?: number };
  isDown(node: string): boolean;
}

/**
 * Turns what changed in a cluster since the last frame into slim rows. Holds only the rows it sent, so a new projector over
 * the same cluster sends everything (a reset).
 */
export class Projector {
  readonly #pods = new Map<string, PodRow>();
  readonly #byKey = new Map<string, string>();
  readonly #nodes = new Map<string, string>();
  readonly #lanes = new Map<string, PodExtras>();
  #queue: readonly QueueRow[] | undefined;
  #schedulers: readonly string[] = [];
  #revision = -1;
  #markId = 1;
  #kubelet: KubeletView | undefined;
  /** Of which moment the queue is. */
  #seen: { cluster: Cluster; turns: number } | undefined;
  #queueAge = 0;

  /** Rows changed since the last call; everything after `reset`. */
  frame(cluster: Cluster): FrameRows {
    const events = this.#revision < 0 ? undefined : cluster.list.since(this.#revision, KINDS);
    if (!events) this.reset();
    this.#kubelet = cluster.view('kubelet') as KubeletView | undefined;
    const queue = this.#readQueue(cluster);
    const rows: FrameRows = {
      reset: events === undefined,
      nowMs: cluster.now,
      revision: cluster.list.revision,
      nodes: [],
      removedNodes: [],
      pods: [],
      removedPods: [],
      ...(queue ? { queue: queue.rows } : {}),
      marks: [],
    };
    if (events) this.#changes(cluster, events, queue?.touched ?? new Set(), rows);
    else this.#everything(cluster, rows);
    this.#revision = cluster.list.revision;
    return rows;
  }

  /** The next frame sends everything. */
  reset(): void {
    this.#revision = -1;
    this.#queue = undefined;
    this.#seen = undefined;
    this.#pods.clear();
    this.#byKey.clear();
    this.#nodes.clear();
  }

  #everything(cluster: Cluster, rows: FrameRows): void {
    for (const pod of cluster.list.list<Pod>('Pod')) rows.pods.push(this.#podRow(cluster, pod));
    for (const node of cluster.list.list<Node>('Node')) this.#sendNode(cluster, node, rows);
    for (const e of cluster.list.list<Event>('Event')) this.#mark(e, rows);
    rows.marks.sort((a, b) => a.atMs - b.atMs || a.id - b.id);
    if (rows.marks.length > MARKS_MAX) rows.marks.splice(0, rows.marks.length - MARKS_MAX);
  }

  #changes(cluster: Cluster, events: WatchEvent[], lanesTouched: ReadonlySet<string>, rows: FrameRows): void {
    const pods = new Set<string>();
    for (const uid of lanesTouched) {
      const pod = cluster.list.byUid(uid);
      if (pod) pods.add(keyOf(pod));
    }
    const nodes = new Set<string>();
    const hops: HopRow[] = [];
    for (const e of events) {
      if (e.kind === 'Pod') {
        pods.add(e.key);
        for (const o of [e.object, e.old]) {
          const on = (o as unknown as Pod | undefined)?.spec.nodeName;
          if (on) nodes.add(on);
        }
      } else if (e.kind === 'Node') nodes.add(e.key);
      else if (e.kind === 'Event' && e.type !== 'DELETED') {
        this.#mark(e.object as unknown as Event, rows);
        this.#caption(cluster, e.object as unknown as Event, rows);
      }
      const hop = hopOf(e, cluster.now);
      if (hop) hops.push(hop);
    }
    if (hops.length) rows.hops = hops.slice(-HOPS_MAX);
    for (const key of pods) this.#sendPod(cluster, key, rows);
    for (const name of nodes) {
      const node = cluster.list.byKey<Node>('Node', name);
      if (node) this.#sendNode(cluster, node, rows);
      else if (this.#nodes.delete(name)) rows.removedNodes.push(name);
    }
  }

  #sendPod(cluster: Cluster, key: string, rows: FrameRows): void {
    const pod = cluster.list.byKey<Pod>('Pod', key);
    const oldUid = this.#byKey.get(key);
    if (oldUid && oldUid !== pod?.metadata.uid) {
      rows.removedPods.push({ uid: oldUid, form: this.#pods.get(oldUid)?.form ?? 'terminating' });
      this.#pods.delete(oldUid);
      this.#byKey.delete(key);
    }
    if (pod) rows.pods.push(this.#podRow(cluster, pod));
  }

  #podRow(cluster: Cluster, pod: Pod): PodRow {
    const key = `${pod.metadata.namespace}/${pod.metadata.name}`;
    const lane = pod.spec.nodeName ? undefined : this.#lanes.get(pod.metadata.uid);
    const row = podRow(pod, cluster.list, {
      ...this.#kubelet?.pod(key, pod.metadata.uid),
      ...lane,
      ...(this.#schedulers.length ? { schedulers: this.#schedulers } : {}),
    });
    this.#pods.set(row.uid, row);
    this.#byKey.set(key, row.uid);
    return row;
  }

  #sendNode(cluster: Cluster, node: Node, rows: FrameRows): void {
    const usage = { cpuMilli: 0, memoryBytes: 0, pods: 0, extended: new Map<string, number>() } satisfies Usage;
    for (const pod of cluster.list.podsOnNode(node.metadata.name)) {
      const row = this.#pods.get(pod.metadata.uid) ?? this.#podRow(cluster, pod);
      if (!holdsResources(pod)) continue;
      usage.cpuMilli += row.cpuMilli;
      usage.memoryBytes += row.memoryBytes;
      usage.pods++;
    }
    const row = nodeRow(node, usage, this.#kubelet?.isDown(node.metadata.name) ?? false);
    const text = JSON.stringify(row);
    if (this.#nodes.get(row.name) === text) return;
    this.#nodes.set(row.name, text);
    rows.nodes.push(row);
  }

  /** The lanes and the pods whose lane is another, if the scheduler acted since the last frame. */
  #readQueue(cluster: Cluster): { rows: QueueRow[]; touched: Set<string> } | undefined {
    const turns = cluster.turnsOf('scheduler');
    const known = this.#seen?.cluster === cluster;
    if (known && this.#seen!.turns === turns) return undefined;
    if (known && this.#lanes.size > LARGE_QUEUE && ++this.#queueAge < LARGE_QUEUE_FRAMES) return undefined;
    this.#queueAge = 0;
    this.#seen = { cluster, turns };
    const view = cluster.view('scheduler') as SchedulerView | undefined;
    if (!view?.lanes) return undefined;
    const others = view.schedulers.join() !== this.#schedulers.join();
    if (!others && this.#queue && sameLanes(view.lanes, this.#queue)) return undefined;
    this.#queue = view.lanes;
    const touched = new Set<string>();
    if (others) for (const row of this.#pods.values()) if (!row.node) touched.add(row.uid);
    this.#schedulers = view.schedulers;
    const until = new Map(view.backoff.map((b) => [b.uid, b.untilMs]));
    const gone = new Set(this.#lanes.keys());
    for (const { lane, uids } of view.lanes)
      for (const uid of uids) {
        const retryAtMs = until.get(uid);
        const before = this.#lanes.get(uid);
        gone.delete(uid);
        if (before?.lane === lane && before.retryAtMs === retryAtMs) continue;
        touched.add(uid);
        this.#lanes.set(uid, {
          lane,
          laneSinceMs: before?.lane === lane ? before.laneSinceMs! : cluster.now,
          ...(retryAtMs === undefined ? {} : { retryAtMs }),
        });
      }
    for (const uid of gone) {
      touched.add(uid);
      this.#lanes.delete(uid);
    }
    return { rows: view.lanes, touched };
  }

  #mark(e: Event, rows: FrameRows): void {
    const mark: MarkRow | undefined = markOf(e, this.#markId, timeOf(e));
    if (!mark) return;
    this.#markId++;
    rows.marks.push(mark);
  }

  #caption(cluster: Cluster, e: Event, rows: FrameRows): void {
    const arch = (node: string): string =>
      cluster.list.byKey<Node>('Node', node)?.metadata.labels?.['kubernetes.io/arch'] ?? '';
    const caption: CaptionRow | undefined = captionOf(e, arch);
    if (caption) rows.caption = { ...caption, atMs: cluster.now };
  }
}

const sameLanes = (a: readonly QueueRow[], b: readonly QueueRow[]): boolean =>
  a.length === b.length &&
  a.every(({ uids }, i) => uids.length === b[i]!.uids.length && uids.every((uid, k) => uid === b[i]!.uids[k]));

const timeOf = (e: Event): number => Date.parse(e.lastTimestamp ?? e.eventTime ?? e.metadata.creationTimestamp);
