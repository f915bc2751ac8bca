import { expect, it } from 'vitest';
import type { ConfigMap } from '../api/core.ts';
import { lab } from '../testing/lab.ts';

const NAME = 'kube-root-ca.crt';

it('every namespace has the CA; a changed or deleted one is put right', () => {
  const c = lab('');
  c.create('{apiVersion: v1, kind: Namespace, metadata: {name: team}}');
  c.run(1);
  const made = c.get<ConfigMap>('ConfigMap', NAME, 'team')!.data;
  expect(made!['ca.crt']).toContain('BEGIN CERTIFICATE');
  c.must({
    verb: 'patch',
    patchType: 'merge',
    resource: 'configmaps',
    namespace: 'team',
    name: NAME,
    body: { data: { 'ca.crt': 'x' } },
  });
  c.run(1);
  expect(c.get<ConfigMap>('ConfigMap', NAME, 'team')!.data).toEqual(made);
  c.delete('ConfigMap', NAME, {}, 'team');
  c.run(1);
  expect(c.get<ConfigMap>('ConfigMap', NAME, 'team')!.data).toEqual(made);
  expect(c.disturb()).toEqual([]);
});
