/** ReplicationControllers. Upstream: pkg/registry/core/replicationcontroller/strategy.go, pkg/apis/core/validation/validation.go */
import type { ReplicationController } from '../../api/core.ts';
import { formatSelector, matchesMap } from '../../api/selector.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn, templateColumns, wide } from './columns.ts';
import { defaultTemplate } from './defaults.ts';
import { firstGeneration, nextGeneration } from './generation.ts';
import { type Errors, invalid, notNegative, required } from './validation/errors.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';
import { sorted } from './validation/selector.ts';
import { validateAlwaysRestarts, validateTemplate } from './validation/workload.ts';
import { dotNameWarning, templateWarnings } from './warnings.ts';

const isEmpty = (map: Record<string, string> | undefined): boolean => Object.keys(map ?? {}).length === 0;

function validateSpec(errors: Errors, spec: ReplicationController['spec']): void {
  notNegative(errors, 'spec.minReadySeconds', spec.minReadySeconds);
  if (isEmpty(spec.selector)) required(errors, 'spec.selector');
  notNegative(errors, 'spec.replicas', spec.replicas);
  const template = spec.template;
  if (!template) {
    required(errors, 'spec.template');
    return;
  }
  const labels = template.metadata?.labels;
  if (!isEmpty(spec.selector) && !matchesMap(spec.selector, labels))
    invalid(
      errors,
      'spec.template.metadata.labels',
      isEmpty(labels) ? null : sorted(labels!),
      '`selector` does not match template `labels`',
    );
  validateTemplate(errors, template, 'spec.template');
  validateAlwaysRestarts(errors, template, 'spec.template', 'ReplicationController');
}

export const replicationController: Kind<ReplicationController> = {
  kind: 'ReplicationController',
  hasStatus: true,
  default(o) {
    o.spec ??= {};
    o.spec.replicas ??= 1;
    if (!o.spec.template) return;
    defaultTemplate(o.spec as { template: NonNullable<ReplicationController['spec']['template']> });
    const labels = o.spec.template.metadata?.labels;
    if (isEmpty(labels)) return;
    if (isEmpty(o.spec.selector)) o.spec.selector = { ...labels };
    if (isEmpty(o.metadata.labels)) o.metadata.labels = { ...labels };
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
    return errors;
  },
  warnings: (o, old) => [
    ...dotNameWarning(o, old),
    ...(o.spec.template ? templateWarnings(o.spec.template, 'spec.template') : []),
  ],
  selectableFields: (o) => ({ 'status.replicas': String(o.status?.replicas ?? 0) }),
  columns: [
    nameColumn,
    column('Desired', (o) => o.spec.replicas ?? 0, 'integer'),
    column('Current', (o) => o.status?.replicas ?? 0, 'integer'),
    column('Ready', (o) => o.status?.readyReplicas ?? 0, 'integer'),
    ageColumn,
    ...templateColumns<ReplicationController>((o) => o.spec.template),
    wide('Selector', (o) => formatSelector(o.spec.selector)),
  ],
};
