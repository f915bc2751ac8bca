/** From a dependent's change to the keys of its owners. */
import { controllerOf, type KubeObject, keyOf, type OwnerReference } from '../../api/meta.ts';
import type { WatchEvent } from '../../api/request.ts';
import type { Lister } from '../../client/lister.ts';
import { equalPlain } from '../../sim/plain.ts';

/** The key of the living owner that the reference means: same kind, same name, same UID. */
export function ownerKey(
  o: KubeObject,
  ref: OwnerReference | undefined,
  kind: string,
  list: Lister,
): string | undefined {
  if (!ref || ref.kind !== kind) return undefined;
  const owner = list.get<KubeObject>(kind, o.metadata.namespace, ref.name);
  return owner?.metadata.uid === ref.uid ? keyOf(owner) : undefined;
}

export const labelsChanged = (e: WatchEvent): boolean =>
  e.old !== undefined && !equalPlain(e.old.metadata.labels, e.object.metadata.labels);

/** Whether anything but `status` and managed fields changed in a way that moves a controller. */
export function specChanged(e: WatchEvent): boolean {
  if (e.type !== 'MODIFIED' || !e.old) return true;
  const [was, is] = [e.old.metadata, e.object.metadata];
  return (
    was.uid !== is.uid ||
    was.generation !== is.generation ||
    was.deletionTimestamp !== is.deletionTimestamp ||
    !equalPlain(was.annotations, is.annotations) ||
    !equalPlain(was.labels, is.labels) ||
    !equalPlain(was.ownerReferences, is.ownerReferences) ||
    !equalPlain(was.finalizers, is.finalizers)
  );
}

/**
 * Owners of a kind that a dependent's change concerns: the controller now and before, or, for a free object that came or
 * changed its labels, every owner that would adopt it.
 */
export function ownersOf<T extends KubeObject>(
  e: WatchEvent,
  kind: string,
  list: Lister,
  wouldAdopt: (owner: T, o: KubeObject) => boolean,
): string[] {
  const ref = controllerOf(e.object);
  const before = e.old ? controllerOf(e.old) : undefined;
  const keys: string[] = [];
  const add = (key: string | undefined): void => {
    if (key !== undefined && !keys.includes(key)) keys.push(key);
  };
  if (before && before.uid !== ref?.uid) add(ownerKey(e.object, before, kind, list));
  if (ref) add(ownerKey(e.object, ref, kind, list));
  else if (e.type !== 'DELETED' && (e.type === 'ADDED' || before || labelsChanged(e)))
    for (const owner of list.list<T>(kind, e.object.metadata.namespace))
      if (wouldAdopt(owner, e.object)) add(keyOf(owner));
  return keys;
}
