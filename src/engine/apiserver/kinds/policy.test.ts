import { describe, expect, it } from 'vitest';
import type { PriorityClass } from '../../api/policy.ts';
import { changeComplaints, complaints, created, headers, row, type Written } from './testing.ts';

describe('PodDisruptionBudget', () => {
  it.each<[Written, string[]]>([
    [{ spec: { minAvailable: '50%', selector: {} } }, []],
    [{ spec: { maxUnavailable: -1 } }, ['spec.maxUnavailable: Invalid value: -1: must be greater than or equal to 0']],
    [
      { spec: { unhealthyPodEvictionPolicy: 'Never' } },
      [
        'spec.unhealthyPodEvictionPolicy: Unsupported value: "Never": supported values: "AlwaysAllow", "IfHealthyBudget"',
      ],
    ],
  ])('%j', (written, wanted) => {
    expect(complaints('PodDisruptionBudget', written)).toEqual(wanted);
  });

  it('columns', () => {
    expect(headers('PodDisruptionBudget')).toBe('NAME | MIN AVAILABLE | MAX UNAVAILABLE | ALLOWED DISRUPTIONS | AGE');
    expect(row('PodDisruptionBudget', { spec: { minAvailable: 1 }, status: { disruptionsAllowed: 2 } })).toBe(
      'x | 1 | N/A | 2 | 10m',
    );
    expect(row('PodDisruptionBudget', { spec: { maxUnavailable: '25%' } })).toBe('x | N/A | 25% | 0 | 10m');
  });
});

describe('PriorityClass', () => {
  it('preempts unless told otherwise', () => {
    expect(created<PriorityClass>('PriorityClass', { value: 5 }).preemptionPolicy).toBe('PreemptLowerPriority');
  });

  it.each<[string, Written, string[]]>([
    ['one of the two known ones', { metadata: { name: 'system-node-critical' }, value: 2_000_001_000 }, []],
    [
      'a known one with another value',
      { metadata: { name: 'system-node-critical' }, value: 5 },
      [
        "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: value of system-node-critical PriorityClass must be 2000001000",
      ],
    ],
  ])('%s', (_, written, wanted) => {
    expect(complaints('PriorityClass', written)).toEqual(wanted);
  });

  it('its value stays', () => {
    expect(changeComplaints('PriorityClass', { value: 5 }, { value: 7 })).toEqual([
      'value: Forbidden: may not be changed in an update.',
    ]);
    expect(changeComplaints('PriorityClass', { value: 5 }, { value: 5, preemptionPolicy: 'Never' })).toEqual([
      'preemptionPolicy: Invalid value: "Never": field is immutable',
    ]);
  });

  it('columns', () => {
    expect(headers('PriorityClass')).toBe('NAME | VALUE | GLOBAL-DEFAULT | AGE | PREEMPTIONPOLICY');
    expect(row('PriorityClass', { value: 5, globalDefault: true })).toBe('x | 5 | true | 10m | PreemptLowerPriority');
  });
});

describe('Event', () => {
  const involvedObject = { kind: 'Pod', name: 'web', namespace: 'default', fieldPath: 'spec.containers{c}' };

  it('columns', () => {
    expect(headers('Event', true)).toBe(
      'LAST SEEN | TYPE | REASON | OBJECT | SUBOBJECT | SOURCE | MESSAGE | FIRST SEEN | COUNT | NAME',
    );
    const written = {
      involvedObject,
      type: 'Normal',
      reason: 'Pulled',
      message: ' ok \n',
      source: { component: 'kubelet', host: 'w1' },
      firstTimestamp: '2026-01-01T00:05:00Z',
      lastTimestamp: '2026-01-01T00:09:30Z',
      count: 3,
    };
    expect(row('Event', written, true)).toBe(
      '30s | Normal | Pulled | pod/web | spec.containers{c} | kubelet, w1 | ok | 5m | 3 | x',
    );
  });

  it('new ones have a series and a reporter', () => {
    const written = {
      involvedObject,
      eventTime: '2026-01-01T00:08:00.000000Z',
      series: { count: 7, lastObservedTime: '2026-01-01T00:09:50.000000Z' },
      reportingComponent: 'default-scheduler',
      reportingInstance: 'm1',
    };
    expect(row('Event', written, true)).toBe(
      '10s |  |  | pod/web | spec.containers{c} | default-scheduler, m1 |  | 2m | 7 | x',
    );
  });

  it('lives where its object lives', () => {
    expect(complaints('Event', { involvedObject: { ...involvedObject, namespace: 'other' } })).toEqual([
      'involvedObject.namespace: Invalid value: "other": does not match event.namespace',
    ]);
  });
});

describe('Lease, ControllerRevision, Endpoints', () => {
  it.each<[string, Written, string[]]>([
    [
      'Lease',
      { spec: { leaseDurationSeconds: 0, leaseTransitions: -1 } },
      [
        'spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0',
        'spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
    ['ControllerRevision', { revision: 1 }, ['data: Required value: data is mandatory']],
    ['Endpoints', { subsets: [{}] }, ['subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`']],
  ])('%s', (kind, written, wanted) => {
    expect(complaints(kind, written)).toEqual(wanted);
  });

  it('a revision never changes', () => {
    expect(changeComplaints('ControllerRevision', { data: { a: 1 } }, { data: { a: 2 } })).toEqual([
      'data: Invalid value: {"a":2}: field is immutable',
    ]);
  });

  it('columns', () => {
    expect(row('Lease', { spec: { holderIdentity: 'w1' } })).toBe('x | w1 | 10m');
    const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'u', controller: true };
    expect(row('ControllerRevision', { metadata: { ownerReferences: [owner] }, data: {}, revision: 2 })).toBe(
      'x | daemonset.apps/agent | 2 | 10m',
    );
  });

  it.each<[unknown, string]>([
    [undefined, '<none>'],
    [[{ addresses: [{ ip: '1.1.1.1' }] }], '1.1.1.1'],
    [
      [{ addresses: [{ ip: '1.1.1.1' }, { ip: '1.1.1.2' }], ports: [{ port: 80 }, { port: 81 }] }],
      '1.1.1.1:80,1.1.1.2:80,1.1.1.1:81 + 1 more...',
    ],
  ])('endpoints %j', (subsets, wanted) => {
    expect(row('Endpoints', { subsets })).toBe(`x | ${wanted} | 10m`);
  });
});
