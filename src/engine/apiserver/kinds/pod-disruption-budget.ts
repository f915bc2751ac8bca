/** PodDisruptionBudgets. Upstream: pkg/registry/policy/poddisruptionbudget, pkg/apis/policy/validation/validation.go */
import type { PodDisruptionBudget } from '../../api/policy.ts';
import type { FieldError, Kind } from '../kind.ts';
import { ageColumn, column, nameColumn } from './columns.ts';
import { firstGeneration, nextGeneration } from './generation.ts';
import { type Errors, invalid, notSupported } from './validation/errors.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';
import { selectorValue, validateLabelSelector } from './validation/selector.ts';
import { validateAtMost100Percent, validateIntOrPercent } from './validation/workload.ts';

const POLICIES = ['AlwaysAllow', 'IfHealthyBudget'];

function validateSpec(errors: Errors, spec: PodDisruptionBudget['spec']): void {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    invalid(
      errors,
      'spec',
      {
        MinAvailable: minAvailable,
        Selector: selector ? selectorValue(selector) : null,
        MaxUnavailable: maxUnavailable,
        UnhealthyPodEvictionPolicy: policy ?? null,
      },
      'minAvailable and maxUnavailable cannot be both set',
    );
  for (const [field, value] of [
    ['minAvailable', minAvailable],
    ['maxUnavailable', maxUnavailable],
  ] as const) {
    validateIntOrPercent(errors, value, `spec.${field}`);
    validateAtMost100Percent(errors, value, `spec.${field}`);
  }
  validateLabelSelector(errors, selector, 'spec.selector');
  if (policy !== undefined && !POLICIES.includes(policy))
    notSupported(errors, 'spec.unhealthyPodEvictionPolicy', policy, POLICIES);
}

export const podDisruptionBudget: Kind<PodDisruptionBudget> = {
  kind: 'PodDisruptionBudget',
  hasStatus: true,
  default(o) {
    o.spec ??= {};
  },
  prepareCreate(o) {
    firstGeneration(o);
    o.status = { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 };
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
  columns: [
    nameColumn,
    column('Min Available', (o) => String(o.spec.minAvailable ?? 'N/A')),
    column('Max Unavailable', (o) => String(o.spec.maxUnavailable ?? 'N/A')),
    column('Allowed Disruptions', (o) => o.status?.disruptionsAllowed ?? 0, 'integer'),
    ageColumn,
  ],
};
