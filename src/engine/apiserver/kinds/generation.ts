/** `metadata.generation`: 1 for a new object, one more for each change of what its owner wants. */
import type { KubeObject } from '../../api/meta.ts';
import { sameValue } from './validation/equal.ts';

interface WithSpec extends KubeObject {
  spec?: unknown;
}

export function firstGeneration(o: KubeObject): void {
  o.metadata.generation = 1;
}

/** Keeps the old generation, or raises it when the spec (or what `wish` picks) changed. */
export function nextGeneration<T extends KubeObject>(
  o: T,
  old: T,
  wish: (o: T) => unknown = (x) => (x as WithSpec).spec,
): void {
  const before = old.metadata.generation ?? 0;
  const changed = !sameValue(wish(o), wish(old));
  const next = changed ? before + 1 : before;
  if (next) o.metadata.generation = next;
  else delete o.metadata.generation;
}
