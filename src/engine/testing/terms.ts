/** The nested parts that builders put together. */
import type { NodeSelectorRequirement, PodAffinityTerm, PodSpec, Taint } from '../api/core.ts';

export type AffinitySide = 'podAffinity' | 'podAntiAffinity';

/** `key=value:Effect` or `key:Effect`. */
export function parseTaint(text: string): Taint {
  const [, key = '', value, effect = ''] = /^([^=:]+)(?:=([^:]*))?:(.+)$/.exec(text) ?? [];
  return { key, ...(value === undefined ? {} : { value }), effect };
}

/** Adds a required node term of one requirement. */
export function addRequired(spec: PodSpec, requirement: NodeSelectorRequirement): void {
  const affinity = spec.affinity ?? {};
  const node = affinity.nodeAffinity ?? {};
  const terms = node.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  spec.affinity = {
    ...affinity,
    nodeAffinity: {
      ...node,
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [...terms, { matchExpressions: [requirement] }],
      },
    },
  };
}

/** Adds a preferred node term of one requirement. */
export function addPreferred(spec: PodSpec, weight: number, requirement: NodeSelectorRequirement): void {
  const affinity = spec.affinity ?? {};
  const node = affinity.nodeAffinity ?? {};
  spec.affinity = {
    ...affinity,
    nodeAffinity: {
      ...node,
      preferredDuringSchedulingIgnoredDuringExecution: [
        ...(node.preferredDuringSchedulingIgnoredDuringExecution ?? []),
        { weight, preference: { matchExpressions: [requirement] } },
      ],
    },
  };
}

/** Adds a pod affinity or anti-affinity term: required without a weight, preferred with one. */
export function addPodAffinity(spec: PodSpec, side: AffinitySide, term: PodAffinityTerm, weight?: number): void {
  const affinity = spec.affinity ?? {};
  const own = affinity[side] ?? {};
  const required = own.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const preferred = own.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  spec.affinity = {
    ...affinity,
    [side]:
      weight === undefined
        ? { ...own, requiredDuringSchedulingIgnoredDuringExecution: [...required, term] }
        : {
            ...own,
            preferredDuringSchedulingIgnoredDuringExecution: [...preferred, { weight, podAffinityTerm: term }],
          },
  };
}
