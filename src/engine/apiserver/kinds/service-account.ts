/** ServiceAccounts. Upstream: pkg/registry/core/serviceaccount/strategy.go */
import type { ServiceAccount } from '../../api/core.ts';
import type { FieldError, Kind } from '../kind.ts';
import { plainColumns } from './columns.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';

export const serviceAccount: Kind<ServiceAccount> = {
  kind: 'ServiceAccount',
  validate(o) {
    const errors: FieldError[] = [];
    validateObjectMeta(errors, o, true, subdomainName);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateObjectMetaUpdate(errors, o, old);
    validateObjectMeta(errors, o, true, subdomainName);
    return errors;
  },
  columns: plainColumns,
};
