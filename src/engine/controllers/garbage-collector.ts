import { RESOURCES, resourceOfKind } from '../api/discovery.ts';
import { type KubeObject, keyOf, type OwnerReference } from '../api/meta.ts';
import type { WatchEvent } from '../api/request.ts';
import type { Component, Context, Key } from '../client/component.ts';
import type { Lister } from '../client/lister.ts';
import { equalPlain } from '../sim/plain.ts';
import { withoutOwner } from './shared/claim.ts';
import { compareText } from './shared/order.ts';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

const hasFinalizer = (o: KubeObject, finalizer: string): boolean => o.metadata.finalizers?.includes(finalizer) ?? false;
const isBeingDeleted = (o: KubeObject): boolean => o.metadata.deletionTimestamp !== undefined;
const waitsForDependents = (o: KubeObject): boolean => isBeingDeleted(o) && hasFinalizer(o, FOREGROUND);
const itemKey = (o: KubeObject): Key => `item:${o.kind}:${keyOf(o)}`;

/**
 * Removes what no owner holds any longer, in the three ways of deletion. Keys: `gone:UID` an owner that went,
 * `item:KIND:KEY` an object to look at. Upstream: pkg/controller/garbagecollector
 */
export const garbageCollector = (): Component => ({
  name: 'garbage-collector-controller',
  watches: RESOURCES.map((r) => r.kind).filter((kind) => kind !== 'Event'),
  keysFor,
  initial: () => null,
  reconcile(key, ctx) {
    if (key.startsWith('gone:')) {
      for (const o of sorted(ctx.list.dependentsOf(key.slice(5)))) collect(o, ctx);
      return;
    }
    const [, kind, name] = /^item:([^:]+):(.*)$/.exec(key)!;
    const o = ctx.list.byKey<KubeObject>(kind!, name!);
    if (!o) return;
    if (isBeingDeleted(o) && hasFinalizer(o, ORPHAN)) orphanDependents(o, ctx);
    else if (waitsForDependents(o)) deleteDependents(o, ctx);
    collect(ctx.list.byUid(o.metadata.uid), ctx);
  },
});

/** Kind, then age, then name: an order that no index decides. */
const sorted = (objects: Iterable<KubeObject>): KubeObject[] =>
  [...objects].sort(
    (a, b) =>
      compareText(a.kind, b.kind) ||
      compareText(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
      compareText(keyOf(a), keyOf(b)),
  );

function keysFor(e: WatchEvent, list: Lister): Key[] {
  const o = e.object;
  const refs = o.metadata.ownerReferences;
  if (e.type === 'DELETED') {
    const keys = isEmpty(list.dependentsOf(o.metadata.uid)) ? [] : [`gone:${o.metadata.uid}`];
    for (const ref of refs ?? []) {
      const owner = list.byUid(ref.uid);
      if (owner && waitsForDependents(owner)) keys.push(itemKey(owner));
    }
    return keys;
  }
  if (isBeingDeleted(o) && (hasFinalizer(o, FOREGROUND) || hasFinalizer(o, ORPHAN))) return [itemKey(o)];
  if (!refs?.length || (e.old && equalPlain(e.old.metadata.ownerReferences, refs))) return [];
  return refs.some((ref) => ownerState(o, ref, list) !== 'solid') ? [itemKey(o)] : [];
}

function isEmpty(items: Iterable<unknown>): boolean {
  for (const _ of items) return false;
  return true;
}

type OwnerState = 'solid' | 'dangling' | 'waiting';

/** Whether the owner a reference means still holds the dependent. */
function ownerState(o: KubeObject, ref: OwnerReference, list: Lister): OwnerState {
  const info = resourceOfKind(ref.kind);
  if (!info) return 'solid'; // kinds that nobody serves cannot be looked up: upstream retries for ever
  if (info.namespaced && o.metadata.namespace === undefined) return 'solid'; // never collected
  const owner = list.byUid(ref.uid);
  const same = owner?.kind === ref.kind && owner.metadata.name === ref.name;
  if (!owner || !same || (info.namespaced && owner.metadata.namespace !== o.metadata.namespace)) return 'dangling';
  return waitsForDependents(owner) ? 'waiting' : 'solid';
}

/** Deletes an object whose owners are all gone, or strips the references to those that are. */
function collect(o: KubeObject | undefined, ctx: Context): void {
  const refs = o?.metadata.ownerReferences;
  if (!o || !refs?.length) return;
  if (isBeingDeleted(o) && !waitsForDependents(o)) return;
  const states = refs.map((ref) => ownerState(o, ref, ctx.list));
  if (states.every((s) => s === 'solid')) return;
  if (states.includes('solid')) {
    let next = o;
    refs.forEach((ref, i) => {
      if (states[i] !== 'solid') next = withoutOwner(next, ref.uid);
    });
    ctx.api.update(next);
    return;
  }
  if (isBeingDeleted(o)) return;
  reportForeignOwners(o, refs, ctx);
  const foreground = states.includes('waiting') && !isEmpty(ctx.list.dependentsOf(o.metadata.uid));
  const keep = hasFinalizer(o, ORPHAN) ? 'Orphan' : hasFinalizer(o, FOREGROUND) ? 'Foreground' : 'Background';
  ctx.api.delete(o.kind, o.metadata.namespace, o.metadata.name, {
    propagationPolicy: foreground ? 'Foreground' : keep,
    preconditions: { uid: o.metadata.uid },
  });
}

/** An owner that lives in another namespace counts as absent, and the dependent is told. */
function reportForeignOwners(o: KubeObject, refs: readonly OwnerReference[], ctx: Context): void {
  for (const ref of refs) {
    const owner = ctx.list.byUid(ref.uid);
    if (!owner || owner.metadata.namespace === o.metadata.namespace) continue;
    const what = `[${ref.apiVersion}/${ref.kind}, namespace: ${o.metadata.namespace}, name: ${ref.name}, uid: ${ref.uid}]`;
    const message = `ownerRef ${what} does not exist in namespace "${o.metadata.namespace}"`;
    ctx.events.event(o, { type: 'Warning', reason: 'OwnerRefInvalidNamespace', message });
  }
}

/** Foreground: dependents go first; the owner's finalizer when no blocking one is left. */
function deleteDependents(owner: KubeObject, ctx: Context): void {
  for (const o of sorted(ctx.list.dependentsOf(owner.metadata.uid))) collect(o, ctx);
  const blocking = [...ctx.list.dependentsOf(owner.metadata.uid)].some((o) =>
    o.metadata.ownerReferences?.some((ref) => ref.uid === owner.metadata.uid && ref.blockOwnerDeletion),
  );
  if (!blocking) removeFinalizer(owner, FOREGROUND, ctx);
}

/** Orphan: dependents lose the reference, then the owner its finalizer. */
function orphanDependents(owner: KubeObject, ctx: Context): void {
  for (const o of sorted(ctx.list.dependentsOf(owner.metadata.uid)))
    ctx.api.update(withoutOwner(o, owner.metadata.uid));
  removeFinalizer(owner, ORPHAN, ctx);
}

function removeFinalizer(owner: KubeObject, finalizer: string, ctx: Context): void {
  const o = ctx.list.byUid(owner.metadata.uid);
  if (!o || !hasFinalizer(o, finalizer)) return;
  const finalizers = o.metadata.finalizers!.filter((f) => f !== finalizer);
  ctx.api.update({ ...o, metadata: { ...o.metadata, finalizers } });
}
