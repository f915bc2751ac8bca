/** How pod-making controllers create and delete, with their events. Upstream: pkg/controller/controller_utils.go RealPodControl */
import type { Pod, PodTemplateSpec } from '../../api/core.ts';
import { controllerRef, type KubeObject, type ObjectMeta } from '../../api/meta.ts';
import type { ApiResponse } from '../../api/request.ts';
import type { Draft } from '../../client/client.ts';
import type { Context } from '../../client/component.ts';
import { isNamespaceTerminating, isNotFound } from './result.ts';

/** `web-`, or `web` when a dash would make the prefix no legal pod name. */
function podsPrefix(ownerName: string): string {
  return /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(`${ownerName}-x`) ? `${ownerName}-` : ownerName;
}

/** A pod as a template describes it, owned by `owner`. */
export function podFromTemplate(
  owner: KubeObject,
  template: PodTemplateSpec,
  metadata: Partial<ObjectMeta> = { generateName: podsPrefix(owner.metadata.name) },
): Draft<Pod> {
  const { labels, annotations, finalizers } = (template.metadata ?? {}) as Partial<ObjectMeta>;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(owner.metadata.namespace === undefined ? {} : { namespace: owner.metadata.namespace }),
      ...(labels ? { labels: { ...labels } } : {}),
      ...(annotations ? { annotations: { ...annotations } } : {}),
      ...(finalizers ? { finalizers: [...finalizers] } : {}),
      ...metadata,
      ownerReferences: [controllerRef(owner)],
    },
    spec: template.spec,
  };
}

/** Creates a pod and says so on the owner; a refusal is said too, unless the namespace is going away. */
export function createPod(ctx: Context, owner: KubeObject, pod: Draft<Pod>): ApiResponse<Pod> {
  const r = ctx.api.create<Pod>(pod);
  if (r.ok)
    ctx.events.event(owner, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${r.object!.metadata.name}`,
    });
  else if (!isNamespaceTerminating(r as ApiResponse))
    ctx.events.event(owner, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating: ${r.status.message}`,
    });
  return r;
}

/** Deletes a pod and says so on the owner; one that is already gone is passed over. */
export function deletePod(ctx: Context, owner: KubeObject, pod: Pod): ApiResponse | undefined {
  const r = ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name, {
    preconditions: { uid: pod.metadata.uid },
  });
  if (isNotFound(r)) return undefined;
  if (r.ok)
    ctx.events.event(owner, {
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${pod.metadata.name}`,
    });
  else
    ctx.events.event(owner, {
      type: 'Warning',
      reason: 'FailedDelete',
      message: `Error deleting: ${r.status.message}`,
    });
  return r;
}

/**
 * Slow start: `create` runs in batches of 1, 2, 4 … and no batch follows one with a refusal.
 * Out: the first refusal's words, or `undefined` when all went well.
 */
export function slowStart(count: number, create: (index: number) => ApiResponse<Pod>): string | undefined {
  let done = 0;
  for (let batch = 1; done < count; batch *= 2) {
    const end = Math.min(done + batch, count);
    let refusal: string | undefined;
    for (; done < end; done++) {
      const r = create(done);
      if (!r.ok && !isNamespaceTerminating(r as ApiResponse)) refusal ??= r.status.message;
    }
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
