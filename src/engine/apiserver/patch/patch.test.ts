import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../../sim/plain.ts';
import { applyJsonPatch } from './json.ts';
import { applyMergePatch } from './merge.ts';
import { applyStrategicPatch, goMap, PatchError } from './strategic.ts';

const json = fc.jsonValue({ maxDepth: 3 }).filter((v) => v !== null);
const key = fc.constantFrom('a', 'b', 'c');
const map = fc.dictionary(key, json, { maxKeys: 3 });

describe('JSON merge patch (RFC 7386, appendix A)', () => {
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j + %j', (doc, patch, result) => {
    expect(applyMergePatch(deepFreeze(doc), patch)).toEqual(result);
  });

  it('applied twice it changes nothing more, and never writes into the document', () => {
    fc.assert(
      fc.property(map, map, (doc, patch) => {
        const once = applyMergePatch(deepFreeze(doc), patch);
        expect(applyMergePatch(once, patch)).toEqual(once);
      }),
    );
  });
});

describe('JSON patch (RFC 6902)', () => {
  it.each([
    [{ foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { foo: 'bar', baz: 'qux' }],
    [{ foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }], { foo: ['bar', 'qux', 'baz'] }],
    [{ foo: ['a'] }, [{ op: 'add', path: '/foo/-', value: 'b' }], { foo: ['a', 'b'] }],
    [{ foo: ['a', 'b'] }, [{ op: 'remove', path: '/foo/0' }], { foo: ['b'] }],
    [{ a: { b: 1 } }, [{ op: 'move', from: '/a/b', path: '/c' }], { a: {}, c: 1 }],
    [{ a: [1, 2, 3] }, [{ op: 'move', from: '/a/0', path: '/a/2' }], { a: [2, 3, 1] }],
    [{ a: 1 }, [{ op: 'copy', from: '/a', path: '/b' }], { a: 1, b: 1 }],
    [
      { 'a/b': 1, 'm~n': 2 },
      [
        { op: 'replace', path: '/a~1b', value: 3 },
        { op: 'remove', path: '/m~0n' },
      ],
      { 'a/b': 3 },
    ],
    [{ a: 1 }, [{ op: 'test', path: '/a', value: 1 }], { a: 1 }],
    [{ a: 1 }, [{ op: 'test', path: '/a', value: 2 }], undefined],
    [{ a: 1 }, [{ op: 'remove', path: '/b' }], undefined],
    [{ a: 1 }, [{ op: 'replace', path: '/b', value: 1 }], undefined],
    [{ a: 1 }, [{ op: 'add', path: '/b/c', value: 1 }], undefined],
    [{ a: [1] }, [{ op: 'add', path: '/a/3', value: 1 }], undefined],
    [{ a: 1 }, [{ op: 'jump', path: '/a' }], undefined],
  ])('%j + %j', (doc, ops, result) => {
    expect(applyJsonPatch(deepFreeze(doc), ops)?.value).toEqual(result);
  });

  it('add then remove gives back the document', () => {
    fc.assert(
      fc.property(map, json, (doc, value) => {
        const done = applyJsonPatch(deepFreeze(doc), [
          { op: 'add', path: '/new', value },
          { op: 'test', path: '/new', value },
          { op: 'remove', path: '/new' },
        ]);
        expect(done?.value).toEqual(doc);
      }),
    );
  });
});

const pod = (spec: object) => ({ kind: 'Pod', spec }) as Record<string, unknown>;
const patched = (doc: object, patch: object) =>
  (applyStrategicPatch('Pod', deepFreeze(pod(doc)), { spec: patch }) as { spec: Record<string, unknown> }).spec;

