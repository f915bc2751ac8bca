import { describe, expect, it } from 'vitest';
import { testServer } from '../testing/server.ts';

const pod = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
});

describe('one object through its life', () => {
  it('creates, reads, updates, patches and deletes', () => {
    const t = testServer();
    const created = t.create(pod('a'));
    expect(created.metadata).toMatchObject({
      name: 'a',
      namespace: 'default',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
    });
    expect(created.spec).toMatchObject({
      serviceAccountName: 'default',
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
    });
    const at = { apiVersion: 'v1', resource: 'pods', namespace: 'default', name: 'a' };
    expect(t.say({ ...at, verb: 'create', body: pod('a') })).toBe('409 AlreadyExists: pods "a" already exists');
    const patched = t.handle({ ...at, verb: 'patch', patchType: 'merge', body: { metadata: { labels: { a: 'b' } } } });
    expect(patched.ok && patched.object!.metadata.labels).toEqual({ a: 'b' });
    const revision = t.store.revision;
    t.handle({ ...at, verb: 'patch', patchType: 'merge', body: { metadata: { labels: { a: 'b' } } } });
    expect(t.store.revision).toBe(revision);
    expect(t.say({ ...at, verb: 'update', body: created })).toBe(
      '409 Conflict: Operation cannot be fulfilled on pods "a": the object has been modified; please apply your changes to the latest version and try again',
    );
    expect(t.say({ ...at, verb: 'delete' })).toBe('ok');
    expect(t.say({ ...at, verb: 'get' })).toBe('404 NotFound: pods "a" not found');
  });

  it('lists by namespace and name, byte-wise', () => {
    const t = testServer({ namespaces: ['b', 'a'] });
    for (const [namespace, name] of [
      ['b', 'x'],
      ['a', 'z'],
      ['a', 'B'.toLowerCase()],
      ['a', '0'],
    ] as const)
      t.create({ ...pod(name), metadata: { name, namespace } });
    const r = t.handle({ verb: 'list', apiVersion: 'v1', resource: 'pods' });
    expect(r.ok && r.items!.map((o) => `${o.metadata.namespace}/${o.metadata.name}`)).toEqual([
      'a/0',
      'a/b',
      'a/z',
      'b/x',
    ]);
  });

  it('binds a pod once', () => {
    const t = testServer();
    t.create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n', labels: { 'topology.kubernetes.io/zone': 'z' } },
    });
    t.create(pod('a'));
    const bind = {
      verb: 'create',
      apiVersion: 'v1',
      resource: 'pods',
      subresource: 'binding',
      namespace: 'default',
      name: 'a',
      body: { target: { kind: 'Node', name: 'n' } },
    } as const;
    expect(t.say(bind)).toBe('ok');
    expect(t.get('Pod', 'a')).toMatchObject({
      metadata: { labels: { 'topology.kubernetes.io/zone': 'z' } },
      spec: { nodeName: 'n' },
      status: { conditions: [{ type: 'PodScheduled', status: 'True' }] },
    });
    expect(t.say(bind)).toBe(
      '409 Conflict: Operation cannot be fulfilled on pods/binding "a": pod a is already assigned to node "n"',
    );
  });

  it('answers in the version that was asked for', () => {
    const t = testServer();
    const body = {
      apiVersion: 'autoscaling/v1',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'h' },
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 3, targetCPUUtilizationPercentage: 50 },
    };
    const at = { apiVersion: 'autoscaling/v1', resource: 'horizontalpodautoscalers', namespace: 'default' };
    const created = t.handle({ ...at, verb: 'create', body });
    expect(created.ok && created.object).toMatchObject({
      apiVersion: 'autoscaling/v1',
      spec: { targetCPUUtilizationPercentage: 50 },
    });
    expect(t.get('HorizontalPodAutoscaler', 'h')).toMatchObject({
      apiVersion: 'autoscaling/v2',
      spec: { metrics: [{ type: 'Resource' }] },
    });
    const patched = t.handle({
      ...at,
      verb: 'patch',
      name: 'h',
      patchType: 'merge',
      body: { spec: { targetCPUUtilizationPercentage: 60 } },
    });
    expect(patched.ok && patched.object!.spec).toMatchObject({ targetCPUUtilizationPercentage: 60 });
  });

  it('checks a template of a component once, and names always', () => {
    const t = testServer();
    const spec = { containers: [{ name: 'c', image: 'nginx' }] };
    const create = (name: string, of: object) =>
      t.say({
        verb: 'create',
        resource: 'pods',
        namespace: 'default',
        user: 'system:replicaset',
        body: { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: of },
      });
    expect(create('a', spec)).toBe('ok');
    expect(create('b', spec)).toBe('ok');
    expect(create('B!', spec)).toMatch(/^422 Invalid: Pod "B!" is invalid: metadata.name/);
    const bad = { containers: [{ name: 'C!', image: 'nginx' }] };
    expect(create('c', bad)).toMatch(/spec.containers\[0\].name/);
    expect(create('c', bad)).toMatch(/spec.containers\[0\].name/);
  });
});

it('draws nothing in a dry run: what is created later has the same names and UIDs', () => {
  const made = (dryRun: boolean): string => {
    const t = testServer();
    const body = { ...pod('x'), metadata: { generateName: 'x-' } };
    if (dryRun) {
      const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports: [{ port: 80 }] } };
      t.create(body, { dryRun: true });
      t.create(service, { dryRun: true });
    }
    return JSON.stringify(t.create(body).metadata);
  };
  expect(made(true)).toBe(made(false));
});
