import { expect, it } from 'vitest';
import type { Pod } from '../api/core.ts';
import { lab } from '../testing/lab.ts';

it('pods of a deleted node go after 40 to 60 s, their Deployment makes new ones', () => {
  const c = lab('w1');
  c.create(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: bare}, spec: {containers: [{name: c, image: nginx}]}}
`);
  c.run(2);
  c.delete('Node', 'w1');
  c.run(39);
  expect(c.pods()).toEqual(['bare Running w1', 'web-H-R Running w1']);
  c.run(22);
  expect(c.pods()).toEqual(['web-H-R Pending -']);
  expect(c.disturb()).toEqual([]);
});

it('out-of-service frees terminating pods of a dead node', () => {
  const c = lab('w1 w2');
  c.create(
    '{apiVersion: v1, kind: Pod, metadata: {name: bare}, spec: {nodeName: w1, containers: [{name: c, image: nginx}]}}',
  );
  c.run(2);
  c.fault('power-off', 'w1');
  c.run(70);
  c.patch('Node', 'w1', {
    spec: { taints: [{ key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }] },
  });
  c.run(1);
  expect(c.pods()).toEqual(['bare Running!~ w1']);
  c.run(21);
  expect(c.pods()).toEqual([]);
});

it('a node that comes back in time keeps its pods', () => {
  const c = lab('w1 w2');
  c.create(
    '{apiVersion: v1, kind: Pod, metadata: {name: bare}, spec: {nodeName: w1, containers: [{name: c, image: nginx}]}}',
  );
  c.run(2);
  c.delete('Node', 'w1');
  c.run(20);
  c.create('{apiVersion: v1, kind: Node, metadata: {name: w1}}');
  c.run(120);
  expect(c.get<Pod>('Pod', 'bare')?.metadata.deletionTimestamp).toBeUndefined();
});
