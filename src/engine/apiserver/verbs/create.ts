/** POST: decode → default → admit → prepare → validate → allocate → commit. Upstream: apiserver/pkg/registry/rest/create.go */
import type { AnyObject, ObjectMeta } from '../../api/meta.ts';
import type { ApiResponse } from '../../api/request.ts';
import { admit, admitValidated } from '../admission/index.ts';
import { allocate } from '../allocate.ts';
import { decode } from '../decode.ts';
import { alreadyExists, badRequest, invalid, plainFailure } from '../errors.ts';
import { isFine, noteFine } from '../form.ts';
import type { FieldError } from '../kind.ts';
import { noteCreate } from '../managed-fields.ts';
import { firstGeneration, newMetadata, plainMetadataErrors } from '../metadata.ts';
import { bag, reply, type Scope } from '../scope.ts';

/** Upstream tries a generated name this often before it gives up. */
const GENERATE_TRIES = 8;

export function create(s: Scope): ApiResponse {
  const decoded = decode(s, s.r.body);
  if (!decoded.ok) return decoded;
  return createObject(s, decoded.value);
}

/** Takes a decoded object, which may be written into, through the rest of the way. */
export function createObject(s: Scope, o: AnyObject): ApiResponse {
  const given = o.metadata;
  if (s.r.name && given.name && s.r.name !== given.name)
    return badRequest(`the name of the object (${given.name}) does not match the name on the URL (${s.r.name})`);
  if (given.resourceVersion && !s.trusted)
    return plainFailure('resourceVersion should not be set on objects to be created');
  s.kind?.default?.(o);
  const owned = noteCreate(s, o);
  o.metadata = { ...(given as Partial<ObjectMeta>), name: given.name ?? '' } as ObjectMeta;
  if (s.info.namespaced) o.metadata.namespace = s.namespace!;
  const admitted = admit(s, 'CREATE', o, undefined);
  if (admitted) return admitted;
  return finish(s, o, owned);
}

function finish(s: Scope, o: AnyObject, owned: ObjectMeta['managedFields']): ApiResponse {
  const given = o.metadata as Partial<ObjectMeta>;
  const { store } = s.server;
  o.metadata = newMetadata(s, given);
  for (let i = 1; i < GENERATE_TRIES && !given.name && exists(s, o); i++) o.metadata.name = newMetadata(s, given).name;
  if (owned?.length) o.metadata.managedFields = owned;
  s.kind?.prepareCreate?.(o, store, s.server.now());
  if (!s.kind) firstGeneration(o);
  const wrong = isFine(s, o) ? undefined : inspect(s, o);
  if (wrong) return wrong;
  const allocated = allocate(s, o, undefined);
  if (allocated) return allocated;
  const refused = admitValidated(s, 'CREATE', o, undefined);
  if (refused) return refused;
  if (exists(s, o)) return alreadyExists(s.info, o.metadata.name);
  return reply(s, s.r.dryRun ? unstored(o) : s.server.put(o), 201);
}

/** Validates and warns. */
function inspect(s: Scope, o: AnyObject): ApiResponse | undefined {
  const errors = validate(s, o);
  if (errors.length) return invalid(s.info, o.metadata.name, errors);
  const warnings = s.kind?.warnings?.(o) ?? [];
  s.warnings.push(...warnings);
  if (!warnings.length) noteFine(s, o);
  return undefined;
}

/** A dry run stores nothing, so its object has no revision. */
function unstored(o: AnyObject): AnyObject {
  const { resourceVersion: _, ...metadata } = o.metadata;
  return { ...o, metadata: metadata as ObjectMeta };
}

/**
 * Pod specs that a component handed over before and that were valid then: controllers make many pods of one template,
 * and admission does the same to each of them unless there are limits, which may change.
 */
const validTemplates = new WeakSet<object>();

function validate(s: Scope, o: AnyObject): FieldError[] {
  const { store } = s.server;
  if (!s.kind?.validate) return plainMetadataErrors(s, o);
  const template =
    s.trusted && s.info.kind === 'Pod' && store.count('LimitRange') === 0 ? bag(s.r.body).spec : undefined;
  const isTemplate = typeof template === 'object' && template !== null;
  if (isTemplate && validTemplates.has(template)) return plainMetadataErrors(s, o);
  const errors = s.kind.validate(o, store);
  if (isTemplate && !errors.length) validTemplates.add(template);
  return errors;
}

const exists = (s: Scope, o: AnyObject): boolean =>
  s.server.store.get(s.info.kind, o.metadata.namespace, o.metadata.name) !== undefined;