describe('strategic merge patch', () => {
  it.each([
    [
      'containers merge by name',
      { containers: [{ name: 'a', image: '1' }] },
      { containers: [{ name: 'a', image: '2' }] },
      { containers: [{ name: 'a', image: '2' }] },
    ],
    [
      'a new element without an order comes first',
      { containers: [{ name: 'a' }] },
      { containers: [{ name: 'b' }] },
      { containers: [{ name: 'b' }, { name: 'a' }] },
    ],
    [
      'elements are deleted by name',
      { containers: [{ name: 'a' }, { name: 'b' }] },
      { containers: [{ name: 'a', $patch: 'delete' }] },
      { containers: [{ name: 'b' }] },
    ],
    [
      'an order is obeyed',
      { containers: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
      { '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }], containers: [{ name: 'c', image: 'x' }] },
      { containers: [{ name: 'b' }, { name: 'c', image: 'x' }, { name: 'a' }] },
    ],
    [
      'an order alone moves elements',
      { containers: [{ name: 'a' }, { name: 'b' }] },
      { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] },
      { containers: [{ name: 'b' }, { name: 'a' }] },
    ],
    [
      'tolerations are replaced',
      { tolerations: [{ key: 'a' }] },
      { tolerations: [{ key: 'b' }] },
      { tolerations: [{ key: 'b' }] },
    ],
    [
      'a list can be replaced',
      { containers: [{ name: 'a' }] },
      { containers: [{ name: 'b' }, { $patch: 'replace' }] },
      { containers: [{ name: 'b' }] },
    ],
    [
      'a map can be replaced',
      { nodeSelector: { a: '1' } },
      { nodeSelector: { $patch: 'replace', b: '2' } },
      { nodeSelector: { b: '2' } },
    ],
    ['null deletes', { nodeSelector: { a: '1', b: '2' } }, { nodeSelector: { a: null } }, { nodeSelector: { b: '2' } }],
    [
      'a volume changes its source',
      { volumes: [{ name: 'v', emptyDir: {} }] },
      { volumes: [{ name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: { path: '/x' } }] },
      { volumes: [{ name: 'v', hostPath: { path: '/x' } }] },
    ],
  ])('%s', (_, doc, patch, result) => {
    expect(patched(doc, patch)).toEqual(result);
  });

  it('finalizers are a set', () => {
    const doc = deepFreeze({ kind: 'Pod', metadata: { finalizers: ['a/1', 'b/1'] } });
    expect(applyStrategicPatch('Pod', doc, { metadata: { finalizers: ['c/1', 'a/1'] } })).toMatchObject({
      metadata: { finalizers: ['a/1', 'b/1', 'c/1'] },
    });
    expect(
      applyStrategicPatch('Pod', doc, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a/1'] } }),
    ).toMatchObject({ metadata: { finalizers: ['b/1'] } });
  });

  it('an element without its key is refused', () => {
    expect(() => patched({ containers: [{ name: 'a' }] }, { containers: [{ image: 'x' }] })).toThrow(PatchError);
  });

  it('applied twice it changes nothing more', () => {
    const container = fc.record({ name: key, image: fc.constantFrom('1', '2') });
    const containers = fc.uniqueArray(container, { selector: (c) => c.name, maxLength: 3 });
    fc.assert(
      fc.property(containers, containers, (doc, patch) => {
        const once = patched(
          { containers: doc },
          { containers: patch, '$setElementOrder/containers': patch.map((c) => ({ name: c.name })) },
        );
        const twice = patched(once, {
          containers: patch,
          '$setElementOrder/containers': patch.map((c) => ({ name: c.name })),
        });
        expect(twice).toEqual(once);
        const names = (once.containers as { name: string }[]).map((c) => c.name);
        expect(new Set(names)).toEqual(new Set([...doc, ...patch].map((c) => c.name)));
        expect(names.filter((n) => patch.some((c) => c.name === n))).toEqual(patch.map((c) => c.name));
      }),
    );
  });

  it("prints maps as Go's %v does", () => {
    expect(goMap({ spec: { replicas: 'two', list: [1, { a: null }] } })).toBe(
      'map[spec:map[list:[1 map[a:<nil>]] replicas:two]]',
    );
  });
});
