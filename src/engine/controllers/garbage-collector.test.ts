import { describe, expect, it } from 'vitest';
import { type Lab, lab } from '../testing/lab.ts';

const map = (name: string, more = ''): string => `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}${more}}}`;
const ownedBy = (uid: string, name = 'owner', more = ''): string =>
  `, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: ${name}, uid: ${uid}${more}}]`;
const maps = (c: Lab): string[] =>
  c
    .all('ConfigMap')
    .filter((o) => o.metadata.namespace === 'default' && o.metadata.name !== 'kube-root-ca.crt')
    .map((o) => o.metadata.name);
const uidOf = (c: Lab, name: string): string => c.get('ConfigMap', name)!.metadata.uid;

describe('dependents', () => {
  it('go with their last owner; a dead reference beside a living one is only stripped', () => {
    const c = lab('');
    c.create([map('owner'), map('other')].join('\n---\n'));
    const [owner, other] = [uidOf(c, 'owner'), uidOf(c, 'other')];
    c.create(map('child', ownedBy(owner)));
    c.create(
      map(
        'both',
        `, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: ${owner}}, {apiVersion: v1, kind: ConfigMap, name: other, uid: ${other}}]`,
      ),
    );
    c.run(1);
    c.delete('ConfigMap', 'owner');
    c.run(1);
    expect(maps(c)).toEqual(['other', 'both']);
    expect(c.get('ConfigMap', 'both')!.metadata.ownerReferences).toHaveLength(1);
    expect(c.disturb()).toEqual([]);
  });

  it('of an owner that never was go at once; so do those of one in another namespace, with a word', () => {
    const c = lab('');
    c.create(map('owner'));
    c.create('{apiVersion: v1, kind: Namespace, metadata: {name: team}}');
    c.create(map('lost', ownedBy('11111111-2222-3333-4444-555555555555')));
    c.create(map('foreign', `, namespace: team${ownedBy(uidOf(c, 'owner'))}`));
    c.run(1);
    expect(c.all('ConfigMap').map((o) => o.metadata.name)).not.toContain('lost');
    expect(c.all('ConfigMap').map((o) => o.metadata.name)).not.toContain('foreign');
    expect(c.events('ConfigMap')[0]).toMatch(
      /^OwnerRefInvalidNamespace ownerRef \[v1\/ConfigMap, namespace: team, name: owner, uid: .*\] does not exist in namespace "team"$/,
    );
  });

  it('foreground: the owner waits for those that block it', () => {
    const c = lab('');
    c.create(map('owner'));
    c.create(
      map(
        'held',
        `, finalizers: [example.com/wait]${ownedBy(uidOf(c, 'owner'), 'owner', ', blockOwnerDeletion: true')}`,
      ),
    );
    c.run(1);
    c.delete('ConfigMap', 'owner', { propagationPolicy: 'Foreground' });
    c.run(2);
    expect(maps(c)).toEqual(['owner', 'held']);
    c.must({
      verb: 'patch',
      patchType: 'merge',
      resource: 'configmaps',
      namespace: 'default',
      name: 'held',
      body: { metadata: { finalizers: null } },
    });
    c.run(1);
    expect(maps(c)).toEqual([]);
  });

  it('orphan: they stay and forget', () => {
    const c = lab('');
    c.create(map('owner'));
    c.create(map('child', ownedBy(uidOf(c, 'owner'))));
    c.run(1);
    c.delete('ConfigMap', 'owner', { propagationPolicy: 'Orphan' });
    c.run(1);
    expect(maps(c)).toEqual(['child']);
    expect(c.get('ConfigMap', 'child')!.metadata.ownerReferences).toBeUndefined();
  });
});

it('a Deployment takes its ReplicaSet and pods along', () => {
  const c = lab('w1');
  c.create(
    '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 3, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}}}',
  );
  c.run(2);
  c.delete('Deployment', 'web', { propagationPolicy: 'Background' });
  c.run(2);
  expect([c.all('ReplicaSet').length, c.pods().length]).toEqual([0, 0]);
});
