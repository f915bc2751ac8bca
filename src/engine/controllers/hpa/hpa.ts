/** HorizontalPodAutoscalers: replicas that follow usage. Upstream: pkg/controller/podautoscaler/horizontal.go */
import type { Pod } from '../../api/core.ts';
import { resourceOfKind } from '../../api/discovery.ts';
import type { Condition, KubeObject, LabelSelector } from '../../api/meta.ts';
import type { MetricsSource } from '../../api/metrics.ts';
import type { HorizontalPodAutoscaler } from '../../api/policy.ts';
import type { Component, Context, Key } from '../../client/component.ts';
import { equalPlain } from '../../sim/plain.ts';
import { type Ms, rfc3339 } from '../../sim/time.ts';
import { followPod, podsMatching } from '../shared/pod-index.ts';
import type { Requeue } from '../shared/result.ts';
import { computeReplicas } from './metrics.ts';
import { type Memory, normalize } from './normalize.ts';

type Hpa = HorizontalPodAutoscaler;

/** Every autoscaler is looked at this often, and not before this time after it came. */
const PERIOD_MS = 15_000;

/** Without a source there is no metrics API, as in a cluster without metrics-server. */
export function horizontalPodAutoscaler(source?: MetricsSource): Component {
  const controller: Component<Record<string, Memory>> = {
    name: 'horizontal-pod-autoscaler',
    watches: ['HorizontalPodAutoscaler', 'Pod'],
    keysFor(e, list) {
      if (e.kind !== 'Pod') return e.type === 'ADDED' ? [`new/${e.key}`] : [];
      followPod(e, list);
      return [];
    },
    initial: () => ({}),
    reconcile(key, ctx, memories): Requeue {
      const slash = key.indexOf('/');
      const name = key.slice(slash + 1);
      if (key.startsWith('new/')) {
        ctx.wake(`hpa/${name}`, ctx.now + PERIOD_MS);
        return undefined;
      }
      const hpa = ctx.list.byKey<Hpa>('HorizontalPodAutoscaler', name);
      if (!hpa) {
        delete memories[name];
        return undefined;
      }
      memories[name] ??= { recommended: [], changes: [] };
      sync(hpa, name, ctx, memories[name], source);
      return { requeueAt: ctx.now + PERIOD_MS };
    },
  };
  return controller as Component;
}

/** What an autoscaler scales. */
interface Scalable extends KubeObject {
  spec: { replicas?: number; selector?: LabelSelector | Record<string, string> };
  status?: { replicas?: number };
}

