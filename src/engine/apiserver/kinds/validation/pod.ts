/** A whole pod. Upstream: pkg/apis/core/validation/validation.go ValidatePodCreate, validatePodMetadataAndSpec */
import type { Pod } from '../../../api/core.ts';
import { validateImageBlanks } from './container.ts';
import { type Errors, forbidden, invalid } from './errors.ts';
import { subdomainName, validateObjectMeta } from './object-meta.ts';
import { validatePodSpec } from './pod-spec.ts';

const MIRROR = 'kubernetes.io/config.mirror';

/** Annotations that mean something to the API server. */
export function validatePodAnnotations(errors: Errors, o: Pod): void {
  const mirror = o.metadata.annotations?.[MIRROR];
  if (mirror !== undefined && !o.spec.nodeName)
    invalid(
      errors,
      `metadata.annotations[${MIRROR}]`,
      mirror,
      'must set spec.nodeName if mirror pod annotation is set',
    );
  const cost = o.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'];
  if (cost !== undefined && !isInt32(cost))
    invalid(
      errors,
      'metadata.annotations[controller.kubernetes.io/pod-deletion-cost]',
      cost,
      'must be a 32bit integer',
    );
}

const isInt32 = (text: string): boolean =>
  /^(0|-?[1-9]\d*)$/.test(text) && Number(text) >= -2_147_483_648 && Number(text) <= 2_147_483_647;

/** What holds for a pod at any time. */
export function validatePodMetadataAndSpec(errors: Errors, o: Pod): void {
  validateObjectMeta(errors, o, true, subdomainName);
  validatePodAnnotations(errors, o);
  validatePodSpec(errors, o.spec, 'spec', o.metadata.name, true);
  if (!o.spec.serviceAccountName)
    o.spec.volumes?.forEach((v, i) => {
      const sources = (v.projected as { sources?: { serviceAccountToken?: unknown }[] } | undefined)?.sources;
      sources?.forEach((source, j) => {
        if (source.serviceAccountToken)
          forbidden(
            errors,
            `spec.volumes[${i}].projected.sources[${j}].serviceAccountToken`,
            'must not be specified when serviceAccountName is not set',
          );
      });
    });
  o.spec.containers?.forEach((c, i) => {
    validateImageBlanks(errors, c, `spec.containers[${i}]`);
  });
  o.spec.initContainers?.forEach((c, i) => {
    validateImageBlanks(errors, c, `spec.initContainers[${i}]`);
  });
}

/** A new pod. */
export function validatePod(errors: Errors, o: Pod): void {
  validatePodMetadataAndSpec(errors, o);
  if (o.spec.ephemeralContainers?.length) forbidden(errors, 'spec.ephemeralContainers', 'cannot be set on create');
  if (o.spec.nodeName && o.spec.schedulingGates?.length)
    forbidden(errors, 'spec.nodeName', 'cannot be set until all schedulingGates have been cleared');
}
