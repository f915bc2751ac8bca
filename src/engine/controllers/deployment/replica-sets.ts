/** A Deployment's ReplicaSets: which is new, which are old, and how one is made. Upstream: pkg/controller/deployment/sync.go */
import type { Deployment, ReplicaSet } from '../../api/apps.ts';
import type { PodTemplateSpec } from '../../api/core.ts';
import { controllerRef } from '../../api/meta.ts';
import { matchesSelector } from '../../api/selector.ts';
import type { Context } from '../../client/component.ts';
import { equalPlain } from '../../sim/plain.ts';
import { claim } from '../shared/claim.ts';
import { templateHash } from '../shared/hash.ts';
import { byAge } from '../shared/order.ts';
import { resolveFenceposts } from '../shared/scale.ts';
import {
  type Annotations,
  copiedAnnotations,
  DESIRED_REPLICAS,
  HASH_LABEL,
  MAX_REPLICAS,
  newReplicaSetAnnotations,
  REVISION,
  revisionOf,
} from './annotations.ts';

/** What one sync works on; read anew after each write. */
export interface Family {
  /** The ReplicaSet with the Deployment's template, when there is one. */
  newRs: ReplicaSet | undefined;
  /** All others, oldest first. */
  oldRss: ReplicaSet[];
}

export const allOf = (f: Family): ReplicaSet[] => (f.newRs ? [...f.oldRss, f.newRs] : f.oldRss);
export const replicasOf = (rs: ReplicaSet): number => rs.spec.replicas ?? 1;
export const wantedReplicas = (d: Deployment): number => d.spec.replicas ?? 1;
export const isActiveSet = (rs: ReplicaSet): boolean => replicasOf(rs) > 0;
export const totalSpec = (sets: readonly ReplicaSet[]): number => sets.reduce((sum, rs) => sum + replicasOf(rs), 0);
export const totalAvailable = (sets: readonly ReplicaSet[]): number =>
  sets.reduce((sum, rs) => sum + (rs.status?.availableReplicas ?? 0), 0);

