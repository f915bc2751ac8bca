/** One seed, one story: however it is cut into slices, and from whatever snapshot it goes on, it ends in the same bytes. */
import { describe, expect, it } from 'vitest';
import type { Node, Pod } from './api/core.ts';
import type { ApiRequest } from './api/request.ts';
import { Cluster, type Snapshot } from './cluster.ts';
import { components, type KubeletMode } from './components.ts';
import { type Random, RandomSource } from './sim/random.ts';
import type { Ms } from './sim/time.ts';

const START: Ms = Date.UTC(2026, 0, 1);
const END: Ms = START + 300_000;

type Act = { at: Ms } & ({ request: ApiRequest } | { fault: 'stop-kubelet' | 'start-kubelet'; node: string });

const template = (app: string) => ({
  metadata: { labels: { app } },
  spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '500m' } } }] },
});
const selector = (app: string) => ({ matchLabels: { app } });
const meta = (name: string) => ({ name, namespace: 'default' });
const create = (resource: string, body: unknown): ApiRequest => ({
  verb: 'create',
  resource,
  namespace: 'default',
  body,
});
const merge = (resource: string, name: string, body: unknown, namespace?: string): ApiRequest => ({
  verb: 'patch',
  patchType: 'merge',
  resource,
  name,
  body,
  ...(namespace ? { namespace } : {}),
});

const NODES = ['w1', 'w2', 'w3', 'w4'];
const APPS = ['a', 'b', 'c', 'd', 'e', 'f'];
const RESOURCES = [
  'deployments',
  'replicasets',
  'daemonsets',
  'statefulsets',
  'jobs',
  'services',
  'poddisruptionbudgets',
];

function creation(random: Random, app: string): ApiRequest {
  const spec = { replicas: random.int(6), selector: selector(app), template: template(app) };
  switch (random.pick(RESOURCES)) {
    case 'deployments':
      return create('deployments', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta(app), spec });
    case 'replicasets':
      return create('replicasets', { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: meta(app), spec });
    case 'daemonsets':
      return create('daemonsets', {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: meta(app),
        spec: { selector: spec.selector, template: spec.template },
      });
    case 'statefulsets':
      return create('statefulsets', {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: meta(app),
        spec: { ...spec, serviceName: app },
      });
    case 'jobs':
      return create('jobs', {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: meta(app),
        spec: { completions: 4, parallelism: 2, template: { spec: { ...template(app).spec, restartPolicy: 'Never' } } },
      });
    case 'services':
      return create('services', {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: meta(app),
        spec: { selector: { app }, ports: [{ port: 80 }] },
      });
    default:
      return create('poddisruptionbudgets', {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: meta(app),
        spec: { minAvailable: 1, selector: selector(app) },
      });
  }
}

function act(random: Random, at: Ms): Act {
  const app = random.pick(APPS);
  const node = random.pick(NODES);
  const workload = random.pick(RESOURCES.slice(0, 5));
  switch (random.int(9)) {
    case 0:
    case 1:
    case 2:
      return { at, request: creation(random, app) };
    case 3:
      return { at, request: merge('deployments', app, { spec: { replicas: random.int(8) } }, 'default') };
    case 4:
      return {
        at,
        request: merge(
          'deployments',
          app,
          { spec: { template: { spec: { containers: [{ name: 'c', image: `nginx:1.${random.int(9)}` }] } } } },
          'default',
        ),
      };
    case 5:
      return {
        at,
        request: {
          verb: 'delete',
          resource: workload,
          namespace: 'default',
          name: app,
          options: { propagationPolicy: random.pick(['Background', 'Foreground', 'Orphan'] as const) },
        },
      };
    case 6:
      return { at, request: merge('nodes', node, { spec: { unschedulable: random.int(2) === 0 } }) };
    case 7:
      return {
        at,
        request: merge('nodes', node, {
          spec: { taints: random.int(2) ? [{ key: 'k', effect: random.pick(['NoSchedule', 'NoExecute']) }] : null },
        }),
      };
    default:
      return { at, fault: random.pick(['stop-kubelet', 'start-kubelet'] as const), node };
  }
}

function story(seed: number): Act[] {
  const random = new RandomSource(seed).fork('story');
  const acts: Act[] = [];
  for (let at = START + 3000; at < END - 60_000; at += random.int(9000)) acts.push(act(random, at));
  return acts;
}

function newCluster(kubelet: KubeletMode, snapshot?: Snapshot): Cluster {
  const c = new Cluster({ seed: 7, startMs: START, components: components({ kubelet }) }, snapshot);
  if (snapshot) return c;
  const room = { cpu: '4', memory: '8Gi', pods: '110' };
  c.load(
    NODES.map(
      (name) =>
        ({
          apiVersion: 'v1',
          kind: 'Node',
          metadata: { name, labels: { 'kubernetes.io/hostname': name } },
          spec: {},
          status: { capacity: room, allocatable: room },
        }) as never,
    ),
  );
  return c;
}

