/** PriorityClasses. Upstream: pkg/apis/scheduling/validation/validation.go */
import type { PriorityClass } from '../../api/policy.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn } from './columns.ts';
import { type Errors, forbidden, IMMUTABLE, invalid, notSupported, required } from './validation/errors.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';

const HIGHEST_USER_PRIORITY = 1_000_000_000;
const SYSTEM_VALUES: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

/** Why a `system-` class is not one of the two known ones. */
function notKnown(o: PriorityClass): string | undefined {
  const value = SYSTEM_VALUES[o.metadata.name];
  if (value === undefined) return `${o.metadata.name} is not a known system priority class`;
  if (o.value !== value) return `value of ${o.metadata.name} PriorityClass must be ${value}`;
  return o.globalDefault ? `globalDefault of ${o.metadata.name} PriorityClass must be false` : undefined;
}

export function validatePreemptionPolicy(errors: Errors, policy: string | undefined, path: string): void {
  if (policy === 'PreemptLowerPriority' || policy === 'Never') return;
  if (!policy) required(errors, path);
  else notSupported(errors, path, policy, ['PreemptLowerPriority', 'Never']);
}

export const priorityClass: Kind<PriorityClass> = {
  kind: 'PriorityClass',
  default(o) {
    o.preemptionPolicy ??= 'PreemptLowerPriority';
    o.value ??= 0;
  },
  prepareCreate(o) {
    o.metadata.generation = 1;
  },
  validate(o) {
    const errors: FieldError[] = [];
    validateObjectMeta(errors, o, false, subdomainName);
    if (o.metadata.name?.startsWith('system-')) {
      const why = notKnown(o);
      if (why)
        forbidden(
          errors,
          'metadata.name',
          `priority class names with 'system-' prefix are reserved for system use only. error: ${why}`,
        );
    } else if (o.value > HIGHEST_USER_PRIORITY)
      forbidden(errors, 'value', `maximum allowed value of a user defined priority is ${HIGHEST_USER_PRIORITY}`);
    validatePreemptionPolicy(errors, o.preemptionPolicy, 'preemptionPolicy');
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateObjectMetaUpdate(errors, o, old);
    if (o.value !== old.value) forbidden(errors, 'value', 'may not be changed in an update.');
    if (o.preemptionPolicy !== old.preemptionPolicy) invalid(errors, 'preemptionPolicy', o.preemptionPolicy, IMMUTABLE);
    return errors;
  },
  columns: [
    nameColumn,
    column('Value', (o) => o.value, 'integer'),
    column('Global-Default', (o) => String(o.globalDefault ?? false), 'boolean'),
    ageColumn,
    column('PreemptionPolicy', (o) => o.preemptionPolicy ?? ''),
  ],
};
