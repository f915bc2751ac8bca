import { expect, it } from 'vitest';
import type { CronJob, Job } from '../../api/batch.ts';
import { lab } from '../../testing/lab.ts';

const cron = (spec: string, command = '[date]'): string =>
  `{apiVersion: batch/v1, kind: CronJob, metadata: {name: hello}, spec: {${spec}, jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: c, image: busybox, command: ${command}}]}}}}}}`;

it('runs every minute and keeps three finished Jobs', () => {
  const c = lab('w1');
  c.create(cron('schedule: "*/1 * * * *"'));
  c.run(60);
  const first = Math.floor(Date.UTC(2026, 0, 1) / 60_000) + 1;
  expect(c.all<Job>('Job').map((j) => j.metadata.name)).toEqual([`hello-${first}`]);
  expect(c.events('CronJob')).toEqual([
    `SuccessfulCreate Created job hello-${first}`,
    `SawCompletedJob Saw completed job: hello-${first}, condition: Complete`,
  ]);
  c.run(300);
  expect(c.all<Job>('Job')).toHaveLength(3);
  expect(c.get<CronJob>('CronJob', 'hello')!.status.lastScheduleTime).toBe('2026-01-01T00:06:00Z');
  expect(c.all<Job>('Job')[0]!.metadata.annotations!['batch.kubernetes.io/cronjob-scheduled-timestamp']).toBe(
    '2026-01-01T00:04:00Z',
  );
  expect(c.disturb()).toEqual([]);
});

it.each([
  ['Forbid', ['JobAlreadyActive'], 1],
  ['Replace', ['SuccessfulDelete'], 1],
  ['Allow', [], 3],
])('%s while the last run is still going', (policy, reasons, jobs) => {
  const c = lab('w1');
  c.create(cron(`schedule: "* * * * *", concurrencyPolicy: ${policy}`, '[sleep, "1000"]'));
  c.run(180);
  expect(c.all<Job>('Job')).toHaveLength(jobs);
  for (const reason of reasons) expect(c.events('CronJob').some((e) => e.startsWith(reason))).toBe(true);
});

it('after a suspension only the latest missed run starts', () => {
  const c = lab('w1');
  c.create(cron('schedule: "* * * * *", suspend: true'));
  c.run(600);
  expect(c.all('Job')).toEqual([]);
  c.patch('CronJob', 'hello', { spec: { suspend: false } });
  c.run(5);
  expect(c.all<Job>('Job')).toHaveLength(1);
});

it('a time zone moves the hour', () => {
  const c = lab('w1');
  c.create(cron('schedule: "30 9 * * *", timeZone: Asia/Seoul'));
  c.run(29 * 60);
  expect(c.all('Job')).toEqual([]);
  c.run(120);
  expect(c.all<Job>('Job')[0]!.metadata.annotations!['batch.kubernetes.io/cronjob-scheduled-timestamp']).toBe(
    '2026-01-01T09:30:00+09:00',
  );
});
