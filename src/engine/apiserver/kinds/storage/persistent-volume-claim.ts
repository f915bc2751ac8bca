/** PersistentVolumeClaims. Upstream: pkg/registry/core/persistentvolumeclaim, pkg/apis/core/validation/validation.go */
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../../api/core.ts';
import { compareQuantity } from '../../../api/quantity.ts';
import { ageColumn, column, nameColumn, wide } from '../columns.ts';
import { defaultClaimSpec } from '../defaults.ts';
import { goClaimSpec, goLines } from '../internal-form.ts';
import { simpleKind } from '../simple.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { validateClaimSpec } from '../validation/claim-spec.ts';
import { sameValue } from '../validation/equal.ts';
import { type Errors, forbidden, IMMUTABLE, invalid } from '../validation/errors.ts';
import { accessModes, phaseOf } from './words.ts';

type Claim = PersistentVolumeClaim;

const sizeOf = (spec: PersistentVolumeClaimSpec): string => spec.resources?.requests?.storage ?? '0';

/** The two specs without what may change: a first volume, a first class, and the size of a bound claim. */
function comparable(o: Claim, old: Claim): [PersistentVolumeClaimSpec, PersistentVolumeClaimSpec] {
  const now = { ...o.spec };
  const before = { ...old.spec };
  if (!before.volumeName && now.volumeName) before.volumeName = now.volumeName;
  if (before.storageClassName === undefined) delete now.storageClassName;
  if (o.status?.phase === 'Bound') {
    if (now.resources?.requests)
      now.resources = { ...now.resources, requests: { ...now.resources.requests, storage: sizeOf(old.spec) } };
    if (now.volumeAttributesClassName !== undefined && before.volumeAttributesClassName !== undefined)
      now.volumeAttributesClassName = before.volumeAttributesClassName;
  }
  return [now, before];
}

function validateChange(errors: Errors, o: Claim, old: Claim): void {
  const [now, before] = comparable(o, old);
  const difference = sameValue(now, before) ? '' : unifiedDiff(goLines(goClaimSpec(before)), goLines(goClaimSpec(now)));
  if (difference) {
    forbidden(
      errors,
      'spec',
      `spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n${difference}`,
    );
  }
  if (compareQuantity(sizeOf(o.spec), sizeOf(old.spec)) < 0) {
    const capacity = old.status?.capacity?.storage ?? '0';
    if (compareQuantity(sizeOf(o.spec), capacity) <= 0)
      forbidden(errors, 'spec.resources.requests.storage', 'field can not be less than status.capacity');
  }
  if (!sameValue(o.spec.volumeMode, old.spec.volumeMode))
    invalid(errors, 'volumeMode', o.spec.volumeMode ?? null, IMMUTABLE);
}

/** What is shown only of a claim that has a volume. */
const ofVolume = (o: Claim, text: string): string => (o.spec.volumeName ? text : '');

export const persistentVolumeClaim = simpleKind<Claim>('PersistentVolumeClaim', {
  namespaced: true,
  hasStatus: true,
  default(o) {
    o.spec ??= {};
    o.spec.resources ??= {};
    defaultClaimSpec(o.spec);
  },
  prepareCreate(o) {
    o.status = { phase: 'Pending' };
  },
  prepareUpdate(o, old) {
    o.status = old.status;
  },
  check(errors, o) {
    validateClaimSpec(errors, o.spec, 'spec');
  },
  checkUpdate: validateChange,
  columns: [
    nameColumn,
    column('Status', phaseOf),
    column('Volume', (o) => o.spec.volumeName ?? ''),
    column('Capacity', (o) => ofVolume(o, o.status?.capacity?.storage ?? '0')),
    column('Access Modes', (o) => ofVolume(o, accessModes(o.status?.accessModes))),
    column('StorageClass', (o) => o.spec.storageClassName ?? ''),
    column('VolumeAttributesClass', (o) => o.spec.volumeAttributesClassName ?? '<unset>'),
    ageColumn,
    wide('VolumeMode', (o) => o.spec.volumeMode ?? '<unset>'),
  ],
});
