/**
 * One node with the pods on it and their sums. Upstream: pkg/scheduler/framework/types.go (NodeInfo)
 * Invariant: `requested`, `nonZero…` and `podsWithAffinity` are always the sums over `pods`. `usedPorts` is a set, as
 * upstream: of two pods that were forced onto one port, the first to leave frees it.
 */
import type { Node } from '../../api/core.ts';
import { amounts } from '../../api/resources.ts';
import { type HostPort, type PodInfo, type Resource, resourceOf } from './pod-info.ts';

const NO_LABELS: Readonly<Record<string, string>> = {};
const NO_IMAGES: ReadonlyMap<string, ImageSummary> = new Map();
let generations = 0;

export interface ImageSummary {
  sizeBytes: number;
  nodes: number;
}

const hasAffinity = (p: PodInfo): boolean =>
  p.cls.affinityTerms.length > 0 ||
  p.cls.antiAffinityTerms.length > 0 ||
  p.cls.preferredAffinity.length > 0 ||
  p.cls.preferredAntiAffinity.length > 0;

export class NodeInfo {
  readonly name: string;
  /** Place in per-class tables; unique among the living nodes of a cache. */
  readonly slot: number;
  /** The stored object; pods may be known before their node is. */
  node: Node | undefined;
  labels: Readonly<Record<string, string>> = NO_LABELS;
  allocatable: Resource = resourceOf({});
  allowedPods = 0;
  readonly pods: PodInfo[] = [];
  podsWithAffinity = 0;
  requested: Resource = { milliCpu: 0, memory: 0, ephemeralStorage: 0, scalar: new Map() };
  nonZeroMilliCpu = 0;
  nonZeroMemory = 0;
  readonly usedPorts: HostPort[] = [];
  /** Images on the node as of the last snapshot in which the node had changed: size and how many nodes had it then. */
  images: ReadonlyMap<string, ImageSummary> = NO_IMAGES;
  /** Changes whenever an answer about this node might; unique over all nodes and copies. */
  generation = ++generations;

  constructor(name: string, slot: number) {
    this.name = name;
    this.slot = slot;
  }

  setNode(node: Node | undefined): void {
    this.node = node;
    this.labels = node?.metadata.labels ?? NO_LABELS;
    const allocatable = amounts(node?.status?.allocatable);
    this.allocatable = resourceOf(allocatable);
    this.allowedPods = allocatable.pods ?? 0;
    this.generation = ++generations;
  }

  addPod(p: PodInfo): void {
    this.pods.push(p);
    this.#count(p, 1);
  }

  /** Takes the pod with this key off the node; as upstream, the last pod moves into its place. */
  removePod(key: string): PodInfo | undefined {
    const at = this.pods.findIndex((p) => p.key === key);
    if (at < 0) return undefined;
    const gone = this.pods[at]!;
    this.pods[at] = this.pods[this.pods.length - 1]!;
    this.pods.pop();
    this.#count(gone, -1);
    return gone;
  }

  /** Puts a newer object of a pod that takes the same room. */
  replacePod(p: PodInfo): void {
    const at = this.pods.findIndex((other) => other.key === p.key);
    if (at >= 0) this.pods[at] = p;
  }

  /** An independent copy for what-if. */
  clone(): NodeInfo {
    const copy = new NodeInfo(this.name, this.slot);
    copy.node = this.node;
    copy.labels = this.labels;
    copy.allocatable = this.allocatable;
    copy.allowedPods = this.allowedPods;
    copy.pods.push(...this.pods);
    copy.podsWithAffinity = this.podsWithAffinity;
    copy.requested = { ...this.requested, scalar: new Map(this.requested.scalar) };
    copy.nonZeroMilliCpu = this.nonZeroMilliCpu;
    copy.nonZeroMemory = this.nonZeroMemory;
    copy.usedPorts.push(...this.usedPorts);
    copy.images = this.images;
    return copy;
  }

  #count(p: PodInfo, sign: 1 | -1): void {
    const r = p.requests;
    const sum = this.requested;
    sum.milliCpu += sign * r.milliCpu;
    sum.memory += sign * r.memory;
    sum.ephemeralStorage += sign * r.ephemeralStorage;
    for (const [name, n] of r.scalar) sum.scalar.set(name, (sum.scalar.get(name) ?? 0) + sign * n);
    this.nonZeroMilliCpu += sign * p.nonZeroRequests.milliCpu;
    this.nonZeroMemory += sign * p.nonZeroRequests.memory;
    if (hasAffinity(p)) this.podsWithAffinity += sign;
    for (const port of p.cls.hostPorts) {
      const at = this.usedPorts.findIndex(
        (q) => q.port === port.port && q.ip === port.ip && q.protocol === port.protocol,
      );
      if (sign > 0 && at < 0) this.usedPorts.push(port);
      else if (sign < 0 && at >= 0) this.usedPorts.splice(at, 1);
    }
    this.generation = ++generations;
  }
}
