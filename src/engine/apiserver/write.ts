/** The second half of every write: whether anything changed, the commit, and the end of what was waiting to go. */
import type { AnyObject } from '../api/meta.ts';
import { equalPlain } from '../sim/plain.ts';
import type { Scope } from './scope.ts';

const VOLATILE = new Set(['resourceVersion', 'managedFields']);

/** Whether two states of an object are the same but for revision and managers. */
export function sameObject(a: AnyObject, b: AnyObject): boolean {
  for (const key in a) if (key !== 'metadata' && a[key] !== b[key] && !equalPlain(a[key], b[key])) return false;
  for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false;
  const x = a.metadata as unknown as Record<string, unknown>;
  const y = b.metadata as unknown as Record<string, unknown>;
  if (x === y) return true;
  for (const key in x) if (!VOLATILE.has(key) && x[key] !== y[key] && !equalPlain(x[key], y[key])) return false;
  for (const key in y) if (!VOLATILE.has(key) && y[key] !== undefined && x[key] === undefined) return false;
  return true;
}

/** Whether a deleted object has nothing left to wait for. */
export const mayGo = (o: AnyObject): boolean =>
  o.metadata.deletionTimestamp !== undefined &&
  !o.metadata.finalizers?.length &&
  (o.metadata.deletionGracePeriodSeconds ?? 0) === 0 &&
  !(o.kind === 'Namespace' && (o.spec as { finalizers?: string[] } | undefined)?.finalizers?.length);

/** Stores the next state of an object unless nothing changed (or nothing is to be stored); answers what is current. */
export function store(s: Scope, next: AnyObject, old: AnyObject): AnyObject {
  if (!s.transfer && sameObject(next, old)) return old;
  if (s.r.dryRun) return next;
  if (mayGo(next)) return s.server.remove(next.kind, keyIn(s, next));
  return s.server.put(next);
}

const keyIn = (s: Scope, o: AnyObject): string =>
  s.info.namespaced ? `${o.metadata.namespace}/${o.metadata.name}` : o.metadata.name;
