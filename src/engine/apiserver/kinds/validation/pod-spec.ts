/** The spec of a pod or of a template. Upstream: pkg/apis/core/validation/validation.go ValidatePodSpec */
import type { PodSpec } from '../../../api/core.ts';
import { type Errors, required } from './errors.ts';

export function validatePodSpec(errors: Errors, spec: PodSpec, path: string): void {
  if (!spec.containers?.length) required(errors, `${path}.containers`);
}
