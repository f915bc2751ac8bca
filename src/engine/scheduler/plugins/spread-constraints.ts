/** Which spread constraints hold for a pod, its own or the defaults. Upstream: pkg/scheduler/framework/plugins/podtopologyspread/common.go, plugins/helper/spread.go */

import { matchesNode } from '../../api/affinity.ts';
import type { ReplicaSet, StatefulSet } from '../../api/apps.ts';
import type { Node, Pod, ReplicationController, Service, Taint, TopologySpreadConstraint } from '../../api/core.ts';
import { controllerOf, type LabelSelector, type LabelSelectorRequirement } from '../../api/meta.ts';
import { type Labels, matchesSelector } from '../../api/selector.ts';
import { firstUntolerated } from '../../api/taint.ts';
import type { Objects } from '../framework/interface.ts';
import type { PodClass } from '../framework/pod-info.ts';

export const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

export type Action = 'DoNotSchedule' | 'ScheduleAnyway';

export interface Constraint {
  maxSkew: number;
  topologyKey: string;
  /** Absent: matches nothing. */
  selector: LabelSelector | undefined;
  /** Matches every pod, yet counts none of them. */
  empty: boolean;
  minDomains: number;
  honorAffinity: boolean;
  honorTaints: boolean;
}

export const SYSTEM_DEFAULTS: readonly TopologySpreadConstraint[] = [
  { topologyKey: HOSTNAME, whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 3 },
  { topologyKey: ZONE, whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 5 },
];

/** Kinds whose selectors the defaults are deduced from. */
export const SELECTOR_KINDS = ['Service', 'ReplicationController', 'ReplicaSet', 'StatefulSet'] as const;

export const isEmptySelector = (s: LabelSelector): boolean => {
  for (const _ in s.matchLabels) return false;
  return !s.matchExpressions?.length;
};

/** The selector with the pod's own values of `matchLabelKeys` added. */
function withLabelKeys(
  selector: LabelSelector | undefined,
  keys: readonly string[] | undefined,
  labels: Labels,
): LabelSelector | undefined {
  if (!selector || !keys?.length) return selector;
  const own: LabelSelectorRequirement[] = [];
  for (const key of keys) {
    const value = labels?.[key];
    if (value !== undefined) own.push({ key, operator: 'In', values: [value] });
  }
  return own.length ? { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), ...own] } : selector;
}

function constraint(c: TopologySpreadConstraint, selector: LabelSelector | undefined): Constraint {
  return {
    maxSkew: c.maxSkew,
    topologyKey: c.topologyKey,
    selector,
    empty: selector !== undefined && isEmptySelector(selector),
    minDomains: c.minDomains ?? 1,
    honorAffinity: c.nodeAffinityPolicy !== 'Ignore',
    honorTaints: c.nodeTaintsPolicy === 'Honor',
  };
}

/** What the pod's services and its controller select by, all at once; `undefined` when nothing does. */
export function deducedSelector(pod: Pod, objects: Objects): LabelSelector | undefined {
  const namespace = pod.metadata.namespace;
  const labels = pod.metadata.labels;
  let matchLabels: Record<string, string> = {};
  for (const s of objects.list<Service>('Service', namespace)) {
    const selector = s.spec?.selector;
    if (selector && matchesSelector({ matchLabels: selector }, labels)) matchLabels = { ...matchLabels, ...selector };
  }
  let matchExpressions: LabelSelectorRequirement[] = [];
  const owner = controllerOf(pod);
  const group = owner?.apiVersion.includes('/') ? owner.apiVersion.slice(0, owner.apiVersion.indexOf('/')) : '';
  if (owner?.kind === 'ReplicationController' && group === '') {
    const rc = objects.get<ReplicationController>('ReplicationController', namespace, owner.name);
    matchLabels = { ...matchLabels, ...rc?.spec.selector };
  } else if (owner && group === 'apps' && (owner.kind === 'ReplicaSet' || owner.kind === 'StatefulSet')) {
    const set = objects.get<ReplicaSet | StatefulSet>(owner.kind, namespace, owner.name);
    const asRequirements = Object.entries(set?.spec.selector?.matchLabels ?? {}).map(([key, value]) => ({
      key,
      operator: 'In',
      values: [value],
    }));
    matchExpressions = [...asRequirements, ...(set?.spec.selector?.matchExpressions ?? [])];
  }
  const selector = { matchLabels, matchExpressions };
  return isEmptySelector(selector) ? undefined : selector;
}

/** The pod's constraints of one kind: its own, or the defaults if it has none of any kind. */
export function constraintsFor(
  cls: PodClass,
  action: Action,
  defaults: readonly TopologySpreadConstraint[],
  objects: Objects,
): Constraint[] {
  const own = cls.pod.spec.topologySpreadConstraints;
  if (own?.length)
    return own
      .filter((c) => c.whenUnsatisfiable === action)
      .map((c) => constraint(c, withLabelKeys(c.labelSelector, c.matchLabelKeys, cls.labels)));
  const chosen = defaults.filter((c) => c.whenUnsatisfiable === action);
  if (chosen.length === 0) return [];
  const selector = deducedSelector(cls.pod, objects);
  return selector ? chosen.map((c) => constraint(c, selector)) : [];
}

const keepsOut = (t: Taint): boolean => t.effect === 'NoSchedule' || t.effect === 'NoExecute';

/** Whether the node counts for the constraint. */
export function takesPart(c: Constraint, cls: PodClass, node: Node): boolean {
  if (c.honorAffinity && !matchesNode(cls.pod, node)) return false;
  return !c.honorTaints || !firstUntolerated(node.spec?.taints, cls.tolerations, keepsOut);
}

export const hasAllKeys = (constraints: readonly Constraint[], labels: Readonly<Record<string, string>>): boolean =>
  constraints.every((c) => labels[c.topologyKey] !== undefined);
