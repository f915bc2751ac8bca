/** Jobs and the job templates of CronJobs. Upstream: pkg/apis/batch/validation/validation.go */
import type { Job, JobSpec } from '../../../api/batch.ts';
import type { PodTemplateSpec } from '../../../api/core.ts';
import { byteLength, isDNS1123Label } from '../../../api/name.ts';
import { matchesSelector } from '../../../api/selector.ts';
import { goPodTemplate } from '../internal-form.ts';
import { sameValue } from '../validation/equal.ts';
import { type Errors, IMMUTABLE, invalid, notNegative, notSupported, required, tooLong } from '../validation/errors.ts';
import { domainPrefixedPath } from '../validation/formats.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from '../validation/object-meta.ts';
import {
  isParsable,
  selectorValue,
  sorted,
  validateLabelSelector,
  validateTemplateLabels,
} from '../validation/selector.ts';
import { validateTemplate } from '../validation/workload.ts';
import { validateFailurePolicy, validateSuccessPolicy } from './policies.ts';

const MOST_PARALLEL_INDEXED = 100_000;
const MOST_FAILED_INDEXES = 100_000;
const MANY_COMPLETIONS = 100_000;
const MOST_PARALLEL_WITH_MANY = 10_000;
const MANAGED_BY_MAX_BYTES = 63;

