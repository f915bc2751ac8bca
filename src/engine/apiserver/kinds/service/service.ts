/** Services. Upstream: pkg/registry/core/service/{strategy,alloc}.go, pkg/printers/internalversion/printers.go printService */
import type { Service } from '../../../api/core.ts';
import { formatSelector } from '../../../api/selector.ts';
import type { FieldError, Kind } from '../../kind.ts';
import { ageColumn, column, nameColumn, wide } from '../columns.ts';
import { sameValue } from '../validation/equal.ts';
import { validateObjectMetaUpdate } from '../validation/object-meta.ts';
import { validateService, validateServiceUpdate } from './validation.ts';

const LOAD_BALANCER_WIDTH = 16;
const CLIENT_IP_SECONDS = 10_800;

const hasClusterIP = (o: Service): boolean => o.spec.type !== 'ExternalName';
const hasNodePorts = (o: Service): boolean => o.spec.type === 'NodePort' || o.spec.type === 'LoadBalancer';

function defaultPorts(o: Service): void {
  for (const port of o.spec.ports ?? []) {
    port.protocol ||= 'TCP';
    if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '') port.targetPort = port.port;
  }
}

function defaultService(o: Service): void {
  o.spec ??= {};
  const spec = o.spec;
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity === 'ClientIP') {
    const config = (spec.sessionAffinityConfig?.clientIP ?? {}) as { timeoutSeconds?: number };
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: config.timeoutSeconds ?? CLIENT_IP_SECONDS } };
  }
  spec.type ||= 'ClusterIP';
  defaultPorts(o);
  if (hasNodePorts(o) || (spec.type === 'ClusterIP' && spec.externalIPs?.length))
    spec.externalTrafficPolicy ||= 'Cluster';
  if (hasClusterIP(o)) spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
}

/** One family, that of the address asked for. The address itself is allocated once the object is valid. */
function defaultFamilies(o: Service): void {
  const spec = o.spec;
  if (!hasClusterIP(o)) return;
  if (!spec.clusterIP && spec.clusterIPs?.length) spec.clusterIP = spec.clusterIPs[0]!;
  if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
  spec.ipFamilies ??= [spec.clusterIP?.includes(':') ? 'IPv6' : 'IPv4'];
  spec.ipFamilyPolicy ??= 'SingleStack';
}

/** What a change of type leaves behind is dropped, as when the user had never set it. */
function dropOfOldType(o: Service, old: Service): void {
  const spec = o.spec;
  const before = old.spec;
  if (hasClusterIP(old) && !hasClusterIP(o) && sameValue(spec.clusterIPs, before.clusterIPs)) {
    delete spec.clusterIP;
    delete spec.clusterIPs;
    delete spec.ipFamilies;
    delete spec.ipFamilyPolicy;
  }
  if (hasNodePorts(old) && !hasNodePorts(o))
    for (const port of spec.ports ?? [])
      if (before.ports?.some((p) => p.nodePort === port.nodePort)) delete port.nodePort;
  if (before.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') delete spec.allocateLoadBalancerNodePorts;
  if (!hasNodePorts(o) && !spec.externalIPs?.length && hasNodePorts(old)) delete spec.externalTrafficPolicy;
}

/** What the server once allocated stays, though an update leaves it out. */
function keepAllocated(o: Service, old: Service): void {
  const spec = o.spec;
  const before = old.spec;
  if (hasClusterIP(o) && hasClusterIP(old)) {
    spec.clusterIP ||= before.clusterIP ?? '';
    if (!spec.clusterIPs?.length && spec.clusterIP === before.clusterIP && before.clusterIPs)
      spec.clusterIPs = before.clusterIPs;
    // a changed clusterIP alone: the list follows it
    if (spec.clusterIP !== before.clusterIP && sameValue(spec.clusterIPs, before.clusterIPs))
      spec.clusterIPs = [spec.clusterIP];
  }
  if (hasNodePorts(o) && hasNodePorts(old))
    for (const port of spec.ports ?? []) {
      if (port.nodePort) continue;
      const same = before.ports?.find((p) => p.port === port.port && p.protocol === port.protocol);
      if (same?.nodePort && !spec.ports!.some((p) => p.nodePort === same.nodePort)) port.nodePort = same.nodePort;
    }
}

function loadBalancerText(o: Service, full: boolean): string {
  const all = [...new Set((o.status?.loadBalancer?.ingress ?? []).map((i) => i.ip || i.hostname || ''))].filter(
    Boolean,
  );
  const text = all.sort((a, b) => (a < b ? -1 : 1)).join(',');
  return !full && text.length > LOAD_BALANCER_WIDTH ? `${text.slice(0, LOAD_BALANCER_WIDTH - 3)}...` : text;
}

function externalIP(o: Service): string {
  const external = o.spec.externalIPs ?? [];
  switch (o.spec.type) {
    case 'ExternalName':
      return o.spec.externalName ?? '';
    case 'LoadBalancer': {
      const balanced = loadBalancerText(o, false);
      const all = [...(balanced ? [balanced] : []), ...external];
      return all.length ? all.join(',') : '<pending>';
    }
    default:
      return external.length ? external.join(',') : '<none>';
  }
}

function portText(o: Service): string {
  const ports = (o.spec.ports ?? []).map((p) =>
    p.nodePort ? `${p.port}:${p.nodePort}/${p.protocol}` : `${p.port}/${p.protocol}`,
  );
  return ports.length ? ports.join(',') : '<none>';
}

export const service: Kind<Service> = {
  kind: 'Service',
  hasStatus: true,
  default: defaultService,
  prepareCreate(o) {
    o.status = { loadBalancer: {} };
    defaultFamilies(o);
  },
  prepareUpdate(o, old) {
    dropOfOldType(o, old);
    keepAllocated(o, old);
    defaultFamilies(o);
  },
  validate(o) {
    const errors: FieldError[] = [];
    validateService(errors, o);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateObjectMetaUpdate(errors, o, old);
    validateServiceUpdate(errors, o, old);
    validateService(errors, o);
    return errors;
  },
  warnings: (o) =>
    o.spec.externalIPs?.length
      ? ['spec.externalIPs is deprecated and may no longer be implemented in some clusters']
      : [],
  selectableFields: (o) => ({ 'spec.clusterIP': o.spec.clusterIP ?? '', 'spec.type': o.spec.type ?? '' }),
  columns: [
    nameColumn,
    column('Type', (o) => o.spec.type ?? ''),
    column('Cluster-IP', (o) => o.spec.clusterIPs?.[0] || o.spec.clusterIP || '<none>'),
    column('External-IP', externalIP),
    column('Port(s)', portText),
    ageColumn,
    wide('Selector', (o) => formatSelector(o.spec.selector)),
  ],
};
