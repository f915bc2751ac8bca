/** kube-proxy's rules: where a connection to a ClusterIP, a NodePort or a pod ends. Upstream: pkg/proxy/topology.go, pkg/proxy/nftables */
import type { Node, Pod, Service, ServicePort } from '../api/core.ts';
import type { EndpointSlice } from '../api/policy.ts';
import { matchesMap } from '../api/selector.ts';
import type { Lister } from '../client/lister.ts';
import type { Origin, Route } from '../client/network.ts';

interface Endpoint {
  pod: Pod;
  port: number;
}

const isReady = (pod: Pod): boolean =>
  pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false;

function targetPort(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  for (const c of [...pod.spec.containers, ...(pod.spec.initContainers ?? [])])
    for (const p of c.ports ?? []) if (p.name === target) return p.containerPort;
  return undefined;
}

/** Pods behind a Service that has no selector: those its slices name by address. */
function manual(list: Lister, service: Service, port: ServicePort): Endpoint[] {
  const addresses = new Set<string>();
  for (const slice of list.list<EndpointSlice>('EndpointSlice', service.metadata.namespace))
    if (slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name)
      for (const e of slice.endpoints ?? []) for (const a of e.addresses) addresses.add(a);
  const out: Endpoint[] = [];
  if (addresses.size)
    for (const pod of list.list<Pod>('Pod')) {
      const target = targetPort(pod, port);
      if (pod.status.podIP && addresses.has(pod.status.podIP) && target !== undefined) out.push({ pod, port: target });
    }
  return out;
}

/** Ready endpoints; if there are none, those that still serve while they terminate. */
function endpoints(list: Lister, service: Service, port: ServicePort): Endpoint[] {
  if (!service.spec.selector) return manual(list, service, port);
  const ready: Endpoint[] = [];
  const leaving: Endpoint[] = [];
  for (const pod of list.list<Pod>('Pod', service.metadata.namespace)) {
    if (!pod.status.podIP || !matchesMap(service.spec.selector, pod.metadata.labels)) continue;
    if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') continue;
    const target = targetPort(pod, port);
    if (target === undefined || !(isReady(pod) || service.spec.publishNotReadyAddresses)) continue;
    (pod.metadata.deletionTimestamp ? leaving : ready).push({ pod, port: target });
  }
  return ready.length ? ready : leaving;
}

const toPod = (candidates: readonly Endpoint[], pick: (n: number) => number): Route => {
  const { pod, port } = candidates[candidates.length === 1 ? 0 : pick(candidates.length)]!;
  return { to: 'pod', pod, port };
};

const isApi = (s: Service): boolean => s.metadata.namespace === 'default' && s.metadata.name === 'kubernetes';

function clusterIp(list: Lister, service: Service, port: number, from: Origin, pick: (n: number) => number): Route {
  const found = service.spec.ports?.find((p) => p.port === port);
  if (!found) return { to: 'refused' }; // nftables rejects ports of a ClusterIP that no Service has
  if (isApi(service)) return { to: 'apiserver' };
  let candidates = endpoints(list, service, found);
  const node = from.pod?.spec.nodeName ?? from.node;
  if (service.spec.internalTrafficPolicy === 'Local') {
    const all = candidates.length;
    candidates = candidates.filter((e) => e.pod.spec.nodeName === node);
    if (all && !candidates.length) return { to: 'timeout' };
  }
  return candidates.length ? toPod(candidates, pick) : { to: 'refused' };
}

function nodePort(
  list: Lister,
  node: Node,
  port: number,
  from: Origin,
  pick: (n: number) => number,
): Route | undefined {
  for (const service of list.list<Service>('Service')) {
    const found = service.spec.ports?.find((p) => p.nodePort === port);
    if (!found) continue;
    const all = endpoints(list, service, found);
    if (!all.length) return { to: 'refused' };
    const outside = !from.pod && !from.node;
    if (service.spec.externalTrafficPolicy !== 'Local' || !outside) return toPod(all, pick);
    const local = all.filter((e) => e.pod.spec.nodeName === node.metadata.name);
    return local.length ? toPod(local, pick) : { to: 'timeout' };
  }
  return undefined;
}

/** A pod of the host's network or with a hostPort on that machine. */
function hostPort(list: Lister, node: Node, port: number): Route | undefined {
  for (const pod of list.podsOnNode(node.metadata.name)) {
    for (const c of pod.spec.containers) {
      const mapped = c.ports?.find((p) => p.hostPort === port);
      if (mapped) return { to: 'pod', pod, port: mapped.containerPort };
    }
    if (pod.spec.hostNetwork && pod.spec.containers.some((c) => c.ports?.some((p) => p.containerPort === port)))
      return { to: 'pod', pod, port };
  }
  return undefined;
}

const isUp = (node: Node): boolean => node.status.conditions?.find((c) => c.type === 'Ready')?.status !== 'Unknown';

/** Where a connection to `ip:port` ends. */
export function route(list: Lister, from: Origin, ip: string, port: number, pick: (n: number) => number): Route {
  for (const service of list.list<Service>('Service')) {
    if (
      service.spec.clusterIP === ip ||
      service.spec.externalIPs?.includes(ip) ||
      service.status?.loadBalancer?.ingress?.some((i) => i.ip === ip)
    )
      return clusterIp(list, service, port, from, pick);
  }
  for (const node of list.list<Node>('Node')) {
    if (!node.status.addresses?.some((a) => a.address === ip || a.address === undefined)) continue;
    if (port === 6443 && 'node-role.kubernetes.io/control-plane' in (node.metadata.labels ?? {}))
      return { to: 'apiserver' };
    const answered = nodePort(list, node, port, from, pick) ?? hostPort(list, node, port);
    if (!isUp(node)) return { to: 'unreachable' };
    return answered ?? { to: 'machine', node: node.metadata.name, port };
  }
  for (const pod of list.list<Pod>('Pod'))
    if (pod.status.podIP === ip && !pod.spec.hostNetwork && pod.status.phase === 'Running')
      return { to: 'pod', pod, port };
  return { to: 'unreachable' };
}