const plain = (_key: string, value: unknown): unknown =>
  value instanceof Map ? { map: [...value] } : value instanceof Set ? { set: [...value] } : value;
const bytes = (c: Cluster): string => JSON.stringify(c.snapshot(), plain);

function perform(c: Cluster, a: Act): void {
  if ('request' in a) c.request(a.request);
  else c.inject({ type: a.fault, node: a.node });
}

/** Plays the story; `pass` lets time pass up to an instant and may hand back another cluster to go on with. */
function play(seed: number, kubelet: KubeletMode, pass: (c: Cluster, until: Ms) => Cluster): Cluster {
  let c = newCluster(kubelet);
  for (const a of story(seed)) {
    c = pass(c, a.at);
    perform(c, a);
  }
  return pass(c, END);
}

const straight = (c: Cluster, until: Ms): Cluster => {
  c.runUntil(until);
  return c;
};

function inSlices(seed: number): (c: Cluster, until: Ms) => Cluster {
  const random = new RandomSource(seed).fork('slices');
  return (c, until) => {
    while (c.now < until) c.runUntil(Math.min(until, c.now + 1 + random.int(random.int(2) ? 40 : 4000)));
    return c;
  };
}

/** At a few wakes of each stretch the cluster is replaced by one that was made from its snapshot. */
function fromSnapshots(seed: number, kubelet: KubeletMode): (c: Cluster, until: Ms) => Cluster {
  const random = new RandomSource(seed).fork('snapshots');
  return (c, until) => {
    let current = c;
    for (let left = random.int(60); ; left = 40 + random.int(400)) {
      if (current.runUntil(until, () => left-- > 0)) return current;
      current = newCluster(kubelet, JSON.parse(JSON.stringify(current.snapshot())));
    }
  };
}

describe.each<[number, KubeletMode]>([
  [3, 'kwok'],
  [5, 'sim'],
  [9, 'kwok'],
  [14, 'sim'],
  [20, 'kwok'],
  [21, 'sim'],
])('seed %i, kubelets %s', (seed, kubelet) => {
  const first = play(seed, kubelet, straight);
  const expected = bytes(first);

  it('does something', () => {
    expect(first.list.count('Pod')).toBeGreaterThan(0);
    expect(first.list.revision).toBeGreaterThan(200);
  });
  it('ends the same when played again', () => {
    expect(bytes(play(seed, kubelet, straight)) === expected).toBe(true);
  });
  it('ends the same in other slices', () => {
    expect(bytes(play(seed, kubelet, inSlices(seed))) === expected).toBe(true);
  });
  it('ends the same from snapshots on the way', () => {
    const c = play(seed, kubelet, fromSnapshots(seed, kubelet));
    expect(difference(c, first)).toBeUndefined();
  });
  it('keeps what must hold', () => {
    for (const pod of first.list.list<Pod>('Pod')) {
      const ref = pod.metadata.ownerReferences?.[0];
      if (ref && !pod.metadata.deletionTimestamp) expect(first.list.byUid(ref.uid)?.metadata.name).toBe(ref.name);
    }
    for (const node of first.list.list<Node>('Node')) {
      const running = [...first.list.podsOnNode(node.metadata.name)].filter(
        (p) => p.status.phase === 'Running' && p.spec.containers[0]!.resources?.requests,
      );
      expect(running.length).toBeLessThanOrEqual(8);
    }
  });
});

/** The first part of two snapshots that differs, in words. */
function difference(a: Cluster, b: Cluster): string | undefined {
  const [left, right] = [a.snapshot(), b.snapshot()];
  if (JSON.stringify(left, plain) === JSON.stringify(right, plain)) return undefined;
  for (const [i, [kind, objects]] of left.store.kinds.entries()) {
    const others = right.store.kinds[i]?.[1] ?? [];
    for (const [k, o] of objects.entries())
      if (JSON.stringify(o) !== JSON.stringify(others[k]))
        return `${kind}: ${JSON.stringify(o)}\n${JSON.stringify(others[k])}`;
    if (others.length !== objects.length) return `${kind}: ${objects.length} and ${others.length}`;
  }
  for (const part of ['agenda', 'random', 'states'] as const) {
    const [x, y] = [
      left[part] as unknown as Record<string, unknown>,
      right[part] as unknown as Record<string, unknown>,
    ];
    for (const key of Object.keys(x))
      if (JSON.stringify(x[key], plain) !== JSON.stringify(y[key], plain))
        return `${part}.${key}: ${JSON.stringify(x[key], plain)}\n${JSON.stringify(y[key], plain)}`;
  }
  return 'somewhere';
}
