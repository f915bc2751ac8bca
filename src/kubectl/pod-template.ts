/** Where a kind keeps its pod template. Upstream: k8s.io/kubectl/pkg/polymorphichelpers/updatepodspec.go */
import type { PodSpec, PodTemplateSpec } from '../engine/api/core.ts';
import type { AnyObject } from '../engine/api/meta.ts';
import { copy } from './values.ts';

const WORKLOADS = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'ReplicationController'];

/** The template inside the object itself (not a copy); `undefined` for kinds without one. A Pod is its own template. */
export function templateIn(o: AnyObject): PodTemplateSpec | undefined {
  const spec = o.spec as
    | { template?: PodTemplateSpec; jobTemplate?: { spec?: { template?: PodTemplateSpec } } }
    | undefined;
  if (o.kind === 'Pod') return o as unknown as PodTemplateSpec;
  if (o.kind === 'CronJob') return spec?.jobTemplate?.spec?.template;
  return WORKLOADS.includes(o.kind) ? spec?.template : undefined;
}

/** A copy of the object in which `change` has altered the pod spec; `undefined` for kinds without one. */
export function withPodSpec(o: AnyObject, change: (spec: PodSpec) => void): AnyObject | undefined {
  const next = copy(o);
  const template = templateIn(next);
  if (!template?.spec) return undefined;
  change(template.spec);
  return next;
}
