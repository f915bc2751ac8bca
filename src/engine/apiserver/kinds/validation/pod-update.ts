/** What may change in a pod that exists. Upstream: pkg/apis/core/validation/validation.go ValidatePodUpdate */
import type { Container, Pod, PodSpec, Toleration } from '../../../api/core.ts';
import { inRange } from '../../../api/name.ts';
import { goLines, goPodSpec } from '../internal-form.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { validateImageBlanks } from './container.ts';
import { sameValue } from './equal.ts';
import { type Errors, forbidden, invalid, invalidEach, required } from './errors.ts';
import { validateObjectMetaUpdate } from './object-meta.ts';
import { validatePodMetadataAndSpec } from './pod.ts';
import { validateTolerations } from './scheduling.ts';

const MAX_INT32 = 2_147_483_647;
const MIRROR = 'kubernetes.io/config.mirror';
const MAY_CHANGE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

/** Answers whether the lists are of one length, so that the rest may be compared. */
function validateContainerChanges(
  errors: Errors,
  now: readonly Container[],
  before: readonly Container[],
  path: string,
): boolean {
  if (now.length !== before.length) {
    forbidden(errors, path, 'pod updates may not add or remove containers');
    return false;
  }
  now.forEach((c, i) => {
    if (!c.image) required(errors, `${path}[${i}].image`);
    validateImageBlanks(errors, c, `${path}[${i}]`);
  });
  return true;
}

/** From nothing to a number, or to a smaller one. Answers false where upstream stops. */
function validateDeadline(errors: Errors, now: number | undefined, before: number | undefined): boolean {
  const path = 'spec.activeDeadlineSeconds';
  if (now === undefined) {
    if (before !== undefined) invalid(errors, path, null, 'must not update from a positive integer to nil value');
    return true;
  }
  const complaints = inRange(now, 0, MAX_INT32);
  invalidEach(errors, path, now, complaints);
  if (complaints.length) return false;
  if (before !== undefined && before < now) {
    invalid(errors, path, now, 'must be less than or equal to previous value');
    return false;
  }
  return true;
}

const sameToleration = (a: Toleration, b: Toleration): boolean =>
  (a.key ?? '') === (b.key ?? '') &&
  (a.operator ?? '') === (b.operator ?? '') &&
  (a.value ?? '') === (b.value ?? '') &&
  (a.effect ?? '') === (b.effect ?? '');

function validateAddedTolerations(errors: Errors, now: readonly Toleration[], before: readonly Toleration[]): void {
  if (before.every((old) => now.some((t) => sameToleration(t, old))))
    validateTolerations(errors, now, 'spec.tolerations');
  else forbidden(errors, 'spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds');
}

function validateGateChanges(errors: Errors, now: PodSpec, before: PodSpec): void {
  now.schedulingGates?.forEach((gate, i) => {
    if (!before.schedulingGates?.some((old) => old.name === gate.name))
      forbidden(
        errors,
        `spec.schedulingGates[${i}].name`,
        `only deletion is allowed, but found new scheduling gate '${gate.name}'`,
      );
  });
}

function validateMirror(errors: Errors, o: Pod, old: Pod): void {
  const now = o.metadata.annotations?.[MIRROR];
  const before = old.metadata.annotations?.[MIRROR];
  const path = `metadata.annotations[${MIRROR}]`;
  if (before === undefined && now !== undefined) forbidden(errors, path, 'may not add mirror pod annotation');
  else if (now !== before) forbidden(errors, path, 'may not remove or update mirror pod annotation');
}

const withImagesOf = (now: readonly Container[], before: readonly Container[]): Container[] =>
  now.map((c, i) => ({ ...c, image: before[i]!.image! }));

/** A gated pod may get node selectors, and narrower node affinity. Changes `munged` back to the old state. */
function allowOfGated(errors: Errors, munged: PodSpec, before: PodSpec): void {
  if (!before.schedulingGates?.length) return;
  if (!sameValue(munged.nodeSelector, before.nodeSelector)) {
    for (const key in before.nodeSelector)
      if (munged.nodeSelector?.[key] !== before.nodeSelector[key]) {
        invalid(
          errors,
          'spec.nodeSelector',
          munged.nodeSelector ?? null,
          'only additions are allowed (no mutations or deletions)',
        );
        break;
      }
    restore(munged, before, 'nodeSelector');
  }
  if (sameValue(munged.affinity?.nodeAffinity, before.affinity?.nodeAffinity)) return;
  const affinity = { ...munged.affinity };
  if (before.affinity?.nodeAffinity) affinity.nodeAffinity = before.affinity.nodeAffinity;
  else delete affinity.nodeAffinity;
  if (Object.keys(affinity).length === 0 && !before.affinity) delete munged.affinity;
  else munged.affinity = affinity;
}

function restore<K extends keyof PodSpec>(munged: PodSpec, before: PodSpec, field: K): void {
  if (before[field] === undefined) delete munged[field];
  else munged[field] = before[field];
}

/** The new spec with everything that may change put back; what then still differs may not. */
function munge(errors: Errors, now: PodSpec, before: PodSpec): PodSpec {
  const munged: PodSpec = { ...now, containers: withImagesOf(now.containers, before.containers) };
  if (now.initContainers) munged.initContainers = withImagesOf(now.initContainers, before.initContainers ?? []);
  restore(munged, before, 'activeDeadlineSeconds');
  restore(munged, before, 'schedulingGates');
  restore(munged, before, 'tolerations');
  const grace = before.terminationGracePeriodSeconds;
  if (grace !== undefined && grace < 0 && now.terminationGracePeriodSeconds === 1)
    munged.terminationGracePeriodSeconds = grace;
  allowOfGated(errors, munged, before);
  return munged;
}

export function validatePodUpdate(errors: Errors, o: Pod, old: Pod): void {
  validateObjectMetaUpdate(errors, o, old);
  validatePodMetadataAndSpec(errors, o);
  validateMirror(errors, o, old);
  const { spec: now } = o;
  const { spec: before } = old;
  if (!validateContainerChanges(errors, now.containers ?? [], before.containers, 'spec.containers')) return;
  if (!validateContainerChanges(errors, now.initContainers ?? [], before.initContainers ?? [], 'spec.initContainers'))
    return;
  if (!validateDeadline(errors, now.activeDeadlineSeconds, before.activeDeadlineSeconds)) return;
  validateAddedTolerations(errors, now.tolerations ?? [], before.tolerations ?? []);
  validateGateChanges(errors, now, before);
  if (now === before || sameValue(now, before)) return;
  const munged = munge(errors, now, before);
  if (sameValue(munged, before)) return;
  const difference = unifiedDiff(goLines(goPodSpec(before)), goLines(goPodSpec(munged)));
  // an empty text and an absent one are the same to Go
  if (difference === '') return;
  forbidden(errors, 'spec', `pod updates may not change fields other than ${MAY_CHANGE}\n${difference}`);
}
