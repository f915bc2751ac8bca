/** What must hold in every cluster at every moment, whatever anybody does to it. Simulations check it after each step. */
import type { Node, Pod } from '../api/core.ts';
import { resourceOfKind } from '../api/discovery.ts';
import { type AnyObject, keyOf } from '../api/meta.ts';
import { type Amounts, amounts, podRequests } from '../api/resources.ts';
import type { Store } from '../apiserver/store.ts';
import { mayGo } from '../apiserver/write.ts';
import type { Ms } from '../sim/time.ts';

/** How long something may be wrong while a controller still has to notice: pod GC runs every 20 s and waits 40 s. */
export interface Patience {
  /** A pod bound to a node that is no more. */
  lostPodMs: Ms;
  /** An object all of whose owners are gone. */
  orphanMs: Ms;
}

const PATIENCE: Patience = { lostPodMs: 180_000, orphanMs: 60_000 };

const isOver = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** Watches one cluster over time; each `check` answers with sentences about what is wrong, none when all is well. */
export class Invariants {
  readonly #patience: Patience;
  /** The last revision seen of each object. */
  readonly #revisions = new Map<string, number>();
  /** Since when something that may be wrong for a while is so. */
  readonly #since = new Map<string, Ms>();
  #revision = 0;

  constructor(patience: Partial<Patience> = {}) {
    this.#patience = { ...PATIENCE, ...patience };
  }

  /** Looks at everything. */
  check(store: Store, now: Ms): string[] {
    const out: string[] = [];
    if (store.revision < this.#revision) out.push(`the revision fell from ${this.#revision} to ${store.revision}`);
    this.#revision = store.revision;
    const troubles = new Set<string>();
    for (const kind of store.kinds())
      for (const o of store.list<AnyObject>(kind)) out.push(...this.#object(store, o, now, troubles));
    for (const node of store.list<Node>('Node')) out.push(...overcommitted(store, node));
    for (const key of [...this.#since.keys()]) if (!troubles.has(key)) this.#since.delete(key);
    return out;
  }

  #object(store: Store, o: AnyObject, now: Ms, troubles: Set<string>): string[] {
    const out: string[] = [];
    const name = `${o.kind} ${keyOf(o)}`;
    out.push(...identity(store, o, name));
    const revision = Number(o.metadata.resourceVersion);
    const before = this.#revisions.get(o.metadata.uid);
    if (revision > store.revision) out.push(`${name} is of revision ${revision}, later than the store's`);
    if (before !== undefined && revision < before) out.push(`${name} fell from revision ${before} to ${revision}`);
    this.#revisions.set(o.metadata.uid, revision);
    if (mayGo(o)) out.push(`${name} is deleted and waits for nothing, yet it is there`);
    const lost = lostNode(store, o);
    if (lost && this.#tooLong(`lost ${o.metadata.uid}`, now, this.#patience.lostPodMs, troubles))
      out.push(`${name} is bound to ${lost}, which is no more`);
    if (isOrphan(store, o) && this.#tooLong(`orphan ${o.metadata.uid}`, now, this.#patience.orphanMs, troubles))
      out.push(`${name} outlived all its owners`);
    return out;
  }

  #tooLong(key: string, now: Ms, patience: Ms, troubles: Set<string>): boolean {
    troubles.add(key);
    const since = this.#since.get(key) ?? now;
    this.#since.set(key, since);
    return now - since > patience;
  }
}

/** Names, namespaces and UIDs: an object is where its metadata says, in a namespace that is there. */
function identity(store: Store, o: AnyObject, name: string): string[] {
  const out: string[] = [];
  const info = resourceOfKind(o.kind);
  if (store.byKey<AnyObject>(o.kind, keyOf(o)) !== o) out.push(`${name} is not found under its own key`);
  if (store.byUid(o.metadata.uid) !== (o as unknown)) out.push(`${name} is not found under its UID`);
  if (info?.namespaced && !store.get('Namespace', undefined, o.metadata.namespace ?? ''))
    out.push(`${name} is in a namespace that is not there`);
  if (info && !info.namespaced && o.metadata.namespace) out.push(`${name} has a namespace, which its kind has not`);
  return out;
}

function lostNode(store: Store, o: AnyObject): string | undefined {
  if (o.kind !== 'Pod') return undefined;
  const { nodeName } = (o as unknown as Pod).spec;
  return nodeName && !store.get('Node', undefined, nodeName) ? nodeName : undefined;
}

function isOrphan(store: Store, o: AnyObject): boolean {
  const owners = o.metadata.ownerReferences;
  return !!owners?.length && owners.every((ref) => !store.byUid(ref.uid));
}

/** Requests of what runs on a node fit what it may give away. */
function overcommitted(store: Store, node: Node): string[] {
  const sum: Amounts = {};
  let count = 0;
  for (const pod of store.podsOnNode(node.metadata.name)) {
    if (isOver(pod) || pod.status?.phase !== 'Running') continue;
    count++;
    const requests = podRequests(pod.spec);
    for (const resource in requests) sum[resource] = (sum[resource] ?? 0) + requests[resource]!;
  }
  const allocatable = amounts(node.status?.allocatable);
  const out: string[] = [];
  for (const resource in sum)
    if (sum[resource]! > (allocatable[resource] ?? 0))
      out.push(`node ${node.metadata.name} runs ${sum[resource]} of ${allocatable[resource] ?? 0} ${resource}`);
  if (allocatable.pods !== undefined && count > allocatable.pods)
    out.push(`node ${node.metadata.name} runs ${count} of ${allocatable.pods} pods`);
  return out;
}
