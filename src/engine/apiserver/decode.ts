/** From a request's body to an object of the server's own. Upstream: apiserver/pkg/endpoints/handlers/{create,update,patch}.go */
import { apiVersionOf } from '../api/discovery.ts';
import { gatesFor } from '../api/gates.ts';
import type { AnyObject } from '../api/meta.ts';
import { clonePlain } from '../sim/plain.ts';
import { badRequest, type Refusal, requestInvalid } from './errors.ts';
import { knownForm, newForm, ofForm } from './form.ts';
import { goMap } from './patch/strategic.ts';
import { rootType } from './schema/schema.ts';
import { type Or, type Scope, value } from './scope.ts';
import { type Typed, typed } from './strict.ts';

const NAMESPACE_MISMATCH = 'the namespace of the provided object does not match the namespace sent on the request';

/**
 * The object in a body, as a copy that may be written into. Components hand over well-formed objects; of these only the
 * fields that differ from `old` are copied.
 */
export function decode(s: Scope, body: unknown, old?: AnyObject): Or<AnyObject> {
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    return badRequest('the object provided is unrecognized (must be of type Object)');
  const given = body as AnyObject;
  if (s.trusted) return value(owned(s, old ? copyChanged(given, old) : clonePlain(given)));
  const refused = checkKind(s, given);
  if (refused) return refused;
  const form = old ? undefined : knownForm(s, given);
  if (form) {
    s.form = form;
    return inNamespace(s, owned(s, ofForm(form, given)));
  }
  const read = readTyped(s, given, old);
  if (!read) return value(owned(s, clonePlain(given)));
  const version = requestVersion(s);
  const fail = (why: string): Refusal =>
    badRequest(
      `${s.info.kind} in version ${JSON.stringify(version.split('/').at(-1))} cannot be handled as a ${s.info.kind}: ${why}`,
    );
  if (read.error) return fail(read.error.json);
  const strict = complain(s, read);
  if (strict) return fail(strict);
  const o = owned(s, converted(s, read.value as AnyObject, version));
  if (!old && !read.unknown.length) rememberForm(s, given, o);
  return inNamespace(s, o);
}

function inNamespace(s: Scope, o: AnyObject): Or<AnyObject> {
  const { namespace } = o.metadata;
  return s.info.namespaced && namespace && namespace !== s.namespace ? badRequest(NAMESPACE_MISMATCH) : value(o);
}

function rememberForm(s: Scope, given: AnyObject, o: AnyObject): void {
  const form = newForm(s, given, o);
  if (form) s.form = form;
}

/** Reads the outcome of a patch. The words differ: a strategic patch converts a map, the others decode JSON. */
export function decodePatched(s: Scope, patched: AnyObject, old: AnyObject): Or<AnyObject> {
  if (s.trusted) return value(owned(s, copyChanged(patched, old)));
  const read = readTyped(s, patched, old);
  if (!read) return value(owned(s, clonePlain(patched)));
  const strategic = (s.r.patchType ?? 'strategic') === 'strategic';
  const fail = (why: string): Refusal => {
    const shown = strategic ? goMap(s.r.body) : JSON.stringify(patched);
    const message = `Invalid value: ${JSON.stringify(shown)}: ${why}`;
    return requestInvalid(` "" is invalid: patch: ${message}`, [
      { reason: 'FieldValueInvalid', message, field: 'patch' },
    ]);
  };
  if (read.error) return fail(strategic ? read.error.converted : read.error.json);
  const strict = complain(s, read);
  return strict ? fail(strict) : value(owned(s, read.value as AnyObject));
}

const requestVersion = (s: Scope): string => s.r.apiVersion ?? apiVersionOf(s.info);

function readTyped(s: Scope, given: AnyObject, old: AnyObject | undefined): Typed | undefined {
  const root = rootType(requestVersion(s), s.info.kind);
  return root && typed(given, root, true, gatesFor(s.server.gates, old));
}

/** Unknown fields: refused, warned of, or passed over in silence, as the request wants it. */
function complain(s: Scope, read: Typed): string | undefined {
  if (!read.unknown.length) return undefined;
  const texts = read.unknown.map((path) => `unknown field ${JSON.stringify(path)}`);
  switch (s.r.fieldValidation ?? 'Warn') {
    case 'Strict':
      return `strict decoding error: ${texts.join(', ')}`;
    case 'Warn':
      s.warnings.push(...texts);
      return undefined;
    default:
      return undefined;
  }
}

function checkKind(s: Scope, given: AnyObject): Refusal | undefined {
  if (given.kind !== undefined && given.kind !== s.info.kind)
    return badRequest(
      `${given.kind} in version ${JSON.stringify(String(given.apiVersion).split('/').at(-1))} cannot be handled as a ${s.info.kind}: no kind ${JSON.stringify(given.kind)} is registered for version ${JSON.stringify(requestVersion(s))} in scheme`,
    );
  return undefined;
}

/** From another served version to the stored one. */
const converted = (s: Scope, o: AnyObject, version: string): AnyObject =>
  version === apiVersionOf(s.info) ? o : (s.kind?.fromVersion?.(o, version) ?? o);

/** In the version that is stored, with a metadata object of its own. */
function owned(s: Scope, o: AnyObject): AnyObject {
  o.apiVersion = apiVersionOf(s.info);
  o.kind = s.info.kind;
  o.metadata = { ...o.metadata };
  return o;
}

function copyChanged(given: AnyObject, old: AnyObject): AnyObject {
  const o = { ...given };
  for (const key in o) if (key !== 'metadata' && key !== 'status' && o[key] !== old[key]) o[key] = clonePlain(o[key]);
  return o;
}
