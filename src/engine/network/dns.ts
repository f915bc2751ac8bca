/** Cluster DNS: Services, headless ones with ready endpoints, pods of a StatefulSet, ExternalName. Upstream: CoreDNS kubernetes plugin */
import type { Pod, Service } from '../api/core.ts';
import { matchesMap } from '../api/selector.ts';
import type { Lister } from '../client/lister.ts';

const ZONE = ['cluster', 'local'];

const isReady = (pod: Pod): boolean =>
  pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false;

/** Pods that a headless name answers with, in creation order. */
function headless(list: Lister, service: Service, host: string | undefined): string | undefined {
  const namespace = service.metadata.namespace!;
  for (const pod of list.list<Pod>('Pod', namespace)) {
    if (!pod.status.podIP || pod.metadata.deletionTimestamp || !matchesMap(service.spec.selector, pod.metadata.labels))
      continue;
    if (!isReady(pod) && !service.spec.publishNotReadyAddresses) continue;
    if (host === undefined || (pod.spec.hostname ?? pod.metadata.name) === host) return pod.status.podIP;
  }
  return undefined;
}

function serviceAddress(list: Lister, namespace: string, name: string, host?: string): string | undefined {
  const service = list.get<Service>('Service', namespace, name);
  if (!service) return undefined;
  if (service.spec.type === 'ExternalName') return host ? undefined : '203.0.113.10';
  const ip = service.spec.clusterIP;
  if (ip && ip !== 'None') return host ? undefined : ip;
  return headless(list, service, host);
}

/** `a.b.svc.cluster.local` and the shorter forms that the search domains of a pod in `namespace` complete. */
export function resolve(list: Lister, namespace: string, name: string): string | undefined {
  const parts = name.replace(/\.$/, '').split('.');
  if (parts.at(-2) === ZONE[0] && parts.at(-1) === ZONE[1]) parts.splice(-2);
  const svc = parts.lastIndexOf('svc');
  if (svc > 0) parts.splice(svc);
  if (svc > 0 && parts.length === 3) return serviceAddress(list, parts[2]!, parts[1]!, parts[0]);
  if (parts.length === 1) return serviceAddress(list, namespace, parts[0]!);
  if (parts.length === 2)
    return (
      serviceAddress(list, parts[1]!, parts[0]!) ??
      (svc < 0 ? serviceAddress(list, namespace, parts[1]!, parts[0]) : undefined)
    );
  if (parts.length === 3 && svc < 0) return serviceAddress(list, parts[2]!, parts[1]!, parts[0]);
  return undefined;
}