function validateCounts(errors: Errors, spec: JobSpec, path: string): void {
  notNegative(errors, `${path}.parallelism`, spec.parallelism);
  notNegative(errors, `${path}.completions`, spec.completions);
  notNegative(errors, `${path}.activeDeadlineSeconds`, spec.activeDeadlineSeconds);
  notNegative(errors, `${path}.backoffLimit`, spec.backoffLimit);
  notNegative(errors, `${path}.ttlSecondsAfterFinished`, spec.ttlSecondsAfterFinished);
  notNegative(errors, `${path}.backoffLimitPerIndex`, spec.backoffLimitPerIndex);
  if (spec.maxFailedIndexes !== undefined) {
    notNegative(errors, `${path}.maxFailedIndexes`, spec.maxFailedIndexes);
    if (spec.backoffLimitPerIndex === undefined)
      required(errors, `${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified');
  }
  if (spec.managedBy === undefined) return;
  domainPrefixedPath(errors, spec.managedBy, `${path}.managedBy`);
  if (byteLength(spec.managedBy) > MANAGED_BY_MAX_BYTES) tooLong(errors, `${path}.managedBy`, MANAGED_BY_MAX_BYTES);
}

function validateManyIndexes(errors: Errors, spec: JobSpec, path: string): void {
  if ((spec.completions ?? 0) <= MANY_COMPLETIONS || spec.backoffLimitPerIndex === undefined) return;
  const why = `when completions are above ${MANY_COMPLETIONS} and used with backoff limit per index`;
  if (spec.maxFailedIndexes === undefined)
    required(errors, `${path}.maxFailedIndexes`, `must be specified when completions is above ${MANY_COMPLETIONS}`);
  for (const field of ['parallelism', 'maxFailedIndexes'] as const) {
    const value = spec[field];
    if (value !== undefined && value > MOST_PARALLEL_WITH_MANY)
      invalid(errors, `${path}.${field}`, value, `must be less than or equal to ${MOST_PARALLEL_WITH_MANY} ${why}`);
  }
}

function validateIndexed(errors: Errors, spec: JobSpec, path: string): void {
  const { completions, parallelism, maxFailedIndexes } = spec;
  if (completions === undefined) required(errors, `${path}.completions`, 'when completion mode is Indexed');
  if (parallelism !== undefined && parallelism > MOST_PARALLEL_INDEXED)
    invalid(
      errors,
      `${path}.parallelism`,
      parallelism,
      `must be less than or equal to ${MOST_PARALLEL_INDEXED} when completion mode is Indexed`,
    );
  if (completions !== undefined && maxFailedIndexes !== undefined && maxFailedIndexes > completions)
    invalid(errors, `${path}.maxFailedIndexes`, maxFailedIndexes, 'must be less than or equal to completions');
  if (maxFailedIndexes !== undefined && maxFailedIndexes > MOST_FAILED_INDEXES)
    invalid(
      errors,
      `${path}.maxFailedIndexes`,
      maxFailedIndexes,
      `must be less than or equal to ${MOST_FAILED_INDEXES}`,
    );
  validateManyIndexes(errors, spec, path);
}

function validateMode(errors: Errors, spec: JobSpec, path: string): void {
  const mode = spec.completionMode;
  if (mode !== undefined && mode !== 'NonIndexed' && mode !== 'Indexed')
    notSupported(errors, `${path}.completionMode`, mode, ['NonIndexed', 'Indexed']);
  if (mode === 'Indexed') validateIndexed(errors, spec, path);
  if (mode !== undefined && mode !== 'NonIndexed') return;
  for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const)
    if (spec[field] !== undefined) invalid(errors, `${path}.${field}`, spec[field], 'requires indexed completion mode');
}

function validateReplacement(errors: Errors, spec: JobSpec, path: string): void {
  const policy = spec.podReplacementPolicy;
  if (policy === undefined) return;
  const supported = spec.podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  if (!supported.includes(policy)) notSupported(errors, path, policy, supported);
}

function validateRestartPolicy(errors: Errors, spec: JobSpec, path: string): void {
  const policy = spec.template.spec.restartPolicy ?? '';
  if (policy === 'Always' || policy === '') required(errors, path, 'valid values: "OnFailure", "Never"');
  else if (policy !== 'OnFailure' && policy !== 'Never') notSupported(errors, path, policy, ['OnFailure', 'Never']);
  else if (spec.podFailurePolicy && policy !== 'Never')
    invalid(errors, path, policy, 'only "Never" is supported when podFailurePolicy is specified');
}

/** What holds for a Job's spec and for that of a job template. */
export function validateJobSpec(errors: Errors, spec: JobSpec, path: string): void {
  validateCounts(errors, spec, path);
  validateMode(errors, spec, path);
  if (spec.podFailurePolicy) validateFailurePolicy(errors, spec, `${path}.podFailurePolicy`);
  if (spec.successPolicy) validateSuccessPolicy(errors, spec, `${path}.successPolicy`);
  validateReplacement(errors, spec, `${path}.podReplacementPolicy`);
  validateTemplate(errors, spec.template, `${path}.template`);
  validateRestartPolicy(errors, spec, `${path}.template.spec.restartPolicy`);
}

function validateOwnSelector(errors: Errors, spec: JobSpec): void {
  if (!spec.selector) required(errors, 'spec.selector');
  else validateLabelSelector(errors, spec.selector, 'spec.selector');
  if (!spec.selector || isParsable(spec.selector))
    validateTemplateLabels(errors, spec.selector, spec.template.metadata?.labels, 'spec.template');
}

/** The labels that the server gave to the template, unless somebody had other ones there. */
function validateGeneratedSelector(errors: Errors, o: Job): void {
  if (o.spec.manualSelector || !o.spec.selector) return;
  const labels = o.spec.template.metadata?.labels ?? {};
  const expected: Record<string, string> = {
    'controller-uid': o.metadata.uid,
    'job-name': o.metadata.name,
    'batch.kubernetes.io/controller-uid': o.metadata.uid,
    'batch.kubernetes.io/job-name': o.metadata.name,
  };
  for (const key in expected) {
    const path = `spec.template.metadata.labels[${key}]`;
    if (labels[key] === undefined) required(errors, path, `must be '${expected[key]}'`);
    else if (labels[key] !== expected[key]) invalid(errors, path, sorted(labels), `must be '${expected[key]}'`);
  }
  if (isParsable(o.spec.selector) && !matchesSelector(o.spec.selector, expected))
    invalid(errors, 'spec.selector', selectorValue(o.spec.selector), '`selector` not auto-generated');
}

export function validateJob(errors: Errors, o: Job): void {
  validateObjectMeta(errors, o, true, subdomainName);
  validateGeneratedSelector(errors, o);
  validateJobSpec(errors, o.spec, 'spec');
  validateOwnSelector(errors, o.spec);
  const { completionMode, completions } = o.spec;
  if (completionMode !== 'Indexed' || !completions || completions < 0) return;
  const hostname = `${o.metadata.name}-${completions - 1}`;
  if (isDNS1123Label(hostname).length)
    invalid(
      errors,
      'metadata.name',
      o.metadata.name,
      `will not able to create pod with invalid DNS label: ${hostname}`,
    );
}

/** A suspended Job that never ran may still be steered to other nodes. */
const maySteer = (old: Job): boolean => old.spec.suspend === true && !old.status?.startTime;

function steeredFrom(before: PodTemplateSpec, now: PodTemplateSpec): PodTemplateSpec {
  const { nodeSelector, tolerations, schedulingGates } = now.spec;
  const nodeAffinity = now.spec.affinity?.nodeAffinity;
  const affinity = before.spec.affinity || nodeAffinity ? { ...before.spec.affinity, nodeAffinity } : undefined;
  const spec = { ...before.spec, nodeSelector, tolerations, schedulingGates, affinity } as PodTemplateSpec['spec'];
  return { metadata: { ...before.metadata, ...labelsOf(now) }, spec };
}

const labelsOf = (t: PodTemplateSpec) =>
  ({ labels: t.metadata?.labels, annotations: t.metadata?.annotations }) as object;

function validateCompletionsChange(errors: Errors, now: JobSpec, before: JobSpec): void {
  if (sameValue(now.completions, before.completions)) return;
  const value = now.completions ?? null;
  if (now.completionMode !== 'Indexed') invalid(errors, 'spec.completions', value, IMMUTABLE);
  else if (now.completions !== undefined && now.completions !== now.parallelism)
    invalid(errors, 'spec.completions', value, 'can only be modified in tandem with spec.parallelism');
}

/** As Go compares: an empty text is the same as an absent one. */
const sameTemplate = (a: PodTemplateSpec, b: PodTemplateSpec): boolean =>
  sameValue(a, b) || sameValue(goPodTemplate(a), goPodTemplate(b));

const FIXED = ['completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy'] as const;

export function validateJobUpdate(errors: Errors, o: Job, old: Job): void {
  validateObjectMetaUpdate(errors, o, old);
  validateJobSpec(errors, o.spec, 'spec');
  validateOwnSelector(errors, o.spec);
  validateCompletionsChange(errors, o.spec, old.spec);
  if (!sameValue(o.spec.selector, old.spec.selector))
    invalid(errors, 'spec.selector', o.spec.selector ? selectorValue(o.spec.selector) : null, IMMUTABLE);
  const before = maySteer(old) ? steeredFrom(old.spec.template, o.spec.template) : old.spec.template;
  if (!sameTemplate(o.spec.template, before))
    invalid(errors, 'spec.template', goPodTemplate(o.spec.template), IMMUTABLE);
  for (const field of FIXED)
    if (!sameValue(o.spec[field], old.spec[field])) invalid(errors, `spec.${field}`, o.spec[field] ?? null, IMMUTABLE);
}
