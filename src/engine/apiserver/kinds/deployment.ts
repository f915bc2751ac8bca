/** Deployments. Upstream: pkg/registry/apps/deployment/strategy.go, pkg/apis/apps/validation/validation.go */
import type { Deployment } from '../../api/apps.ts';
import { formatSelector } from '../../api/selector.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn, templateColumns, wide } from './columns.ts';
import { defaultTemplate } from './defaults.ts';
import { firstGeneration, nextGeneration } from './generation.ts';
import { type Errors, forbidden, invalid, notNegative, notSupported } from './validation/errors.ts';
import { immutable, subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';
import { selectorValue } from './validation/selector.ts';
import {
  isZero,
  validateAtMost100Percent,
  validateIntOrPercent,
  validateSelector,
  validateWorkloadTemplate,
} from './validation/workload.ts';
import { dotNameWarning, templateWarnings } from './warnings.ts';

function validateStrategy(errors: Errors, strategy: NonNullable<Deployment['spec']['strategy']>, path: string): void {
  const update = strategy.rollingUpdate;
  if (strategy.type === 'Recreate') {
    if (update) forbidden(errors, `${path}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'");
    return;
  }
  if (strategy.type !== 'RollingUpdate') {
    const rolling = update ? { MaxUnavailable: update.maxUnavailable ?? 0, MaxSurge: update.maxSurge ?? 0 } : null;
    notSupported(errors, path, { Type: strategy.type, RollingUpdate: rolling }, ['Recreate', 'RollingUpdate']);
    return;
  }
  const at = `${path}.rollingUpdate`;
  validateIntOrPercent(errors, update?.maxUnavailable, `${at}.maxUnavailable`);
  validateIntOrPercent(errors, update?.maxSurge, `${at}.maxSurge`);
  if (isZero(update?.maxUnavailable) && isZero(update?.maxSurge))
    invalid(errors, `${at}.maxUnavailable`, update?.maxUnavailable, 'may not be 0 when `maxSurge` is 0');
  validateAtMost100Percent(errors, update?.maxUnavailable, `${at}.maxUnavailable`);
}

function validateSpec(errors: Errors, spec: Deployment['spec']): void {
  notNegative(errors, 'spec.replicas', spec.replicas);
  if (validateSelector(errors, spec.selector, 'spec.selector', 'deployment'))
    validateWorkloadTemplate(errors, spec.template, spec.selector, 'spec.template', 'ReplicaSet');
  validateStrategy(errors, spec.strategy ?? {}, 'spec.strategy');
  notNegative(errors, 'spec.minReadySeconds', spec.minReadySeconds);
  notNegative(errors, 'spec.revisionHistoryLimit', spec.revisionHistoryLimit);
  const deadline = spec.progressDeadlineSeconds;
  if (deadline === undefined) return;
  notNegative(errors, 'spec.progressDeadlineSeconds', deadline);
  if (deadline <= (spec.minReadySeconds ?? 0))
    invalid(errors, 'spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds');
}

export const deployment: Kind<Deployment> = {
  kind: 'Deployment',
  hasStatus: true,
  default(o) {
    o.spec ??= {} as Deployment['spec'];
    const spec = o.spec;
    spec.replicas ??= 1;
    defaultTemplate(spec);
    spec.strategy ??= {};
    spec.strategy.type ||= 'RollingUpdate';
    if (spec.strategy.type === 'RollingUpdate') {
      spec.strategy.rollingUpdate ??= {};
      spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
      spec.strategy.rollingUpdate.maxSurge ??= '25%';
    }
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
  },
  prepareCreate(o) {
    firstGeneration(o);
    o.status = {};
  },
  prepareUpdate(o, old) {
    o.status = old.status;
    nextGeneration(o, old, (d) => [d.spec, d.metadata.annotations]);
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
  columns: [
    nameColumn,
    column('Ready', (o) => `${o.status?.readyReplicas ?? 0}/${o.spec.replicas ?? 0}`),
    column('Up-to-date', (o) => o.status?.updatedReplicas ?? 0, 'integer'),
    column('Available', (o) => o.status?.availableReplicas ?? 0, 'integer'),
    ageColumn,
    ...templateColumns<Deployment>((o) => o.spec.template),
    wide('Selector', (o) => formatSelector(o.spec.selector)),
  ],
};
