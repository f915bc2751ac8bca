/** Pods by label, selectors by label: so that a change of one pod asks neither all services nor all pods. */
import type { Pod } from '../../api/core.ts';
import { type KubeObject, keyOf, type LabelSelector } from '../../api/meta.ts';
import type { WatchEvent } from '../../api/request.ts';
import { type Labels, matchesSelector } from '../../api/selector.ts';
import type { Lister } from '../../client/lister.ts';

/** The pairs that every match must have, as `namespace\0key=value`. */
const pairsOf = (namespace: string, labels: Labels): string[] =>
  Object.entries(labels ?? {}).map(([k, v]) => `${namespace}\0${k}=${v}`);

/**
 * All pods by namespace and label. Rebuildable from the store, so no part of any state; it hangs on the lister, so a fork
 * or a restored cluster has its own. `serial` numbers pods in the order of their making, whichever way it was filled.
 */
interface PodIndex {
  revision: number;
  serial: number;
  serialOf: Map<string, number>;
  byPair: Map<string, Set<string>>;
  byNamespace: Map<string, Set<string>>;
}

const indexes = new WeakMap<Lister, PodIndex>();

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

function enter(index: PodIndex, pod: KubeObject): void {
  const key = keyOf(pod);
  const namespace = pod.metadata.namespace!;
  if (!index.serialOf.has(key)) index.serialOf.set(key, ++index.serial);
  add(index.byNamespace, namespace, key);
  for (const pair of pairsOf(namespace, pod.metadata.labels)) add(index.byPair, pair, key);
}

function build(list: Lister): PodIndex {
  const index: PodIndex = {
    revision: list.revision,
    serial: 0,
    serialOf: new Map(),
    byPair: new Map(),
    byNamespace: new Map(),
  };
  for (const pod of list.list<Pod>('Pod')) enter(index, pod);
  return index;
}

function indexOf(list: Lister): PodIndex {
  let index = indexes.get(list);
  if (!index) {
    index = build(list);
    indexes.set(list, index);
  }
  return index;
}

/** Follows one pod change; to be called by every component that uses the index. */
export function followPod(e: WatchEvent, list: Lister): void {
  const index = indexes.get(list);
  if (!index || e.revision <= index.revision) return;
  index.revision = e.revision;
  if (e.old && e.type === 'MODIFIED' && e.old.metadata.labels === e.object.metadata.labels) return;
  const namespace = e.object.metadata.namespace!;
  for (const pair of pairsOf(namespace, (e.old ?? e.object).metadata.labels)) index.byPair.get(pair)?.delete(e.key);
  if (e.type !== 'DELETED') {
    enter(index, e.object);
    return;
  }
  index.byNamespace.get(namespace)?.delete(e.key);
  index.serialOf.delete(e.key);
}

/** The pods of a namespace that a selector matches, oldest first. */
export function podsMatching(list: Lister, namespace: string, selector: LabelSelector): Pod[] {
  const index = indexOf(list);
  let keys: ReadonlySet<string> | undefined = index.byNamespace.get(namespace);
  for (const pair of pairsOf(namespace, selector.matchLabels)) {
    const set = index.byPair.get(pair);
    if (!set) return [];
    if (!keys || set.size < keys.size) keys = set;
  }
  const out: Pod[] = [];
  for (const key of keys ?? []) {
    const pod = list.byKey<Pod>('Pod', key);
    if (pod && matchesSelector(selector, pod.metadata.labels)) out.push(pod);
  }
  return out.sort((a, b) => index.serialOf.get(keyOf(a))! - index.serialOf.get(keyOf(b))!);
}

/**
 * The objects of a kind whose selectors match given labels. Selectors are filed under one of their pairs; those without
 * equality pairs are asked each time.
 */
export class SelectorIndex<T extends KubeObject> {
  readonly #kind: string;
  readonly #selectorOf: (o: T) => LabelSelector | undefined;
  readonly #files = new WeakMap<Lister, { byPair: Map<string, Map<string, T>>; pairOf: Map<string, string> }>();
  constructor(kind: string, selectorOf: (o: T) => LabelSelector | undefined) {
    this.#kind = kind;
    this.#selectorOf = selectorOf;
  }

  /** Follows one change of an object with a selector. */
  follow(e: WatchEvent, list: Lister): void {
    const files = this.#files.get(list);
    if (!files) return;
    const pair = files.pairOf.get(e.key);
    if (pair !== undefined) files.byPair.get(pair)?.delete(e.key);
    files.pairOf.delete(e.key);
    if (e.type !== 'DELETED') this.#file(files, e.object as unknown as T);
  }

  /** Keys of the objects in a namespace that match the labels, by name. */
  matching(list: Lister, namespace: string, labels: Labels): string[] {
    let files = this.#files.get(list);
    if (!files) {
      files = { byPair: new Map(), pairOf: new Map() };
      for (const o of list.list<T>(this.#kind)) this.#file(files, o);
      this.#files.set(list, files);
    }
    const keys: string[] = [];
    for (const pair of [...pairsOf(namespace, labels), `${namespace}\0`])
      for (const [key, o] of files.byPair.get(pair) ?? [])
        if (matchesSelector(this.#selectorOf(o), labels)) keys.push(key);
    return keys.sort();
  }

  #file(files: { byPair: Map<string, Map<string, T>>; pairOf: Map<string, string> }, o: T): void {
    const selector = this.#selectorOf(o);
    if (!selector) return;
    const namespace = o.metadata.namespace!;
    const pair = pairsOf(namespace, selector.matchLabels)[0] ?? `${namespace}\0`;
    const key = keyOf(o);
    files.pairOf.set(key, pair);
    const filed = files.byPair.get(pair);
    if (filed) filed.set(key, o);
    else files.byPair.set(pair, new Map([[key, o]]));
  }
}
