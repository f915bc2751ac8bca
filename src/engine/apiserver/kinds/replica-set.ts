/** ReplicaSets. Upstream: pkg/registry/apps/replicaset/strategy.go, pkg/apis/apps/validation/validation.go */
import type { ReplicaSet } from '../../api/apps.ts';
import { formatSelector } from '../../api/selector.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn, templateColumns, wide } from './columns.ts';
import { defaultTemplate } from './defaults.ts';
import { firstGeneration, nextGeneration } from './generation.ts';
import { type Errors, notNegative } from './validation/errors.ts';
import { immutable, subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';
import { selectorValue } from './validation/selector.ts';
import { validateSelector, validateWorkloadTemplate } from './validation/workload.ts';
import { dotNameWarning, templateWarnings } from './warnings.ts';

function validateSpec(errors: Errors, spec: ReplicaSet['spec']): void {
  notNegative(errors, 'spec.replicas', spec.replicas);
  notNegative(errors, 'spec.minReadySeconds', spec.minReadySeconds);
  // upstream says "deployment" here too
  if (validateSelector(errors, spec.selector, 'spec.selector', 'deployment'))
    validateWorkloadTemplate(errors, spec.template, spec.selector, 'spec.template', 'ReplicaSet');
}

export const replicaSet: Kind<ReplicaSet> = {
  kind: 'ReplicaSet',
  hasStatus: true,
  default(o) {
    o.spec ??= {} as ReplicaSet['spec'];
    o.spec.replicas ??= 1;
    defaultTemplate(o.spec);
  },
  prepareCreate(o) {
    firstGeneration(o);
    o.status = { replicas: 0 };
  },
  prepareUpdate(o, old) {
    o.status = old.status;
    nextGeneration(o, old);
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
    immutable(errors, 'spec.selector', o.spec.selector && selectorValue(o.spec.selector), old.spec.selector);
    return errors;
  },
  warnings: (o, old) => [...dotNameWarning(o, old), ...templateWarnings(o.spec.template, 'spec.template')],
  selectableFields: (o) => ({ 'status.replicas': String(o.status?.replicas ?? 0) }),
  columns: [
    nameColumn,
    column('Desired', (o) => o.spec.replicas ?? 0, 'integer'),
    column('Current', (o) => o.status?.replicas ?? 0, 'integer'),
    column('Ready', (o) => o.status?.readyReplicas ?? 0, 'integer'),
    ageColumn,
    ...templateColumns<ReplicaSet>((o) => o.spec.template),
    wide('Selector', (o) => formatSelector(o.spec.selector)),
  ],
};
