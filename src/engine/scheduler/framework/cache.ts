/**
 * What the scheduler believes of the cluster: nodes in walking order and the pods on them, those just placed included.
 * Upstream: pkg/scheduler/backend/cache/{cache,snapshot}.go
 * Everything runs in one thread, so the cache is its own snapshot; `snapshot()` only brings the lists up to date.
 */
import type { Node, Pod } from '../../api/core.ts';
import { keyOf } from '../../api/meta.ts';
import { invariant } from '../../sim/invariant.ts';
import { equalPlain } from '../../sim/plain.ts';
import { type ImageSummary, NodeInfo } from './node-info.ts';
import { NodeTree } from './node-tree.ts';
import { PodClasses, type PodInfo, sameResource } from './pod-info.ts';

interface ImageState {
  sizeBytes: number;
  nodes: Set<string>;
}

/** One pod that came to or left a node; per-class counts follow these instead of counting anew. */
export interface PodChange {
  pod: PodInfo;
  node: NodeInfo;
  sign: 1 | -1;
}

const LOG_MAX = 4096;

/** The plain data from which `Cache.load` rebuilds the same cache. */
export interface CacheState {
  tree: [zone: string, nodes: string[]][];
  list: string[];
  pods: [node: string, keys: string[]][];
  images: [name: string, sizeBytes: number, nodes: string[]][];
  imageViews: [node: string, [name: string, sizeBytes: number, nodes: number][]][];
}

export class Cache {
  readonly classes = new PodClasses();
  /** Nodes in walking order, as of the last `snapshot()`. */
  list: readonly NodeInfo[] = [];
  /** Changes when the set of nodes, or a label, taint or cordon of one, does: per-class counts start anew. */
  topologyVersion = 0;
  readonly #nodes = new Map<string, NodeInfo>();
  readonly #nodeOfPod = new Map<string, NodeInfo>();
  readonly #pods = new Map<string, PodInfo>();
  readonly #images = new Map<string, ImageState>();
  #tree = new NodeTree();
  #listStale = true;
  #dirty = new Set<NodeInfo>();
  #freeSlots: number[] = [];
  #slots = 0;
  #log: PodChange[] = [];
  #logStart = 0;

  get(name: string): NodeInfo | undefined {
    const info = this.#nodes.get(name);
    return info?.node ? info : undefined;
  }

  podInfo(key: string): PodInfo | undefined {
    return this.#pods.get(key);
  }

  nodeOf(key: string): string | undefined {
    return this.#nodeOfPod.get(key)?.name;
  }

  get podCount(): number {
    return this.#pods.size;
  }

  /** How many slots tables by `NodeInfo.slot` need. */
  get slotCount(): number {
    return this.#slots;
  }

  setNode(node: Node): void {
    const info = this.#ensure(node.metadata.name);
    const old = info.node;
    if (!old) this.#listStale = true;
    this.#tree.add(node);
    if (!old || !equalPlain(old.metadata.labels, node.metadata.labels) || !equalPlain(old.spec, node.spec))
      this.topologyVersion++;
    this.#forgetImages(old, info.name);
    info.setNode(node);
    this.#recordImages(node);
    this.#dirty.add(info);
  }

  removeNode(name: string): void {
    const info = this.#nodes.get(name);
    if (!info?.node) return;
    this.#forgetImages(info.node, name);
    this.#tree.remove(name);
    info.setNode(undefined);
    this.#listStale = true;
    this.topologyVersion++;
    this.#drop(info);
  }

  /** Puts a pod on its node; a known one is replaced. */
  setPod(pod: Pod, nodeName = pod.spec.nodeName ?? ''): void {
    const known = this.#pods.get(keyOf(pod));
    const next = this.classes.info(pod, known);
    const at = this.#nodeOfPod.get(next.key);
    if (
      known &&
      at?.name === nodeName &&
      known.cls === next.cls &&
      known.terminating === next.terminating &&
      sameResource(known.requests, next.requests) &&
      sameResource(known.nonZeroRequests, next.nonZeroRequests)
    ) {
      this.#pods.set(next.key, next);
      at.replacePod(next);
      return;
    }
    if (known) this.removePod(next.key);
    const info = this.#ensure(nodeName);
    info.addPod(next);
    this.#pods.set(next.key, next);
    this.#nodeOfPod.set(next.key, info);
    this.#dirty.add(info);
    this.#record({ pod: next, node: info, sign: 1 });
  }

  removePod(key: string): void {
    const info = this.#nodeOfPod.get(key);
    if (!info) return;
    const gone = info.removePod(key);
    invariant(gone, 'a pod of the cache is on its node');
    this.#pods.delete(key);
    this.#nodeOfPod.delete(key);
    this.#dirty.add(info);
    this.#record({ pod: gone, node: info, sign: -1 });
    this.#drop(info);
  }

