import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../api/apps.ts';
import type { Pod } from '../../api/core.ts';
import type { HorizontalPodAutoscaler } from '../../api/policy.ts';
import { type Lab, lab } from '../../testing/lab.ts';
import { type Memory, normalize } from './normalize.ts';
import { replicasFor } from './replicas.ts';

const START = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx, resources: {requests: {cpu: 100m}}}]}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 10
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
`;
const replicas = (c: Lab): number => c.get<Deployment>('Deployment', 'web')!.spec.replicas!;

it('brings the target up to the minimum, then says that there are no metrics', () => {
  const c = lab('w1');
  c.create(START);
  c.run(20);
  expect(replicas(c)).toBe(2);
  expect(c.events('HorizontalPodAutoscaler')).toEqual([
    'SuccessfulRescale New size: 2; reason: Current number of replicas below Spec.MinReplicas',
  ]);
  expect(c.conditions('HorizontalPodAutoscaler', 'web')).toEqual(['AbleToScale=True SucceededRescale']);
  c.run(15);
  expect(c.events('HorizontalPodAutoscaler').slice(1)).toEqual([
    'FailedGetResourceMetric failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)',
    'FailedComputeMetricsReplicas invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)',
  ]);
  expect(c.conditions('HorizontalPodAutoscaler', 'web')).toEqual([
    'AbleToScale=True SucceededGetScale',
    'ScalingActive=False FailedGetResourceMetric',
  ]);
});

it('leaves a target of zero replicas alone', () => {
  const c = lab('w1');
  c.create(START.replace('replicas: 1', 'replicas: 0'));
  c.run(20);
  expect(replicas(c)).toBe(0);
  expect(c.conditions('HorizontalPodAutoscaler', 'web')).toContain('ScalingActive=False ScalingDisabled');
});

const NOW = Date.UTC(2026, 0, 1, 1);
const pod = (name: string, phase = 'Running', ready = true): Pod =>
  ({
    metadata: { name, labels: { app: 'web' } },
    spec: { containers: [{ name: 'c', resources: { requests: { cpu: '100m' } } }] },
    status: {
      phase,
      startTime: '2026-01-01T00:00:00Z',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: '2026-01-01T00:01:00Z' }],
    },
  }) as unknown as Pod;

describe('replicas for 50 % of 100m', () => {
  it.each([
    [[50, 50], 2],
    [[53, 53], 2],
    [[100, 100], 4],
    [[60, 60, 60], 4],
    [[10, 10, 10, 10], 1],
  ])('usage %j asks for %i', (used, expected) => {
    const pods = used.map((_, i) => pod(`p${i}`));
    const source = {
      usage: (p: Pod) => ({
        at: NOW,
        windowMs: 30_000,
        containers: { c: { cpuMilli: used[pods.indexOf(p)]!, memoryBytes: 0 } },
      }),
    };
    expect(
      replicasFor({ pods, resource: 'cpu', target: { utilization: 50 }, current: used.length }, source, NOW),
    ).toMatchObject({ replicas: expected });
  });
  it('pods without numbers count as idle when growing', () => {
    const pods = [pod('a'), pod('b')];
    const source = {
      usage: (p: Pod) =>
        p.metadata.name === 'a'
          ? { at: NOW, windowMs: 30_000, containers: { c: { cpuMilli: 150, memoryBytes: 0 } } }
          : undefined,
    };
    expect(replicasFor({ pods, resource: 'cpu', target: { utilization: 50 }, current: 2 }, source, NOW)).toMatchObject({
      replicas: 3,
    });
  });
  it('a container without a request is an error', () => {
    const bare = { ...pod('x'), spec: { containers: [{ name: 'c' }] } };
    expect(
      replicasFor(
        { pods: [bare as Pod], resource: 'cpu', target: { utilization: 50 }, current: 1 },
        { usage: () => undefined },
        NOW,
      ),
    ).toEqual({
      error: 'missing request for cpu in container c of Pod x',
    });
  });
});

describe('normalize', () => {
  const hpa = { spec: { minReplicas: 1, maxReplicas: 20 } } as HorizontalPodAutoscaler;
  const fresh = (): Memory => ({ recommended: [], changes: [] });
  it.each([
    [1, 10, 5, 'ScaleUpLimit'],
    [8, 30, 16, 'ScaleUpLimit'],
    [15, 30, 20, 'TooManyReplicas'],
    [3, 0, 1, 'TooFewReplicas'],
    [3, 4, 4, undefined],
  ])('%i wishing for %i gets %i', (current, wish, expected, reason) => {
    const v = normalize(hpa, current, wish, fresh(), NOW);
    expect([v.replicas, v.limited?.reason]).toEqual([expected, reason]);
  });
  it('goes down only as far as the highest wish of five minutes', () => {
    const memory = fresh();
    normalize(hpa, 10, 9, memory, NOW);
    expect(normalize(hpa, 10, 2, memory, NOW + 60_000)).toMatchObject({
      replicas: 9,
      stabilized: 'ScaleDownStabilized',
    });
    expect(normalize(hpa, 9, 2, memory, NOW + 301_000).replicas).toBe(2);
  });
});
