/**
 * What a pod asks for, as the scheduler and `kubectl describe node` add it up: containers, init containers, sidecars,
 * pod-level values, overhead. Upstream: k8s.io/component-helpers/resource/helpers.go
 */
import type { Container, ContainerStatus, Pod, PodSpec, ResourceList } from './core.ts';
import { milliOf, unitsOf } from './quantity.ts';

/** Resource name → amount: `cpu` in thousandths of a core, everything else in whole units (bytes, pieces). */
export type Amounts = Record<string, number>;

/** What a container without a request counts as when nodes are scored. */
export const DEFAULT_MILLI_CPU = 100;
export const DEFAULT_MEMORY_BYTES = 200 * 1024 * 1024;

export const amountOf = (resource: string, quantity: string | number): number =>
  resource === 'cpu' ? milliOf(quantity) : unitsOf(quantity);

/** A resource list as numbers. */
export function amounts(list: ResourceList | undefined): Amounts {
  const out: Amounts = {};
  for (const name in list) out[name] = amountOf(name, list[name]!);
  return out;
}

function addTo(total: Amounts, more: Amounts): void {
  for (const name in more) total[name] = (total[name] ?? 0) + more[name]!;
}

function raiseTo(total: Amounts, floor: Amounts): void {
  for (const name in floor) {
    const have = total[name];
    if (have === undefined || floor[name]! > have) total[name] = floor[name]!;
  }
}

/** Restartable init containers run beside the main ones, so their requests add up. */
export const isSidecar = (c: Container): boolean => c.restartPolicy === 'Always';

/** Adds up what `read` says of each container by the rules for init containers and sidecars. */
function aggregate(spec: PodSpec, read: (c: Container) => Amounts): Amounts {
  const total: Amounts = {};
  for (const c of spec.containers ?? []) addTo(total, read(c));
  if (!spec.initContainers?.length) return total;
  const sidecars: Amounts = {};
  const init: Amounts = {};
  for (const c of spec.initContainers) {
    const own = read(c);
    if (isSidecar(c)) {
      addTo(total, own);
      addTo(sidecars, own);
      raiseTo(init, sidecars);
    } else {
      const candidate = { ...own };
      addTo(candidate, sidecars);
      raiseTo(init, candidate);
    }
  }
  raiseTo(total, init);
  return total;
}

/** Resources that may be set for the pod as a whole. */
export const isPodLevelResource = (name: string): boolean =>
  name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');

export const hasPodLevelRequests = (spec: PodSpec): boolean => {
  for (const name in spec.resources?.requests) if (isPodLevelResource(name)) return true;
  return false;
};

export interface RequestOptions {
  /** Give every container that names no request for them 100m CPU and 200Mi (scoring). */
  nonZero?: boolean;
  /** Ignore `spec.resources` (the scoring of an incoming pod by NodeResourcesFit does). */
  containersOnly?: boolean;
  /** Count what a resize has been granted beside what the spec asks for (bound pods). */
  status?: Pod['status'];
}

function statusOf(status: Pod['status'] | undefined, name: string): ContainerStatus | undefined {
  return (
    status?.containerStatuses?.find((s) => s.name === name) ??
    status?.initContainerStatuses?.find((s) => s.name === name)
  );
}

/** The larger of actual and granted requests and, unless a resize cannot be done, of what the spec asks for. */
function effective(
  own: Amounts,
  actual: ResourceList | undefined,
  granted: ResourceList | undefined,
  status: Pod['status'],
): Amounts {
  const infeasible = status.conditions?.find((c) => c.type === 'PodResizePending')?.reason === 'Infeasible';
  const out = infeasible ? {} : { ...own };
  raiseTo(out, amounts(actual));
  raiseTo(out, amounts(granted));
  return out;
}

/** A container's requests with what its status says of them; plain init containers have no say any more. */
function withStatus(own: Amounts, c: Container, isInit: boolean, status: Pod['status'] | undefined): Amounts {
  const s = status && (!isInit || isSidecar(c)) ? statusOf(status, c.name) : undefined;
  return s?.resources ? effective(own, s.resources.requests, s.allocatedResources, status!) : own;
}

/** Puts the pod-level values in place of the sums. */
function applyPodLevel(total: Amounts, spec: PodSpec, status: Pod['status'] | undefined): void {
  const own = amounts(spec.resources!.requests);
  const actual = status?.resources ? effective(own, status.resources.requests, status.allocatedResources, status) : own;
  for (const name in own) if (isPodLevelResource(name)) total[name] = actual[name] ?? 0;
}

/** The pod's effective requests. */
export function podRequests(spec: PodSpec, options: RequestOptions = {}): Amounts {
  const podLevel = !options.containersOnly && hasPodLevelRequests(spec);
  const defaults = options.nonZero && !podLevel;
  const total = aggregate(spec, (c) => {
    const own = withStatus(
      amounts(c.resources?.requests),
      c,
      spec.initContainers?.includes(c) ?? false,
      options.status,
    );
    if (!defaults) return own;
    return { ...own, cpu: own.cpu ?? DEFAULT_MILLI_CPU, memory: own.memory ?? DEFAULT_MEMORY_BYTES };
  });
  if (podLevel) applyPodLevel(total, spec, options.status);
  if (options.nonZero && podLevel) {
    total.cpu ??= DEFAULT_MILLI_CPU;
    total.memory ??= DEFAULT_MEMORY_BYTES;
  }
  addTo(total, amounts(spec.overhead));
  return total;
}

/** The pod's effective limits (overhead counts only where there is a limit). */
export function podLimits(spec: PodSpec): Amounts {
  const total = aggregate(spec, (c) => amounts(c.resources?.limits));
  for (const name in spec.resources?.limits)
    if (isPodLevelResource(name)) total[name] = amountOf(name, spec.resources!.limits![name]!);
  for (const name in spec.overhead) if (total[name]) total[name] += amountOf(name, spec.overhead[name]!);
  return total;
}

/** Extended resources: `vendor.com/thing`, not Kubernetes' own names. */
export const isExtendedResource = (name: string): boolean =>
  name.includes('/') && !name.includes('kubernetes.io/') && !name.startsWith('requests.');

/** Resources beside cpu, memory, ephemeral-storage and pods that the scheduler counts at all. */
export const isScalarResource = (name: string): boolean =>
  isExtendedResource(name) ||
  name.startsWith('hugepages-') ||
  name.includes('kubernetes.io/') ||
  name.startsWith('attachable-volumes-');
