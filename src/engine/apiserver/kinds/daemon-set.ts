/** DaemonSets. Upstream: pkg/registry/apps/daemonset/strategy.go, pkg/apis/apps/validation/validation.go */
import type { DaemonSet } from '../../api/apps.ts';
import { formatSelector } from '../../api/selector.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn, templateColumns, wide } from './columns.ts';
import { defaultTemplate } from './defaults.ts';
import { firstGeneration, nextGeneration } from './generation.ts';
import { sameValue } from './validation/equal.ts';
import { type Errors, invalid, notNegative, notSupported, required } from './validation/errors.ts';
import { immutable, subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';
import {
  isEmptySelector,
  isParsable,
  selectorValue,
  validateLabelSelector,
  validateTemplateLabels,
} from './validation/selector.ts';
import {
  isZero,
  validateAlwaysRestarts,
  validateAtMost100Percent,
  validateIntOrPercent,
  validateTemplate,
} from './validation/workload.ts';
import { dotNameWarning, templateWarnings } from './warnings.ts';

/** Where the generation of the template is kept; pods wear it as a label. */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

function validateStrategy(
  errors: Errors,
  strategy: NonNullable<DaemonSet['spec']['updateStrategy']>,
  path: string,
): void {
  const update = strategy.rollingUpdate;
  if (strategy.type === 'OnDelete') return;
  if (strategy.type !== 'RollingUpdate') {
    const rolling = update ? { MaxUnavailable: update.maxUnavailable ?? 0, MaxSurge: update.maxSurge ?? 0 } : null;
    notSupported(errors, path, { Type: strategy.type, RollingUpdate: rolling }, ['RollingUpdate', 'OnDelete']);
    return;
  }
  for (const field of ['maxUnavailable', 'maxSurge'] as const) {
    validateIntOrPercent(errors, update?.[field], `${path}.rollingUpdate.${field}`);
    validateAtMost100Percent(errors, update?.[field], `${path}.rollingUpdate.${field}`);
  }
  const surges = !isZero(update?.maxSurge);
  const misses = !isZero(update?.maxUnavailable);
  if (surges && misses)
    invalid(
      errors,
      `${path}.rollingUpdate.maxSurge`,
      update?.maxSurge,
      'may not be set when maxUnavailable is non-zero',
    );
  if (!surges && !misses) required(errors, `${path}.rollingUpdate.maxUnavailable`, 'cannot be 0 when maxSurge is 0');
}

function validateSpec(errors: Errors, spec: DaemonSet['spec']): void {
  validateLabelSelector(errors, spec.selector, 'spec.selector');
  if (!spec.selector || isParsable(spec.selector))
    validateTemplateLabels(errors, spec.selector, spec.template.metadata?.labels, 'spec.template');
  if (spec.selector && isEmptySelector(spec.selector))
    invalid(errors, 'spec.selector', selectorValue(spec.selector), 'empty selector is invalid for daemonset');
  validateTemplate(errors, spec.template, 'spec.template');
  validateAlwaysRestarts(errors, spec.template, 'spec.template', 'DaemonSet');
  notNegative(errors, 'spec.minReadySeconds', spec.minReadySeconds);
  validateStrategy(errors, spec.updateStrategy ?? {}, 'spec.updateStrategy');
  notNegative(errors, 'spec.revisionHistoryLimit', spec.revisionHistoryLimit);
}

function setTemplateGeneration(o: DaemonSet, generation: number): void {
  o.metadata.annotations = { ...o.metadata.annotations, [TEMPLATE_GENERATION]: String(generation) };
}

export const daemonSet: Kind<DaemonSet> = {
  kind: 'DaemonSet',
  hasStatus: true,
  default(o) {
    o.spec ??= {} as DaemonSet['spec'];
    defaultTemplate(o.spec);
    o.spec.updateStrategy ??= {};
    o.spec.updateStrategy.type ||= 'RollingUpdate';
    if (o.spec.updateStrategy.type === 'RollingUpdate') {
      o.spec.updateStrategy.rollingUpdate ??= {};
      o.spec.updateStrategy.rollingUpdate.maxUnavailable ??= 1;
      o.spec.updateStrategy.rollingUpdate.maxSurge ??= 0;
    }
    o.spec.revisionHistoryLimit ??= 10;
  },
  prepareCreate(o) {
    firstGeneration(o);
    if (!(Number(o.metadata.annotations?.[TEMPLATE_GENERATION]) >= 1)) setTemplateGeneration(o, 1);
    o.status = { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 };
  },
  prepareUpdate(o, old) {
    o.status = old.status;
    const before = Number(old.metadata.annotations?.[TEMPLATE_GENERATION] ?? 1);
    setTemplateGeneration(o, sameValue(o.spec.template, old.spec.template) ? before : before + 1);
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
  columns: [
    nameColumn,
    column('Desired', (o) => o.status?.desiredNumberScheduled ?? 0, 'integer'),
    column('Current', (o) => o.status?.currentNumberScheduled ?? 0, 'integer'),
    column('Ready', (o) => o.status?.numberReady ?? 0, 'integer'),
    column('Up-to-date', (o) => o.status?.updatedNumberScheduled ?? 0, 'integer'),
    column('Available', (o) => o.status?.numberAvailable ?? 0, 'integer'),
    column('Node Selector', (o) => formatSelector(o.spec.template.spec.nodeSelector)),
    ageColumn,
    ...templateColumns<DaemonSet>((o) => o.spec.template),
    wide('Selector', (o) => formatSelector(o.spec.selector)),
  ],
};
