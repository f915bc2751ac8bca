import { describe, expect, it } from 'vitest';
import { served } from './testing/served.ts';

const { get } = served(1);

describe('Tables and metadata', () => {
  const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

  it('prints rows on the server', async () => {
    const { body } = await get('/api/v1/nodes', TABLE);
    expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    expect(body.columnDefinitions[0]).toEqual({
      name: 'Name',
      type: 'string',
      format: 'name',
      description: '',
      priority: 0,
    });
    expect(body.rows[0]).toMatchObject({
      cells: expect.arrayContaining(['k8s-master', 'control-plane', 'v1.36.3']),
      object: { kind: 'PartialObjectMetadata', metadata: { name: 'k8s-master' } },
    });
    expect((await get('/api/v1/nodes?includeObject=Object', TABLE)).body.rows[0].object.kind).toBe('Node');
    expect((await get('/api/v1/nodes/k8s-master?includeObject=None', TABLE)).body.rows).toMatchObject([
      { object: null },
    ]);
  });

  it('gives metadata alone', async () => {
    const { body } = await get('/api/v1/nodes', 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1');
    expect(body.kind).toBe('PartialObjectMetadataList');
    expect(Object.keys(body.items[0])).toEqual(['kind', 'apiVersion', 'metadata']);
  });

  it('shows kinds that are served and empty', async () => {
    const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    expect((await get(crds)).body).toMatchObject({ kind: 'CustomResourceDefinitionList', items: [] });
    expect(await get(`${crds}/x`)).toMatchObject({
      code: 404,
      body: { message: expect.stringContaining('"x" not found') },
    });
  });
});
