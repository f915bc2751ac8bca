/** EndpointSlices: who answers for a Service, 100 endpoints each. Upstream: pkg/controller/endpointslice, staging endpointslice/reconciler.go */
import type { Node, Pod, Service } from '../../api/core.ts';
import { controllerRef } from '../../api/meta.ts';
import type { EndpointSlice } from '../../api/policy.ts';
import type { Component, Context, Key } from '../../client/component.ts';
import { equalPlain } from '../../sim/plain.ts';
import { rfc3339 } from '../../sim/time.ts';
import { holdBackUntil, type LastSync, noteSync } from '../shared/hold-back.ts';
import { byAge, compareText, sortedBy } from '../shared/order.ts';
import { isReady } from '../shared/pods.ts';
import type { Requeue } from '../shared/result.ts';
import { addressOf, backendsOf, hostnameFor, portHash, serviceKeys, serviceSelector, targetPort } from './backends.ts';

type Endpoint = EndpointSlice['endpoints'][number];
type Ports = NonNullable<EndpointSlice['ports']>;

const SIZE = 100;
const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const MANAGER = 'endpointslice-controller.k8s.io';
const HEADLESS = 'service.kubernetes.io/headless';
const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';
const ZONE = 'topology.kubernetes.io/zone';

export function endpointSliceController(): Component {
  const services = serviceKeys();
  const controller: Component<LastSync> = {
    name: 'endpoint-slice-controller',
    watches: ['Service', 'Pod', 'EndpointSlice'],
    keysFor(e, list) {
      if (e.kind !== 'EndpointSlice') return services(e, list);
      const { labels, namespace } = e.object.metadata;
      if (e.type !== 'DELETED' || labels?.[MANAGED_BY] !== MANAGER) return [];
      return [`${namespace}/${labels[SERVICE_NAME]}`];
    },
    initial: () => ({}),
    reconcile: (key, ctx, last) => sync(key, ctx, last),
  };
  return controller as Component;
}

function sync(key: Key, ctx: Context, last: LastSync): Requeue {
  const service = ctx.list.byKey<Service>('Service', key);
  if (!service || service.metadata.deletionTimestamp !== undefined) {
    delete last[key]; // the slices go with their owner
    return undefined;
  }
  if (!serviceSelector(service)) return undefined;
  const at = holdBackUntil(last, key, ctx.now);
  if (at !== undefined) return { requeueAt: at };
  const { pods, looked } = backendsOf(service, ctx.list);
  noteSync(last, key, looked, ctx.now);
  const known = sortedBy(ctx.list.ownedBy<EndpointSlice>('EndpointSlice', service.metadata.uid), byAge);
  const families = service.spec.ipFamilies?.length ? service.spec.ipFamilies : ['IPv4'];
  for (const family of families)
    syncFamily(
      service,
      family,
      pods,
      known.filter((s) => s.addressType === family),
      ctx,
    );
  for (const slice of known.filter((s) => !families.includes(s.addressType))) remove(slice, ctx);
  return undefined;
}

const remove = (slice: EndpointSlice, ctx: Context): void => {
  ctx.api.delete('EndpointSlice', slice.metadata.namespace, slice.metadata.name);
};

/** Groups endpoints by ports and deals them out to slices, leaving unchanged ones alone. */
function syncFamily(
  service: Service,
  family: string,
  pods: readonly Pod[],
  known: EndpointSlice[],
  ctx: Context,
): void {
  const groups = new Map<string, { ports: Ports; endpoints: Map<string, Endpoint> }>();
  for (const pod of pods) {
    const ip = addressOf(pod, family);
    if (ip === undefined) continue;
    const ports = portsOn(service, pod);
    const id = JSON.stringify(ports);
    const group = groups.get(id) ?? { ports, endpoints: new Map() };
    groups.set(id, group);
    group.endpoints.set(pod.metadata.uid, endpointFor(service, pod, ip, ctx));
  }
  // a Service without endpoints keeps one empty slice
  if (groups.size === 0) groups.set('[]', { ports: [], endpoints: new Map() });
  const free = [...known];
  for (const [id, group] of [...groups].sort(([a], [b]) => compareText(a, b))) {
    const mine = free.filter((s) => JSON.stringify(s.ports ?? []) === id);
    for (const s of mine) free.splice(free.indexOf(s), 1);
    deal(service, family, group, mine, free, ctx);
  }
  for (const slice of free) remove(slice, ctx);
}

