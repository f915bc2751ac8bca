/** Cluster IPs and node ports. Upstream: pkg/registry/core/service/storage/alloc.go */
import type { Service } from '../api/core.ts';
import type { AnyObject } from '../api/meta.ts';
import { invalid, type Refusal } from './errors.ts';
import type { FieldError } from './kind.ts';
import type { Scope } from './scope.ts';

const FIRST_PORT = 30000;
const LAST_PORT = 32767;
/** 10.96.0.0/12: the part that is given out when no address is asked for starts after the static band of 256. */
const BASE = (10 << 24) | (96 << 16);
const STATIC_BAND = 256;
const SIZE = 1 << 20;

const ipText = (offset: number): string => {
  const n = (BASE + offset) >>> 0;
  return `${n >>> 24}.${(n >>> 16) & 255}.${(n >>> 8) & 255}.${n & 255}`;
};

const fieldInvalid = (field: string, given: unknown, detail: string): FieldError => ({
  reason: 'FieldValueInvalid',
  field,
  message: `Invalid value: ${JSON.stringify(given)}: ${detail}`,
});

/** The offset of an address within the service range, or `undefined` when it lies outside. */
function offsetOf(ip: string): number | undefined {
  const parts = ip.split('.').map(Number);
  if (parts.length !== 4 || parts.some((p) => !Number.isInteger(p) || p < 0 || p > 255)) return undefined;
  const offset = (((parts[0]! << 24) | (parts[1]! << 16) | (parts[2]! << 8) | parts[3]!) >>> 0) - (BASE >>> 0);
  return offset > 0 && offset < SIZE - 1 ? offset : undefined;
}

const needsIp = (svc: Service): boolean => svc.spec.type !== 'ExternalName' && svc.spec.clusterIP !== 'None';
const needsPorts = (svc: Service): boolean =>
  svc.spec.type === 'NodePort' ||
  (svc.spec.type === 'LoadBalancer' && svc.spec.allocateLoadBalancerNodePorts !== false);

/** Gives a Service what it lacks; works in place. Other kinds pass. */
export function allocate(s: Scope, o: AnyObject, old: AnyObject | undefined): Refusal | undefined {
  if (o.kind !== 'Service') return undefined;
  const svc = o as unknown as Service;
  const others = [...s.server.store.list<Service>('Service')].filter((x) => x.metadata.uid !== o.metadata.uid);
  const errors: FieldError[] = [];
  allocateIp(s, svc, old as Service | undefined, others, errors);
  allocatePorts(s, svc, old as Service | undefined, others, errors);
  return errors.length ? invalid(s.info, o.metadata.name, errors) : undefined;
}

function allocateIp(s: Scope, svc: Service, old: Service | undefined, others: Service[], errors: FieldError[]): void {
  if (!needsIp(svc)) {
    if (svc.spec.clusterIP === 'None') svc.spec.clusterIPs = ['None'];
    else {
      delete svc.spec.clusterIP;
      delete svc.spec.clusterIPs;
    }
    return;
  }
  const used = new Set(others.flatMap((x) => x.spec.clusterIPs ?? (x.spec.clusterIP ? [x.spec.clusterIP] : [])));
  const wanted = svc.spec.clusterIP || svc.spec.clusterIPs?.[0];
  if (!wanted) {
    let offset = 0;
    do offset = STATIC_BAND + s.server.random.int(SIZE - 1 - STATIC_BAND);
    while (used.has(ipText(offset)));
    svc.spec.clusterIP = ipText(offset);
  } else if (wanted !== old?.spec.clusterIP) {
    if (offsetOf(wanted) === undefined)
      errors.push(
        fieldInvalid(
          'spec.clusterIPs',
          [wanted],
          `failed to allocate IP ${wanted}: the provided network does not match the current range`,
        ),
      );
    else if (used.has(wanted))
      errors.push(
        fieldInvalid('spec.clusterIPs', [wanted], `failed to allocate IP ${wanted}: provided IP is already allocated`),
      );
    svc.spec.clusterIP = wanted;
  }
  svc.spec.clusterIPs = [svc.spec.clusterIP!];
}

function allocatePorts(
  s: Scope,
  svc: Service,
  old: Service | undefined,
  others: Service[],
  errors: FieldError[],
): void {
  if (!needsPorts(svc)) {
    if (old && needsPorts(old)) for (const p of svc.spec.ports ?? []) delete p.nodePort;
    return;
  }
  const key = (p: { protocol?: string }, n: number): string => `${p.protocol ?? 'TCP'}/${n}`;
  const used = new Set<string>();
  const taken = new Set<number>();
  for (const x of others)
    for (const p of x.spec.ports ?? [])
      if (p.nodePort) {
        used.add(key(p, p.nodePort));
        taken.add(p.nodePort);
      }
  for (const p of svc.spec.ports ?? []) if (p.nodePort) taken.add(p.nodePort);
  for (const [i, p] of (svc.spec.ports ?? []).entries()) {
    if (!p.nodePort) {
      const before = old?.spec.ports?.find((q) => q.port === p.port && (q.protocol ?? 'TCP') === (p.protocol ?? 'TCP'));
      if (before?.nodePort && !used.has(key(p, before.nodePort))) p.nodePort = before.nodePort;
      else p.nodePort = freePort(s, taken);
      taken.add(p.nodePort);
      continue;
    }
    const at = `spec.ports[${i}].nodePort`;
    if (p.nodePort < FIRST_PORT || p.nodePort > LAST_PORT)
      errors.push(
        fieldInvalid(
          at,
          p.nodePort,
          `provided port is not in the valid range. The range of valid ports is ${FIRST_PORT}-${LAST_PORT}`,
        ),
      );
    else if (used.has(key(p, p.nodePort)))
      errors.push(fieldInvalid(at, p.nodePort, 'provided port is already allocated'));
    used.add(key(p, p.nodePort));
  }
}

function freePort(s: Scope, taken: ReadonlySet<number>): number {
  let port: number;
  do port = FIRST_PORT + s.server.random.int(LAST_PORT - FIRST_PORT + 1);
  while (taken.has(port));
  return port;
}
