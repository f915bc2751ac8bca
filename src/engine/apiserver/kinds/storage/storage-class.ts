/** StorageClasses. Upstream: pkg/apis/storage/validation/validation.go, pkg/printers/internalversion/printers.go */

import { isQualifiedName } from '../../../api/name.ts';
import type { StorageClass } from '../../../api/policy.ts';
import { ageColumn, column } from '../columns.ts';
import { simpleKind } from '../simple.ts';
import { sameValue } from '../validation/equal.ts';
import {
  duplicate,
  type Errors,
  forbidden,
  IMMUTABLE,
  invalid,
  invalidEach,
  notSupported,
  required,
} from '../validation/errors.ts';

const DEFAULT_ANNOTATIONS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];
const BINDING_MODES = ['Immediate', 'WaitForFirstConsumer'];
const RECLAIM = ['Delete', 'Retain'];

/** Whether claims without a class get this one. */
export const isDefaultClass = (o: StorageClass): boolean =>
  DEFAULT_ANNOTATIONS.some((key) => o.metadata.annotations?.[key] === 'true');

function validateTopologies(errors: Errors, o: StorageClass): void {
  o.allowedTopologies?.forEach((term, i) => {
    const keys = new Set<string>();
    term.matchLabelExpressions?.forEach((r, j) => {
      const at = `allowedTopologies[${i}].matchLabelExpressions[${j}]`;
      if (!r.values?.length) required(errors, `${at}.values`);
      r.values?.forEach((v, k) => {
        if (r.values.indexOf(v) < k) duplicate(errors, `${at}.values[${k}]`, v);
      });
      invalidEach(errors, `${at}.key`, r.key ?? '', isQualifiedName(r.key ?? ''));
      if (keys.has(r.key)) duplicate(errors, `${at}.key`, r.key);
      keys.add(r.key);
    });
  });
}

function validateClass(errors: Errors, o: StorageClass): void {
  if (!o.provisioner) required(errors, 'provisioner');
  else invalidEach(errors, 'provisioner', o.provisioner, isQualifiedName(o.provisioner.toLowerCase()));
  if (o.reclaimPolicy && !RECLAIM.includes(o.reclaimPolicy))
    notSupported(errors, 'reclaimPolicy', o.reclaimPolicy, RECLAIM);
  if (!o.volumeBindingMode) required(errors, 'volumeBindingMode');
  else if (!BINDING_MODES.includes(o.volumeBindingMode))
    notSupported(errors, 'volumeBindingMode', o.volumeBindingMode, BINDING_MODES);
  validateTopologies(errors, o);
}

const FROZEN = ['parameters', 'provisioner', 'reclaimPolicy'] as const;

export const storageClass = simpleKind<StorageClass>('StorageClass', {
  namespaced: false,
  default(o) {
    o.reclaimPolicy ??= 'Delete';
    o.volumeBindingMode ??= 'Immediate';
    if (o.provisioner === undefined) o.provisioner = '';
  },
  check: validateClass,
  checkUpdate(errors, o, old) {
    for (const field of FROZEN)
      if (!sameValue(o[field], old[field])) forbidden(errors, field, `updates to ${field} are forbidden.`);
    if (o.volumeBindingMode !== old.volumeBindingMode)
      invalid(errors, 'volumeBindingMode', o.volumeBindingMode ?? null, IMMUTABLE);
  },
  columns: [
    column('Name', (o) => (isDefaultClass(o) ? `${o.metadata.name} (default)` : o.metadata.name)),
    column('Provisioner', (o) => o.provisioner),
    column('ReclaimPolicy', (o) => o.reclaimPolicy ?? 'Delete'),
    column('VolumeBindingMode', (o) => o.volumeBindingMode ?? '<unset>'),
    column('AllowVolumeExpansion', (o) => String(o.allowVolumeExpansion ?? false)),
    ageColumn,
  ],
});
