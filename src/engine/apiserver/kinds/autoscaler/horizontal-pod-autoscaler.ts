/** HorizontalPodAutoscalers. Upstream: pkg/registry/autoscaling, pkg/apis/autoscaling/{v1,v2}, pkg/printers/internalversion/printers.go */
import type { AnyObject } from '../../../api/meta.ts';
import type { HorizontalPodAutoscaler } from '../../../api/policy.ts';
import { ageColumn, column, nameColumn } from '../columns.ts';
import { simpleKind } from '../simple.ts';
import { type Metric, metricsText } from './metrics-text.ts';
import { validateAutoscaler } from './validation.ts';

const DEFAULT_UTILIZATION = 80;

interface Rules {
  stabilizationWindowSeconds?: number;
  selectPolicy?: string;
  policies?: { type: string; value: number; periodSeconds: number }[];
}

const cpuMetric = (averageUtilization: number): Metric => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

/** `autoscaling/v1` knows one number: the CPU target. */
function fromV1(spec: Record<string, unknown>): void {
  const target = spec.targetCPUUtilizationPercentage;
  if (target === undefined) return;
  delete spec.targetCPUUtilizationPercentage;
  spec.metrics = [cpuMetric(Number(target)), ...((spec.metrics as Metric[]) ?? [])];
}

function defaultBehavior(behavior: { scaleUp?: Rules; scaleDown?: Rules }): void {
  const up = { ...behavior.scaleUp };
  up.stabilizationWindowSeconds ??= 0;
  up.selectPolicy ??= 'Max';
  up.policies ??= [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ];
  const down = { ...behavior.scaleDown };
  down.selectPolicy ??= 'Max';
  down.policies ??= [{ type: 'Percent', value: 100, periodSeconds: 15 }];
  behavior.scaleUp = up;
  behavior.scaleDown = down;
}

/** The object as `autoscaling/v1` shows it; metrics it has no field for are left out. */
function toV1(o: AnyObject): AnyObject {
  const { metrics, behavior: _behavior, ...spec } = o.spec as { metrics?: Metric[]; behavior?: unknown };
  const cpu = metrics?.find((m) => m.resource?.name === 'cpu' && m.resource.target?.averageUtilization !== undefined);
  const status = o.status as {
    currentReplicas?: number;
    desiredReplicas?: number;
    lastScaleTime?: string;
    observedGeneration?: number;
  };
  const target = cpu ? { targetCPUUtilizationPercentage: cpu.resource!.target!.averageUtilization } : {};
  const { currentReplicas = 0, desiredReplicas = 0, lastScaleTime, observedGeneration } = status ?? {};
  return {
    ...o,
    apiVersion: 'autoscaling/v1',
    spec: { ...spec, ...target },
    status: {
      currentReplicas,
      desiredReplicas,
      ...(lastScaleTime ? { lastScaleTime } : {}),
      ...(observedGeneration ? { observedGeneration } : {}),
    },
  };
}

export const horizontalPodAutoscaler = simpleKind<HorizontalPodAutoscaler>('HorizontalPodAutoscaler', {
  namespaced: true,
  hasStatus: true,
  default(o) {
    o.spec ??= {} as HorizontalPodAutoscaler['spec'];
    fromV1(o.spec as unknown as Record<string, unknown>);
    o.spec.minReplicas ??= 1;
    if (!o.spec.metrics?.length)
      o.spec.metrics = [cpuMetric(DEFAULT_UTILIZATION) as unknown as Record<string, unknown>];
    const behavior = o.spec.behavior as { scaleUp?: Rules; scaleDown?: Rules } | undefined;
    if (behavior && !(behavior.scaleUp?.policies && behavior.scaleDown?.policies)) defaultBehavior(behavior);
  },
  prepareCreate(o) {
    o.status = { currentMetrics: null as unknown as unknown[], desiredReplicas: 0 };
  },
  prepareUpdate(o, old) {
    o.status = old.status;
  },
  check: validateAutoscaler,
  toVersion: (o, version) => (version === 'autoscaling/v1' || version === 'v1' ? toV1(o) : o),
  columns: [
    nameColumn,
    column('Reference', (o) => `${o.spec.scaleTargetRef?.kind ?? ''}/${o.spec.scaleTargetRef?.name ?? ''}`),
    column('Targets', (o) =>
      metricsText(o.spec.metrics as Metric[] | undefined, o.status?.currentMetrics as Metric[] | undefined),
    ),
    column('MinPods', (o) => String(o.spec.minReplicas ?? '<unset>')),
    column('MaxPods', (o) => o.spec.maxReplicas, 'integer'),
    column('Replicas', (o) => o.status?.currentReplicas ?? 0, 'integer'),
    ageColumn,
  ],
});
