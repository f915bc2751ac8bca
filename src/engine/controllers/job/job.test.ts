import { expect, it } from 'vitest';
import type { Job } from '../../api/batch.ts';
import type { Pod } from '../../api/core.ts';
import { type Lab, lab } from '../../testing/lab.ts';

const job = (name: string, spec: string, command: string): string =>
  `{apiVersion: batch/v1, kind: Job, metadata: {name: ${name}}, spec: {${spec ? `${spec}, ` : ''}template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox, command: ${command}}]}}}}`;
const DATE = '[date]';
const FAIL = '[sh, -c, "exit 1"]';
const SLEEP = '[sleep, "1000"]';

const status = (c: Lab, name: string): Job['status'] => c.get<Job>('Job', name)!.status;

it('runs to completion: conditions in order, pods stay', () => {
  const c = lab('w1');
  c.create(job('done', 'completions: 3, parallelism: 2', DATE));
  c.run(10);
  expect(c.pods()).toEqual(['done-R Succeeded w1', 'done-R Succeeded w1', 'done-R Succeeded w1']);
  expect(c.conditions('Job', 'done')).toEqual([
    'SuccessCriteriaMet=True CompletionsReached',
    'Complete=True CompletionsReached',
  ]);
  expect(status(c, 'done')).toMatchObject({ succeeded: 3, ready: 0, terminating: 0, uncountedTerminatedPods: {} });
  expect(c.events('Job')).toEqual([
    'SuccessfulCreate Created pod: done-R',
    'SuccessfulCreate Created pod: done-R',
    'SuccessfulCreate Created pod: done-R',
    'Completed Job completed',
  ]);
  expect(c.all<Pod>('Pod').some((p) => p.metadata.finalizers?.length)).toBe(false);
  expect(c.disturb()).toEqual([]);
});

it('fails after backoffLimit retries, with 10, 20, 40 … s between them', () => {
  const c = lab('w1');
  c.create(job('fails', 'backoffLimit: 3', FAIL));
  c.run(90);
  const made = c
    .all<Pod>('Pod')
    .map(
      (p) =>
        (Date.parse(p.metadata.creationTimestamp) - Date.parse(c.all<Pod>('Pod')[0]!.metadata.creationTimestamp)) /
        1000,
    );
  expect(made).toHaveLength(4);
  expect(made[1]! - made[0]!).toBeGreaterThanOrEqual(10);
  expect(made[2]! - made[1]!).toBeGreaterThanOrEqual(20);
  expect(made[3]! - made[2]!).toBeGreaterThanOrEqual(40);
  expect(c.conditions('Job', 'fails')).toEqual([
    'FailureTarget=True BackoffLimitExceeded',
    'Failed=True BackoffLimitExceeded',
  ]);
  expect(c.events('Job').at(-1)).toBe('BackoffLimitExceeded Job has reached the specified backoff limit');
  expect(c.disturb()).toEqual([]);
});

it('a deadline deletes what still runs', () => {
  const c = lab('w1');
  c.create(job('slow', 'activeDeadlineSeconds: 4', SLEEP));
  c.run(12);
  expect(c.pods()).toEqual([]);
  expect(c.conditions('Job', 'slow')).toEqual(['FailureTarget=True DeadlineExceeded', 'Failed=True DeadlineExceeded']);
});

it('suspends and resumes', () => {
  const c = lab('w1');
  c.create(job('paused', 'suspend: true', DATE));
  c.run(3);
  expect(c.pods()).toEqual([]);
  expect(status(c, 'paused').startTime).toBeUndefined();
  c.patch('Job', 'paused', { spec: { suspend: false } });
  c.run(5);
  expect(c.events('Job')).toEqual([
    'Suspended Job suspended',
    'SuccessfulCreate Created pod: paused-R',
    'Resumed Job resumed',
    'Completed Job completed',
  ]);
  expect(status(c, 'paused').startTime).toBeDefined();
  expect(c.disturb()).toEqual([]);
});

it('indexed: names, labels, completed indexes', () => {
  const c = lab('w1');
  c.create(job('indexed', 'completions: 3, parallelism: 3, completionMode: Indexed', DATE));
  c.run(5);
  expect(c.pods()).toEqual(['indexed-0-R Succeeded w1', 'indexed-1-R Succeeded w1', 'indexed-2-R Succeeded w1']);
  expect(status(c, 'indexed').completedIndexes).toBe('0-2');
  expect(c.all<Pod>('Pod').map((p) => p.spec.hostname)).toEqual(['indexed-0', 'indexed-1', 'indexed-2']);
  expect(c.all<Pod>('Pod')[1]!.spec.containers[0]!.env).toMatchObject([{ name: 'JOB_COMPLETION_INDEX' }]);
});

it('a limit per index fails indexes one by one', () => {
  const c = lab('w1');
  c.create(job('mixed', 'completions: 2, parallelism: 2, completionMode: Indexed, backoffLimitPerIndex: 1', FAIL));
  c.run(40);
  expect(c.pods()).toHaveLength(4);
  expect(status(c, 'mixed').failedIndexes).toBe('0,1');
  expect(c.conditions('Job', 'mixed')).toEqual(['FailureTarget=True FailedIndexes', 'Failed=True FailedIndexes']);
  expect(c.disturb()).toEqual([]);
});

it.each([
  ['{action: FailJob, onExitCodes: {operator: In, values: [1]}}', 'PodFailurePolicy', 1],
  ['{action: Count, onExitCodes: {operator: In, values: [1]}}', 'BackoffLimitExceeded', 2],
])('pod failure policy %s', (rule, reason, pods) => {
  const c = lab('w1');
  c.create(job('p', `backoffLimit: 1, podFailurePolicy: {rules: [${rule}]}`, FAIL));
  c.run(30);
  expect(c.conditions('Job', 'p').at(-1)).toBe(`Failed=True ${reason}`);
  expect(c.pods()).toHaveLength(pods);
});

it('a deleted pod counts as failed at once; a deleted Job takes its pods', () => {
  const c = lab('w1');
  c.create(job('slow', '', SLEEP));
  c.run(3);
  c.delete('Pod', c.all<Pod>('Pod')[0]!.metadata.name);
  c.run(4);
  expect(status(c, 'slow').failed).toBe(1);
  expect(c.pods()).toEqual([]);
  c.run(10);
  expect(c.pods()).toEqual(['slow-R Running w1']);
  c.delete('Job', 'slow', { propagationPolicy: 'Background' });
  c.run(2);
  expect(c.pods()).toEqual([]);
});

it('a work queue stops starting pods after the first success', () => {
  const c = lab('w1');
  c.create(job('queue', 'parallelism: 2', DATE));
  c.run(6);
  expect(c.pods()).toEqual(['queue-R Succeeded w1', 'queue-R Succeeded w1']);
  expect(status(c, 'queue').succeeded).toBe(2);
});

it('on a dead node: one failure and a new pod as soon as the old one is evicted', () => {
  const c = lab('w1 w2');
  c.create(job('slow', '', SLEEP));
  c.run(3);
  const node = c.all<Pod>('Pod')[0]!.spec.nodeName!;
  c.fault('power-off', node);
  c.run(345);
  expect(c.pods()).toHaveLength(1);
  c.run(20);
  expect(c.pods().map((p) => p.split(' ')[1])).toEqual(expect.arrayContaining(['Running', 'Running!~']));
  expect(status(c, 'slow')).toMatchObject({ failed: 1, active: 1, terminating: 1 });
});
