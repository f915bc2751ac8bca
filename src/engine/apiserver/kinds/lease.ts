/** Leases. Upstream: pkg/apis/coordination/validation/validation.go */
import type { Lease } from '../../api/policy.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn } from './columns.ts';
import { type Errors, invalid } from './validation/errors.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';

function validateSpec(errors: Errors, spec: Lease['spec']): void {
  if (spec.leaseDurationSeconds !== undefined && spec.leaseDurationSeconds <= 0)
    invalid(errors, 'spec.leaseDurationSeconds', spec.leaseDurationSeconds, 'must be greater than 0');
  if (spec.leaseTransitions !== undefined && spec.leaseTransitions < 0)
    invalid(errors, 'spec.leaseTransitions', spec.leaseTransitions, 'must be greater than or equal to 0');
  if (spec.holderIdentity === '') invalid(errors, 'spec.holderIdentity', '', 'must not be empty');
}

export const lease: Kind<Lease> = {
  kind: 'Lease',
  default(o) {
    o.spec ??= {};
  },
  validate(o) {
    const errors: FieldError[] = [];
    validateObjectMeta(errors, o, true, subdomainName);
    validateSpec(errors, o.spec);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateObjectMetaUpdate(errors, o, old);
    validateSpec(errors, o.spec);
    return errors;
  },
  columns: [nameColumn, column('Holder', (o) => o.spec?.holderIdentity ?? ''), ageColumn],
};
