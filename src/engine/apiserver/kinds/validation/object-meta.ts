/** Names, labels, annotations, owners. Upstream: apimachinery/pkg/api/validation/objectmeta.go */
import type { KubeObject, ObjectMeta, OwnerReference } from '../../../api/meta.ts';
import { byteLength, isDNS1123Label, isDNS1123Subdomain, isLabelValue, isQualifiedName } from '../../../api/name.ts';
import { sameValue } from './equal.ts';
import { type Errors, forbidden, IMMUTABLE, invalid, invalidEach, notNegative, required, tooLong } from './errors.ts';

/** What a kind says of its names; `prefix`: a generateName, whose trailing dash will get a suffix. */
export type NameRule = (name: string, prefix?: boolean) => readonly string[];

const masked =
  (rule: (name: string) => readonly string[]): NameRule =>
  (name, prefix = false) =>
    rule(prefix && name.endsWith('-') ? `${name.slice(0, -1)}a` : name);

export const subdomainName: NameRule = masked(isDNS1123Subdomain);
export const labelName: NameRule = masked(isDNS1123Label);

/** Names that are one segment of a URL and else free (RBAC). */
export function pathSegmentName(name: string, prefix = false): readonly string[] {
  if (!prefix && name === '.') return [`may not be '.'`];
  if (!prefix && name === '..') return [`may not be '..'`];
  const complaints: string[] = [];
  for (const c of ['/', '%']) if (name.includes(c)) complaints.push(`may not contain '${c}'`);
  return complaints;
}

const ANNOTATIONS_MAX_BYTES = 256 * 1024;

export function validateLabels(errors: Errors, labels: Record<string, string> | undefined, path: string): void {
  // upstream walks a Go map; the printed order is then sorted by the message's place, here the keys' order
  for (const key in labels) {
    invalidEach(errors, path, key, isQualifiedName(key));
    invalidEach(errors, path, labels[key], isLabelValue(labels[key]!));
  }
}

export function validateAnnotations(
  errors: Errors,
  annotations: Record<string, string> | undefined,
  path: string,
): void {
  let size = 0;
  for (const key in annotations) {
    invalidEach(errors, path, key, isQualifiedName(key.toLowerCase()));
    size += key.length + annotations[key]!.length;
  }
  if (size > ANNOTATIONS_MAX_BYTES / 3) {
    size = 0;
    for (const key in annotations) size += byteLength(key) + byteLength(annotations[key]!);
    if (size > ANNOTATIONS_MAX_BYTES) tooLong(errors, path, ANNOTATIONS_MAX_BYTES);
  }
}

function validateOwner(errors: Errors, ref: OwnerReference, path: string): void {
  const parts = (ref.apiVersion ?? '').split('/');
  if (parts.length > 2)
    invalid(errors, `${path}.apiVersion`, ref.apiVersion, `unexpected GroupVersion string: ${ref.apiVersion}`);
  else if (!parts[parts.length - 1]) invalid(errors, `${path}.apiVersion`, ref.apiVersion, 'version must not be empty');
  if (!ref.kind) invalid(errors, `${path}.kind`, ref.kind ?? '', 'must not be empty');
  if (!ref.name) invalid(errors, `${path}.name`, ref.name ?? '', 'must not be empty');
  if (!ref.uid) invalid(errors, `${path}.uid`, ref.uid ?? '', 'must not be empty');
  if (ref.apiVersion === 'v1' && ref.kind === 'Event')
    invalid(errors, path, ref, `${ref.apiVersion}, Kind=${ref.kind} is disallowed from being an owner`);
}

function validateOwners(errors: Errors, owners: readonly OwnerReference[] | undefined, path: string): void {
  let controller: OwnerReference | undefined;
  owners?.forEach((ref) => {
    validateOwner(errors, ref, path);
    if (!ref.controller) return;
    if (controller)
      invalid(
        errors,
        path,
        owners,
        `Only one reference can have Controller set to true. Found "true" in references for ${controller.kind}/${controller.name} and ${ref.kind}/${ref.name}`,
      );
    else controller = ref;
  });
}

function validateFinalizers(errors: Errors, finalizers: readonly string[] | undefined, path: string): void {
  let orphan = false;
  let foreground = false;
  for (const f of finalizers ?? []) {
    invalidEach(errors, path, f, isQualifiedName(f));
    if (f === 'orphan') orphan = true;
    if (f === 'foregroundDeletion') foreground = true;
  }
  if (orphan && foreground)
    invalid(errors, path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set');
}

const KNOWN_FINALIZERS = new Set(['orphan', 'foregroundDeletion', 'kubernetes']);

/** The core's own rule, asked after apimachinery's: pkg/apis/core/validation/validation.go ValidateObjectMeta */
function validateFinalizerNames(errors: Errors, finalizers: readonly string[] | undefined): void {
  finalizers?.forEach((f, i) => {
    if (!f.includes('/') && !KNOWN_FINALIZERS.has(f))
      invalid(
        errors,
        `metadata.finalizers[${i}]`,
        f,
        'name is neither a standard finalizer name nor is it fully qualified',
      );
  });
}

/** What holds for the metadata of every object. The name has been generated before. */
export function validateObjectMeta(errors: Errors, o: KubeObject, namespaced: boolean, rule: NameRule): void {
  const meta = o.metadata;
  if (meta.generateName) invalidEach(errors, 'metadata.generateName', meta.generateName, rule(meta.generateName, true));
  if (!meta.name) required(errors, 'metadata.name', 'name or generateName is required');
  else invalidEach(errors, 'metadata.name', meta.name, rule(meta.name));
  if (namespaced) {
    if (!meta.namespace) required(errors, 'metadata.namespace');
    else invalidEach(errors, 'metadata.namespace', meta.namespace, isDNS1123Label(meta.namespace));
  } else if (meta.namespace) forbidden(errors, 'metadata.namespace', 'not allowed on this type');
  notNegative(errors, 'metadata.generation', meta.generation);
  validateLabels(errors, meta.labels, 'metadata.labels');
  validateAnnotations(errors, meta.annotations, 'metadata.annotations');
  validateOwners(errors, meta.ownerReferences, 'metadata.ownerReferences');
  validateFinalizers(errors, meta.finalizers, 'metadata.finalizers');
  validateFinalizerNames(errors, meta.finalizers);
}

const FIXED: readonly (keyof ObjectMeta)[] = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
];

/** What may not change in metadata; new finalizers are refused once the object is being deleted. */
export function validateObjectMetaUpdate(errors: Errors, o: KubeObject, old: KubeObject): void {
  const now = o.metadata;
  const before = old.metadata;
  if (before.deletionTimestamp) {
    const added = (now.finalizers ?? []).filter((f) => !before.finalizers?.includes(f));
    if (added.length)
      forbidden(
        errors,
        'metadata.finalizers',
        `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((f) => JSON.stringify(f)).join(', ')}}`,
      );
  }
  for (const field of FIXED)
    if (!sameValue(now[field], before[field])) invalid(errors, `metadata.${field}`, now[field], IMMUTABLE);
  validateLabels(errors, now.labels, 'metadata.labels');
  validateAnnotations(errors, now.annotations, 'metadata.annotations');
  validateOwners(errors, now.ownerReferences, 'metadata.ownerReferences');
  validateFinalizerNames(errors, now.finalizers);
}

/** A value that may not change, reported with its new state. */
export function immutable(errors: Errors, field: string, now: unknown, before: unknown): void {
  if (!sameValue(now, before)) invalid(errors, field, now, IMMUTABLE);
}
