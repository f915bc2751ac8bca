/** Namespaces. Upstream: pkg/registry/core/namespace/strategy.go */
import type { Namespace } from '../../api/core.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn } from './columns.ts';
import { labelName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';

const NAME_LABEL = 'kubernetes.io/metadata.name';

export const namespace: Kind<Namespace> = {
  kind: 'Namespace',
  hasStatus: true,
  default(o) {
    o.spec ??= {};
    const { name, labels } = o.metadata;
    if (name && labels?.[NAME_LABEL] !== name) o.metadata.labels = { ...labels, [NAME_LABEL]: name };
  },
  prepareCreate(o) {
    o.status = { phase: 'Active' };
    const finalizers = o.spec.finalizers ?? [];
    if (!finalizers.includes('kubernetes')) o.spec.finalizers = [...finalizers, 'kubernetes'];
  },
  prepareUpdate(o, old) {
    o.spec = old.spec;
    o.status = old.status;
  },
  validate(o) {
    const errors: FieldError[] = [];
    validateObjectMeta(errors, o, false, labelName);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateObjectMetaUpdate(errors, o, old);
    return errors;
  },
  selectableFields: (o) => ({ 'status.phase': o.status?.phase ?? '', name: o.metadata.name }),
  columns: [nameColumn, column('Status', (o) => o.status?.phase ?? ''), ageColumn],
};
