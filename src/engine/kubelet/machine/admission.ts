/** Whether a machine takes a pod that was bound to it. Upstream: pkg/kubelet/lifecycle/predicate.go, eviction_manager.go Admit */
import { matchesNode } from '../../api/affinity.ts';
import type { Node, Pod } from '../../api/core.ts';
import { qosClassOf } from '../../api/qos.ts';
import { amounts, podRequests } from '../../api/resources.ts';
import { firstUntolerated, tolerates } from '../../api/taint.ts';
import type { Machine } from './machine.ts';

export interface Refusal {
  reason: string;
  message: string;
}

const CRITICAL = 2_000_000_000;

export const isStatic = (pod: Pod): boolean => {
  const source = pod.metadata.annotations?.['kubernetes.io/config.source'];
  return source !== undefined && source !== 'api';
};

/** Static, mirror or of system priority: never evicted, let in under pressure. */
export const isCritical = (pod: Pod): boolean =>
  isStatic(pod) ||
  pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined ||
  (pod.spec.priority ?? 0) >= CRITICAL;

const failed = (name: string, why: string): Refusal => ({ reason: name, message: `Predicate ${name} failed: ${why}` });

function underPressure(pod: Pod, m: Machine): Refusal | undefined {
  const conditions: string[] = [];
  if (m.memoryLowAt !== undefined) conditions.push('MemoryPressure');
  if (m.diskLowAt !== undefined) conditions.push('DiskPressure');
  if (!conditions.length || isCritical(pod)) return undefined;
  if (conditions.length === 1 && conditions[0] === 'MemoryPressure') {
    const taint = { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' };
    if (qosClassOf(pod.spec) !== 'BestEffort' || tolerates(pod.spec.tolerations, taint)) return undefined;
  }
  return { reason: 'Evicted', message: `The node had condition: [${conditions.join(' ')}]. ` };
}

function resources(pod: Pod, node: Node, others: readonly Pod[]): Refusal | undefined {
  const allocatable = amounts(node.status.allocatable);
  if (others.length + 1 > (allocatable.pods ?? 110)) return outOf('pods', 1, others.length, allocatable.pods ?? 110);
  const wanted = podRequests(pod.spec);
  for (const name in wanted) {
    const need = wanted[name]!;
    const have = allocatable[name];
    if (need === 0 || (have === undefined && name.includes('/'))) continue; // extended resources that the node lacks are not its concern
    let used = 0;
    for (const other of others) used += podRequests(other.spec)[name] ?? 0;
    if (used + need > (have ?? 0)) return outOf(name, need, used, have ?? 0);
  }
  return undefined;
}

const outOf = (name: string, requested: number, used: number, capacity: number): Refusal => ({
  reason: `OutOf${name}`,
  message: `Node didn't have enough resource: ${name}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
});

function hostPorts(pod: Pod): string[] {
  return pod.spec.containers.flatMap((c) =>
    (c.ports ?? []).filter((p) => p.hostPort).map((p) => `${p.protocol ?? 'TCP'}/${p.hostPort}`),
  );
}

/** The refusal, or `undefined`. `others` are the pods that run there already. */
export function admit(pod: Pod, node: Node, m: Machine, others: readonly Pod[]): Refusal | undefined {
  const pressure = underPressure(pod, m);
  if (pressure) return pressure;
  const short = resources(pod, node, others);
  if (short) return short;
  if (!matchesNode(pod, node)) return failed('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
  const ports = hostPorts(pod);
  if (ports.length && others.some((o) => hostPorts(o).some((p) => ports.includes(p))))
    return failed('NodePorts', "node(s) didn't have free ports for the requested pod ports");
  if (!isStatic(pod) && firstUntolerated(node.spec.taints, pod.spec.tolerations, (t) => t.effect === 'NoExecute'))
    return failed('TaintToleration', "node(s) had taints that the pod didn't tolerate");
  return undefined;
}
