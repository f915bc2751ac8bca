/** What may change in a pod that exists. Upstream: pkg/apis/core/validation/validation.go ValidatePodUpdate */
import type { Pod } from '../../../api/core.ts';
import type { Errors } from './errors.ts';
import { validateObjectMetaUpdate } from './object-meta.ts';

export function validatePodUpdate(errors: Errors, o: Pod, old: Pod): void {
  validateObjectMetaUpdate(errors, o, old);
}
