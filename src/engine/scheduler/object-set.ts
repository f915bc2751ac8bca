/** A fixed set of objects for decisions outside a running cluster. */
import type { AnyObject, KubeObject } from '../api/meta.ts';
import { objectKey } from '../api/meta.ts';
import type { Objects } from './framework/interface.ts';

export class ObjectSet implements Objects {
  readonly #kinds = new Map<string, Map<string, AnyObject>>();

  constructor(objects: Iterable<AnyObject>) {
    for (const o of objects) this.put(o);
  }

  put(o: AnyObject): void {
    let kind = this.#kinds.get(o.kind);
    if (!kind) {
      kind = new Map();
      this.#kinds.set(o.kind, kind);
    }
    kind.set(objectKey(o.metadata.namespace, o.metadata.name), o);
  }

  remove(kind: string, key: string): void {
    this.#kinds.get(kind)?.delete(key);
  }

  get<T extends KubeObject>(kind: string, namespace: string | undefined, name: string): T | undefined {
    return this.#kinds.get(kind)?.get(objectKey(namespace, name)) as unknown as T | undefined;
  }

  *list<T extends KubeObject>(kind: string, namespace?: string): Iterable<T> {
    for (const o of this.#kinds.get(kind)?.values() ?? [])
      if (namespace === undefined || o.metadata.namespace === namespace) yield o as unknown as T;
  }
}
