/** `describe` of configuration, accounts, limits, budgets and classes. Upstream: k8s.io/kubectl/pkg/describe */
import type { ConfigMap, LimitRange, Namespace, ResourceQuota, Secret, ServiceAccount } from '../../engine/api/core.ts';
import type { HorizontalPodAutoscaler, PodDisruptionBudget, PriorityClass } from '../../engine/api/policy.ts';
import { formatSelector } from '../../engine/api/selector.ts';
import { annotationsField, byText, events, labelsField, listAll, rfc1123z, type Subject } from './common.ts';
import { pairsText } from './storage.ts';
import type { Writer } from './writer.ts';

export function describeConfigMap(s: Subject<ConfigMap>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  labelsField(w, o.metadata.labels);
  annotationsField(w, o.metadata.annotations);
  w.line(0, '\nData\n====');
  for (const key of Object.keys(o.data ?? {}).sort(byText)) w.line(0, `${key}:\n----\n${o.data![key]}\n`);
  w.line(0, '\nBinaryData\n====');
  for (const key of Object.keys(o.binaryData ?? {}).sort(byText))
    w.line(0, `${key}: ${bytesOf(o.binaryData![key]!)} bytes`);
  w.line(0, '');
  events(s);
}

/** How many bytes a base64 text stands for. */
const bytesOf = (base64: string): number => Math.floor((base64.replace(/=+$/, '').length * 3) / 4);

export function describeSecret(s: Subject<Secret>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  labelsField(w, o.metadata.labels);
  annotationsField(w, o.metadata.annotations);
  w.line(0, `\nType:\t${o.type ?? 'Opaque'}`);
  w.line(0, '\nData\n====');
  for (const key of Object.keys(o.data ?? {}).sort(byText)) w.line(0, `${key}:\t${bytesOf(o.data![key]!)} bytes`);
}

export function describeServiceAccount(s: Subject<ServiceAccount>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  labelsField(w, o.metadata.labels);
  annotationsField(w, o.metadata.annotations);
  const names = (o.imagePullSecrets ?? []).map((x) => x.name);
  w.line(0, `Image pull secrets:\t${names[0] ?? '<none>'}`);
  for (const n of names.slice(1)) w.line(0, `\t${n}`);
  events(s);
}

function quotaTable(w: Writer, q: ResourceQuota, indent: string, dashes: string): void {
  w.line(0, `${indent}Resource\tUsed\tHard`);
  w.line(0, `${indent}--------\t${dashes}\t${dashes}`);
  const hard = q.status.hard ?? q.spec.hard ?? {};
  for (const name of Object.keys(hard).sort(byText))
    w.line(0, `${indent}${name}\t${q.status.used?.[name] ?? '0'}\t${hard[name]}`);
}

export function describeResourceQuota(s: Subject<ResourceQuota>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  if (o.spec.scopes?.length) w.field('Scopes', [...o.spec.scopes].sort(byText).join(', '));
  quotaTable(w, o, '', '----');
}

const LIMIT_HEADER = ['Type', 'Resource', 'Min', 'Max', 'Default Request', 'Default Limit', 'Max Limit/Request Ratio'];

function limitRows(w: Writer, o: LimitRange, indent: string): void {
  for (const l of o.spec.limits) {
    const lists = [l.min, l.max, l.defaultRequest, l.default, l.maxLimitRequestRatio];
    const names = [...new Set(lists.flatMap((m) => Object.keys(m ?? {})))].sort(byText);
    for (const n of names) w.line(0, `${indent}${l.type}\t${n}\t${lists.map((m) => m?.[n] ?? '-').join('\t')}`);
  }
}

export function describeLimitRange(s: Subject<LimitRange>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  w.line(0, LIMIT_HEADER.join('\t'));
  w.line(0, LIMIT_HEADER.map((h) => '-'.repeat(h.length)).join('\t'));
  limitRows(w, o, '');
}

