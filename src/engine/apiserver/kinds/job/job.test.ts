import { describe, expect, it } from 'vitest';
import type { CronJob, Job } from '../../../api/batch.ts';
import { changeComplaints, complaints, created, headers, row, UID, type Written } from '../testing.ts';

const podSpec = { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] };
const job = (more: object = {}): Written => ({ spec: { template: { spec: podSpec }, ...more } });
const cron = (more: object = {}): Written => ({ spec: { schedule: '* * * * *', jobTemplate: job(), ...more } });

describe('defaults', () => {
  it('gives a Job its selector and its pods the labels of it', () => {
    const o = created<Job>('Job', { metadata: { name: 'j' }, ...job() });
    expect({ ...o.spec, template: o.spec.template.metadata }).toEqual({
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      completions: 1,
      manualSelector: false,
      parallelism: 1,
      podReplacementPolicy: 'TerminatingOrFailed',
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': UID } },
      suspend: false,
      template: {
        labels: {
          'batch.kubernetes.io/controller-uid': UID,
          'batch.kubernetes.io/job-name': 'j',
          'controller-uid': UID,
          'job-name': 'j',
        },
      },
    });
  });

  it.each([
    [{ parallelism: 3 }, undefined, 3],
    [{ completions: 5 }, 5, 1],
    [{}, 1, 1],
  ])('%j', (given, completions, parallelism) => {
    const { spec } = created<Job>('Job', job(given));
    expect([spec.completions, spec.parallelism]).toEqual([completions, parallelism]);
  });

  it('takes its labels from its pods when it has none', () => {
    const o = created<Job>('Job', { spec: { template: { metadata: { labels: { a: 'b' } }, spec: podSpec } } });
    expect(o.metadata.labels).toEqual({ a: 'b' });
  });

  it('a failure policy waits for pods to be gone', () => {
    const rules = [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }];
    expect(created<Job>('Job', job({ podFailurePolicy: { rules } })).spec).toMatchObject({
      podReplacementPolicy: 'Failed',
      podFailurePolicy: { rules: [{ onPodConditions: [{ status: 'True' }] }] },
    });
  });

  it('CronJob', () => {
    const { jobTemplate, ...spec } = created<CronJob>('CronJob', cron()).spec;
    expect(spec).toEqual({
      concurrencyPolicy: 'Allow',
      failedJobsHistoryLimit: 1,
      schedule: '* * * * *',
      successfulJobsHistoryLimit: 3,
      suspend: false,
    });
    // what a Job would get, its template does not
    expect(jobTemplate.spec.completions).toBeUndefined();
    expect(jobTemplate.spec.template.spec.dnsPolicy).toBe('ClusterFirst');
  });
});

