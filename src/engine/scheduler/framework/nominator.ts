/** Which pods are promised to which nodes after a preemption. Upstream: pkg/scheduler/backend/queue/nominator.go */
import type { PodInfo } from './pod-info.ts';

export class Nominator {
  /** Node → pods in order of registration. */
  readonly #byNode = new Map<string, PodInfo[]>();
  readonly #nodeOf = new Map<string, string>();

  get size(): number {
    return this.#nodeOf.size;
  }

  /** The pods nominated to a node, first come first. */
  on(node: string): readonly PodInfo[] {
    return this.#byNode.get(node) ?? NONE;
  }

  nodeOf(uid: string): string | undefined {
    return this.#nodeOf.get(uid);
  }

  /** Registers a pod; the last word about a UID wins. */
  add(pod: PodInfo, node: string): void {
    this.remove(pod.pod.metadata.uid);
    const pods = this.#byNode.get(node);
    if (pods) pods.push(pod);
    else this.#byNode.set(node, [pod]);
    this.#nodeOf.set(pod.pod.metadata.uid, node);
  }

  remove(uid: string): void {
    const node = this.#nodeOf.get(uid);
    if (node === undefined) return;
    this.#nodeOf.delete(uid);
    const rest = this.#byNode.get(node)!.filter((p) => p.pod.metadata.uid !== uid);
    if (rest.length) this.#byNode.set(node, rest);
    else this.#byNode.delete(node);
  }

  save(): [key: string, node: string][] {
    return [...this.#byNode].flatMap(([node, pods]) => pods.map((p): [string, string] => [p.key, node]));
  }
}

const NONE: readonly PodInfo[] = [];
