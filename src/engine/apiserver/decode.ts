/** From a request's body to an object of the server's own. Upstream: apiserver/pkg/endpoints/handlers/create.go, update.go */
import { apiVersionOf } from '../api/discovery.ts';
import type { AnyObject } from '../api/meta.ts';
import { clonePlain } from '../sim/plain.ts';
import { badRequest } from './errors.ts';
import { type Or, type Scope, value } from './scope.ts';

const NAMESPACE_MISMATCH = 'the namespace of the provided object does not match the namespace sent on the request';

/**
 * The object in a body, as a copy that may be written into. Components hand over well-formed objects; of these only the
 * fields that differ from `old` are copied.
 */
export function decode(s: Scope, body: unknown, old?: AnyObject): Or<AnyObject> {
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    return badRequest('the object provided is unrecognized (must be of type Object)');
  const given = body as AnyObject;
  if (!s.trusted) {
    const refused = checkIdentity(s, given);
    if (refused) return refused;
  }
  const o = s.trusted && old ? copyChanged(given, old) : clonePlain(given);
  o.apiVersion = apiVersionOf(s.info);
  o.kind = s.info.kind;
  o.metadata = { ...o.metadata };
  return value(o);
}

function checkIdentity(s: Scope, given: AnyObject) {
  if (given.kind !== undefined && given.kind !== s.info.kind)
    return badRequest(`the object provided is unrecognized (must be of type ${s.info.kind})`);
  const namespace = given.metadata?.namespace;
  if (s.info.namespaced && namespace && namespace !== s.namespace) return badRequest(NAMESPACE_MISMATCH);
  return undefined;
}

function copyChanged(given: AnyObject, old: AnyObject): AnyObject {
  const o = { ...given };
  for (const key in o) if (key !== 'metadata' && key !== 'status' && o[key] !== old[key]) o[key] = clonePlain(o[key]);
  return o;
}
