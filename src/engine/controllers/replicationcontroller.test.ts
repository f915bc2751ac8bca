import { expect, it } from 'vitest';
import type { ReplicationController } from '../api/core.ts';
import { lab } from '../testing/lab.ts';

it('adopts what matches, makes the rest, shrinks', () => {
  const c = lab('w1');
  c.create(
    '{apiVersion: v1, kind: Pod, metadata: {name: solo, labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}',
  );
  c.run(2);
  c.create(`
apiVersion: v1
kind: ReplicationController
metadata: {name: old}
spec:
  replicas: 3
  selector: {app: web}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}
`);
  c.run(2);
  expect(c.pods()).toEqual(['old-R Running w1', 'old-R Running w1', 'solo Running w1']);
  expect(c.get('Pod', 'solo')!.metadata.ownerReferences).toMatchObject([
    { kind: 'ReplicationController', apiVersion: 'v1' },
  ]);
  expect(c.get<ReplicationController>('ReplicationController', 'old')!.status).toEqual({
    replicas: 3,
    fullyLabeledReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    observedGeneration: 1,
  });
  c.patch('ReplicationController', 'old', { spec: { replicas: 1 } });
  c.run(2);
  expect(c.pods()).toHaveLength(1);
  expect(c.disturb()).toEqual([]);
});
