/** HorizontalPodAutoscalers. Upstream: pkg/apis/autoscaling/validation/validation.go */

import { isDNS1123Label } from '../../../api/name.ts';
import type { HorizontalPodAutoscaler } from '../../../api/policy.ts';
import { parseMilli } from '../../../api/quantity.ts';
import {
  type Errors,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  POSITIVE,
  required,
} from '../validation/errors.ts';
import { pathSegmentName } from '../validation/object-meta.ts';
import { validateContainerResourceName } from '../validation/resource-names.ts';
import type { Metric, Target } from './metrics-text.ts';

const MOST_STABILIZATION_SECONDS = 3600;
const MOST_PERIOD_SECONDS = 1800;
const SELECT = ['Disabled', 'Max', 'Min'];
const POLICIES = ['Percent', 'Pods'];
const METRICS = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];

interface Rules {
  stabilizationWindowSeconds?: number;
  selectPolicy?: string;
  policies?: { type?: string; value?: number; periodSeconds?: number }[];
}

function validateReference(errors: Errors, ref: { kind?: string; name?: string } | undefined, path: string): void {
  for (const field of ['kind', 'name'] as const) {
    const value = ref?.[field];
    if (!value) required(errors, `${path}.${field}`);
    else invalidEach(errors, `${path}.${field}`, value, pathSegmentName(value));
  }
}

function validateTarget(errors: Errors, t: Target | undefined, path: string): void {
  const target = t ?? {};
  if (!target.type) required(errors, `${path}.type`, 'must specify a metric target type');
  else if (!['Utilization', 'Value', 'AverageValue'].includes(target.type))
    invalid(errors, `${path}.type`, target.type, 'must be either Utilization, Value, or AverageValue');
  for (const field of ['value', 'averageValue'] as const) {
    const value = target[field];
    if (value !== undefined && (parseMilli(value) ?? 0n) <= 0n)
      invalid(errors, `${path}.${field}`, value, 'must be positive');
  }
  if (target.averageUtilization !== undefined && target.averageUtilization < 1)
    invalid(errors, `${path}.averageUtilization`, target.averageUtilization, 'must be greater than 0');
}

function validateIdentifier(errors: Errors, metric: { name?: string } | undefined, path: string): void {
  if (!metric?.name) required(errors, `${path}.name`, 'must specify a metric name');
  else invalidEach(errors, `${path}.name`, metric.name, pathSegmentName(metric.name));
}

function validateResource(errors: Errors, source: NonNullable<Metric['resource']>, path: string): void {
  if (!source.name) required(errors, `${path}.name`, 'must specify a resource name');
  else validateContainerResourceName(errors, source.name, `${path}.name`);
  validateTarget(errors, source.target, `${path}.target`);
  const { averageUtilization, averageValue } = source.target ?? {};
  if (averageUtilization === undefined && averageValue === undefined)
    required(errors, `${path}.target.averageUtilization`, 'must set either a target raw value or a target utilization');
  if (averageUtilization !== undefined && averageValue !== undefined)
    forbidden(errors, `${path}.target.averageValue`, 'may not set both a target raw value and a target utilization');
}

function validateSource(errors: Errors, m: Metric, kind: keyof Metric, path: string): void {
  const source = m[kind] as NonNullable<Metric['resource']>;
  if (kind === 'containerResource') {
    if (!source.container) required(errors, `${path}.container`, 'must specify a container');
    else invalidEach(errors, `${path}.container`, source.container, isDNS1123Label(source.container));
  }
  if (kind === 'resource' || kind === 'containerResource') {
    validateResource(errors, source, path);
    return;
  }
  if (kind === 'object') validateReference(errors, source.describedObject, `${path}.describedObject`);
  validateIdentifier(errors, source.metric, `${path}.metric`);
  validateTarget(errors, source.target, `${path}.target`);
  const { value, averageValue } = source.target ?? {};
  const missing =
    kind === 'pods'
      ? 'must specify a positive target averageValue'
      : kind === 'object'
        ? 'must set either a target value or averageValue'
        : 'must set either a target value for metric or a per-pod target';
  if (averageValue === undefined && (kind === 'pods' || value === undefined))
    required(errors, `${path}.target.averageValue`, missing);
  if (kind === 'external' && value !== undefined && averageValue !== undefined)
    forbidden(errors, `${path}.target.value`, 'may not set both a target value for metric and a per-pod target');
}

