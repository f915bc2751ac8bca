import { expect, it } from 'vitest';
import { type Lab, lab } from '../testing/lab.ts';

const team = (c: Lab): void => c.create('{apiVersion: v1, kind: Namespace, metadata: {name: team}}');

it('empties itself five seconds after the delete, pods first, and goes', () => {
  const c = lab('w1');
  team(c);
  c.run(1);
  c.create(
    '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}}}',
    'team',
  );
  c.run(2);
  c.delete('Namespace', 'team');
  c.run(4);
  expect(c.pods('team')).toEqual(['web-H-R Running w1', 'web-H-R Running w1']);
  expect(() => c.create('{apiVersion: v1, kind: ConfigMap, metadata: {name: late}}', 'team')).toThrow(
    'because it is being terminated',
  );
  c.run(20);
  expect(c.get('Namespace', 'team')).toBeUndefined();
  expect(c.all('ReplicaSet')).toEqual([]);
});

it('says what it waits for', () => {
  const c = lab('');
  team(c);
  c.run(1);
  c.create('{apiVersion: v1, kind: ConfigMap, metadata: {name: held, finalizers: [example.com/wait]}}', 'team');
  c.delete('Namespace', 'team');
  c.run(7);
  expect(c.conditions('Namespace', 'team')).toEqual([
    'NamespaceDeletionDiscoveryFailure=False ResourcesDiscovered',
    'NamespaceDeletionGroupVersionParsingFailure=False ParsedGroupVersions',
    'NamespaceDeletionContentFailure=False ContentDeleted',
    'NamespaceContentRemaining=True SomeResourcesRemain',
    'NamespaceFinalizersRemaining=True SomeFinalizersRemain',
  ]);
  expect(c.disturb()).toEqual([]);
  c.must({
    verb: 'patch',
    patchType: 'merge',
    resource: 'configmaps',
    namespace: 'team',
    name: 'held',
    body: { metadata: { finalizers: null } },
  });
  c.run(10);
  expect(c.get('Namespace', 'team')).toBeUndefined();
});
