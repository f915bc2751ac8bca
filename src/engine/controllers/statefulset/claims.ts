/** The claims of a StatefulSet's pods and how long they live. Upstream: pkg/controller/statefulset/stateful_pod_control.go */
import type { StatefulSet } from '../../api/apps.ts';
import type { PersistentVolumeClaim, Pod } from '../../api/core.ts';
import { controllerRef, type KubeObject, type OwnerReference } from '../../api/meta.ts';
import type { Context } from '../../client/component.ts';
import { equalPlain } from '../../sim/plain.ts';
import { claimName, claimOf, ordinalOf } from './identity.ts';

/** Makes the claims of an ordinal that are missing. Out: why that did not work. */
export function ensureClaims(set: StatefulSet, ordinal: number, ctx: Context): string | undefined {
  const namespace = set.metadata.namespace!;
  const podName = `${set.metadata.name}-${ordinal}`;
  let refusal: string | undefined;
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const name = claimName(set, template, ordinal);
    const known = ctx.list.get<PersistentVolumeClaim>('PersistentVolumeClaim', namespace, name);
    if (known?.metadata.deletionTimestamp !== undefined) refusal ??= `pvc ${name} is being deleted`;
    if (known) continue;
    const r = ctx.api.create<PersistentVolumeClaim>(claimOf(set, template, ordinal));
    if (r.ok) {
      const message = `Create Claim ${name} Pod ${podName} in StatefulSet ${set.metadata.name} success`;
      ctx.events.event(set, { type: 'Normal', reason: 'SuccessfulCreate', message });
    } else if (r.status.reason !== 'AlreadyExists') {
      refusal ??= `failed to create PVC ${name}: ${r.status.message}`;
      const where = `Claim ${name} for Pod ${podName} in StatefulSet ${set.metadata.name}`;
      const message = `Create ${where} failed error: ${r.status.message}`;
      ctx.events.event(set, { type: 'Warning', reason: 'FailedCreate', message });
    }
  }
  return refusal;
}

/** Who should own a claim by the retention policy: the set, the pod that is scaled away, or nobody. */
function ownerFor(set: StatefulSet, pod: Pod, condemned: boolean): KubeObject | undefined {
  const { whenDeleted, whenScaled } = set.spec.persistentVolumeClaimRetentionPolicy ?? {};
  if (condemned && whenScaled === 'Delete') return pod;
  return whenDeleted === 'Delete' ? set : undefined;
}

/** Sets the owners of a pod's claims as the retention policy wants them. */
export function syncClaimOwners(set: StatefulSet, pod: Pod, condemned: boolean, ctx: Context): void {
  const ordinal = ordinalOf(set, pod);
  const owner = ownerFor(set, pod, condemned);
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const name = claimName(set, template, ordinal);
    const claim = ctx.list.get<PersistentVolumeClaim>('PersistentVolumeClaim', set.metadata.namespace, name);
    if (!claim) continue;
    const { ownerReferences = [], ...metadata } = claim.metadata;
    const ours = (ref: OwnerReference): boolean =>
      ref.uid === set.metadata.uid || (ref.kind === 'Pod' && ref.name === pod.metadata.name);
    const foreign = ownerReferences.filter((ref) => !ours(ref));
    if (owner && foreign.some((ref) => ref.controller)) {
      const message = `PersistentVolumeClaim ${name} has a conflicting OwnerReference that acts as a managing controller, the retention policy is ignored for this claim`;
      const known = [
        ...ctx.list.list<KubeObject & { reason?: string; message?: string }>('Event', set.metadata.namespace),
      ];
      if (!known.some((e) => e.reason === 'ConflictingController' && e.message === message))
        ctx.events.event(set, { type: 'Warning', reason: 'ConflictingController', message });
      continue;
    }
    const wanted = owner ? [...foreign, controllerRef(owner)] : foreign;
    if (equalPlain(wanted, ownerReferences)) continue;
    const next = wanted.length ? { ...metadata, ownerReferences: wanted } : metadata;
    ctx.api.update<PersistentVolumeClaim>({ ...claim, metadata: next });
  }
}
