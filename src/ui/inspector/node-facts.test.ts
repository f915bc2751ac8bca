import { describe, expect, it } from 'vitest';
import { clusterNodes, clusterPods, fakePod } from '../testing/fake-rows.ts';
import { drainCommand, podsByRequest, sumsOf } from './node-facts.ts';

describe('a node in numbers', () => {
  it('adds up: capacity less reserved is allocatable, allocatable less requested is free', () => {
    const node = clusterNodes().find((n) => n.name === 'worker-x86')!;
    const [cpu, memory, pods] = sumsOf(node, { status: { capacity: { pods: '110' } } });
    expect(cpu).toEqual({
      resource: 'cpu',
      capacity: '4',
      reserved: '0.2',
      allocatable: '3.8',
      requested: '1.7',
      free: '2.1',
    });
    expect(memory).toMatchObject({ capacity: '8 GiB', reserved: '819 MiB', allocatable: '7.2 GiB' });
    expect(pods).toMatchObject({ capacity: '110', reserved: '0', allocatable: '110' });
  });

  it('shows storage only when it is reported', () => {
    const node = clusterNodes()[0]!;
    expect(sumsOf(node, {}).map((s) => s.resource)).toEqual(['cpu', 'memory', 'pods']);
    const stored = {
      status: { capacity: { 'ephemeral-storage': '100Gi' }, allocatable: { 'ephemeral-storage': '90Gi' } },
    };
    expect(sumsOf(node, stored).at(-1)).toMatchObject({
      capacity: '100 GiB',
      reserved: '10 GiB',
      allocatable: '90 GiB',
    });
  });

  it('lists pods by request', () => {
    const names = podsByRequest(clusterPods(), 'worker-ppc64le').map((p) => p.cpuMilli);
    expect(names).toEqual([...names].sort((a, b) => b - a));
    expect(names[0]).toBe(1000);
  });

  it.each([
    [['daemonset', 'replicaset'], 'kubectl drain w --ignore-daemonsets'],
    [['none'], 'kubectl drain w --force'],
    [['replicaset', 'static'], 'kubectl drain w'],
  ] as const)('drain needs for %j: %s', (owners, line) => {
    const pods = owners.map((owner, i) => fakePod('p', String(i), 'running', { node: 'w', owner }));
    expect(drainCommand('w', pods)).toBe(line);
  });
});
