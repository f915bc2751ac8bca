import { describe, expect, it } from 'vitest';
import { RESOURCES } from '../../api/discovery.ts';
import { KINDS } from './index.ts';
import { complaints, headers, row } from './testing.ts';

describe('the registry', () => {
  it('knows every served kind, and no other', () => {
    expect([...KINDS.keys()].sort()).toEqual(RESOURCES.map((r) => r.kind).sort());
  });

  it.each(RESOURCES.filter((r) => r.subresources.includes('status')).map((r) => r.kind))('%s has a status', (kind) => {
    expect(KINDS.get(kind)!.hasStatus).toBe(true);
  });

  it.each([...KINDS.keys()].filter((k) => k !== 'ComponentStatus'))(
    '%s: an empty object is judged, not thrown at',
    (kind) => {
      expect(Array.isArray(complaints(kind, {}))).toBe(true);
      expect(headers(kind, true).length).toBeGreaterThan(0);
      if (kind !== 'Event') expect(row(kind, {}, true)).toMatch(/^x/);
    },
  );
});

describe('small kinds', () => {
  it('RuntimeClass', () => {
    expect(complaints('RuntimeClass', { handler: 'Bad One' })).toHaveLength(1);
    expect(row('RuntimeClass', { handler: 'gvisor' })).toBe('x | gvisor | 10m');
  });

  it('PodTemplate', () => {
    expect(headers('PodTemplate')).toBe('NAME | CONTAINERS | IMAGES | POD LABELS');
    const template = {
      metadata: { labels: { b: '2', a: '1' } },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    };
    expect(row('PodTemplate', { template })).toBe('x | c | nginx | a=1,b=2');
  });

  it('ComponentStatus', () => {
    const cells = KINDS.get('ComponentStatus')!.columns.map((c) =>
      c.cell(
        { metadata: { name: 'etcd-0' }, conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }] } as never,
        0,
      ),
    );
    expect(cells).toEqual(['etcd-0', 'Healthy', 'ok', '']);
  });

  it('Image', () => {
    expect(complaints('Image', { spec: { reference: 'a/b', platforms: ['linux/ppc64le', 'amd64'] } })).toEqual([
      'spec.platforms[1]: Invalid value: "amd64": must be os/architecture, as linux/amd64',
    ]);
    expect(row('Image', { spec: { reference: 'a/b', platforms: ['linux/amd64'] } })).toBe(
      'x | a/b | linux/amd64 | 10m',
    );
  });

  it('ServiceAccount', () => {
    expect(headers('ServiceAccount')).toBe('NAME | AGE');
  });
});
