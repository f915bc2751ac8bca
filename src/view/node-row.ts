import type { Node, Pod } from '../engine/api/core.ts';
import { milliOf, unitsOf } from '../engine/api/quantity.ts';
import type { NodeRow } from './rows.ts';

const ROLE = 'node-role.kubernetes.io/';
const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable'];
const COMMON = new Set(['cpu', 'memory', 'pods', 'ephemeral-storage']);

function roles(labels: Record<string, string> = {}): string[] {
  const found = new Set<string>();
  for (const key in labels) {
    if (key.startsWith(ROLE) && key.length > ROLE.length) found.add(key.slice(ROLE.length));
    if (key === 'kubernetes.io/role' && labels[key]) found.add(labels[key]);
  }
  return [...found].sort();
}

function readiness(node: Node): string {
  const ready = node.status.conditions?.find((c) => c.type === 'Ready');
  if (!ready) return 'Unknown';
  return ready.status === 'True' ? 'Ready' : 'NotReady';
}

/** Sums over the pods that hold the node's resources: bound and not finished. */
export interface Usage {
  cpuMilli: number;
  memoryBytes: number;
  pods: number;
  extended: ReadonlyMap<string, number>;
}

/** Names of the resources a node has beside CPU, memory, disk and pods, when it has any of them. */
function extended(node: Node, usage: Usage): NodeRow['extended'] {
  const rows: NodeRow['extended'] = [];
  for (const [name, amount] of Object.entries(node.status.allocatable ?? {})) {
    const allocatable = unitsOf(amount);
    if (COMMON.has(name) || name.startsWith('hugepages-') || name.startsWith('attachable-volumes-') || !allocatable)
      continue;
    rows.push({ name, allocatable, requested: usage.extended.get(name) ?? 0 });
  }
  return rows;
}

/** A node with what its pods request. `down` says that its machine is without power or network. */
export function nodeRow(node: Node, usage: Usage, down: boolean): NodeRow {
  const capacity = node.status.capacity ?? {};
  const allocatable = node.status.allocatable ?? capacity;
  return {
    name: node.metadata.name,
    uid: node.metadata.uid,
    arch: node.metadata.labels?.['kubernetes.io/arch'] ?? node.status.nodeInfo?.architecture ?? '',
    roles: roles(node.metadata.labels),
    status: readiness(node),
    unschedulable: node.spec.unschedulable === true,
    taints: (node.spec.taints ?? []).map((t) => ({ key: t.key, value: t.value ?? '', effect: t.effect })),
    pressure: (node.status.conditions ?? [])
      .filter((c) => PRESSURES.includes(c.type) && c.status === 'True')
      .map((c) => c.type),
    zone: node.metadata.labels?.['topology.kubernetes.io/zone'] ?? '',
    cpuMilli: {
      capacity: milliOf(capacity.cpu),
      allocatable: milliOf(allocatable.cpu),
      requested: usage.cpuMilli,
    },
    memoryBytes: {
      capacity: unitsOf(capacity.memory),
      allocatable: unitsOf(allocatable.memory),
      requested: usage.memoryBytes,
    },
    pods: { allocatable: unitsOf(allocatable.pods), count: usage.pods },
    extended: extended(node, usage),
    down,
  };
}

/** Whether a pod holds resources of its node: until it has ended, however it was told to go. */
export const holdsResources = ({ status }: Pod): boolean => status.phase !== 'Succeeded' && status.phase !== 'Failed';
