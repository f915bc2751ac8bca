/** Adoption and release of dependents. Upstream: pkg/controller/controller_ref_manager.go */
import { controllerRef, type KubeObject } from '../../api/meta.ts';
import type { Context } from '../../client/component.ts';
import { byAge } from './order.ts';

/** An object without the owner reference of `ownerUid`. */
export function withoutOwner<T extends KubeObject>(o: T, ownerUid: string): T {
  const { ownerReferences, ...metadata } = o.metadata;
  const kept = (ownerReferences ?? []).filter((ref) => ref.uid !== ownerUid);
  return { ...o, metadata: kept.length ? { ...metadata, ownerReferences: kept } : metadata };
}

const withOwner = <T extends KubeObject>(o: T, owner: KubeObject): T => ({
  ...o,
  metadata: { ...o.metadata, ownerReferences: [...(o.metadata.ownerReferences ?? []), controllerRef(owner)] },
});

/**
 * The objects of a kind that `owner` controls, oldest first: owned ones that no longer match are released, free ones that
 * match are adopted unless either side is being deleted. `counts` leaves objects out of all of it (finished pods).
 */
export function claim<T extends KubeObject>(
  ctx: Context,
  owner: KubeObject,
  kind: string,
  matches: (o: T) => boolean,
  counts: (o: T) => boolean = () => true,
): T[] {
  const claimed: T[] = [];
  const lost: T[] = [];
  const deleting = owner.metadata.deletionTimestamp !== undefined;
  for (const o of ctx.list.ownedBy<T>(kind, owner.metadata.uid)) if (counts(o)) (matches(o) ? claimed : lost).push(o);
  if (deleting) return claimed.sort(byAge);
  const found: T[] = [];
  for (const o of ctx.list.orphans<T>(kind, owner.metadata.namespace!))
    if (o.metadata.deletionTimestamp === undefined && counts(o) && matches(o)) found.push(o);
  // the order of writes may not hang on how an index was filled
  for (const o of lost.sort(byAge)) ctx.api.update<T>(withoutOwner(o, owner.metadata.uid));
  for (const o of found.sort(byAge)) {
    const r = ctx.api.update<T>(withOwner(o, owner));
    if (r.ok) claimed.push(r.object!);
  }
  return claimed.sort(byAge);
}