function deal(
  service: Service,
  family: string,
  group: { ports: Ports; endpoints: Map<string, Endpoint> },
  mine: readonly EndpointSlice[],
  free: EndpointSlice[],
  ctx: Context,
): void {
  const left = new Map(group.endpoints);
  const kept = mine.map((slice) => ({
    slice,
    endpoints: slice.endpoints.flatMap((e) => {
      const uid = e.targetRef?.uid ?? '';
      const next = left.get(uid);
      left.delete(uid);
      return next ? [next] : [];
    }),
  }));
  const rest = [...left.values()];
  for (const k of kept) k.endpoints.push(...rest.splice(0, SIZE - k.endpoints.length));
  for (const [i, k] of kept.entries()) {
    // the last slice stays even when it is empty
    if (k.endpoints.length === 0 && (i > 0 || group.endpoints.size > 0)) remove(k.slice, ctx);
    else put(service, family, group.ports, k.endpoints, k.slice, ctx);
  }
  while (rest.length > 0 || (kept.length === 0 && group.endpoints.size === 0)) {
    put(service, family, group.ports, rest.splice(0, SIZE), free.shift(), ctx);
    if (group.endpoints.size === 0) return;
  }
}

function put(
  service: Service,
  family: string,
  ports: Ports,
  endpoints: Endpoint[],
  known: EndpointSlice | undefined,
  ctx: Context,
): void {
  const labels: Record<string, string> = {
    ...service.metadata.labels,
    [MANAGED_BY]: MANAGER,
    [SERVICE_NAME]: service.metadata.name,
    ...(service.spec.clusterIP === 'None' ? { [HEADLESS]: '' } : {}),
  };
  if (
    known &&
    equalPlain(known.endpoints, endpoints) &&
    equalPlain(known.ports ?? [], ports) &&
    equalPlain(known.metadata.labels, labels)
  )
    return;
  const annotations = { [TRIGGER_TIME]: rfc3339(ctx.now) };
  if (known) {
    const metadata = { ...known.metadata, labels, annotations: { ...known.metadata.annotations, ...annotations } };
    ctx.api.update<EndpointSlice>({ ...known, metadata, endpoints, ports });
    return;
  }
  ctx.api.create<EndpointSlice>({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${service.metadata.name}-`,
      namespace: service.metadata.namespace!,
      labels,
      annotations,
      ownerReferences: [controllerRef(service)],
    },
    addressType: family,
    endpoints,
    ports,
  });
}

/** Upstream orders ports by the hash of what Go prints of them. */
const hashOf = (p: Ports[number]): string =>
  portHash(
    `(v1.EndpointPort){Name:(*string)${p.name ?? ''} Protocol:(*v1.Protocol)${p.protocol} Port:(*int32)${p.port} AppProtocol:(*string)${p.appProtocol ?? '<nil>'}}`,
  );

function portsOn(service: Service, pod: Pod): Ports {
  const ports = (service.spec.ports ?? []).flatMap((p) => {
    const port = targetPort(pod, p);
    if (port === undefined) return [];
    const more = p.appProtocol ? { appProtocol: p.appProtocol } : {};
    return [{ name: p.name ?? '', port, protocol: p.protocol ?? 'TCP', ...more }];
  });
  return ports.sort((a, b) => compareText(hashOf(a), hashOf(b)));
}

function endpointFor(service: Service, pod: Pod, ip: string, ctx: Context): Endpoint {
  const serving = isReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = Boolean(service.spec.publishNotReadyAddresses) || (serving && !terminating);
  const hostname = hostnameFor(pod, service);
  const node = pod.spec.nodeName ? ctx.list.get<Node>('Node', undefined, pod.spec.nodeName) : undefined;
  const zone = node?.metadata.labels?.[ZONE];
  const { name, namespace, uid } = pod.metadata;
  return {
    addresses: [ip],
    conditions: { ready, serving, terminating },
    ...(hostname ? { hostname } : {}),
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    targetRef: { kind: 'Pod', name, namespace: namespace!, uid },
    ...(zone ? { zone } : {}),
  };
}
