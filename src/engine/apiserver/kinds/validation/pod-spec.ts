/** The spec of a pod or of a template. Upstream: pkg/apis/core/validation/validation.go ValidatePodSpec */
import type { PodSpec } from '../../../api/core.ts';
import { inRange, isDNS1123Label, isDNS1123Subdomain, isQualifiedName } from '../../../api/name.ts';
import {
  type PodView,
  validateChoice,
  validateContainers,
  validateEphemeralContainers,
  validateHostNetworkPorts,
  validateInitContainers,
} from './container.ts';
import { validateDnsConfig } from './dns.ts';
import { duplicate, type Errors, invalid, invalidEach, required } from './errors.ts';
import { isIP } from './ip.ts';
import { subdomainName, validateLabels } from './object-meta.ts';
import { validateOs } from './os.ts';
import { validateOverhead, validatePodResources } from './resources.ts';
import { validateAffinity, validateGates, validateSpread, validateTolerations } from './scheduling.ts';
import { validateHostUsers, validatePodSecurityContext } from './security-context.ts';
import { validateVolumes } from './volumes.ts';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const MAX_INT32 = 2_147_483_647;

type ResourceClaims = NonNullable<PodSpec['resourceClaims']>;

function validateResourceClaims(errors: Errors, claims: ResourceClaims, path: string): void {
  const seen = new Set<string>();
  claims.forEach((claim, i) => {
    const at = `${path}[${i}]`;
    if (!claim.name) required(errors, `${at}.name`);
    else if (seen.has(claim.name)) duplicate(errors, `${at}.name`, claim.name);
    else invalidEach(errors, `${at}.name`, claim.name, isDNS1123Label(claim.name));
    seen.add(claim.name);
    const value = {
      Name: claim.name ?? '',
      ResourceClaimName: claim.resourceClaimName ?? null,
      ResourceClaimTemplateName: claim.resourceClaimTemplateName ?? null,
    };
    if (claim.resourceClaimName !== undefined && claim.resourceClaimTemplateName !== undefined)
      invalid(errors, at, value, 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified');
    if (claim.resourceClaimName === undefined && claim.resourceClaimTemplateName === undefined)
      invalid(errors, at, value, 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`');
    for (const field of ['resourceClaimName', 'resourceClaimTemplateName'] as const) {
      const name = claim[field];
      if (name !== undefined) invalidEach(errors, `${at}.${field}`, name, subdomainName(name));
    }
  });
}

function validateNames(errors: Errors, spec: PodSpec, path: string): void {
  if (spec.serviceAccountName)
    invalidEach(errors, `${path}.serviceAccountName`, spec.serviceAccountName, subdomainName(spec.serviceAccountName));
  if (spec.nodeName) invalidEach(errors, `${path}.nodeName`, spec.nodeName, subdomainName(spec.nodeName));
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined)
    invalidEach(errors, `${path}.activeDeadlineSeconds`, deadline, inRange(deadline, 1, MAX_INT32));
  if (spec.hostname) invalidEach(errors, `${path}.hostname`, spec.hostname, isDNS1123Label(spec.hostname));
  if (spec.subdomain) invalidEach(errors, `${path}.subdomain`, spec.subdomain, isDNS1123Label(spec.subdomain));
}

function validateHostAliases(errors: Errors, aliases: NonNullable<PodSpec['hostAliases']>, path: string): void {
  aliases.forEach((alias, i) => {
    if (!isIP(alias.ip ?? ''))
      invalid(
        errors,
        `${path}[${i}].ip`,
        alias.ip ?? '',
        'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      );
    alias.hostnames?.forEach((name, j) => {
      invalidEach(errors, `${path}[${i}].hostnames[${j}]`, name, isDNS1123Subdomain(name));
    });
  });
}

function validateClasses(errors: Errors, spec: PodSpec, path: string): void {
  if (spec.priorityClassName)
    invalidEach(errors, `${path}.priorityClassName`, spec.priorityClassName, subdomainName(spec.priorityClassName));
  if (spec.runtimeClassName !== undefined)
    invalidEach(errors, `${path}.runtimeClassName`, spec.runtimeClassName, subdomainName(spec.runtimeClassName));
  if (spec.preemptionPolicy !== undefined)
    validateChoice(errors, spec.preemptionPolicy, `${path}.preemptionPolicy`, ['PreemptLowerPriority', 'Never']);
  if (spec.overhead) validateOverhead(errors, spec.overhead, `${path}.overhead`);
  validateOs(errors, spec, path);
}

/** Containers and what they hang on; then everything else in upstream's order. */
export function validatePodSpec(errors: Errors, spec: PodSpec, path: string, podName?: string, isPod = false): void {
  const volumes = validateVolumes(errors, spec.volumes, `${path}.volumes`, podName);
  const claims = (spec.resourceClaims ?? []).map((c) => c.name).filter(Boolean);
  if (spec.resourceClaims) validateResourceClaims(errors, spec.resourceClaims, `${path}.resourceClaims`);
  const view: PodView = { spec, volumes, claims };
  validateContainers(errors, view, `${path}.containers`);
  validateInitContainers(errors, view, `${path}.initContainers`);
  validateEphemeralContainers(errors, view, `${path}.ephemeralContainers`);
  validatePodResources(errors, spec, `${path}.resources`);
  validateHostNetworkPorts(errors, spec, `${path}.containers`, isPod);
  validateChoice(errors, spec.restartPolicy, `${path}.restartPolicy`, RESTART_POLICIES);
  validateChoice(errors, spec.dnsPolicy, `${path}.dnsPolicy`, DNS_POLICIES);
  validateLabels(errors, spec.nodeSelector, `${path}.nodeSelector`);
  validatePodSecurityContext(errors, spec, `${path}.securityContext`);
  if (spec.affinity) validateAffinity(errors, spec.affinity, `${path}.affinity`);
  validateDnsConfig(errors, spec, `${path}.dnsConfig`);
  spec.readinessGates?.forEach((gate, i) => {
    const type = gate.conditionType ?? '';
    invalidEach(errors, `${path}.readinessGates[${i}].conditionType`, type, isQualifiedName(type));
  });
  if (spec.schedulingGates) validateGates(errors, spec.schedulingGates, `${path}.schedulingGates`);
  if (spec.topologySpreadConstraints)
    validateSpread(errors, spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`);
  validateHostUsers(errors, spec, path);
  validateNames(errors, spec, path);
  if (spec.tolerations) validateTolerations(errors, spec.tolerations, `${path}.tolerations`);
  if (spec.hostAliases) validateHostAliases(errors, spec.hostAliases, `${path}.hostAliases`);
  validateClasses(errors, spec, path);
}
