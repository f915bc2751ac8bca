import { describe, expect, it } from 'vitest';
import type { LimitRange } from '../../../api/core.ts';
import { changeComplaints, complaints, created, headers, row, type Written } from '../testing.ts';

describe('ResourceQuota', () => {
  it.each<[string, Written, string[]]>([
    ['nothing wrong', { spec: { hard: { pods: '5', 'requests.cpu': '2', 'count/deployments.apps': '3' } } }, []],
    [
      'half a pod',
      { spec: { hard: { pods: '1.5' } } },
      ['spec.hard[pods]: Invalid value: "1500m": must be an integer'],
    ],
    [
      'unknown resources',
      { spec: { hard: { gpus: '1', storage: '1' } } },
      [
        'spec.hard[gpus]: Invalid value: "gpus": must be a standard resource type or fully qualified',
        'spec.hard[gpus]: Invalid value: "gpus": must be a standard resource for quota',
        'spec.hard[storage]: Invalid value: "storage": must be a standard resource for quota',
      ],
    ],
    [
      'a scope that cannot count it',
      { spec: { hard: { configmaps: '1' }, scopes: ['Terminating'] } },
      ['spec.scopes: Invalid value: ["Terminating"]: unsupported scope applied to resource'],
    ],
    [
      'scopes that exclude each other',
      { spec: { hard: { pods: '1' }, scopes: ['BestEffort', 'NotBestEffort'] } },
      ['spec.scopes: Invalid value: ["BestEffort","NotBestEffort"]: conflicting scopes'],
    ],
    [
      'a class of no name',
      {
        spec: {
          hard: { pods: '1' },
          scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In' }] },
        },
      },
      [
        "spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
      ],
    ],
  ])('%s', (_, written, wanted) => {
    expect(complaints('ResourceQuota', written)).toEqual(wanted);
  });

  it('its scopes stay', () => {
    expect(changeComplaints('ResourceQuota', { spec: {} }, { spec: { scopes: ['Terminating'] } })).toEqual([
      'spec.scopes: Invalid value: ["Terminating"]: field is immutable',
    ]);
  });

  it('columns', () => {
    expect(headers('ResourceQuota')).toBe('NAME | REQUEST | LIMIT | AGE');
    const status = { hard: { pods: '2', 'limits.cpu': '4', configmaps: '9' }, used: { pods: '1', configmaps: '2' } };
    expect(row('ResourceQuota', { spec: {}, status })).toBe('x | configmaps: 2/9, pods: 1/2 | limits.cpu: 0/4 | 10m');
  });
});

describe('LimitRange', () => {
  const limits = (...all: object[]): Written => ({ spec: { limits: all } });

  it.each([
    [{ max: { cpu: '2' } }, { cpu: '2' }, { cpu: '2' }],
    [{ default: { cpu: '1' } }, { cpu: '1' }, { cpu: '1' }],
    [{ min: { cpu: '100m' } }, undefined, { cpu: '100m' }],
    [{ max: { cpu: '2' }, defaultRequest: { cpu: '1' } }, { cpu: '2' }, { cpu: '1' }],
  ])('containers: %j', (given, limit, request) => {
    const item = created<LimitRange>('LimitRange', limits({ type: 'Container', ...given })).spec.limits[0]!;
    expect([item.default, item.defaultRequest]).toEqual([limit, request]);
  });

  it.each<[string, Written, string[]]>([
    [
      'pods have no defaults',
      limits({ type: 'Pod', default: { cpu: '1' } }),
      ["spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'"],
    ],
    [
      'one type twice',
      limits({ type: 'Pod', max: { cpu: '1' } }, { type: 'Pod', max: { cpu: '1' } }),
      ['spec.limits[1].type: Duplicate value: "Pod"'],
    ],
    [
      'a claim needs a size',
      limits({ type: 'PersistentVolumeClaim' }),
      [
        'spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was provided',
      ],
    ],
    [
      'an unknown type',
      limits({ type: 'Ship' }),
      ['spec.limits[0].type: Invalid value: "Ship": must be a standard limit type or fully qualified'],
    ],
    [
      'ratios',
      limits({ type: 'Container', min: { cpu: '1' }, max: { cpu: '2' }, maxLimitRequestRatio: { cpu: '3' } }),
      ['spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "3": ratio 3 is greater than max/min = 2.000000'],
    ],
  ])('%s', (_, written, wanted) => {
    expect(complaints('LimitRange', written)).toEqual(wanted);
  });

  it('columns', () => {
    expect(headers('LimitRange')).toBe('NAME | CREATED AT');
    expect(row('LimitRange', limits())).toBe('x | 2026-01-01T00:00:00Z');
  });
});
