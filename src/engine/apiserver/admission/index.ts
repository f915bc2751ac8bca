/** The admission plugins in upstream's order. Upstream: pkg/kubeapiserver/options/plugins.go */
import type { AnyObject } from '../../api/meta.ts';
import type { AdmissionPlugin, Operation } from '../admission-plugin.ts';
import type { Refusal } from '../errors.ts';
import type { Scope } from '../scope.ts';
import { DefaultIngressClass } from './default-ingress-class.ts';
import { DefaultTolerationSeconds } from './default-toleration-seconds.ts';
import { LimitRanger } from './limit-ranger.ts';
import { NamespaceLifecycle } from './namespace-lifecycle.ts';
import { PodSecurity } from './pod-security/pod-security.ts';
import { PodTopologyLabels } from './pod-topology-labels.ts';
import { Priority } from './priority.ts';
import { ResourceQuota } from './resource-quota.ts';
import { RuntimeClass } from './runtime-class.ts';
import { ServiceAccount } from './service-account.ts';
import { DefaultStorageClass, PersistentVolumeClaimResize, StorageObjectInUseProtection } from './storage.ts';
import { TaintNodesByCondition } from './taint-nodes-by-condition.ts';

export const PLUGINS: readonly AdmissionPlugin[] = [
  NamespaceLifecycle,
  LimitRanger,
  ServiceAccount,
  TaintNodesByCondition,
  PodSecurity,
  Priority,
  DefaultTolerationSeconds,
  DefaultStorageClass,
  StorageObjectInUseProtection,
  PersistentVolumeClaimResize,
  RuntimeClass,
  DefaultIngressClass,
  PodTopologyLabels,
  ResourceQuota,
];

const byKind = new Map<string, readonly AdmissionPlugin[]>();

function pluginsFor(kind: string): readonly AdmissionPlugin[] {
  let plugins = byKind.get(kind);
  if (!plugins) {
    plugins = PLUGINS.filter((p) => !p.kinds || p.kinds.has(kind));
    byKind.set(kind, plugins);
  }
  return plugins;
}

/** Runs the changing half; the first refusal ends it. */
export function admit(s: Scope, op: Operation, o: AnyObject, old: AnyObject | undefined): Refusal | undefined {
  for (const p of pluginsFor(s.info.kind)) {
    const refused = p.admit?.(s, op, o, old);
    if (refused) return refused;
  }
  return undefined;
}

/** Runs the refusing half on a valid object. */
export function admitValidated(s: Scope, op: Operation, o: AnyObject, old: AnyObject | undefined): Refusal | undefined {
  for (const p of pluginsFor(s.info.kind)) {
    const refused = p.validate?.(s, op, o, old);
    if (refused) return refused;
  }
  return undefined;
}
