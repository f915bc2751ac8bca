import { expect, it } from 'vitest';
import type { AnyObject } from '../engine/api/meta.ts';
import { Cluster, components, NO_LATENCY } from '../engine/index.ts';
import { Projector } from './projector.ts';
import type { FrameRows } from './rows.ts';

const node = (name: string): AnyObject =>
  ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: {
      capacity: { cpu: '4', memory: '8Gi', pods: '110' },
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
    },
  }) as unknown as AnyObject;

/** A cluster and the rows that a page would have after all frames so far. */
function stage(nodes = 1) {
  const cluster = new Cluster({ seed: 1, startMs: 0, latency: NO_LATENCY, components: components({ kubelet: 'sim' }) });
  cluster.load(Array.from({ length: nodes }, (_, i) => node(`n${i}`)));
  cluster.advance(20_000);
  const projector = new Projector();
  const frame = (): FrameRows => projector.frame(cluster);
  const create = (name: string, spec: object = {}): void => {
    const containers = [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '100m' } } }];
    const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers, ...spec } };
    const r = cluster.request({ verb: 'create', resource: 'pods', namespace: 'default', body });
    if (!r.ok) throw new Error(r.status.message);
  };
  return { cluster, frame, create };
}

const names = (rows: FrameRows): string[] => rows.pods.map((p) => p.name).sort();
const waiting = { nodeSelector: { none: 'such' } };

it('sends everything once, then what changed', () => {
  const { cluster, frame, create } = stage();
  create('a');
  cluster.advance(10_000);
  expect(frame()).toMatchObject({ reset: true, pods: [{ name: 'a', form: 'running' }], nodes: [{ name: 'n0' }] });
  const quiet = frame();
  expect([quiet.reset, quiet.pods, quiet.nodes, quiet.queue]).toEqual([false, [], [], undefined]);
});

it('leaves pods that go on waiting alone when others come and go', () => {
  const { cluster, frame, create } = stage();
  for (const name of ['w1', 'w2']) create(name, waiting);
  cluster.advance(2_000);
  expect(frame().queue?.find((q) => q.lane === 'unschedulable')?.uids).toHaveLength(2);
  create('w3', waiting);
  cluster.advance(2_000);
  const rows = frame();
  expect(names(rows)).toEqual(['w3']);
  expect(rows.pods[0]).toMatchObject({ lane: 'unschedulable', form: 'pending' });
  expect(rows.queue?.find((q) => q.lane === 'unschedulable')?.uids).toHaveLength(3);
});

it('says of a pod when it leaves its lane and since when it is in it', () => {
  const { cluster, frame, create } = stage();
  create('w', { nodeSelector: { disk: 'ssd' } });
  cluster.advance(2_000);
  const before = frame().pods[0]!;
  expect(before).toMatchObject({ lane: 'unschedulable', node: '' });
  cluster.request({
    verb: 'patch',
    resource: 'nodes',
    name: 'n0',
    patchType: 'merge',
    body: { metadata: { labels: { disk: 'ssd' } } },
  });
  cluster.advance(20_000);
  const after = frame().pods.at(-1)!;
  expect(after).toMatchObject({ name: 'w', node: 'n0' });
  expect(after).not.toHaveProperty('lane');
});

it('tells of downloads, back-offs and machines that are down', () => {
  const { cluster, frame, create } = stage();
  create('a', { containers: [{ name: 'c', image: 'nginx:1.27' }] });
  frame();
  let pulled: FrameRows['pods'][number] | undefined;
  for (let i = 0; i < 200 && !pulled; i++) {
    cluster.advance(20);
    pulled = frame().pods.find((p) => p.fact?.kind === 'pull');
  }
  expect(pulled).toMatchObject({ name: 'a', fact: { kind: 'pull' } });
  cluster.inject({ type: 'power-off', node: 'n0' });
  cluster.advance(120_000);
  expect(frame().nodes.at(-1)).toMatchObject({ name: 'n0', down: true });
});

it('tells of a large queue in the end', () => {
  const { cluster, frame, create } = stage();
  for (let i = 0; i < 600; i++) create(`w${i}`, waiting);
  cluster.advance(2_000);
  frame();
  create('last', waiting);
  cluster.advance(2_000);
  const told = Array.from({ length: 5 }, () => frame()).flatMap((rows) => rows.queue ?? []);
  expect(told.find((q) => q.lane === 'unschedulable')?.uids).toHaveLength(601);
});
