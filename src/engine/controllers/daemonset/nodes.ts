/** Which nodes a DaemonSet wants and how its pods are pinned there. Upstream: pkg/controller/daemon/daemon_controller.go, util */
import { matchesNode } from '../../api/affinity.ts';
import type { DaemonSet } from '../../api/apps.ts';
import type { Affinity, Node, Pod, PodSpec, PodTemplateSpec, Toleration } from '../../api/core.ts';
import { firstUntolerated } from '../../api/taint.ts';

export const HASH_LABEL = 'controller-revision-hash';
export const GENERATION_LABEL = 'pod-template-generation';
export const GENERATION = 'deprecated.daemonset.template.generation';

const AUTOMATIC: readonly [key: string, effect: string][] = [
  ['node.kubernetes.io/not-ready', 'NoExecute'],
  ['node.kubernetes.io/unreachable', 'NoExecute'],
  ['node.kubernetes.io/disk-pressure', 'NoSchedule'],
  ['node.kubernetes.io/memory-pressure', 'NoSchedule'],
  ['node.kubernetes.io/pid-pressure', 'NoSchedule'],
  ['node.kubernetes.io/unschedulable', 'NoSchedule'],
];

/** The template's tolerations and those every DaemonSet pod gets. */
export function daemonTolerations(spec: PodSpec): Toleration[] {
  const wanted: Toleration[] = AUTOMATIC.map(([key, effect]) => ({ key, operator: 'Exists', effect }));
  if (spec.hostNetwork)
    wanted.push({ key: 'node.kubernetes.io/network-unavailable', operator: 'Exists', effect: 'NoSchedule' });
  const tolerations = [...(spec.tolerations ?? [])];
  for (const t of wanted) {
    const at = tolerations.findIndex(
      (x) => x.key === t.key && x.effect === t.effect && x.operator === t.operator && !x.value,
    );
    if (at < 0) tolerations.push(t);
    else tolerations[at] = t;
  }
  return tolerations;
}

/** The affinity that allows one node only; all required terms of the template are replaced. */
export function pinned(affinity: Affinity | undefined, nodeName: string): Affinity {
  const term = { matchFields: [{ key: 'metadata.name', operator: 'In', values: [nodeName] }] };
  return {
    ...affinity,
    nodeAffinity: {
      ...affinity?.nodeAffinity,
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] },
    },
  };
}

/** The node a daemon pod stands on or is pinned to. */
export function targetNode(pod: Pod): string | undefined {
  if (pod.spec.nodeName) return pod.spec.nodeName;
  const terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  for (const term of terms ?? [])
    for (const f of term.matchFields ?? [])
      if (f.key === 'metadata.name' && f.operator === 'In' && f.values?.length === 1) return f.values[0];
  return undefined;
}

/** What the daemon pods of one sync are made from. */
export function daemonTemplate(ds: DaemonSet, hash: string): PodTemplateSpec {
  const { template } = ds.spec;
  const generation = ds.metadata.annotations?.[GENERATION];
  const labels = {
    ...template.metadata?.labels,
    ...(generation === undefined ? {} : { [GENERATION_LABEL]: generation }),
    [HASH_LABEL]: hash,
  };
  return {
    metadata: { ...template.metadata, labels },
    spec: { ...template.spec, tolerations: daemonTolerations(template.spec) },
  };
}

export interface Verdict {
  shouldRun: boolean;
  mayContinue: boolean;
}

const NO: Verdict = { shouldRun: false, mayContinue: false };
const YES: Verdict = { shouldRun: true, mayContinue: true };

/** Whether a daemon pod belongs on the node, and whether one that is there may stay. Cordons and room do not matter. */
export function nodeVerdict(ds: DaemonSet, tolerations: readonly Toleration[], node: Node): Verdict {
  const { spec } = ds.spec.template;
  if (spec.nodeName && spec.nodeName !== node.metadata.name) return NO;
  if (!matchesNode({ spec }, node)) return NO;
  const { taints } = node.spec;
  const repelled = firstUntolerated(taints, tolerations, (t) => t.effect === 'NoSchedule' || t.effect === 'NoExecute');
  if (!repelled) return YES;
  const evicted = firstUntolerated(taints, tolerations, (t) => t.effect === 'NoExecute');
  return { shouldRun: false, mayContinue: !evicted };
}