const ORDER = ['object', 'external', 'pods', 'resource', 'containerResource'] as const;

function validateMetric(errors: Errors, m: Metric, path: string): void {
  if (!m.type) required(errors, `${path}.type`, 'must specify a metric source type');
  const known = METRICS.includes(m.type ?? '');
  if (!known) notSupported(errors, `${path}.type`, m.type ?? '', METRICS);
  const present = ORDER.filter((kind) => m[kind]);
  if (present[0]) validateSource(errors, m, present[0], `${path}.${present[0]}`);
  const expected = known ? ((m.type![0]!.toLowerCase() + m.type!.slice(1)) as (typeof ORDER)[number]) : undefined;
  if (!expected) notSupported(errors, `${path}.type`, m.type ?? '', METRICS);
  else if (!m[expected])
    required(errors, `${path}.${expected}`, 'must populate information for the given metric source');
  if (present.length === 1) return;
  for (const kind of present)
    if (kind !== expected) forbidden(errors, `${path}.${kind}`, 'must populate the given metric source only');
}

function validateRules(errors: Errors, rules: Rules | undefined, path: string): void {
  if (!rules) return;
  const window = rules.stabilizationWindowSeconds;
  if (window !== undefined && window < 0)
    invalid(errors, `${path}.stabilizationWindowSeconds`, window, 'must be greater than or equal to zero');
  if (window !== undefined && window > MOST_STABILIZATION_SECONDS)
    invalid(
      errors,
      `${path}.stabilizationWindowSeconds`,
      window,
      `must be less than or equal to ${MOST_STABILIZATION_SECONDS}`,
    );
  if (rules.selectPolicy !== undefined && !SELECT.includes(rules.selectPolicy))
    notSupported(errors, `${path}.selectPolicy`, rules.selectPolicy, SELECT);
  if (!rules.policies?.length) required(errors, `${path}.policies`, 'must specify at least one Policy');
  rules.policies?.forEach((p, i) => {
    const at = `${path}.policies[${i}]`;
    const { value = 0, periodSeconds = 0 } = p;
    if (!POLICIES.includes(p.type ?? '')) notSupported(errors, `${at}.type`, p.type ?? '', POLICIES);
    if (value <= 0) invalid(errors, `${at}.value`, value, POSITIVE);
    if (periodSeconds <= 0) invalid(errors, `${at}.periodSeconds`, periodSeconds, POSITIVE);
    if (periodSeconds > MOST_PERIOD_SECONDS)
      invalid(errors, `${at}.periodSeconds`, periodSeconds, `must be less than or equal to ${MOST_PERIOD_SECONDS}`);
  });
}

export function validateAutoscaler(errors: Errors, o: HorizontalPodAutoscaler): void {
  const { spec } = o;
  const least = spec.minReplicas;
  const most = spec.maxReplicas ?? 0;
  if (least !== undefined && least < 1)
    invalid(errors, 'spec.minReplicas', least, 'must be greater than or equal to 1');
  if (most < 1) invalid(errors, 'spec.maxReplicas', most, 'must be greater than 0');
  if (least !== undefined && most < least)
    invalid(errors, 'spec.maxReplicas', most, 'must be greater than or equal to `minReplicas`');
  validateReference(errors, spec.scaleTargetRef, 'spec.scaleTargetRef');
  (spec.metrics as Metric[] | undefined)?.forEach((m, i) => {
    validateMetric(errors, m, `spec.metrics[${i}]`);
  });
  const behavior = spec.behavior as { scaleUp?: Rules; scaleDown?: Rules } | undefined;
  validateRules(errors, behavior?.scaleUp, 'spec.behavior.scaleUp');
  validateRules(errors, behavior?.scaleDown, 'spec.behavior.scaleDown');
}
