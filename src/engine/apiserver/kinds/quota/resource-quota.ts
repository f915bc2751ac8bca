/** ResourceQuotas. Upstream: pkg/registry/core/resourcequota, pkg/apis/core/validation/validation.go ValidateResourceQuota */
import type { ResourceQuota } from '../../../api/core.ts';
import { ageColumn, column, nameColumn } from '../columns.ts';
import { defaultResourceList } from '../defaults.ts';
import { simpleKind } from '../simple.ts';
import { type Errors, IMMUTABLE, invalid, required } from '../validation/errors.ts';
import { isStandardQuotaResource, validateQuantity, validateQuotaResourceName } from '../validation/resource-names.ts';

type Spec = ResourceQuota['spec'];

const SCOPES = new Set([
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
  'VolumeAttributesClass',
]);
const EXISTS_ONLY = new Set([
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'CrossNamespacePodAffinity',
]);
const EXCLUSIVE = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;
const POD_RESOURCES = /^(pods|(requests\.|limits\.)?(cpu|memory|ephemeral-storage))$/;

/** Which scopes a resource may be counted in. */
function fits(scope: string, resource: string): boolean {
  if (scope === 'BestEffort') return resource === 'pods';
  if (scope === 'VolumeAttributesClass') return /^(persistentvolumeclaims|requests\.storage)$/.test(resource);
  return POD_RESOURCES.test(resource) || (scope !== 'CrossNamespacePodAffinity' && resource.includes('hugepages-'));
}

const resources = (spec: Spec): string[] => Object.keys(spec.hard ?? {}).sort();

function validateScopes(errors: Errors, spec: Spec): void {
  const path = 'spec.scopes';
  for (const scope of spec.scopes ?? []) {
    if (!SCOPES.has(scope)) invalid(errors, path, spec.scopes, 'unsupported scope');
    for (const name of resources(spec))
      if (isStandardQuotaResource(name) && !fits(scope, name))
        invalid(errors, path, spec.scopes, 'unsupported scope applied to resource');
  }
  for (const pair of EXCLUSIVE)
    if (pair.every((s) => spec.scopes?.includes(s))) invalid(errors, path, spec.scopes, 'conflicting scopes');
}

type Requirement = NonNullable<NonNullable<Spec['scopeSelector']>['matchExpressions']>[number];

const goSelector = (all: readonly Requirement[]) => ({
  MatchExpressions: all.map((r) => ({ ScopeName: r.scopeName, Operator: r.operator, Values: r.values ?? null })),
});

function validateRequirement(errors: Errors, r: Requirement, spec: Spec, path: string): void {
  const count = r.values?.length ?? 0;
  if (!SCOPES.has(r.scopeName)) invalid(errors, `${path}.scopeName`, r.scopeName, 'unsupported scope');
  for (const name of resources(spec))
    if (isStandardQuotaResource(name) && !fits(r.scopeName, name))
      invalid(errors, path, goSelector(spec.scopeSelector!.matchExpressions!), 'unsupported scope applied to resource');
  if (EXISTS_ONLY.has(r.scopeName) && r.operator !== 'Exists')
    invalid(
      errors,
      `${path}.operator`,
      r.operator,
      "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity",
    );
  if (r.operator === 'In' || r.operator === 'NotIn') {
    if (count === 0)
      required(
        errors,
        `${path}.values`,
        "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
      );
  } else if (r.operator === 'Exists' || r.operator === 'DoesNotExist') {
    if (count > 0)
      invalid(
        errors,
        `${path}.values`,
        r.values,
        "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
      );
  } else invalid(errors, `${path}.operator`, r.operator, 'not a valid selector operator');
}

function validateSpec(errors: Errors, o: ResourceQuota): void {
  const spec = o.spec;
  for (const name of resources(spec)) {
    validateQuotaResourceName(errors, name, `spec.hard[${name}]`);
    validateQuantity(errors, name, spec.hard![name]!, `spec.hard[${name}]`);
  }
  validateScopes(errors, spec);
  const selector = spec.scopeSelector?.matchExpressions ?? [];
  for (const r of selector) validateRequirement(errors, r, spec, 'spec.scopeSelector.matchExpressions');
}

const sameSet = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.every((x) => b.includes(x)) && b.every((x) => a.includes(x));

/** `pods: 1/2, requests.cpu: 300m/2`: used of hard; limits in a column of their own. */
function usage(o: ResourceQuota, limits: boolean): string {
  const { hard = {}, used = {} } = o.status ?? {};
  return Object.keys(hard)
    .sort()
    .filter((name) => name.startsWith('limits') === limits)
    .map((name) => `${name}: ${used[name] ?? '0'}/${hard[name]}`)
    .join(', ');
}

export const resourceQuota = simpleKind<ResourceQuota>('ResourceQuota', {
  namespaced: true,
  hasStatus: true,
  default(o) {
    o.spec ??= {};
    defaultResourceList(o.spec.hard);
  },
  prepareCreate(o) {
    o.status = {};
  },
  prepareUpdate(o, old) {
    o.status = old.status;
  },
  check: validateSpec,
  checkUpdate(errors, o, old) {
    if (!sameSet(o.spec.scopes, old.spec.scopes)) invalid(errors, 'spec.scopes', o.spec.scopes ?? null, IMMUTABLE);
  },
  columns: [nameColumn, column('Request', (o) => usage(o, false)), column('Limit', (o) => usage(o, true)), ageColumn],
});
