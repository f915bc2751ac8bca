import type { Pod } from '../api/core.ts';
import { type AnyObject, controllerOf, type KubeObject, keyOf, type OwnerReference, objectKey } from '../api/meta.ts';
import type { WatchEvent } from '../api/request.ts';
import type { Lister } from '../client/lister.ts';
import { invariant } from '../sim/invariant.ts';

/** Everything etcd would hold. Objects are shared with the live store: they are replaced, never written into. */
export interface StoreState {
  revision: number;
  kinds: [kind: string, objects: AnyObject[]][];
}

/** How many changes the watch log keeps before its older half is compacted away. */
const LOG_MAX = 60_000;
/** Kinds that controllers adopt. */
const CLAIMABLE: ReadonlySet<string> = new Set(['Pod', 'ReplicaSet', 'ControllerRevision', 'Job']);
const NONE: readonly OwnerReference[] = [];
const NO_OBJECTS: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * The store: one `Map` a kind in creation order, one revision for all, and a log of the last changes with the object
 * before and after, so that a past revision within the log can be read again. Indexes (node → pods, owner → dependents)
 * follow each commit and are rebuilt on restore. Upstream: etcd and the watch cache.
 */
export class Store implements Lister {
  #revision = 0;
  readonly #kinds = new Map<string, Map<string, AnyObject>>();
  #log: WatchEvent[] = [];
  readonly #byNode = new Map<string, Map<string, Pod>>();
  readonly #byOwner = new Map<string, Map<string, AnyObject>>();
  readonly #orphans = new Map<string, Map<string, AnyObject>>();
  readonly #byUid = new Map<string, AnyObject>();
  readonly #byNamespace = new Map<string, Map<string, Map<string, AnyObject>>>();

  get revision(): number {
    return this.#revision;
  }

  get<T extends KubeObject>(kind: string, namespace: string | undefined, name: string): T | undefined {
    return this.byKey<T>(kind, objectKey(namespace, name));
  }

  byKey<T extends KubeObject>(kind: string, key: string): T | undefined {
    return this.#kinds.get(kind)?.get(key) as unknown as T | undefined;
  }

  list<T extends KubeObject>(kind: string, namespace?: string): Iterable<T> {
    const objects = namespace === undefined ? this.#kinds.get(kind) : this.#byNamespace.get(kind)?.get(namespace);
    return (objects ?? NO_OBJECTS).values() as unknown as Iterable<T>;
  }

  count(kind: string): number {
    return this.#kinds.get(kind)?.size ?? 0;
  }

  kinds(): Iterable<string> {
    return this.#kinds.keys();
  }

