/** What a Deployment writes on its ReplicaSets. Upstream: pkg/controller/deployment/util/deployment_util.go */
import type { Deployment, ReplicaSet } from '../../api/apps.ts';

export const REVISION = 'deployment.kubernetes.io/revision';
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';
export const ROLLBACK_TO = 'deprecated.deployment.rollback.to';
export const HASH_LABEL = 'pod-template-hash';

/** Characters that the list of former revisions may have. */
const HISTORY_LENGTH_MAX = 2000;

const NOT_COPIED: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  ROLLBACK_TO,
]);

export type Annotations = Record<string, string>;

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;

export const revisionOf = (rs: { metadata: { annotations?: Annotations } }): number =>
  wholeNumber(rs.metadata.annotations?.[REVISION]) ?? 0;
export const desiredReplicasOf = (rs: ReplicaSet): number | undefined =>
  wholeNumber(rs.metadata.annotations?.[DESIRED_REPLICAS]);
export const maxReplicasOf = (rs: ReplicaSet): number | undefined =>
  wholeNumber(rs.metadata.annotations?.[MAX_REPLICAS]);

/** The Deployment's annotations that its ReplicaSets carry too (the change cause among them). */
export function copiedAnnotations(d: Deployment): Annotations {
  const out: Annotations = {};
  for (const [key, value] of Object.entries(d.metadata.annotations ?? {})) if (!NOT_COPIED.has(key)) out[key] = value;
  return out;
}

/** Former revisions with one more, the oldest dropped when the text grows too long. */
function withHistory(history: string | undefined, revision: string): string {
  if (!history) return revision;
  const former = history.split(',');
  let length = history.length + revision.length + 1;
  let start = 0;
  while (length > HISTORY_LENGTH_MAX && start < former.length) length -= former[start++]!.length + 1;
  return length <= HISTORY_LENGTH_MAX ? [...former.slice(start), revision].join(',') : history;
}

/** The annotations an existing new ReplicaSet should have when it is to be `revision`. */
export function newReplicaSetAnnotations(d: Deployment, rs: ReplicaSet, revision: number): Annotations {
  const out: Annotations = { ...rs.metadata.annotations, ...copiedAnnotations(d) };
  const former = out[REVISION];
  if ((wholeNumber(former) ?? 0) >= revision) return out;
  out[REVISION] = String(revision);
  if (former !== undefined) out[REVISION_HISTORY] = withHistory(out[REVISION_HISTORY], former);
  return out;
}
