/** What the server does to the metadata of every object. Upstream: apiserver/pkg/registry/rest/{create,update,meta}.go */
import type { AnyObject, ObjectMeta } from '../api/meta.ts';
import { equalPlain } from '../sim/plain.ts';
import { rfc3339 } from '../sim/time.ts';
import type { FieldError } from './kind.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './kinds/validation/object-meta.ts';
import type { Scope } from './scope.ts';

/** A generated name keeps this much of its base, so that five random characters fit into 63. */
const MAX_GENERATE_BASE = 58;

/** Kinds whose objects have no generation, although they have a spec. */
const NO_GENERATION = new Set([
  'Service',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'LimitRange',
  'Lease',
  'CSINode',
  'VolumeAttachment',
  'ReplicationController',
  'ServiceAccount',
  'Endpoints',
  'HorizontalPodAutoscaler',
]);
const GENERATION_WITHOUT_SPEC = new Set(['PriorityClass', 'EndpointSlice', 'IngressClass']);

const counts = (o: AnyObject): boolean =>
  GENERATION_WITHOUT_SPEC.has(o.kind) || (o.spec !== undefined && !NO_GENERATION.has(o.kind));

/** The metadata of a new object: names, UID, times. What only the server may set is dropped from the given one. */
export function newMetadata(s: Scope, given: Partial<ObjectMeta>): ObjectMeta {
  const m: ObjectMeta = {
    name: given.name ?? '',
    ...(s.info.namespaced ? { namespace: s.namespace! } : {}),
    uid: s.server.random.uuid(),
    resourceVersion: '',
    creationTimestamp: rfc3339(s.server.now()),
  };
  if (!m.name && given.generateName) m.name = given.generateName.slice(0, MAX_GENERATE_BASE) + s.server.random.suffix();
  for (const key of ['generateName', 'labels', 'annotations', 'ownerReferences', 'finalizers'] as const) {
    const v = given[key];
    if (v !== undefined && v !== null && (typeof v === 'string' ? v !== '' : Object.keys(v).length > 0))
      (m as unknown as Record<string, unknown>)[key] = v;
  }
  return m;
}

/** Generation 1 where the kind counts. */
export function firstGeneration(o: AnyObject): void {
  if (counts(o)) o.metadata.generation = 1;
}

const SPEC_FREE = new Set(['metadata', 'status', 'apiVersion', 'kind']);

/** Whether anything that counts for the generation differs. */
export function specChanged(o: AnyObject, old: AnyObject): boolean {
  if (!counts(o)) return false;
  for (const key of new Set([...Object.keys(o), ...Object.keys(old)]))
    if (!SPEC_FREE.has(key) && !equalPlain(o[key], old[key])) return true;
  return false;
}

/** The metadata of an update: what the writer may change from `given`, all else from the stored object. */
export function updatedMetadata(given: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const m: ObjectMeta = { ...old };
  const bag = m as unknown as Record<string, unknown>;
  for (const key of ['labels', 'annotations', 'ownerReferences', 'finalizers'] as const) {
    const v = given[key];
    if (v === undefined || v === null || Object.keys(v).length === 0) delete bag[key];
    else bag[key] = v;
  }
  // somebody hands ownership over by writing the entries themselves (kubectl's move from client-side apply)
  const managed = given.managedFields;
  if (managed?.length && managed !== old.managedFields && managed.every((e) => e.fieldsV1))
    if (!equalPlain(managed, old.managedFields)) m.managedFields = managed;
  return m;
}

/** What holds for the metadata of a kind that has no rules of its own. */
export function plainMetadataErrors(s: Scope, o: AnyObject): FieldError[] {
  const errors: FieldError[] = [];
  validateObjectMeta(errors, o, s.info.namespaced, subdomainName);
  return errors;
}

export function plainMetadataUpdateErrors(o: AnyObject, old: AnyObject): FieldError[] {
  const errors: FieldError[] = [];
  validateObjectMetaUpdate(errors, o, old);
  return errors;
}
