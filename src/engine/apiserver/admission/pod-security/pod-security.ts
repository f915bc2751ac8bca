/** The labels `pod-security.kubernetes.io/…` of a namespace. Upstream: k8s.io/pod-security-admission/admission/admission.go */
import type { Deployment } from '../../../api/apps.ts';
import type { CronJob } from '../../../api/batch.ts';
import type { Pod, PodSpec } from '../../../api/core.ts';
import type { AnyObject, KubeObject } from '../../../api/meta.ts';
import { equalPlain } from '../../../sim/plain.ts';
import type { AdmissionPlugin } from '../../admission-plugin.ts';
import { forbidden, invalid, type Refusal } from '../../errors.ts';
import type { Scope } from '../../scope.ts';
import { BASELINE } from './baseline.ts';
import type { Violation } from './checks.ts';
import { RESTRICTED } from './restricted.ts';

const PREFIX = 'pod-security.kubernetes.io/';
const LEVELS = ['privileged', 'baseline', 'restricted'];
const WORKLOADS = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ReplicationController',
  'PodTemplate',
];

interface Policy {
  level: string;
  version: string;
}

const policyOf = (labels: Record<string, string> | undefined, mode: 'enforce' | 'warn'): Policy => ({
  level: labels?.[PREFIX + mode] ?? 'privileged',
  version: labels?.[`${PREFIX}${mode}-version`] ?? 'latest',
});

/** All checks of a level that a pod fails, baseline first. */
export function violations(level: string, spec: PodSpec): Violation[] {
  if (level === 'privileged') return [];
  const replaced = level === 'restricted' ? new Set(RESTRICTED.flatMap((c) => c.overrides ?? [])) : new Set<string>();
  const checks = [...BASELINE.filter((c) => !replaced.has(c.id)), ...(level === 'restricted' ? RESTRICTED : [])];
  return checks.map((c) => c.run(spec)).filter((v) => v !== undefined);
}

const verdict = (p: Policy, found: readonly Violation[]): string =>
  `violate PodSecurity "${p.level}:${p.version}": ${found.map((v) => (v.detail ? `${v.reason} (${v.detail})` : v.reason)).join(', ')}`;

function podSpecOf(o: AnyObject): PodSpec | undefined {
  if (o.kind === 'Pod') return (o as unknown as Pod).spec;
  if (o.kind === 'CronJob') return (o as unknown as CronJob).spec?.jobTemplate?.spec?.template?.spec;
  if (o.kind === 'PodTemplate') return (o.template as { spec?: PodSpec } | undefined)?.spec;
  return (o as unknown as Deployment).spec?.template?.spec;
}

export const PodSecurity = {
  name: 'PodSecurity',
  kinds: new Set(['Pod', 'Namespace', ...WORKLOADS]),
  validate(s, op, o, old) {
    if (op === 'DELETE') return undefined;
    if (o.kind === 'Namespace') return namespaceLabels(s, o, old);
    const labels = s.server.store.get<KubeObject>('Namespace', undefined, s.namespace ?? '')?.metadata.labels;
    const enforce = policyOf(labels, 'enforce');
    const warn = policyOf(labels, 'warn');
    const spec = podSpecOf(o);
    if (!spec || (enforce.level === 'privileged' && warn.level === 'privileged')) return undefined;
    if (old && equalPlain(podSpecOf(old), spec)) return undefined;
    if (o.kind === 'Pod') {
      const found = violations(enforce.level, spec);
      if (found.length)
        return forbidden(s.info, o.metadata.name, verdict(enforce, found).replace(/^violate/, 'violates'));
    }
    const warned = violations(warn.level, spec);
    if (warned.length) s.warnings.push(`would ${verdict(warn, warned)}`);
    return undefined;
  },
} satisfies AdmissionPlugin;

/** Bad levels are refused; pods that are there already and would not be let in under a new level are named in warnings. */
function namespaceLabels(s: Scope, o: AnyObject, old: AnyObject | undefined): Refusal | undefined {
  const { labels } = o.metadata;
  const errors = ['enforce', 'warn', 'audit'].flatMap((mode) => {
    const level = labels?.[PREFIX + mode];
    if (level === undefined || LEVELS.includes(level)) return [];
    const message = `Invalid value: ${JSON.stringify(level)}: must be one of ${LEVELS.join(', ')}`;
    return [{ reason: 'FieldValueInvalid', field: `metadata.labels[${PREFIX}${mode}]`, message }];
  });
  if (errors.length) return invalid(s.info, o.metadata.name, errors);
  const policy = policyOf(labels, 'enforce');
  if (!old || equalPlain(policy, policyOf(old.metadata.labels, 'enforce'))) return undefined;
  const byReasons = new Map<string, string[]>();
  const pods = [...s.server.store.list<Pod>('Pod', o.metadata.name)].sort((a, b) =>
    a.metadata.name < b.metadata.name ? -1 : 1,
  );
  for (const pod of pods) {
    const reasons = violations(policy.level, pod.spec)
      .map((v) => v.reason)
      .join(', ');
    if (reasons) byReasons.set(reasons, [...(byReasons.get(reasons) ?? []), pod.metadata.name]);
  }
  if (!byReasons.size) return undefined;
  s.warnings.push(
    `existing pods in namespace "${o.metadata.name}" violate the new PodSecurity enforce level "${policy.level}:${policy.version}"`,
  );
  for (const [reasons, [first, ...others]] of byReasons) {
    const more = others.length ? ` (and ${others.length} other ${others.length === 1 ? 'pod' : 'pods'})` : '';
    s.warnings.push(`${first}${more}: ${reasons}`);
  }
  return undefined;
}
