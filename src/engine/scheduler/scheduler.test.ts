import { expect, it } from 'vitest';
import type { Pod } from '../api/core.ts';
import type { AnyObject } from '../api/meta.ts';
import { Cluster } from '../cluster.ts';
import { schedulerComponent } from './scheduler.ts';

const cluster = (): Cluster =>
  new Cluster({ seed: 1, startMs: Date.UTC(2026, 0, 1), components: [schedulerComponent()] });

function create(c: Cluster, resource: string, object: Record<string, unknown>, namespace?: string): void {
  const r = c.request({ verb: 'create', resource, body: object, ...(namespace ? { namespace } : {}) });
  if (!r.ok) throw new Error(r.status.message);
}

function node(c: Cluster, name: string, cpu: string): void {
  create(c, 'nodes', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { capacity: { cpu, memory: '8Gi', pods: '110' }, allocatable: { cpu, memory: '8Gi', pods: '110' } },
  });
  const r = c.request({ verb: 'patch', patchType: 'merge', resource: 'nodes', name, body: { spec: { taints: null } } });
  if (!r.ok) throw new Error(r.status.message);
}

function pod(c: Cluster, name: string, cpu: string, more: Record<string, unknown> = {}): void {
  create(
    c,
    'pods',
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }], ...more },
    },
    'default',
  );
}

const where = (c: Cluster): string =>
  [...c.list.list<Pod>('Pod')].map((p) => `${p.metadata.name}:${p.spec.nodeName ?? '-'}`).join(' ');
const messageOf = (c: Cluster, name: string): string | undefined =>
  c.list.get<Pod>('Pod', 'default', name)?.status.conditions?.find((x) => x.type === 'PodScheduled')?.message;

function start(): Cluster {
  const c = cluster();
  create(
    c,
    'serviceaccounts',
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } },
    'default',
  );
  return c;
}

it('binds pods one by one, and says why one does not fit', () => {
  const c = start();
  node(c, 'n1', '2');
  node(c, 'n2', '1');
  pod(c, 'a', '1');
  pod(c, 'b', '1');
  pod(c, 'c', '1500m');
  c.advance(1000);
  expect(where(c)).toBe('a:n1 b:n1 c:-');
  expect(messageOf(c, 'c')).toContain('0/2 nodes are available: 2 Insufficient cpu.');
  const events = [...c.list.list('Event')].map((e) => (e as AnyObject).message);
  expect(events).toContain('Successfully assigned default/a to n1');
});

it('a pod that waits is placed when room appears', () => {
  const c = start();
  pod(c, 'a', '1');
  c.advance(3000);
  expect(messageOf(c, 'a')).toBe('no nodes available to schedule pods');
  node(c, 'n1', '2');
  c.advance(15_000);
  expect(where(c)).toBe('a:n1');
});

it('goes on byte-identically from a snapshot taken anywhere', () => {
  const run = (steps: number): string => {
    const c = start();
    for (let i = 0; i < 4; i++) node(c, `n${i}`, '2');
    for (let i = 0; i < 12; i++) pod(c, `p${i}`, i % 3 ? '500m' : '1200m');
    for (let i = 0; i < steps; i++) c.step();
    const copy = steps < 0 ? c : c.fork();
    copy.advance(30_000);
    const { states, store } = copy.snapshot();
    return JSON.stringify([states, store]);
  };
  const whole = run(-1);
  for (const steps of [0, 1, 3, 7, 12]) expect(run(steps) === whole, `fork after ${steps} wakes`).toBe(true);
});

it('a more important pod evicts a lesser one and takes its room', () => {
  const c = start();
  create(c, 'priorityclasses', {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'high' },
    value: 1000,
  });
  node(c, 'n1', '2');
  pod(c, 'low', '2');
  c.advance(1000);
  pod(c, 'top', '2', { priorityClassName: 'high' });
  c.advance(100);
  const low = c.list.get<Pod>('Pod', 'default', 'low');
  expect(low?.metadata.deletionTimestamp).toBeDefined();
  expect(low?.status.conditions?.find((x) => x.type === 'DisruptionTarget')?.reason).toBe('PreemptionByScheduler');
  expect(c.list.get<Pod>('Pod', 'default', 'top')?.status.nominatedNodeName).toBe('n1');
  expect(messageOf(c, 'top')).toBe('0/1 nodes are available: 1 Insufficient cpu.');
  c.request({
    verb: 'delete',
    resource: 'pods',
    namespace: 'default',
    name: 'low',
    options: { gracePeriodSeconds: 0 },
  });
  c.advance(1000);
  expect(where(c)).toBe('top:n1');
});

it('an event frees whom it concerns', () => {
  const c = start();
  node(c, 'n1', '2');
  pod(c, 'ssd', '1', { nodeSelector: { disk: 'ssd' } });
  pod(c, 'big', '3');
  c.advance(1000);
  const before = (c.view('scheduler') as { attempts: number }).attempts;
  c.request({
    verb: 'patch',
    patchType: 'merge',
    resource: 'nodes',
    name: 'n1',
    body: { metadata: { labels: { disk: 'ssd' } } },
  });
  c.advance(1000);
  expect(where(c)).toBe('ssd:n1 big:-');
  expect((c.view('scheduler') as { attempts: number }).attempts - before).toBe(1);
});

it('takes another configuration while it runs; a name that nobody serves waits', () => {
  const c = start();
  node(c, 'n1', '4');
  node(c, 'n2', '4');
  pod(c, 'a', '1', { schedulerName: 'packer' });
  c.advance(1000);
  expect(where(c)).toBe('a:-');
  const strategy = { type: 'MostAllocated', resources: [{ name: 'cpu', weight: 1 }] };
  const config = {
    apiVersion: 'kubescheduler.config.k8s.io/v1',
    kind: 'KubeSchedulerConfiguration',
    profiles: [
      { schedulerName: 'default-scheduler' },
      { schedulerName: 'packer', pluginConfig: [{ name: 'NodeResourcesFit', args: { scoringStrategy: strategy } }] },
    ],
  };
  c.wake('scheduler', `config:${JSON.stringify(config)}`, c.now);
  pod(c, 'b', '1', { schedulerName: 'packer' });
  c.advance(1000);
  const [a, b] = [...c.list.list<Pod>('Pod')].map((p) => p.spec.nodeName);
  expect(a).toBeTruthy();
  expect(b).toBe(a);
});