describe('validation of Jobs', () => {
  it.each<[string, Written, string[]]>([
    [
      'an index each, but how many?',
      job({ completionMode: 'Indexed', parallelism: 2 }),
      ['spec.completions: Required value: when completion mode is Indexed'],
    ],
    [
      'per-index limits of a Job without indexes',
      job({ backoffLimitPerIndex: 1, maxFailedIndexes: 1 }),
      [
        'spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode',
        'spec.maxFailedIndexes: Invalid value: 1: requires indexed completion mode',
      ],
    ],
    [
      'a failure policy for pods that restart in place',
      { spec: { podFailurePolicy: { rules: [] }, template: { spec: { ...podSpec, restartPolicy: 'OnFailure' } } } },
      [
        'spec.template.spec.restartPolicy: Invalid value: "OnFailure": only "Never" is supported when podFailurePolicy is specified',
      ],
    ],
    [
      'rules of a failure policy',
      job({
        podFailurePolicy: {
          rules: [
            { action: 'Explode', onExitCodes: { operator: 'In', values: [2, 0, 2] } },
            { action: 'FailIndex', onExitCodes: { operator: 'NotIn', values: [], containerName: 'x' } },
            { action: 'Count' },
          ],
        },
      }),
      [
        'spec.podFailurePolicy.rules[0].action: Unsupported value: "Explode": supported values: "Count", "FailIndex", "FailJob", "Ignore"',
        'spec.podFailurePolicy.rules[0].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator',
        'spec.podFailurePolicy.rules[0].onExitCodes.values[2]: Duplicate value: 2',
        'spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [2,0,2]: must be ordered',
        'spec.podFailurePolicy.rules[1].action: Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set',
        'spec.podFailurePolicy.rules[1].onExitCodes.containerName: Invalid value: "x": must be one of the container or initContainer names in the pod template',
        'spec.podFailurePolicy.rules[1].onExitCodes.values: Invalid value: []: at least one value is required',
        'spec.podFailurePolicy.rules[2]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required',
      ],
    ],
    [
      'a success policy',
      job({
        completionMode: 'Indexed',
        completions: 3,
        successPolicy: { rules: [{}, { succeededIndexes: '0-5' }, { succeededIndexes: '0,2', succeededCount: 3 }] },
      }),
      [
        'spec.successPolicy.rules[0]: Required value: at least one of succeededCount or succeededIndexes must be specified',
        'spec.successPolicy.rules[1].succeededIndexes: Invalid value: "0-5": error parsing succeededIndexes: too large index: "5"',
        'spec.successPolicy.rules[2].succeededCount: Invalid value: 3: must be less than or equal to 2 (the number of indexes in the specified succeededIndexes field)',
      ],
    ],
    [
      'labels that are the server’s to give',
      { metadata: { name: 'j' }, spec: { template: { metadata: { labels: { 'job-name': 'mine' } }, spec: podSpec } } },
      [
        `spec.template.metadata.labels[job-name]: Invalid value: {"batch.kubernetes.io/controller-uid":"${UID}","batch.kubernetes.io/job-name":"j","controller-uid":"${UID}","job-name":"mine"}: must be 'j'`,
      ],
    ],
    [
      'a selector of one’s own',
      job({ selector: { matchLabels: { a: 'b' } } }),
      [
        `spec.selector: Invalid value: {"matchLabels":{"a":"b","batch.kubernetes.io/controller-uid":"${UID}"}}: \`selector\` not auto-generated`,
        `spec.template.metadata.labels: Invalid value: {"batch.kubernetes.io/controller-uid":"${UID}","batch.kubernetes.io/job-name":"x","controller-uid":"${UID}","job-name":"x"}: \`selector\` does not match template \`labels\``,
      ],
    ],
    [
      'a name too long for the hosts of its pods',
      { metadata: { name: 'a'.repeat(62) }, ...job({ completionMode: 'Indexed', completions: 11 }) },
      [
        `metadata.name: Invalid value: "${'a'.repeat(62)}": will not able to create pod with invalid DNS label: ${'a'.repeat(62)}-10`,
      ],
    ],
    [
      'somebody else’s Job',
      job({ managedBy: 'me' }),
      ['spec.managedBy: Invalid value: "me": must be a domain-prefixed path (such as "acme.io/foo")'],
    ],
  ])('%s', (_, written, wanted) => {
    expect(complaints('Job', written)).toEqual(wanted);
  });
});