  /** Brings `list` and the nodes' image counts up to date; call before each decision. */
  snapshot(): void {
    if (this.#listStale) {
      this.list = this.#tree.list().map((name) => this.#nodes.get(name)!);
      this.#listStale = false;
    }
    for (const info of this.#dirty) if (info.node) info.images = this.#imagesOf(info.node);
    this.#dirty.clear();
  }

  /** Where the log of pod changes ends now. */
  get logEnd(): number {
    return this.#logStart + this.#log.length;
  }

  /** Pod changes from `cursor` on, or `undefined` when they are no longer kept. */
  changesSince(cursor: number): readonly PodChange[] | undefined {
    if (cursor < this.#logStart) return undefined;
    return cursor === this.logEnd ? NO_CHANGES : this.#log.slice(cursor - this.#logStart);
  }

  save(): CacheState {
    const views: CacheState['imageViews'] = [];
    for (const info of this.#nodes.values())
      if (info.node && !this.#dirty.has(info) && info.images.size)
        views.push([info.name, [...info.images].map(([name, i]) => [name, i.sizeBytes, i.nodes])]);
    return {
      tree: this.#tree.save(),
      list: this.#listStale ? [] : this.list.map((n) => n.name),
      pods: [...this.#nodes.values()].filter((n) => n.pods.length).map((n) => [n.name, n.pods.map((p) => p.key)]),
      images: [...this.#images].map(([name, s]) => [name, s.sizeBytes, [...s.nodes]]),
      imageViews: views,
    };
  }

  static load(
    s: CacheState,
    nodeOf: (name: string) => Node | undefined,
    podOf: (key: string) => Pod | undefined,
  ): Cache {
    const cache = new Cache();
    for (const [, names] of s.tree)
      for (const name of names) {
        const node = nodeOf(name);
        invariant(node, 'a node of a saved cache is stored');
        cache.setNode(node);
      }
    cache.#tree = NodeTree.load(s.tree);
    for (const [node, keys] of s.pods)
      for (const key of keys) {
        const pod = podOf(key);
        invariant(pod, 'a pod of a saved cache is stored');
        cache.setPod(pod, node);
      }
    cache.#images.clear();
    for (const [name, sizeBytes, nodes] of s.images) cache.#images.set(name, { sizeBytes, nodes: new Set(nodes) });
    cache.#listStale = s.list.length === 0;
    cache.list = s.list.map((name) => cache.#nodes.get(name)!);
    for (const [node, images] of s.imageViews) {
      const info = cache.#nodes.get(node)!;
      info.images = new Map(images.map(([name, sizeBytes, nodes]) => [name, { sizeBytes, nodes }]));
      cache.#dirty.delete(info);
    }
    for (const info of [...cache.#dirty]) if (info.node && !info.node.status?.images?.length) cache.#dirty.delete(info);
    return cache;
  }

  #ensure(name: string): NodeInfo {
    let info = this.#nodes.get(name);
    if (!info) {
      info = new NodeInfo(name, this.#freeSlots.pop() ?? this.#slots++);
      this.#nodes.set(name, info);
    }
    return info;
  }

  #drop(info: NodeInfo): void {
    if (info.node || info.pods.length > 0) return;
    this.#nodes.delete(info.name);
    this.#dirty.delete(info);
    this.#freeSlots.push(info.slot);
  }

  #record(change: PodChange): void {
    this.#log.push(change);
    if (this.#log.length > LOG_MAX) {
      this.#log = this.#log.slice(LOG_MAX / 2);
      this.#logStart += LOG_MAX / 2;
    }
  }

  #recordImages(node: Node): void {
    for (const image of node.status?.images ?? [])
      for (const name of image.names ?? []) {
        const state = this.#images.get(name);
        if (state) state.nodes.add(node.metadata.name);
        else this.#images.set(name, { sizeBytes: image.sizeBytes ?? 0, nodes: new Set([node.metadata.name]) });
      }
  }

  #forgetImages(node: Node | undefined, nodeName: string): void {
    for (const image of node?.status?.images ?? [])
      for (const name of image.names ?? []) {
        const state = this.#images.get(name);
        if (!state?.nodes.delete(nodeName)) continue;
        if (state.nodes.size === 0) this.#images.delete(name);
      }
  }

  #imagesOf(node: Node): ReadonlyMap<string, ImageSummary> {
    const out = new Map<string, ImageSummary>();
    for (const image of node.status?.images ?? [])
      for (const name of image.names ?? []) {
        const state = this.#images.get(name);
        if (state) out.set(name, { sizeBytes: state.sizeBytes, nodes: state.nodes.size });
      }
    return out;
  }
}

const NO_CHANGES: readonly PodChange[] = [];
