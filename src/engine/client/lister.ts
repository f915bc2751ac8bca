import type { Pod } from '../api/core.ts';
import type { KubeObject } from '../api/meta.ts';
import type { WatchEvent } from '../api/request.ts';

/** Read access to the stored objects. What comes back is the stored object itself: never write into it. */
export interface Lister {
  readonly revision: number;
  get<T extends KubeObject>(kind: string, namespace: string | undefined, name: string): T | undefined;
  byKey<T extends KubeObject>(kind: string, key: string): T | undefined;
  /** All objects of a kind in the order in which they were created; with a namespace, only those in it. */
  list<T extends KubeObject>(kind: string, namespace?: string): Iterable<T>;
  count(kind: string): number;
  /** Pods whose `spec.nodeName` is the node, whatever their phase. */
  podsOnNode(nodeName: string): Iterable<Pod>;
  /** Objects of a kind whose controller has this UID. */
  ownedBy<T extends KubeObject>(kind: string, ownerUid: string): Iterable<T>;
  /** Objects of any kind that name this UID in any owner reference. */
  dependentsOf(ownerUid: string): Iterable<KubeObject>;
  /** Objects without a controller, of a kind that controllers adopt: Pod, ReplicaSet, ControllerRevision, Job. */
  orphans<T extends KubeObject>(kind: string, namespace: string): Iterable<T>;
  /** Whether any object of any kind has this UID (garbage collector). */
  byUid(uid: string): KubeObject | undefined;
  /**
   * Changes after `revision` in order, of the given kinds; `undefined` when the log no longer reaches back that far
   * (the caller lists anew).
   */
  since(revision: number, kinds?: ReadonlySet<string>): WatchEvent[] | undefined;
}
