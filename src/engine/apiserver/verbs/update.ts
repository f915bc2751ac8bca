/** PUT, and the second half of PATCH. Upstream: apiserver/pkg/registry/rest/update.go */
import type { AnyObject } from '../../api/meta.ts';
import type { ApiResponse } from '../../api/request.ts';
import { admit, admitValidated } from '../admission/index.ts';
import { allocate } from '../allocate.ts';
import { decode } from '../decode.ts';
import { badRequest, conflict, invalid, notFound } from '../errors.ts';
import { noteUpdate } from '../managed-fields.ts';
import { plainMetadataUpdateErrors, specChanged, updatedMetadata } from '../metadata.ts';
import { reply, type Scope } from '../scope.ts';
import { sameObject, store } from '../write.ts';

export function update(s: Scope): ApiResponse {
  const old = s.server.store.get<AnyObject>(s.info.kind, s.namespace, s.r.name ?? '');
  if (!old) return notFound(s.info, s.r.name ?? '');
  const decoded = decode(s, s.r.body, old);
  if (!decoded.ok) return decoded;
  const name = decoded.value.metadata.name;
  if (name !== undefined && name !== s.r.name)
    return badRequest(`the name of the object (${name}) does not match the name on the URL (${s.r.name})`);
  return replace(s, decoded.value, old);
}

/** Makes `given` the next state of `old`: keeps what the writer may not change, admits, validates, stores. */
export function replace(scope: Scope, given: AnyObject, old: AnyObject): ApiResponse {
  const stale = precondition(scope, given, old);
  if (stale) return stale;
  let s = scope;
  const o: AnyObject = { ...given, apiVersion: old.apiVersion, kind: old.kind };
  if (!s.trusted || !sharesAll(o, old)) s.kind?.default?.(o);
  o.metadata = updatedMetadata(given.metadata, old.metadata);
  if (o.metadata.managedFields !== old.metadata.managedFields) s = { ...s, transfer: true };
  if (s.kind?.hasStatus ?? s.info.subresources.includes('status')) {
    if (old.status === undefined) delete o.status;
    else o.status = old.status;
  }
  s.kind?.prepareUpdate?.(o, old, s.server.store, s.server.now());
  if (!s.transfer && sameObject(o, old)) return reply(s, old);
  if (!s.kind && specChanged(o, old)) o.metadata.generation = (old.metadata.generation ?? 0) + 1;
  const admitted = admit(s, 'UPDATE', o, old);
  if (admitted) return admitted;
  const errors = s.kind?.validateUpdate
    ? s.kind.validateUpdate(o, old, s.server.store)
    : plainMetadataUpdateErrors(o, old);
  if (errors.length) return invalid(s.info, o.metadata.name, errors);
  s.warnings.push(...(s.kind?.warnings?.(o, old) ?? []));
  const allocated = allocate(s, o, old);
  if (allocated) return allocated;
  const refused = admitValidated(s, 'UPDATE', o, old);
  if (refused) return refused;
  noteUpdate(s, o, old, s.r.subresource === 'scale' ? 'scale' : undefined);
  return reply(s, store(s, o, old));
}

/** A stale resourceVersion or another object's UID is a Conflict. */
export function precondition(s: Scope, given: AnyObject, old: AnyObject): ApiResponse | undefined {
  const { uid, resourceVersion } = given.metadata;
  if (uid && uid !== old.metadata.uid)
    return conflict(
      s.info,
      old.metadata.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`,
    );
  if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) return conflict(s.info, old.metadata.name);
  return undefined;
}

/** Whether all but metadata and status is the stored object's own, so that it needs neither defaults nor a copy. */
function sharesAll(o: AnyObject, old: AnyObject): boolean {
  for (const key in o) if (key !== 'metadata' && key !== 'status' && o[key] !== old[key]) return false;
  return true;
}
