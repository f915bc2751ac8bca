/** A whole pod. Upstream: pkg/apis/core/validation/validation.go ValidatePodCreate */
import type { Pod } from '../../../api/core.ts';
import type { Errors } from './errors.ts';
import { subdomainName, validateObjectMeta } from './object-meta.ts';
import { validatePodSpec } from './pod-spec.ts';

export function validatePod(errors: Errors, o: Pod): void {
  validateObjectMeta(errors, o, true, subdomainName);
  validatePodSpec(errors, o.spec, 'spec');
}
