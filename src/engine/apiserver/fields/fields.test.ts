import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../../sim/plain.ts';
import { testServer } from '../../testing/server.ts';
import { spotOf } from '../managed-fields.ts';
import { compare, fieldsOf } from './compare.ts';
import { FieldSet, pathText } from './field-set.ts';
import { merged, without } from './merge.ts';

const spot = spotOf({ apiVersion: 'apps/v1', kind: 'Deployment' })!;
const word = fc.constantFrom('a', 'b', 'c');
const container = fc.record(
  {
    name: word,
    image: fc.constantFrom('1', '2'),
    env: fc.uniqueArray(fc.record({ name: word, value: word }), { selector: (e) => e.name, maxLength: 2 }),
    args: fc.array(word, { maxLength: 2 }),
  },
  { requiredKeys: ['name'] },
);
const config = fc.record(
  {
    metadata: fc.record({ labels: fc.dictionary(word, word, { minKeys: 1, maxKeys: 2 }) }),
    spec: fc
      .record(
        {
          replicas: fc.nat(3),
          selector: fc.record({ matchLabels: fc.dictionary(word, word, { minKeys: 1, maxKeys: 1 }) }),
          template: fc.record({
            spec: fc.record({
              containers: fc.uniqueArray(container, { selector: (c) => c.name, minLength: 1, maxLength: 3 }),
            }),
          }),
        },
        { requiredKeys: [] },
      )
      .filter((s) => Object.keys(s).length > 0), // an empty map is a value of its own, and no longer one once somebody fills it
  },
  { requiredKeys: [] },
);

describe('sets of fields', () => {
  it('survive their JSON form', () => {
    fc.assert(
      fc.property(config, (c) => {
        const set = fieldsOf(c, spot);
        expect(FieldSet.fromFieldsV1(set.toFieldsV1()).equals(set)).toBe(true);
      }),
    );
  });

  it('union, intersection and difference fit together', () => {
    fc.assert(
      fc.property(config, config, (a, b) => {
        const x = fieldsOf(a, spot);
        const y = fieldsOf(b, spot);
        const both = x.intersect(y);
        expect(x.minus(y).union(both).equals(x)).toBe(true);
        expect(x.union(y).minus(y).equals(x.minus(y))).toBe(true);
        expect(x.minus(x).empty).toBe(true);
      }),
    );
  });

  it('paths are written as conflicts show them', () => {
    const set = fieldsOf(
      { spec: { replicas: 1, template: { spec: { containers: [{ name: 'c', ports: [{ containerPort: 80 }] }] } } } },
      spot,
    );
    expect([...set.paths()].map(pathText)).toEqual([
      '.spec.replicas',
      '.spec.template.spec.containers[name="c"]',
      '.spec.template.spec.containers[name="c"].name',
      '.spec.template.spec.containers[name="c"].ports[containerPort=80,protocol="TCP"]',
      '.spec.template.spec.containers[name="c"].ports[containerPort=80,protocol="TCP"].containerPort',
    ]);
  });
});

describe('merging a configuration', () => {
  it('twice is like once, and afterwards the object has all that it says', () => {
    fc.assert(
      fc.property(config, config, (live, c) => {
        const once = merged(deepFreeze(live), deepFreeze(c), spot);
        expect(merged(once, c, spot)).toEqual(once);
        const { changed } = compare(once, merged(once, c, spot), spot);
        expect(changed.empty).toBe(true);
        expect(fieldsOf(c, spot).minus(fieldsOf(once, spot)).empty).toBe(true);
      }),
    );
  });

  it('taking its fields out again leaves what others have', () => {
    fc.assert(
      fc.property(config, config, (live, c) => {
        const mine = fieldsOf(c, spot).minus(fieldsOf(live, spot));
        const all = merged(live, c, spot);
        const back = without(all, spot, mine, fieldsOf(live, spot));
        expect(fieldsOf(live, spot).minus(fieldsOf(back, spot)).empty).toBe(true);
        expect(mine.intersect(fieldsOf(back, spot)).empty).toBe(true);
      }),
    );
  });

  it('comparison tells exactly what a change touches', () => {
    fc.assert(
      fc.property(config, config, (a, b) => {
        const d = compare(a, b, spot);
        expect(compare(b, b, spot).changed.empty).toBe(true);
        expect(d.removed.minus(fieldsOf(a, spot)).reaches(['f:spec', 'f:replicas'])).toBe(false);
        if (a.spec?.replicas !== undefined && b.spec?.replicas !== undefined)
          expect(d.changed.has(['f:spec', 'f:replicas'])).toBe(a.spec.replicas !== b.spec.replicas);
      }),
    );
  });
});

describe('two appliers', () => {
  it('who name different keys never conflict, and either may leave', () => {
    const data = (prefix: string) =>
      fc.dictionary(
        word.map((w) => prefix + w),
        word,
        { maxKeys: 3 },
      );
    fc.assert(
      fc.property(data('x'), data('y'), (x, y) => {
        const t = testServer();
        const apply = (fieldManager: string, of: Record<string, string>) =>
          t.say({
            verb: 'patch',
            patchType: 'apply',
            resource: 'configmaps',
            namespace: 'default',
            name: 'c',
            fieldManager,
            body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: of },
          });
        expect([apply('one', x), apply('two', y), apply('one', x)]).toEqual(['ok', 'ok', 'ok']);
        expect(t.get('ConfigMap', 'c')!.data ?? {}).toEqual({ ...x, ...y });
        apply('one', {});
        expect(t.get('ConfigMap', 'c')!.data ?? {}).toEqual(y);
      }),
      { numRuns: 60 },
    );
  });
});
