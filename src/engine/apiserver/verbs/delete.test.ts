import { describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../api/request.ts';
import { testServer } from '../../testing/server.ts';

const pod = (name: string, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...metadata },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
});
const configMap = (name: string, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
});
const remove = (resource: string, name: string, options: ApiRequest['options'] = {}): ApiRequest => ({
  verb: 'delete',
  resource,
  namespace: 'default',
  name,
  options,
});

describe('pods', () => {
  it('without a node are gone at once', () => {
    const t = testServer();
    t.create(pod('a'));
    const r = t.handle(remove('pods', 'a'));
    expect(r).toMatchObject({ ok: true, status: { status: 'Success', details: { name: 'a', kind: 'pods' } } });
    expect(t.get('Pod', 'a')).toBeUndefined();
    expect(t.events.at(-1)).toMatchObject({ type: 'DELETED', kind: 'Pod' });
  });

  it('on a node get their grace period, and the kubelet takes them away', () => {
    const t = testServer();
    t.create(pod('a', { nodeName: 'n', terminationGracePeriodSeconds: 20 }));
    const r = t.handle(remove('pods', 'a'));
    expect(r.ok && r.object!.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:20Z',
      deletionGracePeriodSeconds: 20,
      generation: 2,
    });
    t.handle({ ...remove('pods', 'a', { gracePeriodSeconds: 0 }), user: 'system:kubelet' });
    expect(t.get('Pod', 'a')).toBeUndefined();
  });

  it('a second delete can only shorten', () => {
    const t = testServer();
    t.create(pod('a', { nodeName: 'n' }));
    t.handle(remove('pods', 'a', { gracePeriodSeconds: 20 }));
    t.clock.now += 5000;
    t.handle(remove('pods', 'a', { gracePeriodSeconds: 60 }));
    expect(t.get('Pod', 'a')!.metadata.deletionTimestamp).toBe('2026-01-01T00:00:20Z');
    const before = t.store.revision;
    t.handle(remove('pods', 'a'));
    expect(t.store.revision).toBe(before);
    t.handle(remove('pods', 'a', { gracePeriodSeconds: 10 }));
    expect(t.get('Pod', 'a')!.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:10Z',
      deletionGracePeriodSeconds: 10,
      generation: 2,
    });
  });

  it('that are finished are gone at once', () => {
    const t = testServer();
    const a = t.create(pod('a', { nodeName: 'n' }));
    t.handle({
      verb: 'update',
      resource: 'pods',
      subresource: 'status',
      namespace: 'default',
      name: 'a',
      body: { ...a, status: { phase: 'Succeeded' } },
    });
    t.handle(remove('pods', 'a'));
    expect(t.get('Pod', 'a')).toBeUndefined();
  });

  it('a negative grace period counts as one second', () => {
    const t = testServer();
    t.create(pod('a', { nodeName: 'n' }));
    t.handle(remove('pods', 'a', { gracePeriodSeconds: -5 }));
    expect(t.get('Pod', 'a')!.metadata.deletionGracePeriodSeconds).toBe(1);
  });
});

describe('finalizers', () => {
  it('hold an object until the last one is removed', () => {
    const t = testServer();
    t.create(configMap('held', { finalizers: ['example.com/a', 'example.com/b'] }));
    t.handle(remove('configmaps', 'held'));
    expect(t.get('ConfigMap', 'held')!.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:00Z',
      deletionGracePeriodSeconds: 0,
    });
    const drop = (finalizers: string[] | null) =>
      t.handle({
        verb: 'patch',
        patchType: 'merge',
        resource: 'configmaps',
        namespace: 'default',
        name: 'held',
        body: { metadata: { finalizers } },
      });
    drop(['example.com/b']);
    expect(t.get('ConfigMap', 'held')).toBeDefined();
    drop(null);
    expect(t.get('ConfigMap', 'held')).toBeUndefined();
  });

  it.each([
    ['Foreground', ['foregroundDeletion']],
    ['Orphan', ['orphan']],
  ] as const)('%s leaves the dependents to the collector', (propagationPolicy, finalizers) => {
    const t = testServer();
    t.create(configMap('c'));
    t.handle(remove('configmaps', 'c', { propagationPolicy }));
    expect(t.get('ConfigMap', 'c')!.metadata.finalizers).toEqual(finalizers);
  });

  it('background takes back a foreground deletion', () => {
    const t = testServer();
    t.create(configMap('c'));
    t.handle(remove('configmaps', 'c', { propagationPolicy: 'Foreground' }));
    t.handle(remove('configmaps', 'c', { propagationPolicy: 'Background' }));
    expect(t.get('ConfigMap', 'c')).toBeUndefined();
  });
});

describe('other rules', () => {
  it('a Job without a policy orphans its pods, with a warning', () => {
    const t = testServer();
    t.create({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'j' },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'n' }] } } },
    });
    expect(t.handle(remove('jobs', 'j')).warnings).toEqual([
      'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning',
    ]);
    expect(t.get('Job', 'j')!.metadata.finalizers).toEqual(['orphan']);
  });

  it('a precondition that fails is a conflict', () => {
    const t = testServer();
    const c = t.create(configMap('c'));
    expect(t.say(remove('configmaps', 'c', { preconditions: { uid: 'x' } }))).toBe(
      `409 Conflict: Operation cannot be fulfilled on configmaps "c": Precondition failed: UID in precondition: x, UID in object meta: ${c.metadata.uid}`,
    );
  });

  it('a dry run deletes nothing', () => {
    const t = testServer();
    t.create(configMap('c'));
    expect(t.say({ ...remove('configmaps', 'c'), dryRun: true })).toBe('ok');
    expect(t.get('ConfigMap', 'c')).toBeDefined();
  });

  it('a collection goes by selector', () => {
    const t = testServer();
    for (const [name, app] of [
      ['a', 'x'],
      ['b', 'x'],
      ['c', 'y'],
    ] as const)
      t.create(configMap(name, { labels: { app } }));
    const r = t.handle({
      verb: 'deletecollection',
      resource: 'configmaps',
      namespace: 'default',
      labelSelector: 'app=x',
    });
    expect(r.ok && r.items!.map((o) => o.metadata.name)).toEqual(['a', 'b']);
    expect([...t.store.list('ConfigMap')].map((o) => o.metadata.name)).toEqual(['c']);
  });

  it('a namespace waits for its finalizer, and the update of the last one takes it away', () => {
    const t = testServer({ namespaces: ['x'] });
    t.handle({ verb: 'delete', resource: 'namespaces', name: 'x' });
    const ns = t.get('Namespace', 'x')!;
    expect(ns).toMatchObject({ status: { phase: 'Terminating' }, spec: { finalizers: ['kubernetes'] } });
    t.handle({ verb: 'update', resource: 'namespaces', subresource: 'finalize', name: 'x', body: { ...ns, spec: {} } });
    expect(t.get('Namespace', 'x')).toBeUndefined();
  });
});
