/** The scheduling workloads of `bench` in algorithm mode: snapshot, decide, assume. The caller measures the time. */
import type { Node, Pod, PodSpec } from '../api/core.ts';
import type { AnyObject } from '../api/meta.ts';
import { Placer } from './place.ts';

export interface BenchWorkload {
  name: string;
  nodes: number;
  pods: number;
  /** Makes nodes and pods; only `run` is to be measured. */
  prepare(): { run(): BenchResult };
}

export interface BenchResult {
  placed: number;
  refused: number;
  preempted: number;
}

export const ZONE = 'topology.kubernetes.io/zone';
export const HOSTNAME = 'kubernetes.io/hostname';
const WEB = { matchLabels: { app: 'web' } };

/** Nodes of 4 CPU, 32 GiB and 110 pods in three zones. */
export function benchNode(i: number): Node {
  const name = `node-${i}`;
  const allocatable = { cpu: '4', memory: '32Gi', pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: name,
      resourceVersion: '1',
      creationTimestamp: '',
      labels: { [HOSTNAME]: name, [ZONE]: `zone-${i % 3}` },
    },
    spec: {},
    status: { capacity: allocatable, allocatable },
  };
}

/** Pods of 100m and 500Mi unless asked otherwise. */
export function benchPod(i: number, spec: Partial<PodSpec> = {}, cpu = '100m'): Pod {
  const name = `pod-${i}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      resourceVersion: '1',
      creationTimestamp: '',
      labels: { app: 'web' },
    },
    spec: {
      schedulerName: 'default-scheduler',
      containers: [{ name: 'c', image: 'pause:3.10', resources: { requests: { cpu, memory: '500Mi' } } }],
      ...spec,
    },
    status: { phase: 'Pending' },
  };
}

export const affinity = (field: 'podAffinity' | 'podAntiAffinity', topologyKey: string): Partial<PodSpec> => ({
  affinity: { [field]: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: WEB, topologyKey }] } },
});

export const spread: Partial<PodSpec> = {
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: ZONE, whenUnsatisfiable: 'DoNotSchedule', labelSelector: WEB },
  ],
};

function cluster(nodes: number): Placer {
  const placer = new Placer();
  for (let i = 0; i < nodes; i++) placer.put(benchNode(i) as unknown as AnyObject);
  return placer;
}

function placeAll(placer: Placer, pods: readonly Pod[]): BenchResult {
  const out = { placed: 0, refused: 0, preempted: 0 };
  for (const pod of pods) {
    const { node, candidate } = placer.place(pod);
    if (node) out.placed++;
    else if (candidate) {
      out.preempted++;
      for (const victim of candidate.victims) placer.removePod(victim.key);
      const again = placer.place({ ...pod, status: { ...pod.status, nominatedNodeName: candidate.node } });
      if (again.node) out.placed++;
    } else out.refused++;
  }
  return out;
}

function plain(name: string, nodes: number, pods: number, spec: Partial<PodSpec> = {}): BenchWorkload {
  return {
    name,
    nodes,
    pods,
    prepare() {
      const placer = cluster(nodes);
      const made = Array.from({ length: pods }, (_, i) => benchPod(i, spec));
      return { run: () => placeAll(placer, made) };
    },
  };
}

/** Every node full of four pods of no priority; each newcomer needs one of those rooms. */
function preemption(nodes: number, pods: number): BenchWorkload {
  return {
    name: `preemption-${nodes}x${pods}`,
    nodes,
    pods,
    prepare() {
      const placer = cluster(nodes);
      for (let i = 0; i < nodes * 4; i++) {
        const low = benchPod(i, { nodeName: `node-${i % nodes}`, priority: 0 }, '1');
        placer.put({
          ...low,
          metadata: { ...low.metadata, name: `low-${i}`, uid: `low-${i}` },
          status: { phase: 'Running', startTime: '2026-01-01T00:00:00Z' },
        } as unknown as AnyObject);
      }
      const made = Array.from({ length: pods }, (_, i) => benchPod(i, { priority: 1000 }, '1'));
      return { run: () => placeAll(placer, made) };
    },
  };
}

/** Pods larger than any node, each tried once, beside a hundred that fit. */
function unschedulable(nodes: number, pods: number): BenchWorkload {
  return {
    name: `unschedulable-${nodes}x${pods}`,
    nodes,
    pods,
    prepare() {
      const placer = cluster(nodes);
      const made = Array.from({ length: pods + 100 }, (_, i) => benchPod(i, {}, i % 21 === 20 ? '100m' : '5'));
      return { run: () => placeAll(placer, made) };
    },
  };
}

/** A node and ten pods come and go every twenty pods. */
function churn(nodes: number, pods: number): BenchWorkload {
  return {
    name: `churn-${nodes}x${pods}`,
    nodes,
    pods,
    prepare() {
      const placer = cluster(nodes);
      const made = Array.from({ length: pods }, (_, i) => benchPod(i));
      return {
        run() {
          const out = { placed: 0, refused: 0, preempted: 0 };
          for (let i = 0; i < pods; i += 20) {
            const guests = Array.from({ length: 10 }, (_, k) => benchPod(pods + i + k));
            placer.put(benchNode(nodes + i) as unknown as AnyObject);
            placeAll(placer, guests);
            out.placed += placeAll(placer, made.slice(i, i + 20)).placed;
            for (const g of guests) placer.removePod(`default/${g.metadata.name}`);
            placer.removeNode(`node-${nodes + i}`);
          }
          return out;
        },
      };
    },
  };
}

export const benchWorkloads: readonly BenchWorkload[] = [
  plain('basic-1000x2000', 1000, 2000),
  plain('basic-5000x10000', 5000, 10_000),
  plain('affinity-1000x500', 1000, 500, affinity('podAffinity', ZONE)),
  plain('antiaffinity-1000x500', 1000, 500, affinity('podAntiAffinity', HOSTNAME)),
  plain('spread-1000x1000', 1000, 1000, spread),
  preemption(500, 500),
  unschedulable(1000, 2000),
  churn(1000, 2000),
];
