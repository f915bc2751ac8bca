/** What Deployments, ReplicaSets, DaemonSets and StatefulSets have in common. Upstream: pkg/apis/apps/validation/validation.go */
import type { PodTemplateSpec } from '../../../api/core.ts';
import type { IntOrString, LabelSelector } from '../../../api/meta.ts';
import { isPercent } from '../../../api/name.ts';
import { type Errors, forbidden, invalid, invalidEach, notNegative, notSupported, required } from './errors.ts';
import { validateAnnotations, validateLabels } from './object-meta.ts';
import { validatePodSpec } from './pod-spec.ts';
import {
  isEmptySelector,
  isParsable,
  selectorValue,
  validateLabelSelector,
  validateTemplateLabels,
} from './selector.ts';

/** A pod template: its labels, annotations and spec. */
export function validateTemplate(errors: Errors, template: PodTemplateSpec, path: string): void {
  validateLabels(errors, template.metadata?.labels, `${path}.labels`);
  validateAnnotations(errors, template.metadata?.annotations, `${path}.annotations`);
  validatePodSpec(errors, template.spec, `${path}.spec`);
  if (template.spec.ephemeralContainers?.length)
    forbidden(errors, `${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template');
}

/** `spec.selector` of apps/v1: there, not empty, and parsable; answers whether the template may be held against it. */
export function validateSelector(
  errors: Errors,
  selector: LabelSelector | undefined,
  path: string,
  kind: string,
): boolean {
  if (!selector) {
    required(errors, path);
    return true;
  }
  validateLabelSelector(errors, selector, path);
  if (isEmptySelector(selector))
    invalid(errors, path, selectorValue(selector), `empty selector is invalid for ${kind}`);
  if (isParsable(selector)) return true;
  invalid(errors, path, selectorValue(selector), 'invalid label selector');
  return false;
}

/** The template of a workload whose pods always restart; `owner` is the word for it in complaints. */
export function validateWorkloadTemplate(
  errors: Errors,
  template: PodTemplateSpec,
  selector: LabelSelector | undefined,
  path: string,
  owner: string,
): void {
  if (!selector || !isEmptySelector(selector))
    validateTemplateLabels(errors, selector, template.metadata?.labels, path);
  validateTemplate(errors, template, path);
  validateAlwaysRestarts(errors, template, path, owner);
}

export function validateAlwaysRestarts(errors: Errors, template: PodTemplateSpec, path: string, owner: string): void {
  const policy = template.spec.restartPolicy;
  if (policy !== 'Always') notSupported(errors, `${path}.spec.restartPolicy`, policy, ['Always']);
  if (template.spec.activeDeadlineSeconds !== undefined)
    forbidden(errors, `${path}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${owner} is not Supported`);
}

/** A count or a percentage that is not negative. */
export function validateIntOrPercent(errors: Errors, value: IntOrString | undefined, path: string): void {
  if (value === undefined) return;
  if (typeof value === 'string') invalidEach(errors, path, value, isPercent(value));
  else notNegative(errors, path, value);
}

/** Percentages end at 100. */
export function validateAtMost100Percent(errors: Errors, value: IntOrString | undefined, path: string): void {
  const percent = typeof value === 'string' ? /^([0-9]+)%$/.exec(value) : null;
  if (percent && Number(percent[1]) > 100) invalid(errors, path, value, 'must not be greater than 100%');
}

/** Whether the value is 0 or 0%; a text that is no percentage counts as 0, as upstream reads it. */
export const isZero = (value: IntOrString | undefined): boolean =>
  value === undefined ||
  value === 0 ||
  (typeof value === 'string' && Number(/^([0-9]+)%$/.exec(value)?.[1] ?? 0) === 0);
