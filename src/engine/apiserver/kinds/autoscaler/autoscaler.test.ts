import { describe, expect, it } from 'vitest';
import type { AnyObject } from '../../../api/meta.ts';
import type { HorizontalPodAutoscaler } from '../../../api/policy.ts';
import { complaints, created, headers, row, type Written } from '../testing.ts';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';

const scaler = (more: object = {}): Written => ({
  spec: { maxReplicas: 5, scaleTargetRef: { kind: 'Deployment', name: 'web' }, ...more },
});
const resource = (name: string, target: object) => ({ type: 'Resource', resource: { name, target } });
const cpu80 = resource('cpu', { type: 'Utilization', averageUtilization: 80 });

describe('defaults', () => {
  it('one replica at least, 80 % of the CPU', () => {
    const { spec } = created<HorizontalPodAutoscaler>('HorizontalPodAutoscaler', scaler());
    expect(spec).toMatchObject({ minReplicas: 1, metrics: [cpu80] });
  });

  it('understands v1, and speaks it', () => {
    const o = created<HorizontalPodAutoscaler>(
      'HorizontalPodAutoscaler',
      scaler({ targetCPUUtilizationPercentage: 50 }),
    );
    expect(o.spec.metrics).toEqual([resource('cpu', { type: 'Utilization', averageUtilization: 50 })]);
    const shown = horizontalPodAutoscaler.toVersion!(o as unknown as AnyObject, 'autoscaling/v1');
    expect(shown).toMatchObject({
      apiVersion: 'autoscaling/v1',
      spec: { targetCPUUtilizationPercentage: 50, maxReplicas: 5 },
      status: { currentReplicas: 0, desiredReplicas: 0 },
    });
    expect((shown.spec as { metrics?: unknown }).metrics).toBeUndefined();
  });

  it('rules of behaviour', () => {
    const { spec } = created<HorizontalPodAutoscaler>(
      'HorizontalPodAutoscaler',
      scaler({ behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } }),
    );
    expect(spec.behavior).toEqual({
      scaleDown: {
        stabilizationWindowSeconds: 60,
        selectPolicy: 'Max',
        policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
      },
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: 'Max',
        policies: [
          { type: 'Pods', value: 4, periodSeconds: 15 },
          { type: 'Percent', value: 100, periodSeconds: 15 },
        ],
      },
    });
  });
});

describe('validation', () => {
  it.each<[string, Written, string[]]>([
    ['nothing wrong', scaler(), []],
    [
      'from nothing to nothing',
      scaler({ minReplicas: 0, maxReplicas: 0, scaleTargetRef: {} }),
      [
        'spec.minReplicas: Invalid value: 0: must be greater than or equal to 1',
        'spec.maxReplicas: Invalid value: 0: must be greater than 0',
        'spec.scaleTargetRef.kind: Required value',
        'spec.scaleTargetRef.name: Required value',
      ],
    ],
    [
      'a metric of no kind',
      scaler({ metrics: [{ type: 'Mood' }] }),
      [
        'spec.metrics[0].type: Unsupported value: "Mood": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"',
        'spec.metrics[0].type: Unsupported value: "Mood": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"',
      ],
    ],
    [
      'a metric without its values',
      scaler({ metrics: [{ type: 'Pods' }] }),
      ['spec.metrics[0].pods: Required value: must populate information for the given metric source'],
    ],
    [
      'a target of nothing',
      scaler({ metrics: [resource('cpu', { type: 'Utilization' })] }),
      [
        'spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization',
      ],
    ],
    [
      'rules out of bounds',
      scaler({
        behavior: {
          scaleUp: {
            selectPolicy: 'Some',
            stabilizationWindowSeconds: 4000,
            policies: [{ type: 'Pods', value: 0, periodSeconds: 2000 }],
          },
          scaleDown: { policies: [] },
        },
      }),
      [
        'spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 4000: must be less than or equal to 3600',
        'spec.behavior.scaleUp.selectPolicy: Unsupported value: "Some": supported values: "Disabled", "Max", "Min"',
        'spec.behavior.scaleUp.policies[0].value: Invalid value: 0: must be greater than zero',
        'spec.behavior.scaleUp.policies[0].periodSeconds: Invalid value: 2000: must be less than or equal to 1800',
        'spec.behavior.scaleDown.policies: Required value: must specify at least one Policy',
      ],
    ],
  ])('%s', (_, written, wanted) => {
    expect(complaints('HorizontalPodAutoscaler', written)).toEqual(wanted);
  });
});

describe('columns', () => {
  it('headers', () => {
    expect(headers('HorizontalPodAutoscaler')).toBe('NAME | REFERENCE | TARGETS | MINPODS | MAXPODS | REPLICAS | AGE');
  });

  const now = (name: string, current: object) => ({ type: 'Resource', resource: { name, current } });
  it.each<[object[], object[], string]>([
    [[cpu80], [], 'cpu: <unknown>/80%'],
    [[cpu80], [now('cpu', { averageUtilization: 10, averageValue: '10m' })], 'cpu: 10%/80%'],
    [
      [resource('memory', { type: 'AverageValue', averageValue: '1Gi' })],
      [now('memory', { averageValue: '512Mi' })],
      'memory: 512Mi/1Gi',
    ],
    [[cpu80, cpu80, cpu80], [], 'cpu: <unknown>/80%, cpu: <unknown>/80% + 1 more...'],
    [
      [{ type: 'External', external: { metric: { name: 'q' }, target: { type: 'AverageValue', averageValue: '5' } } }],
      [],
      '<unknown>/5 (avg)',
    ],
  ])('%j', (metrics, currentMetrics, text) => {
    expect(
      row('HorizontalPodAutoscaler', { ...scaler({ metrics }), status: { currentMetrics, currentReplicas: 2 } }),
    ).toBe(`x | Deployment/web | ${text} | 1 | 5 | 2 | 10m`);
  });
});