describe('update of Jobs', () => {
  it('the template stays, and is shown whole', () => {
    const after = { spec: { template: { spec: { ...podSpec, containers: [{ name: 'c', image: 'busybox:2' }] } } } };
    const old = created<Job>('Job', job());
    const sent = {
      ...after,
      spec: { ...old.spec, template: { metadata: old.spec.template.metadata, spec: after.spec.template.spec } },
    };
    const [text] = changeComplaints('Job', job(), sent as Written);
    expect(text).toMatch(/^spec\.template: Invalid value: \{"labels":\{"batch\.kubernetes\.io\/controller-uid":/);
    expect(text).toMatch(
      /"Spec":\{"Volumes":null,"InitContainers":null,"Containers":\[\{"Name":"c","Image":"busybox:2",/,
    );
    expect(text).toMatch(/"SchedulingGroup":null\}\}: field is immutable$/);
  });

  it('so do completions; parallelism may change', () => {
    const stored = (more: object): Written => ({ spec: { ...created<Job>('Job', job()).spec, ...more } });
    expect(changeComplaints('Job', job(), stored({ completions: 3 }))).toEqual([
      'spec.completions: Invalid value: 3: field is immutable',
    ]);
    expect(changeComplaints('Job', job(), stored({ parallelism: 3, suspend: true }))).toEqual([]);
  });
});

describe('validation of CronJobs', () => {
  it.each<[string, Written, string[]]>([
    ['no schedule', cron({ schedule: '' }), ['spec.schedule: Required value']],
    [
      'a zone in the schedule',
      cron({ schedule: 'TZ=UTC * * * * *' }),
      [
        'spec.schedule: Invalid value: "TZ=UTC * * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
      ],
    ],
    [
      'no such zone in the schedule',
      cron({ schedule: 'CRON_TZ=Seoul * * * * *' }),
      [
        'spec.schedule: Invalid value: "CRON_TZ=Seoul * * * * *": provided bad location Seoul: unknown time zone Seoul',
        'spec.schedule: Invalid value: "CRON_TZ=Seoul * * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
      ],
    ],
    ['a zone', cron({ timeZone: 'Asia/Seoul' }), []],
    [
      'an unknown zone',
      cron({ timeZone: 'Seoul' }),
      ['spec.timeZone: Invalid value: "Seoul": unknown time zone Seoul'],
    ],
    [
      'the zone of the machine',
      cron({ timeZone: 'Local' }),
      [
        'spec.timeZone: Invalid value: "Local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
      ],
    ],
    [
      'a history of less than nothing',
      cron({ failedJobsHistoryLimit: -1 }),
      ['spec.failedJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      'a template without a restart policy',
      cron({ jobTemplate: { spec: { template: { spec: { containers: podSpec.containers } } } } }),
      ['spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
    [
      'a selector in the template',
      cron({ jobTemplate: job({ selector: { matchLabels: { a: 'b' } }, manualSelector: true }) }),
      [
        'spec.jobTemplate.spec.selector: Invalid value: {"matchLabels":{"a":"b"}}: `selector` will be auto-generated',
        'spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "nil", "false"',
      ],
    ],
  ])('%s', (_, written, wanted) => {
    expect(complaints('CronJob', written)).toEqual(wanted);
  });
});

describe('columns', () => {
  it('headers', () => {
    expect(headers('Job')).toBe('NAME | STATUS | COMPLETIONS | DURATION | AGE');
    expect(headers('CronJob')).toBe('NAME | SCHEDULE | TIMEZONE | SUSPEND | ACTIVE | LAST SCHEDULE | AGE');
  });

  const done = [{ type: 'Complete', status: 'True' }];
  it.each<[object, object, string]>([
    [{}, {}, 'x | Running | 0/1 |  | 10m'],
    [{}, { startTime: '2026-01-01T00:09:00Z', succeeded: 0 }, 'x | Running | 0/1 | 60s | 10m'],
    [
      {},
      { conditions: done, succeeded: 1, startTime: '2026-01-01T00:00:00Z', completionTime: '2026-01-01T00:00:05Z' },
      'x | Complete | 1/1 | 5s | 10m',
    ],
    [{ parallelism: 3 }, { succeeded: 2 }, 'x | Running | 2/1 of 3 |  | 10m'],
    [{}, { conditions: [{ type: 'Suspended', status: 'True' }] }, 'x | Suspended | 0/1 |  | 10m'],
  ])('Job %j %j', (spec, status, wanted) => {
    expect(row('Job', { ...job(spec), status })).toBe(wanted);
  });

  it('CronJob', () => {
    expect(row('CronJob', cron({ suspend: true }), true)).toBe(
      'x | * * * * * | <none> | True | 0 | <none> | 10m | c | busybox | <none>',
    );
    expect(
      row('CronJob', {
        ...cron({ timeZone: 'Asia/Seoul' }),
        status: { active: [{}], lastScheduleTime: '2026-01-01T00:09:00Z' },
      }),
    ).toBe('x | * * * * * | Asia/Seoul | False | 1 | 60s | 10m');
  });
});
