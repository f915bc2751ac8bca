/** What could be changed about nodes and other pods. */
import type { Node, NodeSelectorRequirement, Pod, Taint } from '../../api/core.ts';
import { keyOf } from '../../api/meta.ts';
import type { PriorityClass } from '../../api/policy.ts';
import { CORDON_TAINT, tolerates } from '../../api/taint.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import { shortfalls } from '../plugins/node-resources-fit.ts';
import { type Change, inNamespace, withSpec } from './remedy.ts';

const keepsOut = (t: Taint): boolean => t.effect === 'NoSchedule' || t.effect === 'NoExecute';
const withNodeSpec = (node: Node, spec: Partial<Node['spec']>): Node => ({ ...node, spec: { ...node.spec, ...spec } });

export function uncordonChanges(pod: Pod, nodes: readonly NodeInfo[]): Change[] {
  return nodes.flatMap(({ name, node }) => {
    if (!node!.spec?.unschedulable || tolerates(pod.spec.tolerations, CORDON_TAINT)) return [];
    const taints = node!.spec.taints?.filter((t) => t.key !== CORDON_TAINT.key);
    return [
      {
        kind: 'uncordon',
        command: `kubectl uncordon ${name}`,
        text: `uncordon ${name}`,
        cost: 1,
        node: withNodeSpec(node!, { unschedulable: false, ...(taints ? { taints } : {}) }),
      } satisfies Change,
    ];
  });
}

export function taintChanges(pod: Pod, nodes: readonly NodeInfo[]): Change[] {
  return nodes.flatMap(({ name, node }) =>
    (node!.spec?.taints ?? []).flatMap((t, i) => {
      if (!keepsOut(t) || t.key === CORDON_TAINT.key || tolerates(pod.spec.tolerations, t)) return [];
      const words = `${t.key}${t.value ? `=${t.value}` : ''}:${t.effect}`;
      return [
        {
          kind: 'taint',
          command: `kubectl taint node ${name} ${words}-`,
          text: `remove the taint ${words} from ${name}`,
          cost: 5,
          node: withNodeSpec(node!, { taints: node!.spec.taints!.filter((_, k) => k !== i) }),
        } satisfies Change,
      ];
    }),
  );
}

/** The labels that the pod asks for and a node could be given. */
function wantedLabels(pod: Pod): [key: string, value: string][] {
  const out: [string, string][] = Object.entries(pod.spec.nodeSelector ?? {});
  const affinity = pod.spec.affinity?.nodeAffinity;
  const terms = [
    ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []),
    ...(affinity?.requiredDuringSchedulingRequiredDuringExecution?.nodeSelectorTerms ?? []),
  ];
  for (const r of terms.flatMap((t): NodeSelectorRequirement[] => t.matchExpressions ?? [])) {
    if (r.operator === 'In' && r.values?.length) out.push([r.key, r.values[0]!]);
    if (r.operator === 'Exists') out.push([r.key, 'true']);
  }
  return out.filter(
    ([key], i) =>
      out.findIndex(([k]) => k === key) === i &&
      !key.startsWith('kubernetes.io/') &&
      !key.startsWith('node.kubernetes.io/'),
  );
}

export function labelChanges(pod: Pod, nodes: readonly NodeInfo[]): Change[] {
  const wanted = wantedLabels(pod);
  return nodes.flatMap(({ name, node }) =>
    wanted.flatMap(([key, value]) => {
      const labels = node!.metadata.labels ?? {};
      if (labels[key] === value) return [];
      const overwrite = labels[key] === undefined ? '' : ' --overwrite';
      return [
        {
          kind: 'label',
          command: `kubectl label node ${name} ${key}=${value}${overwrite}`,
          text: `label ${name} ${key}=${value}`,
          cost: overwrite ? 4 : 2.5,
          node: { ...node!, metadata: { ...node!.metadata, labels: { ...labels, [key]: value } } },
        } satisfies Change,
      ];
    }),
  );
}

/** The fewest pods of a node whose leaving makes the room that is missing; lesser and younger ones first. */
function fewest(info: PodInfo, node: NodeInfo): PodInfo[] | undefined {
  const candidates = node.pods
    .filter(
      (p) =>
        !p.terminating &&
        p.pod.metadata.namespace !== 'kube-system' &&
        !p.pod.metadata.ownerReferences?.some((r) => r.kind === 'DaemonSet' || r.kind === 'Node'),
    )
    .sort((a, b) => a.cls.priority - b.cls.priority || (a.key < b.key ? -1 : 1));
  const fits = (gone: readonly PodInfo[]): boolean => {
    const copy = node.clone();
    for (const p of gone) copy.removePod(p.key);
    return shortfalls(info.cls.requests, copy).length === 0;
  };
  const single = candidates.find((p) => fits([p]));
  if (single) return [single];
  const bySize = [...candidates].sort(
    (a, b) => b.requests.milliCpu - a.requests.milliCpu || b.requests.memory - a.requests.memory,
  );
  for (let n = 2; n <= Math.min(bySize.length, 5); n++) if (fits(bySize.slice(0, n))) return bySize.slice(0, n);
  return undefined;
}

export function deleteChanges(info: PodInfo, nodes: readonly NodeInfo[]): Change[] {
  return nodes.flatMap((node) => {
    const short = shortfalls(info.cls.requests, node);
    if (short.some((s) => s.unresolvable)) return [];
    const gone = short.length ? fewest(info, node) : blockers(node);
    return (gone ? [gone] : []).filter((g) => g.length).map((g) => deleteChange(g, node.name));
  });
}

/** Where there is room, a single pod may stand in the way (a port, an anti-affinity). */
function blockers(node: NodeInfo): PodInfo[] | undefined {
  const suspects = node.pods.filter((p) => p.cls.hostPorts.length || p.cls.antiAffinityTerms.length);
  return suspects.length === 1 ? suspects : undefined;
}

function deleteChange(pods: readonly PodInfo[], node: string): Change {
  const namespaces = [...new Set(pods.map((p) => p.cls.namespace))];
  const command = namespaces
    .map(
      (ns) =>
        `kubectl delete pod${inNamespace(ns)} ${pods
          .filter((p) => p.cls.namespace === ns)
          .map((p) => p.pod.metadata.name)
          .join(' ')}`,
    )
    .join(' && ');
  const names = pods.map((p) => keyOf(p.pod)).join(', ');
  return {
    kind: 'delete',
    command,
    text: `delete ${names} from ${node}`,
    cost: 6 + pods.length,
    without: pods.map((p) => p.key),
  };
}

/** A priority class above the pods that could make room. */
export function priorityChanges(pod: Pod, classes: Iterable<PriorityClass>): Change[] {
  const own = pod.spec.priority ?? 0;
  return [...classes]
    .filter((c) => c.value > own && !c.metadata.name.startsWith('system-') && c.preemptionPolicy !== 'Never')
    .sort((a, b) => a.value - b.value)
    .map((c) => ({
      kind: 'priority',
      command: '',
      text: `give it the priority class ${c.metadata.name} (${c.value}), so that it may evict lesser pods`,
      cost: 7,
      pod: withSpec(pod, {
        priorityClassName: c.metadata.name,
        priority: c.value,
        preemptionPolicy: 'PreemptLowerPriority',
      }),
    }));
}
