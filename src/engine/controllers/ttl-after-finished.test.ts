import { expect, it } from 'vitest';
import { lab } from '../testing/lab.ts';

it('a finished Job and its pods go when the time is over', () => {
  const c = lab('w1');
  c.create(
    '{apiVersion: batch/v1, kind: Job, metadata: {name: brief}, spec: {ttlSecondsAfterFinished: 6, template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: [date]}]}}}}',
  );
  c.run(5);
  expect(c.pods()).toEqual(['brief-R Succeeded w1']);
  expect(c.disturb()).toEqual([]);
  c.run(8);
  expect(c.all('Job')).toEqual([]);
  expect(c.pods()).toEqual([]);
});
