/** Which pods stand behind a Service. Upstream: pkg/controller/endpoint, pkg/controller/util/endpoint */
import type { Pod, Service, ServicePort } from '../../api/core.ts';
import type { LabelSelector } from '../../api/meta.ts';
import type { WatchEvent } from '../../api/request.ts';
import type { Lister } from '../../client/lister.ts';
import { md5 } from '../../sim/md5.ts';
import { equalPlain } from '../../sim/plain.ts';
import { labelsChanged } from '../shared/owners.ts';
import { followPod, podsMatching, SelectorIndex } from '../shared/pod-index.ts';
import { isReady, isTerminal } from '../shared/pods.ts';

/** A Service's selector; without one its endpoints are somebody else's. */
export const serviceSelector = (service: Service): LabelSelector | undefined => {
  const { selector, type } = service.spec;
  return selector && Object.keys(selector).length > 0 && type !== 'ExternalName'
    ? { matchLabels: selector }
    : undefined;
};

/** The pod's address of the Service's first family. */
export const addressOf = (pod: Pod, family = 'IPv4'): string | undefined =>
  [pod.status?.podIP, ...(pod.status?.podIPs ?? []).map((x) => x.ip)].find(
    (ip) => ip !== undefined && ip !== '' && ip.includes(':') === (family === 'IPv6'),
  );

/** Matching pods that have an address and are not finished, oldest first; `looked` at how many to find them. */
export function backendsOf(service: Service, list: Lister): { pods: Pod[]; looked: number } {
  const matching = podsMatching(list, service.metadata.namespace!, serviceSelector(service)!);
  const pods = matching.filter((pod) => !isTerminal(pod) && Boolean(pod.status?.podIP));
  return { pods, looked: matching.length };
}

/** The container port that a Service port means on this pod; a name is looked up on its containers. */
export function targetPort(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  for (const c of [
    ...pod.spec.containers,
    ...(pod.spec.initContainers ?? []).filter((i) => i.restartPolicy === 'Always'),
  ])
    for (const p of c.ports ?? [])
      if (p.name === target && (p.protocol ?? 'TCP') === (port.protocol ?? 'TCP')) return p.containerPort;
  return undefined;
}

const hashes = new Map<string, string>();

/** The hash that orders ports, of what Go prints of one. */
export function portHash(printed: string): string {
  let hash = hashes.get(printed);
  if (hash === undefined) {
    if (hashes.size > 1000) hashes.clear();
    hash = md5(printed);
    hashes.set(printed, hash);
  }
  return hash;
}

/** A pod's hostname as DNS knows it behind this Service. */
export const hostnameFor = (pod: Pod, service: Service): string | undefined =>
  pod.spec.hostname && pod.spec.subdomain === service.metadata.name ? pod.spec.hostname : undefined;

/** Whether a pod change can move any endpoint. */
function podMatters(e: WatchEvent): boolean {
  if (e.type !== 'MODIFIED' || !e.old) return true;
  const [was, is] = [e.old as unknown as Pod, e.object as unknown as Pod];
  return (
    was.status?.podIP !== is.status?.podIP ||
    !equalPlain(was.status?.podIPs, is.status?.podIPs) ||
    was.status?.phase !== is.status?.phase ||
    isReady(was) !== isReady(is) ||
    was.metadata.deletionTimestamp !== is.metadata.deletionTimestamp ||
    labelsChanged(e)
  );
}

/** From changes of Services and pods to the keys of Services; one for each controller that follows them. */
export function serviceKeys(): (e: WatchEvent, list: Lister) => string[] {
  const index = new SelectorIndex<Service>('Service', serviceSelector);
  return (e, list) => {
    if (e.kind === 'Service') {
      index.follow(e, list);
      return [e.key];
    }
    followPod(e, list);
    if (!podMatters(e)) return [];
    const namespace = e.object.metadata.namespace!;
    const keys = index.matching(list, namespace, e.object.metadata.labels);
    if (!labelsChanged(e)) return keys;
    return [...new Set([...index.matching(list, namespace, e.old!.metadata.labels), ...keys])];
  };
}
