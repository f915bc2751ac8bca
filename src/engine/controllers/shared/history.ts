/** ControllerRevisions: the former templates of DaemonSets and StatefulSets. Upstream: pkg/controller/history */
import type { ControllerRevision } from '../../api/apps.ts';
import type { PodTemplateSpec } from '../../api/core.ts';
import { controllerRef, type KubeObject } from '../../api/meta.ts';
import type { Context } from '../../client/component.ts';
import { equalPlain } from '../../sim/plain.ts';
import { compareText } from './order.ts';

/** The patch that puts a template back. */
export const templatePatch = (template: PodTemplateSpec): unknown => ({
  spec: { template: { ...template, $patch: 'replace' } },
});

export const byRevision = (a: ControllerRevision, b: ControllerRevision): number =>
  a.revision - b.revision ||
  compareText(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
  compareText(a.metadata.name, b.metadata.name);

interface RevisionDraft {
  name: string;
  labels: Record<string, string>;
  annotations?: Record<string, string> | undefined;
  data: unknown;
}

/**
 * The revision with this data: an existing one (given the newest number when it is not the last) or a new one.
 * `undefined` when the name belongs to another revision, so that the caller counts a collision, or when it was refused.
 */
export function ensureRevision(
  ctx: Context,
  owner: KubeObject,
  revisions: readonly ControllerRevision[],
  draft: RevisionDraft,
): { revision: ControllerRevision } | { collision: boolean } {
  const sorted = [...revisions].sort(byRevision);
  const same = sorted.findLast((r) => equalPlain(r.data, draft.data));
  const others = sorted.filter((r) => r !== same && !equalPlain(r.data, draft.data));
  const next = (others.at(-1)?.revision ?? 0) + 1;
  if (same) {
    if (same.revision >= next) return { revision: same };
    const r = ctx.api.update<ControllerRevision>({ ...same, revision: next });
    return { revision: r.ok ? r.object! : same };
  }
  const r = ctx.api.create<ControllerRevision>({
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: draft.name,
      namespace: owner.metadata.namespace!,
      labels: draft.labels,
      ...(draft.annotations ? { annotations: draft.annotations } : {}),
      ownerReferences: [controllerRef(owner)],
    },
    data: draft.data,
    revision: next,
  });
  return r.ok ? { revision: r.object! } : { collision: r.status.reason === 'AlreadyExists' };
}

/** Deletes the oldest revisions beyond `limit` that `isLive` does not hold. */
export function truncateHistory(
  ctx: Context,
  old: readonly ControllerRevision[],
  limit: number,
  isLive: (r: ControllerRevision) => boolean,
): void {
  let surplus = old.length - limit;
  for (const r of [...old].sort(byRevision)) {
    if (surplus <= 0) return;
    if (isLive(r)) continue;
    ctx.api.delete('ControllerRevision', r.metadata.namespace, r.metadata.name);
    surplus--;
  }
}
