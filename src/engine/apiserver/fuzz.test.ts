import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESOURCES } from '../api/discovery.ts';
import type { AnyObject } from '../api/meta.ts';
import type { ApiRequest, PatchType, Verb } from '../api/request.ts';
import { clonePlain } from '../sim/plain.ts';
import { testServer } from '../testing/server.ts';
import { type FieldType, rootType, type StructType, structType } from './schema/schema.ts';

const RUNS = 1000;
const junk = fc.oneof(
  fc.constantFrom(null, '', 'x', 0, -1, 1.5, 1e21, true, [], {}, [null], [{}], 'A b!', '10%', '1Gi', '-5m', '::1'),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A value of a type, often right, sometimes absent or empty. */
function someOf(type: FieldType, depth: number): fc.Arbitrary<unknown> {
  switch (type.is) {
    case 'string':
      return fc.constantFrom('', 'a', 'web', 'TCP', 'Always', 'A_b', 'example.com/x', 'Exists', 'In', '25%');
    case 'bool':
      return fc.boolean();
    case 'int32':
    case 'int64':
      return fc.constantFrom(-1, 0, 1, 80, 70_000);
    case 'quantity':
      return fc.constantFrom('1', '100m', '-1', '1Gi', 5);
    case 'intOrString':
      return fc.constantFrom(1, -1, '25%', 'http', '150%');
    case 'time':
      return fc.constant('2026-01-01T00:00:00Z');
    case 'bytes':
      return fc.constantFrom('', 'YQ==');
    case 'list':
      return fc.array(someOf(type.of, depth - 1), { maxLength: 2 });
    case 'map':
      return fc.dictionary(fc.constantFrom('a', 'b', 'cpu', 'A!'), someOf(type.of, depth - 1), { maxKeys: 2 });
    case 'struct': {
      const struct = structType(type.name);
      return struct && depth > 0 ? objectOf(struct, depth - 1) : fc.constant({});
    }
    default:
      return fc.constant({});
  }
}

function objectOf(struct: StructType, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const fields = [...struct.fields.values()];
  const often = fields.filter((f) => f.always || ['spec', 'name', 'template', 'containers', 'image'].includes(f.name));
  return fc
    .tuple(fc.subarray(often), fc.subarray(fields, { maxLength: Math.min(3, fields.length) }))
    .chain(([a, b]) =>
      fc.record(Object.fromEntries([...a, ...b].map((f) => [f.name, someOf(f.type, depth)]))),
    ) as fc.Arbitrary<Record<string, unknown>>;
}

const kinds = RESOURCES.filter((r) => r.kind !== 'ComponentStatus');
const anyObject = fc.constantFrom(...kinds).chain((info) => {
  const apiVersion = info.group ? `${info.group}/${info.versions[0]}` : info.versions[0]!;
  return objectOf(rootType(apiVersion, info.kind)!, 7).map((o) => ({
    info,
    body: {
      ...o,
      apiVersion,
      kind: info.kind,
      metadata: { name: 'x', ...(o.metadata as object) },
    } as unknown as AnyObject,
  }));
});

/** Answers, says something when it refuses, and has then changed nothing. */
function answers(t: ReturnType<typeof testServer>, r: ApiRequest): boolean {
  const before = t.store.revision;
  const answer = t.handle(r);
  if (!answer.ok) {
    expect(answer.status.message).not.toBe('');
    expect(t.store.revision).toBe(before);
  }
  return answer.ok;
}

describe('whatever is sent', () => {
  it('objects of the right types', () => {
    fc.assert(
      fc.property(anyObject, fc.constantFrom('Strict', 'Ignore'), ({ info, body }, fieldValidation) => {
        const t = testServer();
        const at = { resource: info.plural, apiVersion: body.apiVersion, namespace: 'default' };
        const created = answers(t, { ...at, verb: 'create', body, fieldValidation: fieldValidation as 'Strict' });
        answers(t, { ...at, verb: 'list', table: true });
        if (!created) return;
        const name = body.metadata.name;
        answers(t, { ...at, verb: 'get', name, table: true, managedFields: true });
        answers(t, {
          ...at,
          verb: 'update',
          name,
          body: { ...body, metadata: { ...body.metadata, labels: { a: 'b' } } },
        });
        answers(t, { ...at, verb: 'delete', name });
      }),
      { numRuns: RUNS },
    );
  });

  it('anything at all, by any verb', () => {
    const t = testServer();
    const web = { app: 'web' };
    const seed = [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'x' },
        spec: { nodeName: 'n', containers: [{ name: 'c', image: 'n' }] },
      },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { ports: [{ port: 80 }] } },
      { apiVersion: 'v1', kind: 'Node', metadata: { name: 'x' } },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'x' },
        spec: {
          selector: { matchLabels: web },
          template: { metadata: { labels: web }, spec: { containers: [{ name: 'c', image: 'n' }] } },
        },
      },
    ];
    for (const o of seed) t.create(o);
    const verbs: Verb[] = ['get', 'list', 'create', 'update', 'patch', 'delete', 'deletecollection'];
    const patches: PatchType[] = ['json', 'merge', 'strategic', 'apply'];
    const subresources = [
      undefined,
      'status',
      'scale',
      'binding',
      'eviction',
      'log',
      'exec',
      'finalize',
      'resize',
      'ephemeralcontainers',
      'x',
    ];
    const path = fc.constantFrom(
      '/spec',
      '/metadata',
      '/spec/containers',
      '/spec/containers/0',
      '/metadata/labels',
      '/status',
      '',
    );
    const op = fc.record({
      op: fc.constantFrom('add', 'remove', 'replace', 'test', 'move'),
      path,
      value: junk,
      from: path,
    });
    const body = fc.oneof(
      junk,
      fc.array(op, { maxLength: 2 }),
      fc.record({ spec: junk }),
      fc.record({ metadata: junk }),
      fc.record({
        spec: fc.record({ containers: junk, template: junk, ports: junk, selector: junk }),
        metadata: fc.record({ labels: junk, finalizers: junk }),
      }),
    );
    const request = fc.record({
      verb: fc.constantFrom(...verbs),
      resource: fc.constantFrom('pods', 'services', 'nodes', 'deployments', 'configmaps', 'namespaces', 'widgets'),
      subresource: fc.constantFrom(...subresources),
      patchType: fc.constantFrom(...patches),
      name: fc.constantFrom('x', 'y', 'default'),
      labelSelector: fc.constantFrom(undefined, 'a=b', 'a in (', '!'),
      fieldSelector: fc.constantFrom(undefined, 'spec.nodeName=x', 'a=b', '='),
      fieldManager: fc.constantFrom(undefined, 'm'),
      dryRun: fc.constant(true),
      body,
    });
    fc.assert(
      fc.property(request, (r) => {
        answers(t, { ...clonePlain(r), namespace: 'default' } as ApiRequest);
      }),
      { numRuns: RUNS * 2 },
    );
  });
});
