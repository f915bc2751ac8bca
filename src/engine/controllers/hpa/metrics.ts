/** What each metric of an autoscaler asks for. Upstream: pkg/controller/podautoscaler/horizontal.go computeReplicasForMetrics */
import type { Pod } from '../../api/core.ts';
import type { MetricsSource } from '../../api/metrics.ts';
import type { HorizontalPodAutoscaler } from '../../api/policy.ts';
import { amountOf } from '../../api/resources.ts';
import type { Ms } from '../../sim/time.ts';
import { type Measured, replicasFor, type Target } from './replicas.ts';

interface MetricSpec {
  type: string;
  resource?: ResourceMetric;
  containerResource?: ResourceMetric & { container: string };
}
interface ResourceMetric {
  name: string;
  target: { type: string; averageUtilization?: number; averageValue?: string };
}

export interface Computed {
  replicas: number;
  /** The metric that asked for the most, as events name it. */
  name: string;
  statuses: unknown[];
}
export interface Failed {
  /** Reason of the condition and event for the metric. */
  reason: string;
  /** Words of the condition and event for the metric. */
  message: string;
  /** Words for all of them. */
  summary: string;
  statuses: unknown[];
}

const NO_API = 'the server could not find the requested resource (get pods.metrics.k8s.io)';
const NO_CUSTOM_API = 'no known available metric versions found';

/** The largest wish of all metrics; when some cannot be read, only a wish to grow counts. */
export function computeReplicas(
  hpa: HorizontalPodAutoscaler,
  pods: readonly Pod[],
  current: number,
  source: MetricsSource | undefined,
  now: Ms,
): Computed | Failed {
  const specs = (hpa.spec.metrics ?? []) as unknown as MetricSpec[];
  const statuses: unknown[] = [];
  let best: { replicas: number; name: string } | undefined;
  let first: { reason: string; message: string; wrapped: string } | undefined;
  let invalid = 0;
  for (const spec of specs) {
    const r = computeOne(spec, pods, current, source, now);
    if ('reason' in r) {
      invalid++;
      first ??= r;
      continue;
    }
    statuses.push(r.status);
    if (!best || r.replicas > best.replicas) best = { replicas: r.replicas, name: r.name };
  }
  if (best && (invalid === 0 || best.replicas >= current)) return { ...best, statuses };
  const summary = `invalid metrics (${invalid} invalid out of ${specs.length}), first error is: ${first?.wrapped ?? ''}`;
  return { reason: first?.reason ?? '', message: first?.message ?? '', summary, statuses };
}

type One = { replicas: number; name: string; status: unknown } | { reason: string; message: string; wrapped: string };

function computeOne(
  spec: MetricSpec,
  pods: readonly Pod[],
  current: number,
  source: MetricsSource | undefined,
  now: Ms,
): One {
  const resource = spec.resource ?? spec.containerResource;
  if (!resource) {
    const message = `unable to get metric: unable to fetch metrics from custom metrics API: ${NO_CUSTOM_API}`;
    return {
      reason: `FailedGet${spec.type}Metric`,
      message,
      wrapped: `failed to get ${spec.type.toLowerCase()} metric value: ${message}`,
    };
  }
  const kind = spec.resource ? 'Resource' : 'ContainerResource';
  const target: Target | undefined =
    resource.target.averageUtilization === undefined
      ? { averageValue: amountOf(resource.name, resource.target.averageValue ?? '0') }
      : { utilization: resource.target.averageUtilization };
  const container = spec.containerResource?.container;
  const r: Measured | { error: string } = source
    ? replicasFor({ pods, resource: resource.name, target, current, container }, source, now)
    : {
        error: `unable to get metrics for resource ${resource.name}: unable to fetch metrics from resource metrics API: ${NO_API}`,
      };
  if ('error' in r) {
    const what = 'utilization' in target ? `${resource.name} utilization` : `${resource.name} usage`;
    const message = `failed to get ${what}: ${r.error}`;
    const wrapped = `failed to get ${resource.name} ${kind === 'Resource' ? 'resource' : 'container'} metric value: ${message}`;
    return { reason: `FailedGet${kind}Metric`, message, wrapped };
  }
  const amount = resource.name === 'cpu' ? `${r.averageValue}m` : String(r.averageValue);
  const shown = { ...(r.utilization === undefined ? {} : { averageUtilization: r.utilization }), averageValue: amount };
  const field = spec.resource ? 'resource' : 'containerResource';
  const status = { type: kind, [field]: { name: resource.name, ...(container ? { container } : {}), current: shown } };
  const name =
    'utilization' in target
      ? `${resource.name} ${container ? 'container resource' : 'resource'} utilization (percentage of request)`
      : `${resource.name} ${container ? 'container resource' : 'resource'}`;
  return { replicas: r.replicas, name, status };
}