  podsOnNode(nodeName: string): Iterable<Pod> {
    return (this.#byNode.get(nodeName) ?? NO_OBJECTS).values();
  }

  *ownedBy<T extends KubeObject>(kind: string, ownerUid: string): Iterable<T> {
    for (const o of (this.#byOwner.get(ownerUid) ?? NO_OBJECTS).values() as Iterable<AnyObject>)
      if (o.kind === kind && controllerOf(o)?.uid === ownerUid) yield o as unknown as T;
  }

  dependentsOf(ownerUid: string): Iterable<KubeObject> {
    return (this.#byOwner.get(ownerUid) ?? NO_OBJECTS).values();
  }

  orphans<T extends KubeObject>(kind: string, namespace: string): Iterable<T> {
    return (this.#orphans.get(`${kind}/${namespace}`) ?? NO_OBJECTS).values() as unknown as Iterable<T>;
  }

  byUid(uid: string): KubeObject | undefined {
    return this.#byUid.get(uid);
  }

  /** Puts an object (new or changed) and returns the change. `metadata.resourceVersion` is set by the store. */
  put(object: AnyObject): WatchEvent {
    const revision = ++this.#revision;
    object.metadata.resourceVersion = String(revision);
    const key = keyOf(object);
    let objects = this.#kinds.get(object.kind);
    if (!objects) {
      objects = new Map();
      this.#kinds.set(object.kind, objects);
    }
    const old = objects.get(key);
    objects.set(key, object);
    if (old) this.#unindex(old);
    this.#index(object, key);
    const event: WatchEvent = old
      ? { type: 'MODIFIED', kind: object.kind, key, revision, object, old }
      : { type: 'ADDED', kind: object.kind, key, revision, object };
    this.#record(event);
    return event;
  }

  /** Removes an object; the change carries its last state. */
  remove(kind: string, key: string): WatchEvent {
    const old = this.#kinds.get(kind)?.get(key);
    invariant(old, 'only stored objects are removed');
    const revision = ++this.#revision;
    this.#kinds.get(kind)?.delete(key);
    this.#unindex(old);
    const object = { ...old, metadata: { ...old.metadata, resourceVersion: String(revision) } };
    const event: WatchEvent = { type: 'DELETED', kind, key, revision, object, old };
    this.#record(event);
    return event;
  }

  since(revision: number, kinds?: ReadonlySet<string>): WatchEvent[] | undefined {
    if (revision >= this.#revision) return [];
    const first = this.#log[0]?.revision ?? this.#revision + 1;
    if (revision + 1 < first) return undefined;
    const events = this.#log.slice(revision + 1 - first);
    return kinds ? events.filter((e) => kinds.has(e.kind)) : events;
  }

  /** The oldest revision that `since` and `at` still reach. */
  get oldestRevision(): number {
    return (this.#log[0]?.revision ?? this.#revision + 1) - 1;
  }

  /** The objects as they were right after `revision`, or `undefined` when that was compacted. */
  at(revision: number): Store | undefined {
    const later = this.since(revision);
    if (!later) return undefined;
    const state = this.save();
    const kinds = new Map(state.kinds.map(([kind, objects]) => [kind, new Map(objects.map((o) => [keyOf(o), o]))]));
    for (let i = later.length - 1; i >= 0; i--) {
      const e = later[i]!;
      const objects = kinds.get(e.kind)!;
      if (e.old) objects.set(e.key, e.old);
      else objects.delete(e.key);
    }
    return Store.load({ revision, kinds: [...kinds].map(([kind, objects]) => [kind, [...objects.values()]]) });
  }

  save(): StoreState {
    return {
      revision: this.#revision,
      kinds: [...this.#kinds].map(([kind, objects]) => [kind, [...objects.values()]]),
    };
  }

  static load(state: StoreState): Store {
    const store = new Store();
    store.#revision = state.revision;
    for (const [kind, objects] of state.kinds) {
      store.#kinds.set(kind, new Map(objects.map((o) => [keyOf(o), o])));
      for (const o of objects) store.#index(o, keyOf(o));
    }
    return store;
  }

  #record(event: WatchEvent): void {
    this.#log.push(event);
    if (this.#log.length > LOG_MAX) this.#log = this.#log.slice(LOG_MAX / 2);
  }

  #index(o: AnyObject, key: string): void {
    this.#byUid.set(o.metadata.uid, o);
    for (const ref of o.metadata.ownerReferences ?? NONE) set2(this.#byOwner, ref.uid, `${o.kind}/${key}`, o);
    if (CLAIMABLE.has(o.kind) && !controllerOf(o)) set2(this.#orphans, `${o.kind}/${o.metadata.namespace}`, key, o);
    if (o.metadata.namespace !== undefined) {
      let spaces = this.#byNamespace.get(o.kind);
      if (!spaces) {
        spaces = new Map();
        this.#byNamespace.set(o.kind, spaces);
      }
      set2(spaces, o.metadata.namespace, key, o);
    }
    const pod = o as unknown as Pod;
    if (o.kind === 'Pod' && pod.spec.nodeName) set2(this.#byNode, pod.spec.nodeName, key, pod);
  }

  #unindex(o: AnyObject): void {
    const key = keyOf(o);
    const current = this.#kinds.get(o.kind)?.get(key);
    if (!current || current.metadata.uid !== o.metadata.uid) this.#byUid.delete(o.metadata.uid);
    for (const ref of o.metadata.ownerReferences ?? NONE)
      if (!current?.metadata.ownerReferences?.some((now) => now.uid === ref.uid))
        delete2(this.#byOwner, ref.uid, `${o.kind}/${key}`);
    if (CLAIMABLE.has(o.kind) && !controllerOf(o) && (!current || controllerOf(current)))
      delete2(this.#orphans, `${o.kind}/${o.metadata.namespace}`, key);
    if (o.metadata.namespace !== undefined && !current)
      this.#byNamespace.get(o.kind)?.get(o.metadata.namespace)?.delete(key);
    const nodeName = o.kind === 'Pod' ? (o as unknown as Pod).spec.nodeName : undefined;
    if (nodeName && (current as unknown as Pod | undefined)?.spec.nodeName !== nodeName)
      delete2(this.#byNode, nodeName, key);
  }
}

function set2<V>(index: Map<string, Map<string, V>>, outer: string, inner: string, value: V): void {
  let map = index.get(outer);
  if (!map) {
    map = new Map();
    index.set(outer, map);
  }
  map.set(inner, value);
}

function delete2<V>(index: Map<string, Map<string, V>>, outer: string, inner: string): void {
  const map = index.get(outer);
  map?.delete(inner);
  if (map?.size === 0) index.delete(outer);
}
