/** PATCH. Upstream: apiserver/pkg/endpoints/handlers/patch.go */
import type { AnyObject } from '../../api/meta.ts';
import type { ApiResponse } from '../../api/request.ts';
import { badRequest, notFound, requestInvalid } from '../errors.ts';
import { applyJsonPatch, type JsonPatchOp } from '../patch/json.ts';
import { applyMergePatch } from '../patch/merge.ts';
import { applyStrategicPatch, PatchError } from '../patch/strategic.ts';
import { type Or, type Scope, value } from '../scope.ts';

/** What becomes of the patched object: a main write, or the write of a subresource. */
export type Replace = (s: Scope, given: AnyObject, old: AnyObject) => ApiResponse;

export function patch(s: Scope, replace: Replace): ApiResponse {
  const old = s.server.store.get<AnyObject>(s.info.kind, s.namespace, s.r.name ?? '');
  if (!old) return notFound(s.info, s.r.name ?? '');
  const patched = patchedObject(s, old);
  return patched.ok ? replace(s, patched.value, old) : patched;
}

/** The object with the patch of the request applied; parts that the patch does not touch are the stored ones. */
export function patchedObject(s: Scope, old: AnyObject): Or<AnyObject> {
  const body = s.r.body;
  switch (s.r.patchType ?? 'strategic') {
    case 'json': {
      if (!Array.isArray(body))
        return badRequest(
          `error decoding patch: json: cannot unmarshal ${jsonType(body)} into Go value of type []handlers.jsonPatchOp`,
        );
      const done = applyJsonPatch(old, body as JsonPatchOp[]);
      if (!done) return requestInvalid('the server rejected our request due to an error in our request');
      return value(done.value as AnyObject);
    }
    case 'merge':
      return value(own(applyMergePatch(old, body) as AnyObject, old, body));
    default:
      try {
        return value(own(applyStrategicPatch(old.kind, old, body as Record<string, unknown>) as AnyObject, old, body));
      } catch (e) {
        if (e instanceof PatchError) return badRequest(e.message);
        throw e;
      }
  }
}

/** A patch need not name a revision: only one that does can conflict. */
function own(o: AnyObject, old: AnyObject, _patch: unknown): AnyObject {
  return o === old ? { ...o } : o;
}

export const jsonType = (v: unknown): string =>
  v === null ? 'null' : Array.isArray(v) ? 'array' : typeof v === 'boolean' ? 'bool' : typeof v;
