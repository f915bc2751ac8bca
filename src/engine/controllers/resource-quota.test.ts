import { expect, it } from 'vitest';
import type { Pod, ResourceQuota } from '../api/core.ts';
import { type Lab, lab } from '../testing/lab.ts';

const used = (c: Lab) => c.get<ResourceQuota>('ResourceQuota', 'q')!.status.used;
const pod = (name: string, command = '[sleep, "1"]'): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: ${command}, resources: {requests: {cpu: 600m}}}]}}`;

it('counts what is there and what goes', () => {
  const c = lab('w1');
  c.create(
    '{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {pods: "2", requests.cpu: "2", configmaps: "3"}}}',
  );
  c.run(1);
  expect(used(c)).toEqual({ pods: '0', 'requests.cpu': '0', configmaps: '1' });
  c.create(pod('a'));
  c.create(pod('b', '[date]'));
  expect(() => c.create(pod('x'))).toThrow('exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2');
  c.run(5);
  expect(c.get<Pod>('Pod', 'b')!.status.phase).toBe('Succeeded');
  expect(used(c)).toEqual({ pods: '1', 'requests.cpu': '600m', configmaps: '1' });
  c.delete('Pod', 'a');
  c.run(2);
  expect(used(c)).toMatchObject({ pods: '0', 'requests.cpu': '0' });
  expect(c.disturb()).toEqual([]);
});
