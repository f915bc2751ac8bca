/** PATCH. Upstream: apiserver/pkg/endpoints/handlers/patch.go */
import type { AnyObject } from '../../api/meta.ts';
import type { ApiResponse } from '../../api/request.ts';
import { applyPatch } from '../apply.ts';
import { decodePatched } from '../decode.ts';
import { badRequest, notFound, plainFailure, requestInvalid } from '../errors.ts';
import { parseJson } from '../json.ts';
import { applyJsonPatch, type JsonPatchOp } from '../patch/json.ts';
import { applyMergePatch } from '../patch/merge.ts';
import { applyStrategicPatch, PatchError } from '../patch/strategic.ts';
import { type Or, type Scope, value } from '../scope.ts';

/** What becomes of the patched object: a main write, or the write of a subresource. */
export type Replace = (s: Scope, given: AnyObject, old: AnyObject) => ApiResponse;

export function patch(s: Scope, replace: Replace): ApiResponse {
  if (s.r.patchType === 'apply') return applyPatch(s, replace);
  const old = s.server.store.get<AnyObject>(s.info.kind, s.namespace, s.r.name ?? '');
  if (!old) return notFound(s.info, s.r.name ?? '');
  const version = s.r.apiVersion;
  const shownOld = version && version !== old.apiVersion && s.kind?.toVersion ? s.kind.toVersion(old, version) : old;
  const patched = patchedObject(s, shownOld);
  if (!patched.ok) return patched;
  const decoded = decodePatched(s, patched.value, old);
  return decoded.ok ? replace(s, decoded.value, old) : decoded;
}

const REJECTED = 'the server rejected our request due to an error in our request';

/** The object with the patch of the request applied; parts that the patch does not touch are the stored ones. */
export function patchedObject(s: Scope, old: AnyObject): Or<AnyObject> {
  const read = typeof s.r.body === 'string' ? parseJson(s.r.body) : { value: s.r.body };
  if ('error' in read) return badRequest(read.error);
  const body = read.value;
  const type = s.r.patchType ?? 'strategic';
  if (type === 'json') {
    if (!Array.isArray(body))
      return badRequest(
        `error decoding patch: json: cannot unmarshal ${jsonType(body)} into Go value of type []handlers.jsonPatchOp`,
      );
    const done = applyJsonPatch(old, body as JsonPatchOp[]);
    return done ? value(done.value as AnyObject) : requestInvalid(REJECTED);
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    return badRequest(`json: cannot unmarshal ${jsonType(body)} into Go value of type map[string]interface {}`);
  if (type === 'merge') return value(applyMergePatch(old, body) as AnyObject);
  try {
    return value(applyStrategicPatch(old.kind, old, body as Record<string, unknown>) as AnyObject);
  } catch (e) {
    if (e instanceof PatchError) return plainFailure(e.message);
    throw e;
  }
}

export const jsonType = (v: unknown): string =>
  v === null ? 'null' : Array.isArray(v) ? 'array' : typeof v === 'boolean' ? 'bool' : typeof v;
