/** StatefulSets. Upstream: pkg/registry/apps/statefulset/strategy.go, pkg/apis/apps/validation/validation.go */
import type { StatefulSet } from '../../api/apps.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn, templateColumns } from './columns.ts';
import { defaultClaimSpec, defaultTemplate } from './defaults.ts';
import { firstGeneration, nextGeneration } from './generation.ts';
import { sameValue } from './validation/equal.ts';
import { type Errors, forbidden, invalid, notNegative, notSupported, required } from './validation/errors.ts';
import {
  labelName,
  validateAnnotations,
  validateLabels,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from './validation/object-meta.ts';
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
} from './validation/workload.ts';
import { dotNameWarning, templateWarnings } from './warnings.ts';

type Spec = StatefulSet['spec'];

function validateStrategy(errors: Errors, strategy: NonNullable<Spec['updateStrategy']>, path: string): void {
  const update = strategy.rollingUpdate;
  const rolling = update ? { Partition: update.partition ?? 0, MaxUnavailable: update.maxUnavailable ?? null } : null;
  switch (strategy.type ?? '') {
    case '':
      required(errors, path);
      break;
    case 'OnDelete':
      if (update) invalid(errors, `${path}.rollingUpdate`, rolling, "only allowed for updateStrategy 'RollingUpdate'");
      break;
    case 'RollingUpdate': {
      const most = update?.maxUnavailable;
      notNegative(errors, `${path}.rollingUpdate.partition`, update?.partition);
      if (most === undefined) break;
      validateIntOrPercent(errors, most, `${path}.rollingUpdate.maxUnavailable`);
      if (isZero(most)) invalid(errors, `${path}.rollingUpdate.maxUnavailable`, most, 'cannot be 0');
      validateAtMost100Percent(errors, most, `${path}.rollingUpdate.maxUnavailable`);
      break;
    }
    default:
      invalid(errors, path, { Type: strategy.type, RollingUpdate: rolling }, "must be 'RollingUpdate' or 'OnDelete'");
  }
}

function validateRetention(errors: Errors, spec: Spec): void {
  const policy = spec.persistentVolumeClaimRetentionPolicy;
  if (!policy) return;
  for (const field of ['whenDeleted', 'whenScaled'] as const)
    if (policy[field] !== 'Retain' && policy[field] !== 'Delete')
      notSupported(errors, `spec.persistentVolumeClaimRetentionPolicy.${field}`, policy[field], ['Retain', 'Delete']);
}

/** Upstream looks at the labels of the template alone: what else is wrong shows when pods are made. */
function validateSelectorAndTemplate(errors: Errors, spec: Spec): void {
  const { selector, template } = spec;
  if (!selector) required(errors, 'spec.selector');
  else {
    validateLabelSelector(errors, selector, 'spec.selector');
    if (isEmptySelector(selector))
      invalid(errors, 'spec.selector', selectorValue(selector), 'empty selector is invalid for statefulset');
  }
  if (selector && !isParsable(selector)) invalid(errors, 'spec.selector', selectorValue(selector), '');
  else {
    if (!selector || !isEmptySelector(selector))
      validateTemplateLabels(errors, selector, template.metadata?.labels, 'spec.template');
    validateLabels(errors, template.metadata?.labels, 'spec.template.labels');
    validateAnnotations(errors, template.metadata?.annotations, 'spec.template.annotations');
  }
  validateAlwaysRestarts(errors, template, 'spec.template', 'StatefulSet');
}

function validateSpec(errors: Errors, spec: Spec): void {
  const policy = spec.podManagementPolicy ?? '';
  if (policy === '') required(errors, 'spec.podManagementPolicy');
  else if (policy !== 'OrderedReady' && policy !== 'Parallel')
    invalid(errors, 'spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'");
  validateStrategy(errors, spec.updateStrategy ?? {}, 'spec.updateStrategy');
  validateRetention(errors, spec);
  notNegative(errors, 'spec.replicas', spec.replicas);
  notNegative(errors, 'spec.minReadySeconds', spec.minReadySeconds);
  notNegative(errors, 'spec.ordinals.start', spec.ordinals?.start);
  validateSelectorAndTemplate(errors, spec);
}

const MAY_CHANGE = [
  'replicas',
  'template',
  'updateStrategy',
  'minReadySeconds',
  'ordinals',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
] as const;

function validateFrozen(errors: Errors, now: Spec, before: Spec): void {
  const rest = (spec: Spec): Record<string, unknown> => {
    const copy: Record<string, unknown> = { ...spec };
    for (const field of MAY_CHANGE) delete copy[field];
    return copy;
  };
  if (!sameValue(rest(now), rest(before)))
    forbidden(
      errors,
      'spec',
      "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    );
}

function defaultSpec(spec: Spec): void {
  spec.replicas ??= 1;
  defaultTemplate(spec);
  spec.podManagementPolicy ||= 'OrderedReady';
  spec.updateStrategy ??= {};
  spec.updateStrategy.type ||= 'RollingUpdate';
  if (spec.updateStrategy.type === 'RollingUpdate') {
    spec.updateStrategy.rollingUpdate ??= {};
    spec.updateStrategy.rollingUpdate.partition ??= 0;
  }
  spec.persistentVolumeClaimRetentionPolicy ??= {};
  spec.persistentVolumeClaimRetentionPolicy.whenDeleted ||= 'Retain';
  spec.persistentVolumeClaimRetentionPolicy.whenScaled ||= 'Retain';
  spec.revisionHistoryLimit ??= 10;
  if (spec.serviceName === undefined) spec.serviceName = '';
  for (const claim of spec.volumeClaimTemplates ?? []) {
    claim.apiVersion ??= 'v1';
    claim.kind ??= 'PersistentVolumeClaim';
    claim.spec ??= {};
    defaultClaimSpec(claim.spec);
    claim.status ??= {};
    claim.status.phase ??= 'Pending';
  }
}

export const statefulSet: Kind<StatefulSet> = {
  kind: 'StatefulSet',
  hasStatus: true,
  default(o) {
    o.spec ??= {} as Spec;
    defaultSpec(o.spec);
  },
  prepareCreate(o) {
    firstGeneration(o);
    o.status = { replicas: 0, availableReplicas: 0 };
  },
  prepareUpdate(o, old) {
    o.status = old.status;
    nextGeneration(o, old);
  },
  validate(o) {
    const errors: FieldError[] = [];
    validateObjectMeta(errors, o, true, labelName);
    validateSpec(errors, o.spec);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateObjectMetaUpdate(errors, o, old);
    validateSpec(errors, o.spec);
    validateFrozen(errors, o.spec, old.spec);
    return errors;
  },
  warnings: (o, old) => [...dotNameWarning(o, old), ...templateWarnings(o.spec.template, 'spec.template')],
  columns: [
    nameColumn,
    column('Ready', (o) => `${o.status?.readyReplicas ?? 0}/${o.spec.replicas ?? 0}`),
    ageColumn,
    ...templateColumns<StatefulSet>((o) => o.spec.template),
  ],
};
