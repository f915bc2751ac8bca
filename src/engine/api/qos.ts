/** The quality-of-service class of a pod. Upstream: pkg/apis/core/helper/qos/qos.go, reference kubelet §15 */
import type { Container, PodSpec, ResourceRequirements } from './core.ts';
import { parseMilli } from './quantity.ts';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

const COMPUTE = ['cpu', 'memory'] as const;
type Sums = { [resource: string]: bigint };

/** Adds the positive cpu and memory amounts of `list` to `sums`; true when both are there. */
function addCompute(sums: Sums, list: Record<string, string> | undefined): boolean {
  let found = 0;
  for (const name of COMPUTE) {
    const text = list?.[name];
    const amount = text === undefined ? 0n : (parseMilli(text) ?? 0n);
    if (amount <= 0n) continue;
    sums[name] = (sums[name] ?? 0n) + amount;
    found++;
  }
  return found === COMPUTE.length;
}

function classOf(all: readonly (ResourceRequirements | undefined)[]): QosClass {
  const requests: Sums = {};
  const limits: Sums = {};
  let guaranteed = true;
  for (const r of all) {
    addCompute(requests, r?.requests);
    if (!addCompute(limits, r?.limits)) guaranteed = false;
  }
  const requested = Object.keys(requests);
  if (requested.length === 0 && Object.keys(limits).length === 0) return 'BestEffort';
  const same = requested.length === Object.keys(limits).length && requested.every((n) => limits[n] === requests[n]);
  return guaranteed && same ? 'Guaranteed' : 'Burstable';
}

/** Whether pod-level resources decide: they do as soon as `spec.resources` names a request or a limit. */
const isPodLevel = (spec: PodSpec): boolean =>
  Object.keys(spec.resources?.requests ?? {}).length > 0 || Object.keys(spec.resources?.limits ?? {}).length > 0;

/** The class of a pod; ephemeral containers do not count. */
export function qosClassOf(spec: PodSpec): QosClass {
  if (isPodLevel(spec)) return classOf([spec.resources]);
  const containers: readonly Container[] = spec.initContainers
    ? [...(spec.containers ?? []), ...spec.initContainers]
    : (spec.containers ?? []);
  if (containers.every((c) => !c.resources?.requests && !c.resources?.limits)) return 'BestEffort';
  return classOf(containers.map((c) => c.resources));
}
