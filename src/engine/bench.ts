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

function scheduling(name: string, nodes: number, pods: number, spec: Partial<PodSpec> = {}): BenchWorkload {
  return {
    name,
    nodes,
    pods,
    prepare() {
      const cluster = schedulingCluster(nodes);
      return {
        run() {
          for (let i = 0; i < pods; i++) create(cluster, benchPod(i, spec));
          cluster.advance(0);
          return count(cluster);
        },
      };
    },
  };
}

function preemption(nodes: number, pods: number): BenchWorkload {
  return {
    name: `preemption-${nodes}x${pods}`,
    nodes,
    pods,
    prepare() {
      const cluster = schedulingCluster(nodes);
      const full = Array.from({ length: nodes * 4 }, (_, i) => {
        const low = benchPod(i, { nodeName: `node-${i % nodes}`, priority: 0, terminationGracePeriodSeconds: 0 }, '1');
        return asObject({
          ...low,
          metadata: { ...low.metadata, name: `low-${i}`, uid: `low-${i}` },
          status: { phase: 'Running' },
        });
      });
      cluster.load(full);
      cluster.load([
        asObject({
          apiVersion: 'scheduling.k8s.io/v1',
          kind: 'PriorityClass',
          metadata: { name: 'high' },
          value: 1000,
        }),
      ]);
      cluster.settleInstant();
      return {
        run() {
          for (let i = 0; i < pods; i++) create(cluster, benchPod(i, { priorityClassName: 'high' }, '1'));
          cluster.advance(60_000);
          return count(cluster);
        },
      };
    },
  };
}

/** Pods larger than any node, tried once, beside a hundred that fit. */
function unschedulable(nodes: number, pods: number): BenchWorkload {
  return {
    name: `unschedulable-${nodes}x${pods}`,
    nodes,
    pods,
    prepare() {
      const cluster = schedulingCluster(nodes);
      return {
        run() {
          for (let i = 0; i < pods + 100; i++) create(cluster, benchPod(i, {}, i % 21 === 20 ? '100m' : '5'));
          cluster.advance(0);
          return count(cluster);
        },
      };
    },
  };
}

function churn(nodes: number, pods: number): BenchWorkload {
  return {
    name: `churn-${nodes}x${pods}`,
    nodes,
    pods,
    prepare() {
      const cluster = schedulingCluster(nodes);
      return {
        run() {
          for (let i = 0; i < pods; i += 20) {
            cluster.load([asObject(benchNode(nodes + i))]);
            for (let k = 0; k < 30; k++) create(cluster, benchPod(k < 10 ? pods + i + k : i + k - 10));
            cluster.advance(0);
            for (let k = 0; k < 10; k++)
              cluster.request({
                verb: 'delete',
                resource: 'pods',
                namespace: 'default',
                name: `pod-${pods + i + k}`,
                options: { gracePeriodSeconds: 0 },
              });
            cluster.request({ verb: 'delete', resource: 'nodes', name: `node-${nodes + i}` });
          }
          cluster.advance(0);
          return count(cluster);
        },
      };
    },
  };
}

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
  scheduling('basic-1000x2000', 1000, 2000),
  scheduling('basic-5000x10000', 5000, 10_000),
  scheduling('affinity-1000x500', 1000, 500, affinity('podAffinity', ZONE)),
  scheduling('antiaffinity-1000x500', 1000, 500, affinity('podAntiAffinity', HOSTNAME)),
  scheduling('spread-1000x1000', 1000, 1000, spread),
  preemption(500, 500),
  unschedulable(1000, 2000),
  churn(1000, 2000),
  deployment(100, 1000),
  deployment(1000, 10_000),
];
