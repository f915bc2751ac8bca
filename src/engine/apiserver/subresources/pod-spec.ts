/** pods/ephemeralcontainers and pods/resize: the two parts of a running pod's spec that may change. Upstream: pkg/registry/core/pod/strategy.go */
import type { Container, Pod } from '../../api/core.ts';
import type { AnyObject } from '../../api/meta.ts';
import { qosClassOf } from '../../api/qos.ts';
import type { ApiResponse } from '../../api/request.ts';
import { equalPlain } from '../../sim/plain.ts';
import { invalid } from '../errors.ts';
import type { FieldError } from '../kind.ts';
import { noteUpdate } from '../managed-fields.ts';
import { reply, type Scope } from '../scope.ts';
import { precondition } from '../verbs/update.ts';
import { store } from '../write.ts';

const forbidden = (field: string, detail: string): FieldError => ({
  reason: 'FieldValueForbidden',
  field,
  message: `Forbidden: ${detail}`,
});

/** Stores `spec` as the pod's next one unless there are complaints. */
function commit(s: Scope, old: Pod, spec: Pod['spec'], errors: readonly FieldError[]): ApiResponse {
  if (errors.length) return invalid(s.info, old.metadata.name, errors);
  const changed = !equalPlain(spec, old.spec);
  const next = {
    ...old,
    metadata: { ...old.metadata, ...(changed ? { generation: (old.metadata.generation ?? 0) + 1 } : {}) },
    spec,
  } as unknown as AnyObject;
  noteUpdate(s, next, old as unknown as AnyObject, s.r.subresource);
  return reply(s, store(s, next, old as unknown as AnyObject));
}

export function replaceEphemeralContainers(s: Scope, given: AnyObject, o: AnyObject): ApiResponse {
  const stale = precondition(s, given, o);
  if (stale) return stale;
  const old = o as unknown as Pod;
  const before = old.spec.ephemeralContainers ?? [];
  const after = (given as unknown as Pod).spec?.ephemeralContainers ?? [];
  const errors: FieldError[] = [];
  const taken = new Set([...old.spec.containers, ...(old.spec.initContainers ?? [])].map((c) => c.name));
  for (const [i, c] of before.entries()) {
    const now = after.find((x) => x.name === c.name);
    if (!now)
      errors.push(
        forbidden(
          'spec.ephemeralContainers',
          `existing ephemeral containers ${JSON.stringify(c.name)} may not be removed`,
        ),
      );
    else if (!equalPlain(withDefaults(now), withDefaults(c)))
      errors.push(
        forbidden(
          'spec.ephemeralContainers',
          `existing ephemeral containers ${JSON.stringify(after[i]?.name ?? c.name)} may not be changed`,
        ),
      );
  }
  for (const [i, c] of after.entries()) {
    const at = `spec.ephemeralContainers[${i}]`;
    if (!c.name) errors.push({ reason: 'FieldValueRequired', field: `${at}.name`, message: 'Required value' });
    if (!c.image) errors.push({ reason: 'FieldValueRequired', field: `${at}.image`, message: 'Required value' });
    if (taken.has(c.name))
      errors.push({
        reason: 'FieldValueDuplicate',
        field: `${at}.name`,
        message: `Duplicate value: ${JSON.stringify(c.name)}`,
      });
    taken.add(c.name);
  }
  return commit(s, old, { ...old.spec, ephemeralContainers: after.map(withDefaults) }, errors);
}

const withDefaults = (c: Container): Container => ({
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  imagePullPolicy: /:(?!latest$)[^/]+$|@/.test(c.image ?? '') ? 'IfNotPresent' : 'Always',
  resources: {},
  ...c,
});

export function replaceResources(s: Scope, given: AnyObject, o: AnyObject): ApiResponse {
  const stale = precondition(s, given, o);
  if (stale) return stale;
  const old = o as unknown as Pod;
  const wanted = (given as unknown as Pod).spec;
  const resized = (before: readonly Container[], after: readonly Container[] | undefined): Container[] =>
    before.map((c) => {
      const resources = after?.find((x) => x.name === c.name)?.resources;
      return resources ? { ...c, resources } : c;
    });
  const spec = { ...old.spec, containers: resized(old.spec.containers, wanted?.containers) };
  if (old.spec.initContainers) spec.initContainers = resized(old.spec.initContainers, wanted?.initContainers);
  const errors: FieldError[] = [];
  if (qosClassOf(spec) !== (old.status.qosClass ?? qosClassOf(old.spec)))
    errors.push({
      reason: 'FieldValueInvalid',
      field: 'spec',
      message: `Invalid value: ${JSON.stringify(qosClassOf(spec))}: Pod QOS Class may not change as a result of resizing`,
    });
  for (const [i, c] of (wanted?.containers ?? []).entries()) {
    const { resources: _, ...rest } = c;
    const { resources: __, ...before } = old.spec.containers[i] ?? {};
    if (!equalPlain(rest, before)) {
      errors.push(forbidden('spec', 'only cpu and memory resources are mutable'));
      break;
    }
  }
  return commit(s, old, spec, errors);
}
