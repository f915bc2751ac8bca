import { expect, it } from 'vitest';
import type { ControllerRevision, StatefulSet } from '../../api/apps.ts';
import type { Pod } from '../../api/core.ts';
import { type Lab, lab } from '../../testing/lab.ts';

const db = (name = 'db', more = '', container = ''): string => `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ${name}}
spec:
  serviceName: ${name}
  replicas: 3
  ${more}
  selector: {matchLabels: {app: ${name}}}
  template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: c, image: "postgres:17"${container}}]}}
`;
const NEVER_READY = ', readinessProbe: {exec: {command: ["false"]}}';

const images = (c: Lab): string =>
  c
    .all<Pod>('Pod')
    .map((p) => `${p.metadata.name}:${p.spec.containers[0]!.image}`)
    .sort()
    .join(' ');

it('starts in order, scales down in reverse', () => {
  const c = lab('w1');
  c.create(db());
  c.run(5);
  expect(c.pods()).toEqual(['db-0 Running w1', 'db-1 Running w1', 'db-2 Running w1']);
  expect(c.get<Pod>('Pod', 'db-1')!.spec).toMatchObject({ hostname: 'db-1', subdomain: 'db' });
  expect(c.get<Pod>('Pod', 'db-1')!.metadata.labels).toMatchObject({
    'apps.kubernetes.io/pod-index': '1',
    'statefulset.kubernetes.io/pod-name': 'db-1',
    'controller-revision-hash': c.all<ControllerRevision>('ControllerRevision')[0]!.metadata.name,
  });
  c.patch('StatefulSet', 'db', { spec: { replicas: 1 } });
  c.run(3);
  expect(c.events('StatefulSet')).toEqual([
    'SuccessfulCreate Create Pod db-0 in StatefulSet db successful',
    'SuccessfulCreate Create Pod db-1 in StatefulSet db successful',
    'SuccessfulCreate Create Pod db-2 in StatefulSet db successful',
    'SuccessfulDelete Delete Pod db-2 in StatefulSet db successful',
    'SuccessfulDelete Delete Pod db-1 in StatefulSet db successful',
  ]);
  expect(c.disturb()).toEqual([]);
});

it('waits for a pod that is never ready; Parallel does not', () => {
  const c = lab('w1');
  c.create(db('stuck', '', NEVER_READY));
  c.create(db('par', 'podManagementPolicy: Parallel', NEVER_READY));
  c.run(5);
  expect(c.pods()).toEqual(['par-0 Running! w1', 'par-1 Running! w1', 'par-2 Running! w1', 'stuck-0 Running! w1']);
  expect(c.disturb()).toEqual([]);
});

it('rolls from the highest ordinal down to the partition', () => {
  const c = lab('w1');
  c.create(db('db', 'updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}'));
  c.run(5);
  c.patch('StatefulSet', 'db', { spec: { template: { spec: { containers: [{ name: 'c', image: 'postgres:18' }] } } } });
  c.run(10);
  expect(images(c)).toBe('db-0:postgres:17 db-1:postgres:18 db-2:postgres:18');
  c.delete('Pod', 'db-0');
  c.run(3);
  expect(images(c)).toBe('db-0:postgres:17 db-1:postgres:18 db-2:postgres:18');
  c.patch('StatefulSet', 'db', { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } });
  c.run(5);
  expect(images(c)).toBe('db-0:postgres:18 db-1:postgres:18 db-2:postgres:18');
  const { status } = c.get<StatefulSet>('StatefulSet', 'db')!;
  expect(status.currentRevision).toBe(status.updateRevision);
  expect(c.disturb()).toEqual([]);
});

it('OnDelete changes nothing by itself', () => {
  const c = lab('w1');
  c.create(db('db', 'updateStrategy: {type: OnDelete}'));
  c.run(5);
  c.patch('StatefulSet', 'db', { spec: { template: { spec: { containers: [{ name: 'c', image: 'postgres:18' }] } } } });
  c.run(5);
  expect(images(c)).toBe('db-0:postgres:17 db-1:postgres:17 db-2:postgres:17');
  c.delete('Pod', 'db-1');
  c.run(3);
  expect(images(c)).toBe('db-0:postgres:17 db-1:postgres:18 db-2:postgres:17');
});

it('a pod of a dead node is not replaced until it is gone', () => {
  const c = lab('w1 w2');
  c.create(db('db', '', ', resources: {requests: {cpu: "9"}}').replace('replicas: 3', 'replicas: 1'));
  c.run(3);
  const node = c.get<Pod>('Pod', 'db-0')!.spec.nodeName!;
  c.fault('power-off', node);
  c.run(1000);
  expect(c.pods()).toEqual([`db-0 Running!~ ${node}`]);
  c.delete('Pod', 'db-0', { gracePeriodSeconds: 0 });
  c.run(5);
  expect(c.pods()).toEqual([`db-0 Running ${node === 'w1' ? 'w2' : 'w1'}`]);
});
