/** Requests and limits. Upstream: pkg/apis/core/validation/validation.go validateResourceRequirements, validatePodResources */
import type { PodSpec, ResourceList, ResourceRequirements } from '../../../api/core.ts';
import { isDNS1123Label } from '../../../api/name.ts';
import { compareQuantity, parseMilli } from '../../../api/quantity.ts';
import { requestsOfContainers } from '../pod-requests.ts';
import { duplicate, type Errors, forbidden, invalid, invalidEach, notSupported, required } from './errors.ts';
import {
  isHugePages,
  mayOvercommit,
  validateContainerResourceName,
  validateQuantity,
  validateResourceName,
} from './resource-names.ts';

type NameCheck = (errors: Errors, name: string, path: string) => void;

const names = (list: ResourceList | undefined): string[] => (list ? Object.keys(list).sort() : []);
const isCompute = (name: string): boolean => name === 'cpu' || name === 'memory';

function validateHugePages(errors: Errors, name: string, quantity: string, path: string): void {
  const size = parseMilli(name.slice('hugepages-'.length));
  const amount = parseMilli(quantity) ?? 0n;
  if (size === undefined || size === 0n || amount % size !== 0n)
    invalid(errors, path, quantity, `${quantity} is not positive integer multiple of ${name}`);
}

function validateList(errors: Errors, list: ResourceList | undefined, path: string, checkName: NameCheck): void {
  for (const name of names(list)) {
    const at = `${path}[${name}]`;
    checkName(errors, name, at);
    validateQuantity(errors, name, list![name]!, at);
    if (isHugePages(name)) validateHugePages(errors, name, list![name]!, at);
  }
}

function compareToLimit(errors: Errors, r: ResourceRequirements, name: string, path: string): void {
  const request = r.requests![name]!;
  const limit = r.limits?.[name];
  if (limit === undefined) {
    if (!mayOvercommit(name)) required(errors, `${path}.limits`, 'Limit must be set for non overcommitable resources');
    return;
  }
  const difference = request === limit ? 0 : compareQuantity(request, limit);
  if (difference !== 0 && !mayOvercommit(name))
    invalid(errors, `${path}.requests`, request, `must be equal to ${name} limit of ${limit}`);
  else if (difference > 0)
    invalid(errors, `${path}.requests`, request, `must be less than or equal to ${name} limit of ${limit}`);
}

function validateRequirements(errors: Errors, r: ResourceRequirements, path: string, checkName: NameCheck): void {
  validateList(errors, r.limits, `${path}.limits`, checkName);
  for (const name of names(r.requests)) {
    const at = `${path}.requests[${name}]`;
    checkName(errors, name, at);
    validateQuantity(errors, name, r.requests![name]!, at);
    compareToLimit(errors, r, name, path);
    if (isHugePages(name)) validateHugePages(errors, name, r.requests![name]!, at);
  }
  const all = [...Object.keys(r.limits ?? {}), ...Object.keys(r.requests ?? {})];
  if (all.some(isHugePages) && !all.some(isCompute)) forbidden(errors, path, 'HugePages require cpu or memory');
}

function validateClaims(errors: Errors, r: ResourceRequirements, path: string, podClaims: readonly string[]): void {
  const seen = new Set<string>();
  r.claims?.forEach((claim, i) => {
    const at = `${path}.claims[${i}]`;
    if (!claim.name) {
      required(errors, at);
      return;
    }
    if (claim.request) invalidEach(errors, `${at}.request`, claim.request, isDNS1123Label(claim.request));
    const key = claim.request ? `${claim.name}/${claim.request}` : claim.name;
    if (seen.has(claim.name) || seen.has(key)) duplicate(errors, at, seen.has(claim.name) ? claim.name : key);
    seen.add(key);
    if (podClaims.includes(claim.name)) return;
    const known = podClaims.length ? `: ${[...podClaims].sort().join(', ')}` : ' which is empty';
    errors.push({
      reason: 'FieldValueNotFound',
      field: at,
      message: `Not found: "${claim.name}": must be one of the names in pod.spec.resourceClaims${known}`,
    });
  });
}

/** What a container asks for. */
export function validateContainerResources(
  errors: Errors,
  r: ResourceRequirements,
  path: string,
  podClaims: readonly string[],
): void {
  if (!r.limits && !r.requests && !r.claims) return;
  validateRequirements(errors, r, path, validateContainerResourceName);
  if (r.claims) validateClaims(errors, r, path, podClaims);
}

/** `spec.overhead` is held to the same rules as limits. */
export const validateOverhead = (errors: Errors, overhead: ResourceList, path: string): void =>
  validateRequirements(errors, { limits: overhead }, path, validateContainerResourceName);

function validatePodLevelName(errors: Errors, name: string, path: string): void {
  if (!validateResourceName(errors, name, path)) return;
  if (!isCompute(name) && !isHugePages(name)) notSupported(errors, path, name, ['cpu', 'hugepages-', 'memory']);
}

/** Pod-level resources: at least what the containers ask for together, at most what each may have. */
export function validatePodResources(errors: Errors, spec: PodSpec, path: string): void {
  const r = spec.resources;
  if (!r) return;
  if (r.claims) forbidden(errors, `${path}.claims`, 'claims cannot be set for Resources at pod-level');
  validateRequirements(errors, r, path, validatePodLevelName);
  const together = requestsOfContainers(spec);
  for (const name of names(together)) {
    const given = r.requests?.[name] ?? '0';
    if ((isCompute(name) || isHugePages(name)) && compareQuantity(together[name]!, given) > 0)
      invalid(
        errors,
        `${path}.requests[${name}]`,
        given,
        `must be greater than or equal to aggregate container requests of ${together[name]}`,
      );
  }
  spec.containers?.forEach((c, i) => {
    for (const name of names(c.resources?.limits)) {
      const most = r.limits?.[name];
      const limit = c.resources!.limits![name]!;
      if (most !== undefined && compareQuantity(limit, most) > 0)
        invalid(
          errors,
          `${path}.containers[${i}][${name}].limits`,
          limit,
          `must be less than or equal to pod limits of ${most}`,
        );
    }
  });
}