/** The conditions of one sync. */
class Conditions {
  list: Condition[];
  readonly #now: Ms;
  constructor(known: readonly Condition[] | undefined, now: Ms) {
    this.list = [...(known ?? [])];
    this.#now = now;
  }
  set(type: string, status: Condition['status'], reason: string, message: string): void {
    const known = this.list.find((c) => c.type === type);
    const lastTransitionTime =
      known?.status === status && known.lastTransitionTime ? known.lastTransitionTime : rfc3339(this.#now);
    const next: Condition = { lastTransitionTime, message, reason, status, type };
    this.list = known ? this.list.map((c) => (c === known ? next : c)) : [...this.list, next];
  }
}

interface Decision {
  desired: number;
  reason: string;
  statuses?: unknown[];
}

function sync(hpa: Hpa, key: Key, ctx: Context, memory: Memory, source: MetricsSource | undefined): void {
  const conditions = new Conditions(hpa.status?.conditions, ctx.now);
  const { scaleTargetRef: ref } = hpa.spec;
  const info = resourceOfKind(ref.kind);
  const target = ctx.list.get<Scalable>(ref.kind, hpa.metadata.namespace, ref.name);
  if (!target || !info?.subresources.includes('scale')) {
    const where = info ? (info.group ? `${info.plural}.${info.group}` : info.plural) : ref.kind.toLowerCase();
    const why =
      info && !info.subresources.includes('scale')
        ? 'the server could not find the requested resource'
        : `${where} "${ref.name}" not found`;
    ctx.events.event(hpa, { type: 'Warning', reason: 'FailedGetScale', message: why });
    conditions.set(
      'AbleToScale',
      'False',
      'FailedGetScale',
      `the HPA controller was unable to get the target's current scale: ${why}`,
    );
    writeStatus(key, { conditions: conditions.list }, ctx);
    return;
  }
  conditions.set(
    'AbleToScale',
    'True',
    'SucceededGetScale',
    "the HPA controller was able to get the target's current scale",
  );
  const current = target.spec.replicas ?? 1;
  const decision = decide(hpa, target, current, conditions, ctx, memory, source);
  if (!decision) {
    writeStatus(
      key,
      { conditions: conditions.list, currentReplicas: current, desiredReplicas: hpa.status?.desiredReplicas ?? 0 },
      ctx,
    );
    return;
  }
  const { desired, reason, statuses } = decision;
  const rescaled = desired !== current && rescale(hpa, target, current, desired, reason, conditions, ctx, memory);
  writeStatus(
    key,
    {
      conditions: conditions.list,
      currentReplicas: current,
      desiredReplicas: desired,
      ...(statuses?.length ? { currentMetrics: statuses } : {}),
      ...(rescaled ? { lastScaleTime: rfc3339(ctx.now) } : {}),
    },
    ctx,
  );
}

/** How many replicas there should be; `undefined` when the metrics do not say. */
function decide(
  hpa: Hpa,
  target: Scalable,
  current: number,
  conditions: Conditions,
  ctx: Context,
  memory: Memory,
  source: MetricsSource | undefined,
): Decision | undefined {
  const min = hpa.spec.minReplicas ?? 1;
  if (current === 0 && min !== 0) {
    conditions.set(
      'ScalingActive',
      'False',
      'ScalingDisabled',
      'scaling is disabled since the replica count of the target is zero',
    );
    return { desired: 0, reason: '' };
  }
  if (current > hpa.spec.maxReplicas)
    return { desired: hpa.spec.maxReplicas, reason: 'Current number of replicas above Spec.MaxReplicas' };
  if (current < min) return { desired: min, reason: 'Current number of replicas below Spec.MinReplicas' };
  const computed = computeReplicas(hpa, podsOf(target, ctx), current, source, ctx.now);
  if ('reason' in computed) {
    const message = `the HPA was unable to compute the replica count: ${computed.message}`;
    conditions.set('ScalingActive', 'False', computed.reason, message);
    ctx.events.event(hpa, { type: 'Warning', reason: computed.reason, message: computed.message });
    ctx.events.event(hpa, { type: 'Warning', reason: 'FailedComputeMetricsReplicas', message: computed.summary });
    return undefined;
  }
  const valid = `the HPA was able to successfully calculate a replica count from ${computed.name}`;
  conditions.set('ScalingActive', 'True', 'ValidMetricFound', valid);
  const verdict = normalize(hpa, current, computed.replicas, memory, ctx.now);
  noteStability(verdict.stabilized, conditions);
  if (verdict.limited) conditions.set('ScalingLimited', 'True', verdict.limited.reason, verdict.limited.message);
  else
    conditions.set('ScalingLimited', 'False', 'DesiredWithinRange', 'the desired count is within the acceptable range');
  const reason = computed.replicas > current ? `${computed.name} above target` : 'All metrics below target';
  return { desired: verdict.replicas, reason, statuses: computed.statuses };
}

function noteStability(stabilized: string | undefined, conditions: Conditions): void {
  if (stabilized === 'ScaleDownStabilized')
    conditions.set(
      'AbleToScale',
      'True',
      stabilized,
      'recent recommendations were higher than current one, applying the highest recent recommendation',
    );
  else if (stabilized)
    conditions.set(
      'AbleToScale',
      'True',
      stabilized,
      'recent recommendations were lower than current one, applying the lowest recent recommendation',
    );
  else conditions.set('AbleToScale', 'True', 'ReadyForNewScale', 'recommended size matches current size');
}

function podsOf(target: Scalable, ctx: Context): Pod[] {
  const given = target.spec.selector ?? {};
  const isLabelSelector = 'matchLabels' in given || 'matchExpressions' in given;
  const selector: LabelSelector = isLabelSelector
    ? (given as LabelSelector)
    : { matchLabels: given as Record<string, string> };
  return podsMatching(ctx.list, target.metadata.namespace!, selector);
}

function rescale(
  hpa: Hpa,
  target: Scalable,
  current: number,
  desired: number,
  reason: string,
  conditions: Conditions,
  ctx: Context,
  memory: Memory,
): boolean {
  const r = ctx.api.update({ ...target, spec: { ...target.spec, replicas: desired } } as KubeObject);
  if (!r.ok) {
    conditions.set(
      'AbleToScale',
      'False',
      'FailedUpdateScale',
      `the HPA controller was unable to update the target scale: ${r.status.message}`,
    );
    const message = `New size: ${desired}; reason: ${reason}; error: ${r.status.message}`;
    ctx.events.event(hpa, { type: 'Warning', reason: 'FailedRescale', message });
    return false;
  }
  conditions.set(
    'AbleToScale',
    'True',
    'SucceededRescale',
    `the HPA controller was able to update the target scale to ${desired}`,
  );
  ctx.events.event(hpa, {
    type: 'Normal',
    reason: 'SuccessfulRescale',
    message: `New size: ${desired}; reason: ${reason}`,
  });
  memory.changes = [
    ...memory.changes.filter((c) => c.at > ctx.now - 3_600_000),
    { at: ctx.now, by: desired - current },
  ];
  return true;
}

function writeStatus(key: Key, status: Partial<Hpa['status']>, ctx: Context): void {
  const stored = ctx.list.byKey<Hpa>('HorizontalPodAutoscaler', key);
  if (!stored) return;
  const { currentMetrics: _, ...was } = stored.status ?? {};
  const next = { ...was, ...status };
  if (!equalPlain(next, stored.status)) ctx.api.updateStatus<Hpa>({ ...stored, status: next });
}
