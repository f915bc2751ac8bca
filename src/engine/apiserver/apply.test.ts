import { describe, expect, it } from 'vitest';
import type { AnyObject } from '../api/meta.ts';
import type { ApiRequest } from '../api/request.ts';
import { type TestServer, testServer } from '../testing/server.ts';

const configMap = (data: Record<string, string>): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings' },
  data,
});
const deployment = (spec: object = {}, containers: object[] = [{ name: 'c', image: 'nginx' }]): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers } },
    ...spec,
  },
});
const apply = (o: object, fieldManager = 'kubectl', more: Partial<ApiRequest> = {}): ApiRequest => {
  const body = o as AnyObject;
  return {
    verb: 'patch',
    patchType: 'apply',
    apiVersion: body.apiVersion,
    resource: body.kind === 'ConfigMap' ? 'configmaps' : 'deployments',
    namespace: 'default',
    name: body.metadata.name,
    body,
    fieldManager,
    ...more,
  };
};
const managed = (t: TestServer, resource: string, name: string) => {
  const r = t.handle({ verb: 'get', resource, namespace: 'default', name, managedFields: true });
  return r.ok ? r.object!.metadata.managedFields! : [];
};

describe('server-side apply', () => {
  it('creates, owns what it names, and writes nothing the second time', () => {
    const t = testServer();
    expect(t.handle(apply(configMap({ mode: 'fast' })))).toMatchObject({ ok: true, code: 201 });
    const revision = t.store.revision;
    t.clock.now += 5000;
    expect(t.handle(apply(configMap({ mode: 'fast' })))).toMatchObject({ ok: true, code: 200 });
    expect(t.store.revision).toBe(revision);
    expect(managed(t, 'configmaps', 'settings')).toEqual([
      {
        apiVersion: 'v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { 'f:mode': {} } },
        manager: 'kubectl',
        operation: 'Apply',
        time: '2026-01-01T00:00:00Z',
      },
    ]);
  });

  it('refuses another manager, in the recorded words, unless forced', () => {
    const t = testServer();
    t.handle(apply(configMap({ mode: 'fast' })));
    expect(t.say(apply(configMap({ mode: 'slow' }), 'other'))).toBe(
      '409 Conflict: Apply failed with 1 conflict: conflict with "kubectl": .data.mode',
    );
    expect(t.say(apply(configMap({ mode: 'slow' }), 'other', { force: true }))).toBe('ok');
    expect(managed(t, 'configmaps', 'settings').map((e) => e.manager)).toEqual(['other']);
  });

  it('shares a field whose value both want', () => {
    const t = testServer();
    t.handle(apply(configMap({ mode: 'fast' })));
    expect(t.say(apply(configMap({ mode: 'fast' }), 'other'))).toBe('ok');
    expect(managed(t, 'configmaps', 'settings').map((e) => e.manager)).toEqual(['kubectl', 'other']);
  });

  it('removes what it owned alone and no longer names', () => {
    const t = testServer();
    t.handle(apply(configMap({ a: '1', b: '2' })));
    t.handle(apply(configMap({ b: '2', c: '3' }), 'other'));
    t.handle(apply(configMap({})));
    expect(t.get('ConfigMap', 'settings')!.data).toEqual({ b: '2', c: '3' });
  });

  it('names several conflicts by manager', () => {
    const t = testServer();
    t.create(deployment({ replicas: 2 }), { fieldManager: 'kubectl-client-side-apply' });
    expect(t.say(apply(deployment({ replicas: 3 })))).toBe(
      '409 Conflict: Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using apps/v1: .spec.replicas',
    );
    expect(t.say(apply(deployment({ replicas: 3 }, [{ name: 'c', image: 'nginx:1.27' }])))).toBe(
      '409 Conflict: Apply failed with 2 conflicts: conflicts with "kubectl-client-side-apply" using apps/v1:\n- .spec.replicas\n- .spec.template.spec.containers[name="c"].image',
    );
  });

  it('names fields that the schema does not know', () => {
    const t = testServer();
    expect(t.say(apply(deployment({}, [{ name: 'c', image: 'nginx', imagee: 'x' }])))).toBe(
      '500 : failed to create typed patch object (default/web; apps/v1, Kind=Deployment): .spec.template.spec.containers[name="c"].imagee: field not declared in schema',
    );
  });

  it('removes a container that it alone brought', () => {
    const t = testServer();
    t.handle(
      apply(
        deployment({}, [
          { name: 'a', image: 'x' },
          { name: 'b', image: 'y' },
        ]),
      ),
    );
    t.handle(apply(deployment({}, [{ name: 'b', image: 'y' }])));
    const spec = t.get('Deployment', 'web')!.spec as { template: { spec: { containers: { name: string }[] } } };
    expect(spec.template.spec.containers.map((c) => c.name)).toEqual(['b']);
  });
});

