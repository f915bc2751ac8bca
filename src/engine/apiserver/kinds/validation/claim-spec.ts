/** What a claim asks for. Upstream: pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimSpec */
import type { PersistentVolumeClaimSpec, Volume } from '../../../api/core.ts';
import { parseMilli } from '../../../api/quantity.ts';
import { type Errors, invalid, invalidEach, notSupported, POSITIVE, required } from './errors.ts';
import { subdomainName, validateAnnotations, validateLabels } from './object-meta.ts';
import { validateLabelSelector } from './selector.ts';

export const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const VOLUME_MODES = ['Block', 'Filesystem'];

export function validateAccessModes(errors: Errors, modes: readonly string[], path: string): void {
  for (const mode of modes) if (!ACCESS_MODES.includes(mode)) notSupported(errors, path, mode, ACCESS_MODES);
  if (modes.length > 1 && modes.includes('ReadWriteOncePod'))
    errors.push({
      reason: 'FieldValueForbidden',
      field: path,
      message: 'Forbidden: may not use ReadWriteOncePod with other access modes',
    });
}

export function validateVolumeMode(errors: Errors, mode: string | undefined, path: string): void {
  if (mode !== undefined && !VOLUME_MODES.includes(mode)) notSupported(errors, path, mode, VOLUME_MODES);
}

function validateSize(errors: Errors, spec: PersistentVolumeClaimSpec, path: string): void {
  const size = spec.resources?.requests?.storage;
  if (size === undefined) required(errors, `${path}.resources[storage]`);
  else if ((parseMilli(size) ?? 0n) <= 0n) invalid(errors, `${path}.resources[storage]`, size, POSITIVE);
}

export function validateClaimSpec(errors: Errors, spec: PersistentVolumeClaimSpec, path: string): void {
  if (!spec.accessModes?.length) required(errors, `${path}.accessModes`, 'at least 1 access mode is required');
  validateLabelSelector(errors, spec.selector, `${path}.selector`);
  validateAccessModes(errors, spec.accessModes ?? [], `${path}.accessModes`);
  validateSize(errors, spec, path);
  if (spec.storageClassName)
    invalidEach(errors, `${path}.storageClassName`, spec.storageClassName, subdomainName(spec.storageClassName));
  validateVolumeMode(errors, spec.volumeMode, `${path}.volumeMode`);
  if (spec.volumeAttributesClassName)
    invalidEach(
      errors,
      `${path}.volumeAttributesClassName`,
      spec.volumeAttributesClassName,
      subdomainName(spec.volumeAttributesClassName),
    );
}

type Template = NonNullable<NonNullable<Volume['ephemeral']>['volumeClaimTemplate']>;

/** The template of an ephemeral volume. */
export function validateClaimTemplate(errors: Errors, template: Template, path: string): void {
  validateLabels(errors, template.metadata?.labels, `${path}.metadata.labels`);
  validateAnnotations(errors, template.metadata?.annotations, `${path}.metadata.annotations`);
  validateClaimSpec(errors, template.spec ?? {}, `${path}.spec`);
}
