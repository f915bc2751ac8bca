import { describe, expect, it } from 'vitest';
import { REQUIRED_DURING_EXECUTION } from '../api/gates.ts';
import type { AnyObject } from '../api/meta.ts';
import { type Lab, lab, masked } from '../testing/lab.ts';

const REQUIRED = 'requiredDuringSchedulingRequiredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingRequiredDuringExecution';
const ssd = { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] };
const spec = (nodeAffinity: object) => ({ affinity: { nodeAffinity }, containers: [{ name: 'c', image: 'nginx' }] });
const required = spec({ [REQUIRED]: { nodeSelectorTerms: [ssd] } });

const pod = (s: object, metadata: object = { name: 'p' }): AnyObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata, spec: s }) as never;
const deployment = (s: object): AnyObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: s },
    },
  }) as never;
const cronJob = (s: object): AnyObject =>
  ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'nightly' },
    spec: {
      schedule: '0 0 * * *',
      jobTemplate: { spec: { template: { spec: { ...s, restartPolicy: 'Never' } } } },
    },
  }) as never;

const PLURALS: Record<string, string> = { Pod: 'pods', Deployment: 'deployments', CronJob: 'cronjobs' };

/** `ok`, or the refusal's words. */
function tryCreate(c: Lab, body: AnyObject): string {
  const r = c.request({
    verb: 'create',
    apiVersion: body.apiVersion,
    resource: PLURALS[body.kind]!,
    namespace: 'default',
    body,
    fieldValidation: 'Strict',
  });
  return r.ok ? 'ok' : r.status.message!;
}

describe('with the gate closed the API server refuses the fields in the words of 1.36', () => {
  it.each([
    ['Pod', 'v1', 'spec', pod],
    ['Deployment', 'v1', 'spec.template.spec', deployment],
    ['CronJob', 'v1', 'spec.jobTemplate.spec.template.spec', cronJob],
  ] as const)('%s', (kind, version, path, make) => {
    for (const [field, value] of [
      [REQUIRED, { nodeSelectorTerms: [] }],
      [PREFERRED, [{ weight: 1, preference: ssd }]],
    ] as const)
      expect(tryCreate(lab('n1'), make(spec({ [field]: value })))).toBe(
        `${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: unknown field "${path}.affinity.nodeAffinity.${field}"`,
      );
  });

  it('and a dump that has them loses them', () => {
    const c = lab('n1');
    c.cluster.load([{ ...pod(required), status: { phase: 'Pending' } }]);
    c.run(5);
    expect(c.pods()).toEqual(['p Running n1']);
    expect(c.get<AnyObject>('Pod', 'p')!.spec).toMatchObject({ affinity: { nodeAffinity: {} } });
    expect(JSON.stringify(c.get('Pod', 'p'))).not.toContain(REQUIRED);
  });
});

describe('with the gate open', () => {
  const open = (nodes: string): Lab => {
    const c = lab(nodes);
    c.cluster.setGate(REQUIRED_DURING_EXECUTION, true);
    return c;
  };

  it('required places as required does, and a label taken away evicts', () => {
    const c = open('a b:disk=ssd');
    expect(tryCreate(c, pod(required))).toBe('ok');
    expect(tryCreate(c, deployment(required))).toBe('ok');
    c.run(5);
    expect(c.pods()).toEqual(['p Running b', 'web-H-R Running b']);
    c.patch('Node', 'a', { metadata: { labels: { disk: 'ssd' } } });
    c.run(5);
    expect(c.events('Pod').filter((e) => e.startsWith('WhatIf'))).toEqual([]);
    c.patch('Node', 'b', { metadata: { labels: { disk: 'hdd' } } });
    c.run(5);
    expect(c.pods()).toEqual(['web-H-R Running a']);
    expect(c.disturb()).toEqual([]);
    const said = c.events('Pod').filter((e) => e.startsWith('WhatIf'));
    expect(said).toEqual(
      ['p', masked('web-7d4b9c8f6d-bcdfg')].map(
        (name) =>
          `WhatIfEviction Node b no longer matches ${REQUIRED} of Pod default/${name}. The playground’s what-if RequiredDuringExecution did this: no Kubernetes does`,
      ),
    );
  });

  it('waits where no node matches, as with any required affinity', () => {
    const c = open('a');
    tryCreate(c, pod(required));
    c.run(3);
    expect(c.pods()).toEqual(['p Pending -']);
    expect(c.events('Pod')[0]).toContain("1 node(s) didn't match Pod's node affinity/selector");
  });

  it('preferred counts as a preference and evicts nobody', () => {
    const c = open('a b c:disk=ssd d');
    expect(tryCreate(c, pod(spec({ [PREFERRED]: [{ weight: 100, preference: ssd }] })))).toBe('ok');
    c.run(3);
    expect(c.pods()).toEqual(['p Running c']);
    c.patch('Node', 'c', { metadata: { labels: { disk: 'hdd' } } });
    c.run(5);
    expect(c.pods()).toEqual(['p Running c']);
  });

  it('values are validated like those of the fields that exist', () => {
    const c = open('a');
    expect(tryCreate(c, pod(spec({ [REQUIRED]: { nodeSelectorTerms: [] } })))).toBe(
      `Pod "p" is invalid: spec.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms: Required value: must have at least one node selector term`,
    );
    expect(tryCreate(c, pod(spec({ [PREFERRED]: [{ weight: 101, preference: ssd }] })))).toBe(
      `Pod "p" is invalid: spec.affinity.nodeAffinity.${PREFERRED}[0].weight: Invalid value: 101: must be in the range 1-100`,
    );
  });

  it('closed again, nobody is evicted, what was let in can still be changed; opened again, it catches up', () => {
    const c = open('b:disk=ssd');
    tryCreate(c, pod(required));
    c.run(3);
    c.cluster.setGate(REQUIRED_DURING_EXECUTION, false);
    c.patch('Node', 'b', { metadata: { labels: { disk: 'hdd' } } });
    c.patch('Pod', 'p', { metadata: { labels: { a: 'b' } } });
    c.run(5);
    expect(c.pods()).toEqual(['p Running b']);
    expect(tryCreate(c, pod(required, { name: 'q' }))).toContain('strict decoding error');
    c.cluster.setGate(REQUIRED_DURING_EXECUTION, true);
    c.run(5);
    expect(c.pods()).toEqual([]);
  });

  it('is part of a snapshot and of a fork', () => {
    const c = open('a');
    const saved = c.cluster.snapshot();
    const fork = c.cluster.fork();
    c.cluster.setGate(REQUIRED_DURING_EXECUTION, false);
    expect([fork.gates, c.cluster.gates]).toEqual([[REQUIRED_DURING_EXECUTION], []]);
    c.cluster.restore(saved);
    expect(c.cluster.gates).toEqual([REQUIRED_DURING_EXECUTION]);
  });
});