describe('managed fields of updates', () => {
  it('a created deployment is owned field by field, defaults included', () => {
    const t = testServer();
    t.create(deployment());
    const [entry] = managed(t, 'deployments', 'web');
    expect(entry).toMatchObject({ manager: 'kubectl-create', operation: 'Update', apiVersion: 'apps/v1' });
    const spec = (entry!.fieldsV1 as Record<string, Record<string, unknown>>)['f:spec']!;
    expect(Object.keys(spec)).not.toContain('.');
    expect(spec['f:selector']).toEqual({});
    expect(spec['f:strategy']).toEqual({
      'f:rollingUpdate': { '.': {}, 'f:maxSurge': {}, 'f:maxUnavailable': {} },
      'f:type': {},
    });
    expect(spec['f:template']).toMatchObject({
      'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
      'f:spec': { 'f:containers': { 'k:{"name":"c"}': { '.': {}, 'f:image': {}, 'f:name': {}, 'f:resources': {} } } },
    });
    expect(entry!.fieldsV1).not.toHaveProperty('f:status');
  });

  it('an update takes the fields that it changes', () => {
    const t = testServer();
    t.create(deployment({ replicas: 1 }));
    t.handle({
      verb: 'patch',
      apiVersion: 'apps/v1',
      resource: 'deployments',
      namespace: 'default',
      name: 'web',
      body: { spec: { replicas: 2 } },
      fieldManager: 'kubectl-patch',
    });
    const by = new Map(managed(t, 'deployments', 'web').map((e) => [e.manager, e.fieldsV1]));
    expect(by.get('kubectl-patch')).toEqual({ 'f:spec': { 'f:replicas': {} } });
    expect((by.get('kubectl-create') as Record<string, object>)['f:spec']).not.toHaveProperty('f:replicas');
  });

  it('a scaled deployment conflicts by the subresource', () => {
    const t = testServer();
    t.create(deployment({ replicas: 1 }));
    t.handle({
      verb: 'patch',
      patchType: 'merge',
      resource: 'deployments',
      subresource: 'scale',
      namespace: 'default',
      name: 'web',
      body: { spec: { replicas: 3 } },
      fieldManager: 'kubectl',
    });
    expect(t.say(apply(deployment({ replicas: 2 }), 'kubectl'))).toBe(
      '409 Conflict: Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    );
  });

  it('fills in what components own only when asked', () => {
    const t = testServer();
    t.handle({
      verb: 'create',
      apiVersion: 'v1',
      resource: 'pods',
      namespace: 'default',
      user: 'system:replicaset',
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a', labels: { x: 'y' } },
        spec: { containers: [{ name: 'c', image: 'n' }] },
      },
    });
    expect(t.get('Pod', 'a')!.metadata.managedFields![0]).not.toHaveProperty('fieldsV1');
    const [entry] = managed(t, 'pods', 'a');
    expect(entry!.fieldsV1).toMatchObject({ 'f:metadata': { 'f:labels': { '.': {}, 'f:x': {} } } });
    expect((entry!.fieldsV1 as Record<string, object>)['f:spec']).not.toHaveProperty('f:tolerations');
  });
});
