/** The old Endpoints object of every Service with a selector. Upstream: pkg/controller/endpoint/endpoints_controller.go */
import type { EndpointAddress, Endpoints, Pod, Service } from '../../api/core.ts';
import type { Component, Context, Key } from '../../client/component.ts';
import { equalPlain } from '../../sim/plain.ts';
import { rfc3339 } from '../../sim/time.ts';
import { holdBackUntil, type LastSync, noteSync } from '../shared/hold-back.ts';
import { compareText } from '../shared/order.ts';
import { isReady } from '../shared/pods.ts';
import type { Requeue } from '../shared/result.ts';
import { addressOf, backendsOf, hostnameFor, portHash, serviceKeys, serviceSelector, targetPort } from './backends.ts';

type Subset = NonNullable<Endpoints['subsets']>[number];
type Ports = NonNullable<Subset['ports']>;

/** Addresses an Endpoints object may have. */
const CAPACITY = 1000;
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';
const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';
const HEADLESS = 'service.kubernetes.io/headless';

export function endpointsController(): Component {
  const services = serviceKeys();
  const controller: Component<LastSync> = {
    name: 'endpoint-controller',
    watches: ['Service', 'Pod', 'Endpoints'],
    // an Endpoints object that is gone is made again
    keysFor: (e, list) => (e.kind === 'Endpoints' ? (e.type === 'DELETED' ? [e.key] : []) : services(e, list)),
    initial: () => ({}),
    reconcile: (key, ctx, last) => sync(key, ctx, last),
  };
  return controller as Component;
}

function sync(key: Key, ctx: Context, last: LastSync): Requeue {
  const service = ctx.list.byKey<Service>('Service', key);
  const known = ctx.list.byKey<Endpoints>('Endpoints', key);
  if (!service) {
    delete last[key];
    if (known) ctx.api.delete('Endpoints', known.metadata.namespace, known.metadata.name);
    return undefined;
  }
  if (!serviceSelector(service)) return undefined;
  const at = holdBackUntil(last, key, ctx.now);
  if (at !== undefined) return { requeueAt: at };
  const { pods, looked } = backendsOf(service, ctx.list);
  noteSync(last, key, looked, ctx.now);
  const listed = pods.filter(
    (pod) => pod.metadata.deletionTimestamp === undefined || service.spec.publishNotReadyAddresses,
  );
  const { subsets, truncated } = truncate(repack(service, listed));
  write(service, known, subsets, truncated, ctx);
  return undefined;
}

/** Addresses grouped by the ports they answer on, as RepackSubsets orders them. */
function repack(service: Service, pods: readonly Pod[]): Subset[] {
  const groups = new Map<string, { ports: Ports; ready: EndpointAddress[]; notReady: EndpointAddress[] }>();
  for (const pod of pods) {
    const ip = addressOf(pod, service.spec.ipFamilies?.[0]);
    if (ip === undefined) continue;
    const ports = portsOn(service, pod);
    if (!ports) continue;
    const id = JSON.stringify(ports);
    const group = groups.get(id) ?? { ports, ready: [], notReady: [] };
    groups.set(id, group);
    const ready = service.spec.publishNotReadyAddresses || isReady(pod);
    group[ready ? 'ready' : 'notReady'].push(addressFor(service, pod, ip));
  }
  const sorted = [...groups].sort(([a], [b]) => compareText(a, b));
  return sorted.map(([, g]) => ({
    ...(g.ready.length ? { addresses: g.ready.sort(byIp) } : {}),
    ...(g.notReady.length ? { notReadyAddresses: g.notReady.sort(byIp) } : {}),
    ...(g.ports.length ? { ports: g.ports } : {}),
  }));
}

const byIp = (a: EndpointAddress, b: EndpointAddress): number => compareText(a.ip, b.ip);

/** Upstream orders ports by the hash of what Go prints of them. */
const hashOf = (p: Ports[number]): string =>
  portHash(
    `(v1.EndpointPort){Name:(string)${p.name ?? ''} Port:(int32)${p.port} Protocol:(v1.Protocol)${p.protocol} AppProtocol:(*string)${p.appProtocol ?? '<nil>'}}`,
  );

/** The Service's ports on a pod; `undefined` when it answers on none of them. A headless Service may have no ports. */
function portsOn(service: Service, pod: Pod): Ports | undefined {
  const wanted = service.spec.ports ?? [];
  const ports = wanted.flatMap((p) => {
    const port = targetPort(pod, p);
    if (port === undefined) return [];
    const more = p.appProtocol ? { appProtocol: p.appProtocol } : {};
    return [{ ...(p.name ? { name: p.name } : {}), port, protocol: p.protocol ?? 'TCP', ...more }];
  });
  return ports.length || wanted.length === 0 ? ports.sort((a, b) => compareText(hashOf(a), hashOf(b))) : undefined;
}

function addressFor(service: Service, pod: Pod, ip: string): EndpointAddress {
  const hostname = hostnameFor(pod, service);
  const { name, namespace, uid } = pod.metadata;
  return {
    ip,
    ...(hostname ? { hostname } : {}),
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    targetRef: { kind: 'Pod', name, namespace: namespace!, uid },
  };
}

/** At most 1000 addresses, ready ones first. */
function truncate(subsets: Subset[]): { subsets: Subset[]; truncated: boolean } {
  let left = CAPACITY;
  let truncated = false;
  const take = (list: EndpointAddress[] | undefined): EndpointAddress[] | undefined => {
    if (!list) return undefined;
    if (list.length > left) truncated = true;
    const kept = list.slice(0, left);
    left -= kept.length;
    return kept.length ? kept : undefined;
  };
  const ready = subsets.map((s) => take(s.addresses));
  const notReady = subsets.map((s) => take(s.notReadyAddresses));
  const out = subsets.flatMap((s, i) => {
    if (!ready[i] && !notReady[i]) return [];
    const { addresses: _, notReadyAddresses: __, ...rest } = s;
    return [
      {
        ...(ready[i] ? { addresses: ready[i] } : {}),
        ...(notReady[i] ? { notReadyAddresses: notReady[i] } : {}),
        ...rest,
      },
    ];
  });
  return { subsets: out, truncated };
}

function write(
  service: Service,
  known: Endpoints | undefined,
  subsets: Subset[],
  truncated: boolean,
  ctx: Context,
): void {
  const labels: Record<string, string> = { ...service.metadata.labels, [MANAGED_BY]: 'endpoint-controller' };
  if (service.spec.clusterIP === 'None') labels[HEADLESS] = '';
  const same =
    known &&
    equalPlain(known.subsets ?? [], subsets) &&
    equalPlain(known.metadata.labels, labels) &&
    Boolean(known.metadata.annotations?.[OVER_CAPACITY]) === truncated;
  if (same) return;
  const { [OVER_CAPACITY]: _, ...kept } = known?.metadata.annotations ?? {};
  const annotations: Record<string, string> = {
    ...kept,
    [TRIGGER_TIME]: rfc3339(ctx.now),
    ...(truncated ? { [OVER_CAPACITY]: 'truncated' } : {}),
  };
  const { name, namespace } = service.metadata;
  if (known) ctx.api.update<Endpoints>({ ...known, metadata: { ...known.metadata, labels, annotations }, subsets });
  else
    ctx.api.create<Endpoints>({
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name, namespace: namespace!, labels, annotations },
      subsets,
    });
}
