/** Which resource names mean what. Upstream: pkg/apis/core/helper/helpers.go */

import { isQualifiedName } from '../../../api/name.ts';
import { parseMilli } from '../../../api/quantity.ts';
import { type Errors, invalid, invalidEach, NOT_NEGATIVE } from './errors.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const STANDARD = words(
  'cpu memory ephemeral-storage requests.cpu requests.memory requests.ephemeral-storage limits.cpu limits.memory ' +
    'limits.ephemeral-storage pods resourcequotas services replicationcontrollers secrets configmaps persistentvolumeclaims ' +
    'storage requests.storage services.nodeports services.loadbalancers',
);
const STANDARD_CONTAINER = words('cpu memory ephemeral-storage');
const STANDARD_QUOTA = words(
  'cpu memory ephemeral-storage requests.cpu requests.memory requests.storage requests.ephemeral-storage limits.cpu ' +
    'limits.memory limits.ephemeral-storage pods resourcequotas services replicationcontrollers secrets ' +
    'persistentvolumeclaims configmaps services.nodeports services.loadbalancers',
);
const INTEGER = words(
  'pods resourcequotas services replicationcontrollers secrets configmaps persistentvolumeclaims services.nodeports services.loadbalancers',
);

export const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isQuotaHugePages = (name: string): boolean => isHugePages(name) || name.startsWith('requests.hugepages-');
/** Names without a domain, or with Kubernetes' own. */
export const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');
export const isStandardContainerResource = (name: string): boolean => STANDARD_CONTAINER.has(name) || isHugePages(name);
export const isStandardQuotaResource = (name: string): boolean => STANDARD_QUOTA.has(name) || isQuotaHugePages(name);

/** A resource of a device plugin: `example.com/gpu`. */
export const isExtended = (name: string): boolean =>
  !isNative(name) && !name.startsWith('requests.') && isQualifiedName(`requests.${name}`).length === 0;

/** Whether limits may exceed requests. */
export const mayOvercommit = (name: string): boolean => isNative(name) && !isHugePages(name);

const mustBeInteger = (name: string): boolean => INTEGER.has(name) || isExtended(name);

/** A well-formed name of the standard set, or with a domain; answers whether it was. */
export function validateResourceName(errors: Errors, name: string, path: string): boolean {
  const complaints = isQualifiedName(name);
  invalidEach(errors, path, name, complaints);
  if (complaints.length) return false;
  if (name.includes('/') || STANDARD.has(name) || isQuotaHugePages(name)) return true;
  invalid(errors, path, name, 'must be a standard resource type or fully qualified');
  return false;
}

/** A resource that a container may ask for. */
export function validateContainerResourceName(errors: Errors, name: string, path: string): void {
  if (STANDARD_CONTAINER.has(name)) return;
  validateResourceName(errors, name, path);
  if (!name.includes('/')) {
    if (!isStandardContainerResource(name)) invalid(errors, path, name, 'must be a standard resource for containers');
  } else if (!isNative(name) && !isExtended(name))
    invalid(errors, path, name, "doesn't follow extended resource name standard");
}

/** A resource that a quota may count. */
export function validateQuotaResourceName(errors: Errors, name: string, path: string): void {
  validateResourceName(errors, name, path);
  if (!name.includes('/') && !isStandardQuotaResource(name))
    invalid(errors, path, name, 'must be a standard resource for quota');
}

/** An amount that is not negative, and whole where the resource is counted in pieces. */
export function validateQuantity(errors: Errors, name: string, quantity: string, path: string): void {
  const milli = parseMilli(quantity) ?? 0n;
  if (milli < 0n) invalid(errors, path, quantity, NOT_NEGATIVE);
  if (milli % 1000n !== 0n && mustBeInteger(name)) invalid(errors, path, quantity, 'must be an integer');
}
