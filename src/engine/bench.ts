/** The workloads of `bench` in whole mode: from the first create through API server, queue, binding and events. */
import type { Pod, PodSpec } from './api/core.ts';
import type { AnyObject } from './api/meta.ts';
import { Cluster } from './cluster.ts';
import { components } from './components.ts';
import {
  affinity,
  type BenchResult,
  type BenchWorkload,
  benchNode,
  benchPod,
  HOSTNAME,
  spread,
  ZONE,
} from './scheduler/bench.ts';
import { schedulerComponent } from './scheduler/scheduler.ts';
import { invariant } from './sim/invariant.ts';
import { NO_LATENCY } from './sim/latency.ts';
import type { Ms } from './sim/time.ts';

const START_MS = 1_767_225_600_000;
/** A workload that has not come to rest by then never will. */
const REST_MS = 3_600_000;

const asObject = (o: unknown): AnyObject => o as AnyObject;

/** A control plane without kubelets: pods are bound and stay so. */
function schedulingCluster(nodes: number): Cluster {
  const cluster = new Cluster({
    seed: 1,
    startMs: START_MS,
    latency: NO_LATENCY,
    components: [schedulerComponent({ latency: NO_LATENCY })],
  });
  cluster.load([
    asObject({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } }),
    ...Array.from({ length: nodes }, (_, i) => asObject(benchNode(i))),
  ]);
  cluster.settleInstant();
  return cluster;
}

/** A pod as somebody creates it: no uid, no times. */
function create(cluster: Cluster, pod: Pod): void {
  const { name, namespace, labels } = pod.metadata;
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec: pod.spec };
  const r = cluster.request({
    verb: 'create',
    resource: 'pods',
    namespace: namespace!,
    body,
    fieldValidation: 'Strict',
  });
  invariant(r.ok, 'the API server takes the workload');
}

function count(cluster: Cluster): BenchResult {
  const out = { placed: 0, refused: 0, preempted: 0 };
  for (const pod of cluster.list.list<Pod>('Pod'))
    if (pod.spec.nodeName) out.placed++;
    else out.refused++;
  return out;
}

/** A workload of the scheduler alone: `start` creates what is to be placed, time passes, and what came of it is counted. */
function scheduling(
  name: string,
  nodes: number,
  pods: number,
  start: (cluster: Cluster) => void,
  more: { prepare?: (cluster: Cluster) => void; passMs?: Ms } = {},
): BenchWorkload {
  return {
    name,
    nodes,
    pods,
    prepare() {
      const cluster = schedulingCluster(nodes);
      more.prepare?.(cluster);
      cluster.settleInstant();
      return {
        run() {
          start(cluster);
          cluster.advance(more.passMs ?? 0);
          return count(cluster);
        },
      };
    },
  };
}

const createMany =
  (pods: number, make: (i: number) => Pod) =>
  (cluster: Cluster): void => {
    for (let i = 0; i < pods; i++) create(cluster, make(i));
  };

const plain = (name: string, nodes: number, pods: number, spec: Partial<PodSpec> = {}): BenchWorkload =>
  scheduling(
    name,
    nodes,
    pods,
    createMany(pods, (i) => benchPod(i, spec)),
  );

/** Every node full of four pods of no priority. */
function fill(cluster: Cluster, nodes: number): void {
  const low = (i: number): AnyObject => {
    const pod = benchPod(i, { nodeName: `node-${i % nodes}`, priority: 0, terminationGracePeriodSeconds: 0 }, '1');
    return asObject({
      ...pod,
      metadata: { ...pod.metadata, name: `low-${i}`, uid: `low-${i}` },
      status: { phase: 'Running' },
    });
  };
  cluster.load([
    ...Array.from({ length: nodes * 4 }, (_, i) => low(i)),
    asObject({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 }),
  ]);
}

const preemption = (nodes: number, pods: number): BenchWorkload =>
  scheduling(
    `preemption-${nodes}x${pods}`,
    nodes,
    pods,
    createMany(pods, (i) => benchPod(i, { priorityClassName: 'high' }, '1')),
    { prepare: (cluster) => fill(cluster, nodes), passMs: 60_000 },
  );

/** Pods larger than any node, tried once, beside a hundred that fit. */
const unschedulable = (nodes: number, pods: number): BenchWorkload =>
  scheduling(
    `unschedulable-${nodes}x${pods}`,
    nodes,
    pods,
    createMany(pods + 100, (i) => benchPod(i, {}, i % 21 === 20 ? '100m' : '5')),
  );

/** A node and ten pods come and go every twenty pods. */
const churn = (nodes: number, pods: number): BenchWorkload =>
  scheduling(`churn-${nodes}x${pods}`, nodes, pods, (cluster) => {
    for (let i = 0; i < pods; i += 20) {
      cluster.load([asObject(benchNode(nodes + i))]);
      createMany(30, (k) => benchPod(k < 10 ? pods + i + k : i + k - 10))(cluster);
      cluster.advance(0);
      for (let k = 0; k < 10; k++) {
        const options = { gracePeriodSeconds: 0 };
        cluster.request({
          verb: 'delete',
          resource: 'pods',
          namespace: 'default',
          name: `pod-${pods + i + k}`,
          options,
        });
      }
      cluster.request({ verb: 'delete', resource: 'nodes', name: `node-${nodes + i}` });
    }
  });

/** One Deployment through controllers, scheduler and kubelets until every pod runs. */
function deployment(nodes: number, pods: number): BenchWorkload {
  return {
    name: `deployment-${nodes}x${pods}`,
    nodes,
    pods,
    prepare() {
      const cluster = new Cluster({
        seed: 1,
        startMs: START_MS,
        latency: NO_LATENCY,
        components: components({ kubelet: 'sim' }),
      });
      cluster.load(Array.from({ length: nodes }, (_, i) => asObject(benchNode(i))));
      cluster.advance(30_000);
      const { labels } = benchPod(0).metadata;
      const body = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: {
          replicas: pods,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: benchPod(0).spec.containers } },
        },
      };
      return {
        run() {
          const r = cluster.request({
            verb: 'create',
            resource: 'deployments',
            namespace: 'default',
            body,
            fieldValidation: 'Strict',
          });
          invariant(r.ok, 'the API server takes the workload');
          const until = cluster.now + REST_MS;
          const ready = (): number =>
            (
              cluster.list.get<AnyObject>('Deployment', 'default', 'web')?.status as
                | { readyReplicas?: number }
                | undefined
            )?.readyReplicas ?? 0;
          while (ready() < pods && cluster.now < until) cluster.advance(1_000);
          return { placed: ready(), refused: pods - ready(), preempted: 0 };
        },
      };
    },
  };
}

export const wholeWorkloads: readonly BenchWorkload[] = [
  plain('basic-1000x2000', 1000, 2000),
  plain('basic-5000x10000', 5000, 10_000),
  plain('affinity-1000x500', 1000, 500, affinity('podAffinity', ZONE)),
  plain('antiaffinity-1000x500', 1000, 500, affinity('podAntiAffinity', HOSTNAME)),
  plain('spread-1000x1000', 1000, 1000, spread),
  preemption(500, 500),
  unschedulable(1000, 2000),
  churn(1000, 2000),
  deployment(100, 1000),
  deployment(1000, 10_000),
];
