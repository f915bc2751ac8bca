/** Which pods of a node drain removes, and which it refuses to. Upstream: k8s.io/kubectl/pkg/drain/filters.go */
import type { Pod } from '../../engine/api/core.ts';
import { controllerOf, type KubeObject } from '../../engine/api/meta.ts';
import type { Env } from '../command.ts';
import { type Failure, failure } from '../failure.ts';
import { send } from '../resource.ts';
import type { DrainOptions } from './drain.ts';

type Verdict = { go: boolean; warning?: string; error?: string };
const OKAY: Verdict = { go: true };

export interface DrainList {
  pods: Pod[];
  warning: string;
  errors: Failure[];
}

const MIRROR = 'kubernetes.io/config.mirror';
const finished = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

export function podsToDrain(env: Env, node: string, o: DrainOptions): DrainList {
  const answer = send(env, {
    verb: 'list',
    apiVersion: 'v1',
    resource: 'pods',
    fieldSelector: `spec.nodeName=${node}`,
    ...(o.podSelector ? { labelSelector: o.podSelector } : {}),
  });
  const pods: Pod[] = [];
  const warnings = new Map<string, string[]>();
  const errors = new Map<string, string[]>();
  for (const pod of (answer.items ?? []) as unknown as Pod[]) {
    const verdict = judge(env, pod, o);
    if (verdict.go) pods.push(pod);
    const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
    if (verdict.warning) warnings.set(verdict.warning, [...(warnings.get(verdict.warning) ?? []), name]);
    if (verdict.error) errors.set(verdict.error, [...(errors.get(verdict.error) ?? []), name]);
  }
  return {
    pods,
    warning: [...warnings].map(([what, names]) => `${what}: ${names.join(', ')}`).join('; '),
    errors: [...errors].map(([what, names]) => failure(`cannot delete ${what}: ${names.join(', ')}`)),
  };
}

/** The filters in their order; the last one's word stays, and a no ends it. */
function judge(env: Env, pod: Pod, o: DrainOptions): Verdict {
  let verdict = OKAY;
  for (const filter of [skipDeleted, daemonSet, mirror, localStorage, unmanaged]) {
    verdict = filter(env, pod, o);
    if (!verdict.go) return verdict;
  }
  return verdict;
}

type Filter = (env: Env, pod: Pod, o: DrainOptions) => Verdict;

/** Whether a pod has been going for longer than drain is told to wait for. */
export function shouldSkip(env: Env, pod: Pod, seconds: number): boolean {
  const at = pod.metadata.deletionTimestamp;
  return seconds > 0 && at !== undefined && Math.trunc((env.now() - Date.parse(at)) / 1000) > seconds;
}

const skipDeleted: Filter = (env, pod, o) => (shouldSkip(env, pod, o.skipDeletedSeconds) ? { go: false } : OKAY);

const daemonSet: Filter = (env, pod, o) => {
  const owner = controllerOf(pod as unknown as KubeObject);
  if (owner?.kind !== 'DaemonSet' || owner.apiVersion !== 'apps/v1' || finished(pod)) return OKAY;
  const set = env.request({
    verb: 'get',
    apiVersion: 'apps/v1',
    resource: 'daemonsets',
    namespace: pod.metadata.namespace!,
    name: owner.name,
  });
  if (!set.ok) {
    if (set.status.code === 404 && o.force) return { go: true, warning: set.status.message };
    return { go: false, error: set.status.message };
  }
  if (!o.ignoreDaemonSets) return { go: false, error: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
  return { go: false, warning: 'ignoring DaemonSet-managed Pods' };
};

const mirror: Filter = (_env, pod) => (pod.metadata.annotations?.[MIRROR] === undefined ? OKAY : { go: false });

const localStorage: Filter = (_env, pod, o) => {
  if (!(pod.spec.volumes ?? []).some((v) => 'emptyDir' in v && v.emptyDir) || finished(pod)) return OKAY;
  if (!o.deleteEmptyDirData)
    return { go: false, error: 'Pods with local storage (use --delete-emptydir-data to override)' };
  return { go: true, warning: 'deleting Pods with local storage' };
};

const unmanaged: Filter = (_env, pod, o) => {
  if (finished(pod) || controllerOf(pod as unknown as KubeObject)) return OKAY;
  if (o.force) return { go: true, warning: 'deleting Pods that declare no controller' };
  return { go: false, error: 'Pods that declare no controller (use --force to override)' };
};
