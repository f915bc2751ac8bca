/** Nodes. Upstream: pkg/apis/core/validation/validation.go ValidateNode, ValidateNodeUpdate */
import type { Node, ResourceList, Taint } from '../../../api/core.ts';
import { isLabelValue, isQualifiedName } from '../../../api/name.ts';
import { duplicate, type Errors, forbidden, invalid, invalidEach, required } from './errors.ts';
import { validateCIDR } from './ip.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import { validateQuantity } from './resource-names.ts';
import { validateEffect } from './scheduling.ts';

function validateTaints(errors: Errors, taints: readonly Taint[], path: string): void {
  const seen = new Set<string>();
  taints.forEach((taint, i) => {
    const at = `${path}[${i}]`;
    const key = taint.key ?? '';
    const effect = taint.effect ?? '';
    invalidEach(errors, `${at}.key`, key, isQualifiedName(key));
    const complaints = isLabelValue(taint.value ?? '');
    if (complaints.length) invalid(errors, `${at}.value`, taint.value, complaints.join(';'));
    if (!effect) required(errors, `${at}.effect`);
    else validateEffect(errors, effect, `${at}.effect`);
    if (seen.has(`${key}:${effect}`)) {
      const value = { Key: key, Value: taint.value ?? '', Effect: effect, TimeAdded: taint.timeAdded ?? null };
      duplicate(errors, at, value, 'taints must be unique by key and effect pair');
    }
    seen.add(`${key}:${effect}`);
  });
}

function validateAmounts(errors: Errors, list: ResourceList | undefined, path: string): void {
  for (const name in list) validateQuantity(errors, name, list[name]!, `${path}.${name}`);
}

function validateResources(errors: Errors, o: Node): void {
  validateAmounts(errors, o.status?.capacity, 'status.capacity');
  validateAmounts(errors, o.status?.allocatable, 'status.allocatable');
}

export function validateNode(errors: Errors, o: Node): void {
  validateObjectMeta(errors, o, false, subdomainName);
  // upstream's path really says metadata
  if (o.spec?.taints) validateTaints(errors, o.spec.taints, 'metadata.taints');
  validateResources(errors, o);
  o.spec?.podCIDRs?.forEach((cidr, i) => {
    validateCIDR(errors, cidr, `spec.podCIDRs[${i}]`);
  });
}

export function validateNodeUpdate(errors: Errors, o: Node, old: Node): void {
  validateObjectMetaUpdate(errors, o, old);
  validateResources(errors, o);
  const before = old.spec?.podCIDRs ?? [];
  const now = o.spec?.podCIDRs ?? [];
  if (before.length && (before.length !== now.length || before.some((cidr, i) => cidr !== now[i])))
    forbidden(errors, 'spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid');
  if (old.spec?.providerID && old.spec.providerID !== o.spec?.providerID)
    forbidden(errors, 'spec.providerID', 'node updates may not change providerID except from "" to valid');
  if (o.spec?.taints) validateTaints(errors, o.spec.taints, 'metadata.taints');
}
