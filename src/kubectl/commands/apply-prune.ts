/** `kubectl apply --prune`: what was applied before and is in no file any more. Upstream: k8s.io/kubectl/pkg/cmd/apply/prune.go */
import type { Env, Parsed } from '../command.ts';
import { type Mapping, mappingOfKind } from '../discovery.ts';
import { failure } from '../failure.ts';
import { LAST_APPLIED } from '../last-applied.ts';
import { cascadeOf, type DryRun } from '../options.ts';
import { ResultPrinter } from '../print/output.ts';
import { type Info, listOf } from '../resource.ts';
import { deleteObject } from '../write.ts';

const NAMESPACED =
  'v1/ConfigMap v1/Endpoints v1/PersistentVolumeClaim v1/Pod v1/ReplicationController v1/Secret v1/Service batch/v1/Job batch/v1/CronJob networking.k8s.io/v1/Ingress apps/v1/DaemonSet apps/v1/Deployment apps/v1/ReplicaSet apps/v1/StatefulSet';
const CLUSTER = 'v1/Namespace v1/PersistentVolume';

function mappingOf(text: string): Mapping {
  const slash = text.lastIndexOf('/');
  const m = mappingOfKind(text.slice(0, slash).replace(/^core\//, ''), text.slice(slash + 1));
  if (!m) throw failure(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
  return m;
}

export function prune(env: Env, p: Parsed, visited: readonly Info[], dryRun: DryRun): void {
  const allowed = p.list('prune-allowlist');
  const mappings = (
    allowed.length ? [...allowed] : [...NAMESPACED.split(' '), ...(p.given('namespace') ? [] : CLUSTER.split(' '))]
  ).map(mappingOf);
  const uids = new Set(visited.map((i) => i.object?.metadata.uid));
  const namespaces = new Set(visited.flatMap((i) => (i.namespace === undefined ? [] : [i.namespace])));
  const printer = new ResultPrinter(env, p, dryRun);
  const work = mappings.flatMap((m) => (m.namespaced ? [...namespaces].map((n) => ({ m, n })) : [{ m, n: '' }]));
  for (const { m, n } of work) {
    const list = listOf(env, { words: [], namespace: n, labelSelector: p.str('selector') }, m);
    for (const o of list.items ?? []) {
      if (!o.metadata.annotations?.[LAST_APPLIED] || uids.has(o.metadata.uid)) continue;
      const info: Info = { mapping: m, namespace: o.metadata.namespace, name: o.metadata.name, source: '' };
      if (dryRun !== 'client') deleteObject(env, info, { propagationPolicy: cascadeOf(env, p) }, dryRun === 'server');
      printer.print(o, m, 'pruned');
    }
  }
}
