/** LimitRanges. Upstream: pkg/apis/core/v1/defaults.go, pkg/apis/core/validation/validation.go ValidateLimitRange */
import type { LimitRange, ResourceList } from '../../../api/core.ts';
import { isQualifiedName } from '../../../api/name.ts';
import { compareQuantity, parseMilli } from '../../../api/quantity.ts';
import { createdAtColumns } from '../columns.ts';
import { defaultResourceList } from '../defaults.ts';
import { simpleKind } from '../simple.ts';
import { duplicate, type Errors, forbidden, invalid, invalidEach, required } from '../validation/errors.ts';
import { mayOvercommit, validateContainerResourceName, validateResourceName } from '../validation/resource-names.ts';

type Item = LimitRange['spec']['limits'][number];

const LISTS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;
const TYPES = ['Container', 'Pod', 'PersistentVolumeClaim'];

/** Fills `into` with what it lacks of `from`. */
function lend(into: ResourceList, from: ResourceList | undefined): void {
  for (const name in from) if (into[name] === undefined) into[name] = from[name]!;
}

function defaultItem(item: Item): void {
  for (const list of LISTS) defaultResourceList(item[list]);
  if (item.type !== 'Container') return;
  const limits = { ...item.default };
  const requests = { ...item.defaultRequest };
  lend(limits, item.max);
  lend(requests, limits);
  lend(requests, item.min);
  if (Object.keys(limits).length) item.default = limits;
  if (Object.keys(requests).length) item.defaultRequest = requests;
}

function validateType(errors: Errors, type: string, path: string): void {
  const complaints = isQualifiedName(type);
  invalidEach(errors, path, type, complaints);
  if (complaints.length === 0 && !type.includes('/') && !TYPES.includes(type))
    invalid(errors, path, type, 'must be a standard limit type or fully qualified');
}

function validateNames(errors: Errors, item: Item, path: string): void {
  const check = item.type === 'Pod' || item.type === 'Container' ? validateContainerResourceName : validateResourceName;
  for (const list of LISTS) {
    if (item.type === 'Pod' && (list === 'default' || list === 'defaultRequest')) {
      if (Object.keys(item[list] ?? {}).length)
        forbidden(errors, `${path}.${list}`, "may not be specified when `type` is 'Pod'");
      continue;
    }
    if (
      list === 'maxLimitRequestRatio' &&
      item.type === 'PersistentVolumeClaim' &&
      !item.min?.storage &&
      !item.max?.storage
    )
      required(
        errors,
        `${path}.limits`,
        'either minimum or maximum storage value is required, but neither was provided',
      );
    for (const name of Object.keys(item[list] ?? {}).sort()) check(errors, name, `${path}.${list}[${name}]`);
  }
}

const exceeds = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && compareQuantity(a, b) > 0;

function validateOrder(errors: Errors, item: Item, name: string, path: string): void {
  const min = item.min?.[name];
  const max = item.max?.[name];
  const limit = item.default?.[name];
  const request = item.defaultRequest?.[name];
  if (exceeds(min, max))
    invalid(errors, `${path}.min[${name}]`, min, `min value ${min} is greater than max value ${max}`);
  const at = `${path}.defaultRequest[${name}]`;
  if (exceeds(min, request))
    invalid(errors, at, request, `min value ${min} is greater than default request value ${request}`);
  if (exceeds(request, max))
    invalid(errors, at, request, `default request value ${request} is greater than max value ${max}`);
  if (exceeds(request, limit))
    invalid(errors, at, request, `default request value ${request} is greater than default limit value ${limit}`);
  // upstream quotes the bound, not the default
  if (exceeds(min, limit))
    invalid(errors, `${path}.default[${name}]`, min, `min value ${min} is greater than default value ${limit}`);
  if (exceeds(limit, max))
    invalid(errors, `${path}.default[${name}]`, max, `default value ${limit} is greater than max value ${max}`);
}

function validateRatio(errors: Errors, item: Item, name: string, path: string): void {
  const ratio = item.maxLimitRequestRatio?.[name];
  const at = `${path}.maxLimitRequestRatio[${name}]`;
  if (ratio !== undefined) {
    if (exceeds('1', ratio)) invalid(errors, at, ratio, `ratio ${ratio} is less than 1`);
    const min = item.min?.[name];
    const max = item.max?.[name];
    if (min !== undefined && max !== undefined) {
      const most = Number(parseMilli(max) ?? 0n) / Number(parseMilli(min) ?? 0n);
      if (Number(parseMilli(ratio) ?? 0n) / 1000 > most)
        invalid(errors, at, ratio, `ratio ${ratio} is greater than max/min = ${most.toFixed(6)}`);
    }
  }
  const limit = item.default?.[name];
  const request = item.defaultRequest?.[name];
  if (mayOvercommit(name) || limit === undefined || request === undefined || compareQuantity(limit, request) === 0)
    return;
  invalid(
    errors,
    `${path}.defaultRequest[${name}]`,
    request,
    `default value ${limit} must equal to defaultRequest value ${request} in ${name}`,
  );
}

function validateItem(errors: Errors, item: Item, path: string): void {
  validateNames(errors, item, path);
  const names = new Set(LISTS.flatMap((list) => Object.keys(item[list] ?? {})));
  for (const name of [...names].sort()) {
    validateOrder(errors, item, name, path);
    validateRatio(errors, item, name, path);
  }
}

export const limitRange = simpleKind<LimitRange>('LimitRange', {
  namespaced: true,
  default(o) {
    o.spec ??= { limits: [] };
    for (const item of o.spec.limits ?? []) defaultItem(item);
  },
  check(errors, o) {
    const seen = new Set<string>();
    o.spec.limits?.forEach((item, i) => {
      const path = `spec.limits[${i}]`;
      validateType(errors, item.type ?? '', `${path}.type`);
      if (seen.has(item.type)) duplicate(errors, `${path}.type`, item.type);
      seen.add(item.type);
      validateItem(errors, item, path);
    });
  },
  columns: createdAtColumns,
});