export function describeNamespace(s: Subject<Namespace>): void {
  const { object: o, w, env } = s;
  const namespace = o.metadata.name;
  w.field('Name', o.metadata.name);
  labelsField(w, o.metadata.labels);
  annotationsField(w, o.metadata.annotations);
  w.field('Status', o.status.phase ?? '');
  if (o.status.conditions?.length) {
    w.line(0, 'Conditions:\n  Type\tStatus\tLastTransitionTime\tReason\tMessage');
    w.line(1, '----\t------\t------------------\t------\t-------');
    for (const c of o.status.conditions)
      w.line(
        1,
        `${c.type}\t${c.status}\t${c.lastTransitionTime ? rfc1123z(c.lastTransitionTime) : ''}\t${c.reason ?? ''}\t${c.message ?? ''}`,
      );
  }
  const quotas = listAll<ResourceQuota>(env, { resource: 'resourcequotas', namespace });
  if (!quotas.length) w.line(0, '\nNo resource quota.');
  else {
    w.line(0, '\nResource Quotas');
    quotas.forEach((q, i) => {
      if (i > 0) w.line(0, '  --');
      w.line(1, `Name:\t${q.metadata.name}`);
      quotaTable(w, q, '  ', '---');
    });
  }
  const ranges = listAll<LimitRange>(env, { resource: 'limitranges', namespace });
  if (!ranges.length) w.line(0, '\nNo LimitRange resource.');
  else {
    w.line(0, '\nResource Limits');
    w.line(0, ` ${LIMIT_HEADER.join('\t')}`);
    w.line(0, ` ${LIMIT_HEADER.map((h) => '-'.repeat(h.length)).join('\t')}`);
    for (const r of ranges) limitRows(w, r, ' ');
  }
}

export function describePodDisruptionBudget(s: Subject<PodDisruptionBudget>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  if (o.spec.minAvailable !== undefined) w.field('Min available', o.spec.minAvailable);
  else if (o.spec.maxUnavailable !== undefined) w.field('Max unavailable', o.spec.maxUnavailable);
  w.field('Selector', o.spec.selector ? formatSelector(o.spec.selector) : '<unset>');
  w.line(0, 'Status:');
  w.line(2, `Allowed disruptions:\t${o.status.disruptionsAllowed}`);
  w.line(2, `Current:\t${o.status.currentHealthy}`);
  w.line(2, `Desired:\t${o.status.desiredHealthy}`);
  w.line(2, `Total:\t${o.status.expectedPods}`);
  events(s);
}

export function describePriorityClass(s: Subject<PriorityClass>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Value', o.value);
  w.field('GlobalDefault', o.globalDefault ?? false);
  w.field('PreemptionPolicy', o.preemptionPolicy ?? '');
  w.field('Description', o.description ?? '');
  w.field('Annotations', pairsText(o.metadata.annotations));
  events(s);
}

interface MetricSpec {
  type: string;
  resource?: {
    name: string;
    target: { type: string; averageUtilization?: number; averageValue?: string; value?: string };
  };
  pods?: { metric: { name: string }; target: { averageValue?: string } };
}

interface MetricStatus {
  resource?: { name: string; current: { averageUtilization?: number; averageValue?: string } };
}

function metricLines(w: Writer, o: HorizontalPodAutoscaler): void {
  const current = (o.status.currentMetrics ?? []) as MetricStatus[];
  (o.spec.metrics as MetricSpec[] | undefined)?.forEach((m, i) => {
    if (m.resource) {
      const now = current[i]?.resource?.current;
      if (m.resource.target.averageUtilization !== undefined) {
        const known =
          now?.averageUtilization === undefined
            ? '<unknown>'
            : `${now.averageUtilization}% (${now.averageValue ?? ''})`;
        w.line(
          1,
          `resource ${m.resource.name} on pods  (as a percentage of request):\t${known} / ${m.resource.target.averageUtilization}%`,
        );
      } else
        w.line(
          1,
          `resource ${m.resource.name} on pods:\t${now?.averageValue ?? '<unknown>'} / ${m.resource.target.averageValue ?? m.resource.target.value}`,
        );
    } else if (m.pods) w.line(1, `"${m.pods.metric.name}" on pods:\t<unknown> / ${m.pods.target.averageValue ?? ''}`);
    else w.line(1, `<unknown metric type "${m.type}">`);
  });
}

export function describeHorizontalPodAutoscaler(s: Subject<HorizontalPodAutoscaler>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  labelsField(w, o.metadata.labels);
  annotationsField(w, o.metadata.annotations);
  w.field('CreationTimestamp', rfc1123z(o.metadata.creationTimestamp));
  w.field('Reference', `${o.spec.scaleTargetRef.kind}/${o.spec.scaleTargetRef.name}`);
  w.line(0, 'Metrics:\t( current / target )');
  metricLines(w, o);
  w.field('Min replicas', o.spec.minReplicas ?? '<unset>');
  w.field('Max replicas', o.spec.maxReplicas);
  w.field(
    `${o.spec.scaleTargetRef.kind} pods`,
    `${o.status.currentReplicas ?? 0} current / ${o.status.desiredReplicas ?? 0} desired`,
  );
  if (o.status.conditions?.length) {
    w.line(0, 'Conditions:\n  Type\tStatus\tReason\tMessage');
    w.line(1, '----\t------\t------\t-------');
    for (const c of o.status.conditions) w.line(1, `${c.type}\t${c.status}\t${c.reason ?? ''}\t${c.message ?? ''}`);
  }
  events(s);
}
