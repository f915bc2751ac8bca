import { parseMilli } from '../../engine/api/quantity.ts';
import type { NodeRow, PodRow } from '../../view/rows.ts';
import { cpu, decimal, memory } from '../parts/format.ts';
import type { Stored } from './facts.ts';

/** One line of the sum capacity − reserved = allocatable, and what of it is asked for. Texts, ready to print. */
export interface Sum {
  resource: string;
  capacity: string;
  reserved: string;
  allocatable: string;
  requested: string;
  free: string;
}

const show = (resource: string, units: number): string => {
  if (resource === 'cpu') return cpu(units * 1000);
  return resource === 'memory' || resource === 'ephemeral-storage' ? memory(units) : decimal(units);
};

function sum(resource: string, capacity: number, allocatable: number, requested: number): Sum {
  return {
    resource,
    capacity: show(resource, capacity),
    reserved: show(resource, capacity - allocatable),
    allocatable: show(resource, allocatable),
    requested: show(resource, requested),
    free: show(resource, allocatable - requested),
  };
}

const units = (text: string | undefined): number => Number(parseMilli(text ?? '0') ?? 0n) / 1000;

/** CPU, memory, pods and extended resources; storage when the node reports it. */
export function sumsOf(node: NodeRow, stored: Stored): Sum[] {
  const storage = stored.status?.capacity?.['ephemeral-storage'];
  return [
    sum('cpu', node.cpuMilli.capacity / 1000, node.cpuMilli.allocatable / 1000, node.cpuMilli.requested / 1000),
    sum('memory', node.memoryBytes.capacity, node.memoryBytes.allocatable, node.memoryBytes.requested),
    sum('pods', units(stored.status?.capacity?.pods) || node.pods.allocatable, node.pods.allocatable, node.pods.count),
    ...(storage
      ? [sum('ephemeral-storage', units(storage), units(stored.status?.allocatable?.['ephemeral-storage']), 0)]
      : []),
    ...node.extended.map((e) =>
      sum(e.name, units(stored.status?.capacity?.[e.name]) || e.allocatable, e.allocatable, e.requested),
    ),
  ];
}

/** Pods of a node, the largest CPU request first, then memory, then name. */
export function podsByRequest(pods: Iterable<PodRow>, node: string): PodRow[] {
  return [...pods]
    .filter((p) => p.node === node)
    .sort((a, b) => b.cpuMilli - a.cpuMilli || b.memoryBytes - a.memoryBytes || (a.name < b.name ? -1 : 1));
}

/** The flags without which kubectl would refuse to drain this node, and only those. */
export function drainCommand(node: string, pods: readonly PodRow[]): string {
  const own = pods.filter((p) => p.node === node && p.form !== 'succeeded' && p.form !== 'failed');
  const flags = [
    ...(own.some((p) => p.owner === 'daemonset') ? ['--ignore-daemonsets'] : []),
    ...(own.some((p) => p.owner === 'none') ? ['--force'] : []),
  ];
  return ['kubectl drain', node, ...flags].join(' ');
}
