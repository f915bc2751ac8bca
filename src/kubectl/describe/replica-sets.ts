/** Which ReplicaSets of a Deployment are old and which is its newest. Upstream: k8s.io/kubectl/pkg/util/deployment/deployment.go */
import type { Deployment, ReplicaSet } from '../../engine/api/apps.ts';
import type { PodTemplateSpec } from '../../engine/api/core.ts';
import { controllerOf } from '../../engine/api/meta.ts';
import { equalPlain } from '../../engine/sim/plain.ts';
import type { Env } from '../command.ts';
import { byText, listAll } from './common.ts';

const HASH = 'pod-template-hash';

function sameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  const bare = (t: PodTemplateSpec): unknown => {
    const { [HASH]: _, ...labels } = t.metadata?.labels ?? {};
    return { ...t, metadata: { ...t.metadata, labels } };
  };
  return equalPlain(bare(a), bare(b));
}

/** All ReplicaSets that the Deployment controls, oldest first. */
export function replicaSetsOf(env: Env, d: Deployment): ReplicaSet[] {
  return listAll<ReplicaSet>(env, {
    resource: 'replicasets',
    apiVersion: 'apps/v1',
    namespace: d.metadata.namespace ?? 'default',
  })
    .filter((r) => controllerOf(r)?.uid === d.metadata.uid)
    .sort(
      (a, b) =>
        byText(a.metadata.creationTimestamp, b.metadata.creationTimestamp) || byText(a.metadata.name, b.metadata.name),
    );
}

export function oldAndNewReplicaSets(env: Env, d: Deployment): { old: ReplicaSet[]; current: ReplicaSet | undefined } {
  const all = replicaSetsOf(env, d);
  const current = all.find((r) => sameTemplate(r.spec.template, d.spec.template));
  return { old: all.filter((r) => r !== current), current };
}
