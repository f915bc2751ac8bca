import { describe, expect, it } from 'vitest';
import { mergePatch, threeWayPatch, twoWayPatch } from './three-way.ts';

type Bag = Record<string, unknown>;
const pod = (spec: Bag): Bag => ({ spec });
const deployment = (containers: Bag[], more: Bag = {}): Bag => ({
  spec: { ...more, template: { spec: { containers } } },
});

describe('threeWayPatch', () => {
  it.each<[name: string, kind: string, last: Bag, file: Bag, live: Bag, patch: Bag]>([
    ['nothing to do', 'ConfigMap', { data: { a: '1' } }, { data: { a: '1' } }, { data: { a: '1' } }, {}],
    [
      'a changed value',
      'ConfigMap',
      { data: { a: '1' } },
      { data: { a: '2' } },
      { data: { a: '1' } },
      { data: { a: '2' } },
    ],
    [
      'a key that left the file',
      'ConfigMap',
      { data: { a: '1', b: '2' } },
      { data: { a: '1' } },
      { data: { a: '1', b: '2' } },
      { data: { b: null } },
    ],
    ['a key of somebody else stays', 'ConfigMap', {}, { data: { a: '1' } }, { data: { a: '1', other: 'x' } }, {}],
    [
      'a scaled object goes back to its file',
      'Deployment',
      { spec: { replicas: 3 } },
      { spec: { replicas: 3 } },
      { spec: { replicas: 5 } },
      { spec: { replicas: 3 } },
    ],
    [
      'a replica count that is in no file stays',
      'Deployment',
      { spec: {} },
      { spec: {} },
      { spec: { replicas: 5 } },
      {},
    ],
    [
      'a container is found by its name',
      'Deployment',
      deployment([{ name: 'a', image: 'x:1' }]),
      deployment([{ name: 'a', image: 'x:2' }]),
      deployment([{ name: 'a', image: 'x:1', imagePullPolicy: 'Always' }]),
      {
        spec: {
          template: {
            spec: { '$setElementOrder/containers': [{ name: 'a' }], containers: [{ image: 'x:2', name: 'a' }] },
          },
        },
      },
    ],
    [
      'a renamed container is removed and added',
      'Deployment',
      deployment([{ name: 'a', image: 'x' }]),
      deployment([{ name: 'b', image: 'x' }]),
      deployment([{ name: 'a', image: 'x' }]),
      {
        spec: {
          template: {
            spec: {
              '$setElementOrder/containers': [{ name: 'b' }],
              containers: [
                { name: 'b', image: 'x' },
                { $patch: 'delete', name: 'a' },
              ],
            },
          },
        },
      },
    ],
    [
      'tolerations are replaced whole',
      'Pod',
      pod({ tolerations: [{ key: 'a' }] }),
      pod({ tolerations: [{ key: 'b' }] }),
      pod({ tolerations: [{ key: 'a' }, { key: 'c' }] }),
      pod({ tolerations: [{ key: 'b' }] }),
    ],
    [
      'a volume of another type retains only its new keys',
      'Pod',
      pod({ volumes: [{ name: 'v', emptyDir: {} }] }),
      pod({ volumes: [{ name: 'v', configMap: { name: 'c' } }] }),
      pod({ volumes: [{ name: 'v', emptyDir: {} }] }),
      pod({
        '$setElementOrder/volumes': [{ name: 'v' }],
        volumes: [{ $retainKeys: ['configMap', 'name'], configMap: { name: 'c' }, emptyDir: null, name: 'v' }],
      }),
    ],
    [
      'finalizers are a set',
      'Pod',
      { metadata: { finalizers: ['a', 'b'] } },
      { metadata: { finalizers: ['b', 'c'] } },
      { metadata: { finalizers: ['a', 'b', 'x'] } },
      {
        metadata: {
          '$deleteFromPrimitiveList/finalizers': ['a'],
          '$setElementOrder/finalizers': ['b', 'c'],
          finalizers: ['c'],
        },
      },
    ],
  ])('%s', (_, kind, last, file, live, patch) => {
    expect(threeWayPatch(kind, last, file, live)).toEqual(patch);
  });
});

it('twoWayPatch removes what is gone', () => {
  expect(twoWayPatch('Node', { spec: { a: 1, b: 2 } }, { spec: { a: 1, c: 3 } })).toEqual({ spec: { b: null, c: 3 } });
});

it('mergePatch sets, removes and replaces lists', () => {
  expect(mergePatch({ a: 1, b: { c: 1, d: [1] } }, { b: { c: 1, d: [2] }, e: 5 })).toEqual({
    a: null,
    b: { d: [2] },
    e: 5,
  });
});
