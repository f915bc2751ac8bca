import { describe, expect, it } from 'vitest';
import { CONFIG_MAPS, configMap, type Json, served } from './testing/served.ts';

const server = served(1);
const { ask, get } = server;

describe('what the server is', () => {
  it('says its version and health', async () => {
    expect((await get('/version')).body).toMatchObject({ major: '1', minor: '36' });
    for (const path of ['/healthz', '/livez', '/readyz']) expect((await get(path)).body).toEqual({ text: 'ok' });
    expect((await get('//')).body.paths).toContain('/version');
  });

  it('lists groups, versions and resources, one by one', async () => {
    expect((await get('/api')).body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
    const groups = (await get('/apis')).body.groups as Json[];
    expect(groups.find((g) => g.name === 'autoscaling')).toEqual({
      name: 'autoscaling',
      versions: [
        { groupVersion: 'autoscaling/v2', version: 'v2' },
        { groupVersion: 'autoscaling/v1', version: 'v1' },
      ],
      preferredVersion: { groupVersion: 'autoscaling/v2', version: 'v2' },
    });
    const { resources } = (await get('/apis/apps/v1')).body as { resources: Json[] };
    expect(resources.find((r) => r.name === 'deployments')).toMatchObject({
      kind: 'Deployment',
      shortNames: ['deploy'],
    });
    expect(resources.find((r) => r.name === 'deployments/scale')).toMatchObject({
      kind: 'Scale',
      group: 'autoscaling',
    });
    expect((await get('/apis/apps/v2')).code).toBe(404);
  });

  it('lists all in one when asked to', async () => {
    const accept =
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';
    const response = await fetch(`${server.url}/apis`, { headers: { Accept: accept } });
    expect(response.headers.get('content-type')).toBe(
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    );
    const { items } = (await response.json()) as { items: Json[] };
    const policy = items.find((i) => i.metadata.name === 'policy');
    expect(policy?.versions[0].resources[0]).toMatchObject({
      resource: 'poddisruptionbudgets',
      scope: 'Namespaced',
      subresources: [{ subresource: 'status' }],
    });
  });

  it('describes its fields in OpenAPI v3, every reference resolved', async () => {
    const { paths } = (await get('/openapi/v3')).body;
    expect(paths['apis/apps/v1']).toEqual({ serverRelativeURL: '/openapi/v3/apis/apps/v1' });
    for (const { serverRelativeURL } of Object.values(paths) as Json[]) {
      const document = (await get(serverRelativeURL)).body;
      const names = Object.keys(document.components.schemas);
      const used = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/([^"]+)/g)].map((m) => m[1]);
      expect(used.filter((name) => !names.includes(name!))).toEqual([]);
      expect(names.length).toBeGreaterThan(0);
    }
    const apps = (await get('/openapi/v3/apis/apps/v1')).body;
    expect(apps.components.schemas['io.k8s.api.apps.v1.Deployment']['x-kubernetes-group-version-kind']).toEqual([
      { group: 'apps', version: 'v1', kind: 'Deployment' },
    ]);
    const { patch } = apps.paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'];
    expect(patch.parameters.map((p: Json) => p.name)).toContain('fieldValidation');
    expect((await get('/openapi/v2')).code).toBe(404);
  });

  it.each([
    ['/api/v1/nowhere', 404],
    ['/apis/apps/v1/namespaces/default/pods', 404],
    ['/api/v1/namespaces/default/nodes', 404],
    ['/api/v1/namespaces/%zz/pods', 404],
    ['/metrics', 404],
    ['/api/v1/namespaces/default/pods/x/y/z', 404],
  ])('answers %s with %d and a Status', async (path, code) => {
    expect(await get(path)).toMatchObject({
      code,
      body: { kind: 'Status', status: 'Failure', reason: 'NotFound', code },
    });
  });
});

describe('reading and writing', () => {
  it('creates, reads, updates, deletes, with the codes of each', async () => {
    const made = await ask('POST', CONFIG_MAPS, configMap('a', { k: '1' }));
    expect(made).toMatchObject({
      code: 201,
      body: { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'default' } },
    });
    expect(await ask('POST', CONFIG_MAPS, configMap('a'))).toMatchObject({
      code: 409,
      body: {
        reason: 'AlreadyExists',
        message: 'configmaps "a" already exists',
        details: { name: 'a', kind: 'configmaps' },
      },
    });
    const next = { ...made.body, data: { k: '2' } };
    expect(await ask('PUT', `${CONFIG_MAPS}/a`, next)).toMatchObject({ code: 200, body: { data: { k: '2' } } });
    expect(await ask('PUT', `${CONFIG_MAPS}/a`, next)).toMatchObject({ code: 409, body: { reason: 'Conflict' } });
    expect(await ask('DELETE', `${CONFIG_MAPS}/a`)).toMatchObject({
      code: 200,
      body: { kind: 'Status', status: 'Success', details: { name: 'a', kind: 'configmaps' } },
    });
    expect(await get(`${CONFIG_MAPS}/a`)).toMatchObject({ code: 404, body: { message: 'configmaps "a" not found' } });
    expect((await ask('POST', '/api/v1/configmaps', configMap('a'))).code).toBe(405);
    expect((await ask('PUT', CONFIG_MAPS, configMap('a'))).code).toBe(405);
  });

  it('takes YAML, keeps a dry run to itself, and names the writer', async () => {
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: yaml}\ndata: {mode: "yes"}\n';
    const type = { 'Content-Type': 'application/yaml' };
    expect((await ask('POST', `${CONFIG_MAPS}?dryRun=All`, yaml, type)).code).toBe(201);
    expect((await get(`${CONFIG_MAPS}/yaml`)).code).toBe(404);
    const made = await ask('POST', `${CONFIG_MAPS}?fieldManager=me`, yaml, type);
    expect(made.body).toMatchObject({ data: { mode: 'yes' }, metadata: { managedFields: [{ manager: 'me' }] } });
    const text = await (
      await fetch(`${server.url}${CONFIG_MAPS}/yaml`, { headers: { Accept: 'application/yaml' } })
    ).text();
    expect(text).toContain('kind: ConfigMap\n');
  });

  it.each([
    ['application/merge-patch+json', '{"data":{"k":"merged"}}', 'merged'],
    ['application/strategic-merge-patch+json', '{"data":{"k":"strategic"}}', 'strategic'],
    ['application/json-patch+json', '[{"op":"replace","path":"/data/k","value":"json"}]', 'json'],
    ['application/apply-patch+yaml', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  k: applied\n', 'applied'],
  ])('patches with %s', async (type, patch, k) => {
    await ask('POST', CONFIG_MAPS, configMap('patched', { k: 'old' }));
    const query = 'fieldManager=me&force=true';
    const done = await ask('PATCH', `${CONFIG_MAPS}/patched?${query}`, patch, { 'Content-Type': type });
    expect(done).toMatchObject({ code: 200, body: { data: { k } } });
  });

  it('applies what does not exist yet, and refuses another manager', async () => {
    const type = { 'Content-Type': 'application/apply-patch+yaml' };
    const applied = (manager: string, k: string) =>
      ask('PATCH', `${CONFIG_MAPS}/ssa?fieldManager=${manager}`, configMap('ssa', { k }), type);
    expect((await applied('one', '1')).code).toBe(201);
    expect(await applied('two', '2')).toMatchObject({
      code: 409,
      body: { details: { causes: [{ reason: 'FieldManagerConflict', field: '.data.k' }] } },
    });
  });

  it('warns in headers, or refuses unknown fields when told to', async () => {
    const odd = { ...configMap('odd'), 'dat"ä': {} };
    expect(await ask('POST', `${CONFIG_MAPS}?fieldValidation=Strict`, odd)).toMatchObject({
      code: 400,
      body: { reason: 'BadRequest', message: expect.stringContaining('strict decoding error: unknown field') },
    });
    const warned = await ask('POST', CONFIG_MAPS, odd);
    expect(warned.code).toBe(201);
    expect(warned.warning).toMatch(/^299 - "unknown field .*"$/);
  });

  it('passes field errors on as causes', async () => {
    const bad = { ...configMap('Bad_Name') };
    expect(await ask('POST', CONFIG_MAPS, bad)).toMatchObject({
      code: 422,
      body: { reason: 'Invalid', details: { causes: [{ field: 'metadata.name' }] } },
    });
  });

  it.each([
    ['GET', CONFIG_MAPS, undefined, { Accept: 'application/cbor' }, 406],
    ['POST', CONFIG_MAPS, 'x', { 'Content-Type': 'application/cbor' }, 415],
    ['PATCH', `${CONFIG_MAPS}/x`, '{}', { 'Content-Type': 'application/json' }, 415],
    ['POST', CONFIG_MAPS, '{"kind":', {}, 400],
    ['POST', CONFIG_MAPS, '', { 'Content-Type': 'application/json' }, 400],
    ['POST', CONFIG_MAPS, `"${'x'.repeat(3 * 1024 * 1024)}"`, {}, 413],
    ['GET', '/api/v1/pods?labelSelector=a%3D%3D%3Db', undefined, {}, 400],
    ['GET', '/api/v1/pods?watch=1&labelSelector=a%3D%3D%3Db', undefined, {}, 400],
  ] as const)('refuses %s %s by its form', async (method, path, body, headers, code) => {
    expect(await ask(method, path, body, headers)).toMatchObject({ code, body: { kind: 'Status', code } });
  });

  it('deletes a collection by its selector alone', async () => {
    for (const [name, group] of [
      ['d1', 'x'],
      ['d2', 'x'],
      ['d3', 'y'],
    ] as const)
      await ask('POST', CONFIG_MAPS, configMap(name, {}, { group }));
    const gone = await ask('DELETE', `${CONFIG_MAPS}?labelSelector=group%3Dx`);
    expect(gone).toMatchObject({ code: 200, body: { kind: 'ConfigMapList', items: [{}, {}] } });
    const left = (await get(`${CONFIG_MAPS}?labelSelector=group`)).body.items as Json[];
    expect(left.map((o) => o.metadata.name)).toEqual(['d3']);
  });
});
