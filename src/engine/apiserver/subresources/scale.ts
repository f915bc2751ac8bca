/** The scale subresource of workloads. Upstream: pkg/registry/apps/deployment/storage/storage.go */
import type { Deployment } from '../../api/apps.ts';
import type { AnyObject } from '../../api/meta.ts';
import type { ApiResponse } from '../../api/request.ts';
import { formatSelector } from '../../api/selector.ts';
import { clonePlain } from '../../sim/plain.ts';
import { badRequest, conflict, invalid, notFound } from '../errors.ts';
import { bag, type Or, reply, type Scope, textIn, value } from '../scope.ts';
import { patchedObject } from '../verbs/patch.ts';
import { replace } from '../verbs/update.ts';

/** The `autoscaling/v1` Scale of a workload. */
export function scaleOf(o: AnyObject): AnyObject {
  const workload = o as unknown as Deployment;
  const m = o.metadata;
  const selector = workload.spec.selector && formatSelector(workload.spec.selector);
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: {
      name: m.name,
      namespace: m.namespace!,
      uid: m.uid,
      resourceVersion: m.resourceVersion,
      creationTimestamp: m.creationTimestamp,
    },
    spec: workload.spec.replicas ? { replicas: workload.spec.replicas } : {},
    status: { replicas: workload.status?.replicas ?? 0, ...(selector ? { selector } : {}) },
  };
}

export function getScale(s: Scope): ApiResponse {
  const o = s.server.store.get<AnyObject>(s.info.kind, s.namespace, s.r.name ?? '');
  return o ? reply(s, scaleOf(o)) : notFound(s.info, s.r.name ?? '');
}

export function updateScale(s: Scope): ApiResponse {
  const o = s.server.store.get<AnyObject>(s.info.kind, s.namespace, s.r.name ?? '');
  if (!o) return notFound(s.info, s.r.name ?? '');
  const scale: Or<unknown> = s.r.verb === 'patch' ? patchedScale(s, o) : value(s.r.body);
  if (!scale.ok) return scale;
  const revision = textIn(bag(scale.value).metadata, 'resourceVersion');
  if (revision && revision !== o.metadata.resourceVersion) return conflict(s.info, o.metadata.name);
  const replicas = bag(bag(scale.value).spec).replicas ?? 0;
  if (typeof replicas !== 'number')
    return badRequest(
      `Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal ${typeof replicas} into Go struct field ScaleSpec.spec.replicas of type int32`,
    );
  if (replicas < 0)
    return invalid({ kind: 'Scale', group: 'autoscaling' }, o.metadata.name, [
      {
        reason: 'FieldValueInvalid',
        field: 'spec.replicas',
        message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
      },
    ]);
  const spec = { ...(o.spec as Record<string, unknown>), replicas };
  const { subresource: _, ...r } = s.r;
  const done = replace({ ...s, r: { ...r, subresource: 'scale' } }, clonePlain({ ...o, spec }), o);
  return done.ok ? reply(s, scaleOf(done.object!)) : done;
}

function patchedScale(s: Scope, o: AnyObject): Or<unknown> {
  const scale = scaleOf(o);
  const type = s.r.patchType === 'strategic' ? 'merge' : s.r.patchType;
  return patchedObject({ ...s, r: { ...s.r, ...(type ? { patchType: type } : {}) } }, scale);
}
