/** One check of the Pod Security Standards, and what the checks share. Upstream: k8s.io/pod-security-admission/policy */
import type { Container, PodSpec } from '../../../api/core.ts';

export interface Violation {
  reason: string;
  detail: string;
}

export interface Check {
  id: string;
  /** Ids of baseline checks that this one replaces. */
  overrides?: readonly string[];
  run(spec: PodSpec): Violation | undefined;
}

export type Bag = Record<string, unknown>;

export const quoted = (names: readonly string[]): string => names.map((n) => JSON.stringify(n)).join(', ');
export const plural = (one: string, many: string, n: number): string => (n === 1 ? one : many);
/** `container "a"`, `containers "a", "b"` */
export const containersNamed = (names: readonly string[]): string =>
  `${plural('container', 'containers', names.length)} ${quoted(names)}`;

export const containersOf = (spec: PodSpec): Container[] => [
  ...(spec.initContainers ?? []),
  ...(spec.containers ?? []),
  ...(spec.ephemeralContainers ?? []),
];

export const securityOf = (o: { securityContext?: Bag }): Bag => o.securityContext ?? {};

/** Names of the containers for which `bad` holds. */
export const namesWhere = (spec: PodSpec, bad: (c: Container) => boolean): string[] =>
  containersOf(spec)
    .filter(bad)
    .map((c) => c.name);

export const capabilities = (c: Container, which: 'add' | 'drop'): string[] =>
  ((securityOf(c).capabilities as Bag | undefined)?.[which] as string[] | undefined) ?? [];

/** `pod`, `container "a"` or both: who set something that may not be set. */
export function setters(pod: boolean, containers: readonly string[]): string {
  return [...(pod ? ['pod'] : []), ...(containers.length ? [containersNamed(containers)] : [])].join(' and ');
}
