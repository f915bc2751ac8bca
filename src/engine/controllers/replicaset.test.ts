import { expect, it } from 'vitest';
import type { ReplicaSet } from '../api/apps.ts';
import { lab } from '../testing/lab.ts';

const SET = `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}
`;

it('makes its pods and then writes nothing', () => {
  const c = lab('w1');
  c.create(SET);
  c.run(5);
  expect(c.pods()).toEqual(['web-R Running w1', 'web-R Running w1']);
  expect(c.events('ReplicaSet')).toEqual([
    'SuccessfulCreate Created pod: web-R',
    'SuccessfulCreate Created pod: web-R',
  ]);
  expect(c.get<ReplicaSet>('ReplicaSet', 'web')!.status).toEqual({
    replicas: 2,
    fullyLabeledReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    terminatingReplicas: 0,
    observedGeneration: 1,
  });
  expect(c.disturb()).toEqual([]);
});

it('adopts a bare pod that matches, releases one that no longer does', () => {
  const c = lab('w1');
  c.create(
    '{apiVersion: v1, kind: Pod, metadata: {name: solo, labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}',
  );
  c.run(2);
  c.create(SET);
  c.run(2);
  expect(c.pods()).toEqual(['solo Running w1', 'web-R Running w1']);
  c.patch('Pod', 'solo', { metadata: { labels: { app: 'free' } } });
  c.run(2);
  expect(c.pods()).toEqual(['solo Running w1', 'web-R Running w1', 'web-R Running w1']);
  expect(c.get('Pod', 'solo')!.metadata.ownerReferences).toBeUndefined();
  c.patch('Pod', 'solo', { metadata: { labels: { app: 'web' } } });
  c.run(2);
  expect(c.pods()).toEqual(['solo Running w1', 'web-R Running w1']);
  expect(c.disturb()).toEqual([]);
});