export const isRolling = (d: Deployment): boolean => (d.spec.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';

/** Pods that may exist above `spec.replicas` during an update. */
export function maxSurge(d: Deployment): number {
  if (!isRolling(d)) return 0;
  const { maxSurge: surge, maxUnavailable: unavailable } = d.spec.strategy?.rollingUpdate ?? {};
  return resolveFenceposts(surge ?? '25%', unavailable ?? '25%', wantedReplicas(d)).surge;
}

/** Pods that may be missing below `spec.replicas` during an update. */
export function maxUnavailable(d: Deployment): number {
  const wanted = wantedReplicas(d);
  if (!isRolling(d) || wanted === 0) return 0;
  const { maxSurge: surge, maxUnavailable: unavailable } = d.spec.strategy?.rollingUpdate ?? {};
  return Math.min(resolveFenceposts(surge ?? '25%', unavailable ?? '25%', wanted).unavailable, wanted);
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  if (template.metadata?.labels?.[HASH_LABEL] === undefined) return template;
  const { [HASH_LABEL]: _, ...labels } = template.metadata.labels;
  return { ...template, metadata: { ...template.metadata, labels } };
}

const sameTemplate = (a: PodTemplateSpec, b: PodTemplateSpec): boolean => equalPlain(withoutHash(a), withoutHash(b));

/** The ReplicaSets of a Deployment as they are now, adopting and releasing on the way. */
export function loadFamily(d: Deployment, ctx: Context): Family {
  const sets = claim<ReplicaSet>(ctx, d, 'ReplicaSet', (rs) => matchesSelector(d.spec.selector, rs.metadata.labels));
  sets.sort(byAge);
  const newRs = sets.find((rs) => sameTemplate(rs.spec.template, d.spec.template));
  return { newRs, oldRss: sets.filter((rs) => rs !== newRs) };
}

const maxRevision = (sets: readonly ReplicaSet[]): number =>
  sets.reduce((most, rs) => Math.max(most, revisionOf(rs)), 0);

/** Gives an existing new ReplicaSet its revision and annotations, and the Deployment the same revision. */
export function syncRevision(d: Deployment, f: Family, ctx: Context): Family {
  if (!f.newRs) return f;
  const annotations = newReplicaSetAnnotations(d, f.newRs, maxRevision(f.oldRss) + 1);
  const minReadySeconds = d.spec.minReadySeconds ?? 0;
  let newRs = f.newRs;
  if (!equalPlain(annotations, newRs.metadata.annotations) || (newRs.spec.minReadySeconds ?? 0) !== minReadySeconds) {
    const spec =
      (newRs.spec.minReadySeconds ?? 0) === minReadySeconds ? newRs.spec : { ...newRs.spec, minReadySeconds };
    const r = ctx.api.update<ReplicaSet>({ ...newRs, metadata: { ...newRs.metadata, annotations }, spec });
    if (r.ok) newRs = r.object!;
  }
  writeRevision(d, revisionOf(newRs), ctx);
  return { ...f, newRs };
}

/** Notes the revision on the Deployment: a status write, which (as upstream) leaves the generation alone. */
export function writeRevision(d: Deployment, revision: number, ctx: Context): void {
  if (revisionOf(d) === revision) return;
  const annotations: Annotations = { [REVISION]: String(revision) };
  ctx.api.patch('Deployment', d.metadata.namespace, d.metadata.name, { metadata: { annotations } }, 'merge', 'status');
}

/** What came of making the new ReplicaSet. */
export type Creation = { made: ReplicaSet } | { collision: true } | { refusal: string; name: string; silent: boolean };

/** The ReplicaSet that a Deployment without one needs, with as many replicas as the strategy allows at once. */
export function createReplicaSet(d: Deployment, f: Family, ctx: Context): Creation {
  const hash = templateHash(d.spec.template, d.status?.collisionCount);
  const name = `${d.metadata.name.slice(0, 253 - hash.length - 1)}-${hash}`;
  const labels = { ...d.spec.template.metadata?.labels, [HASH_LABEL]: hash };
  const wanted = wantedReplicas(d);
  const r = ctx.api.create<ReplicaSet>({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      namespace: d.metadata.namespace!,
      labels,
      annotations: {
        ...copiedAnnotations(d),
        [REVISION]: String(maxRevision(f.oldRss) + 1),
        [DESIRED_REPLICAS]: String(wanted),
        [MAX_REPLICAS]: String(wanted + maxSurge(d)),
      },
      ownerReferences: [controllerRef(d)],
    },
    spec: {
      replicas: newReplicas(d, f),
      ...(d.spec.minReadySeconds ? { minReadySeconds: d.spec.minReadySeconds } : {}),
      selector: { ...d.spec.selector, matchLabels: { ...d.spec.selector.matchLabels, [HASH_LABEL]: hash } },
      template: { ...d.spec.template, metadata: { ...d.spec.template.metadata, labels } },
    },
  });
  if (r.ok) return { made: r.object! };
  if (r.status.reason === 'AlreadyExists') return { collision: true };
  const silent = r.status.details?.causes?.some((c) => c.reason === 'NamespaceTerminating') ?? false;
  return { refusal: r.status.message, name, silent };
}

/** How many replicas the new ReplicaSet may have now. */
export function newReplicas(d: Deployment, f: Family): number {
  const wanted = wantedReplicas(d);
  if (!isRolling(d)) return wanted;
  const has = f.newRs ? replicasOf(f.newRs) : 0;
  const room = wanted + maxSurge(d) - totalSpec(allOf(f));
  return room <= 0 ? has : has + Math.min(room, wanted - has);
}

/** Sets a ReplicaSet's size (and its two size annotations) and says so on the Deployment. Out: whether the size changed. */
export function scaleReplicaSet(d: Deployment, rs: ReplicaSet, size: number, ctx: Context): boolean {
  const wanted = wantedReplicas(d);
  const annotations = {
    ...rs.metadata.annotations,
    [DESIRED_REPLICAS]: String(wanted),
    [MAX_REPLICAS]: String(wanted + maxSurge(d)),
  };
  const before = replicasOf(rs);
  if (before === size && equalPlain(annotations, rs.metadata.annotations)) return false;
  const r = ctx.api.update<ReplicaSet>({
    ...rs,
    metadata: { ...rs.metadata, annotations },
    spec: { ...rs.spec, replicas: size },
  });
  if (!r.ok || before === size) return false;
  const way = size > before ? 'up' : 'down';
  ctx.events.event(d, {
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${way} replica set ${rs.metadata.name} from ${before} to ${size}`,
  });
  return true;
}
