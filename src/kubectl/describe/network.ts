/** `describe` of services, endpoints, ingresses, policies. Upstream: k8s.io/kubectl/pkg/describe */
import type { Endpoints, Service, ServicePort } from '../../engine/api/core.ts';
import type { KubeObject, LabelSelector } from '../../engine/api/meta.ts';
import type { EndpointSlice } from '../../engine/api/policy.ts';
import { formatSelector } from '../../engine/api/selector.ts';
import type { Env } from '../command.ts';
import { annotationsField, events, labelsField, listAll, type Subject } from './common.ts';
import type { Writer } from './writer.ts';

const SHOWN_MAX = 3;

const slicesOf = (env: Env, namespace: string, service: string): EndpointSlice[] =>
  listAll<EndpointSlice>(env, {
    resource: 'endpointslices',
    apiVersion: 'discovery.k8s.io/v1',
    namespace,
    labelSelector: `kubernetes.io/service-name=${service}`,
  });

/** Ready addresses of one port: `10.244.1.2:80,10.244.2.3:80 + 2 more...`. */
export function endpointsText(
  env: Env,
  namespace: string,
  service: string,
  port: { name?: string } | undefined,
): string {
  const list: string[] = [];
  for (const slice of slicesOf(env, namespace, service))
    for (const p of slice.ports ?? []) {
      if (port && (p.name ?? '') !== (port.name ?? '')) continue;
      for (const e of slice.endpoints ?? [])
        if (e.conditions?.ready !== false) for (const a of e.addresses) list.push(`${a}:${p.port}`);
    }
  if (!list.length) return '<none>';
  const more = list.length - SHOWN_MAX;
  return list.slice(0, SHOWN_MAX).join(',') + (more > 0 ? ` + ${more} more...` : '');
}

function portLines(s: Subject<Service>, p: ServicePort): void {
  const { w, object, env } = s;
  const name = p.name || '<unset>';
  const protocol = p.protocol ?? 'TCP';
  w.field('Port', `${name}\t${p.port}/${protocol}`);
  w.field('TargetPort', `${p.targetPort === undefined || p.targetPort === 0 ? p.port : p.targetPort}/${protocol}`);
  if (p.nodePort) w.field('NodePort', `${name}\t${p.nodePort}/${protocol}`);
  w.field('Endpoints', endpointsText(env, object.metadata.namespace ?? 'default', object.metadata.name, p));
}

export function describeService(s: Subject<Service>): void {
  const { object: o, w } = s;
  const { spec } = o;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  labelsField(w, o.metadata.labels);
  annotationsField(w, o.metadata.annotations);
  w.field('Selector', formatSelector(spec.selector ?? {}));
  w.field('Type', spec.type ?? 'ClusterIP');
  if (spec.ipFamilyPolicy) w.field('IP Family Policy', spec.ipFamilyPolicy);
  w.field('IP Families', spec.ipFamilies?.length ? spec.ipFamilies.join(',') : '<none>');
  w.field('IP', spec.clusterIP ?? '');
  w.field('IPs', spec.clusterIPs?.length ? spec.clusterIPs.join(',') : '<none>');
  if (spec.externalIPs?.length) w.field('External IPs', spec.externalIPs.join(','));
  if (spec.loadBalancerIP) w.field('Desired LoadBalancer IP', spec.loadBalancerIP);
  if (spec.externalName) w.field('External Name', spec.externalName);
  const ingress = o.status.loadBalancer?.ingress ?? [];
  if (ingress.length) w.field('LoadBalancer Ingress', ingress.map((i) => i.ip ?? i.hostname ?? '').join(', '));
  for (const p of spec.ports ?? []) portLines(s, p);
  w.field('Session Affinity', spec.sessionAffinity ?? 'None');
  if (spec.externalTrafficPolicy) w.field('External Traffic Policy', spec.externalTrafficPolicy);
  if (spec.internalTrafficPolicy) w.field('Internal Traffic Policy', spec.internalTrafficPolicy);
  if (spec.trafficDistribution) w.field('Traffic Distribution', spec.trafficDistribution);
  if (spec.loadBalancerSourceRanges?.length)
    w.field('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges.join(','));
  events(s);
}

export function describeEndpoints(s: Subject<Endpoints>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  labelsField(w, o.metadata.labels);
  annotationsField(w, o.metadata.annotations);
  w.line(0, 'Subsets:');
  for (const subset of o.subsets ?? []) {
    const ips = (list: { ip: string }[] | undefined): string => (list ?? []).map((a) => a.ip).join(',') || '<none>';
    w.line(1, `Addresses:\t${ips(subset.addresses)}`);
    w.line(1, `NotReadyAddresses:\t${ips(subset.notReadyAddresses)}`);
    if (subset.ports?.length) {
      w.line(1, 'Ports:');
      w.line(2, 'Name\tPort\tProtocol');
      w.line(2, '----\t----\t--------');
      for (const p of subset.ports) w.line(2, `${p.name || '<unset>'}\t${p.port}\t${p.protocol ?? 'TCP'}`);
    }
    w.line(0, '');
  }
  events(s);
}

export function describeEndpointSlice(s: Subject<EndpointSlice>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  labelsField(w, o.metadata.labels);
  annotationsField(w, o.metadata.annotations);
  w.field('AddressType', o.addressType);
  if (o.ports?.length) {
    w.line(0, 'Ports:\n  Name\tPort\tProtocol');
    w.line(1, '----\t----\t--------');
    for (const p of o.ports) w.line(1, `${p.name || '<unset>'}\t${p.port ?? '<unset>'}\t${p.protocol ?? 'TCP'}`);
  } else w.field('Ports', '<unset>');
  if (!o.endpoints?.length) w.field('Endpoints', '<none>');
  else {
    w.line(0, 'Endpoints:');
    for (const e of o.endpoints) {
      w.line(1, `- Addresses:\t${e.addresses.join(', ')}`);
      w.line(2, 'Conditions:');
      w.line(3, `Ready:\t${e.conditions?.ready ?? '<unset>'}`);
      w.line(2, `Hostname:\t${e.hostname ?? '<unset>'}`);
      if (e.targetRef) w.line(2, `TargetRef:\t${e.targetRef.kind}/${e.targetRef.name}`);
      w.line(2, `NodeName:\t${e.nodeName ?? '<unset>'}`);
      w.line(2, `Zone:\t${e.zone ?? '<unset>'}`);
    }
  }
  events(s);
}

interface Backend {
  service?: { name: string; port?: { name?: string; number?: number } };
  resource?: { kind: string; name: string };
}

interface Ingress extends KubeObject {
  spec: {
    ingressClassName?: string;
    defaultBackend?: Backend;
    tls?: { hosts?: string[]; secretName?: string }[];
    rules?: { host?: string; http?: { paths: { path?: string; backend: Backend }[] } }[];
  };
  status?: { loadBalancer?: { ingress?: { ip?: string; hostname?: string }[] } };
}

function backendText(s: Subject<Ingress>, b: Backend | undefined): string {
  if (!b?.service) return b?.resource ? `${b.resource.kind}/${b.resource.name}` : '<default>';
  const { name, port } = b.service;
  const namespace = s.object.metadata.namespace ?? 'default';
  const service = listAll<Service>(s.env, { resource: 'services', namespace }).find((x) => x.metadata.name === name);
  const wanted = service?.spec.ports?.find((p) => (port?.name ? p.name === port.name : p.port === port?.number));
  const known = service ? endpointsText(s.env, namespace, name, wanted ?? {}) : `<error: services "${name}" not found>`;
  return `${name}:${port?.name ?? port?.number ?? ''} (${known})`;
}

export function describeIngress(s: Subject<Ingress>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  labelsField(w, o.metadata.labels);
  w.field('Namespace', o.metadata.namespace ?? '');
  w.field('Address', (o.status?.loadBalancer?.ingress ?? []).map((i) => i.ip ?? i.hostname ?? '').join(','));
  w.field('Ingress Class', o.spec.ingressClassName ?? '<none>');
  w.field('Default backend', backendText(s, o.spec.defaultBackend));
  if (o.spec.tls?.length) {
    w.line(0, 'TLS:');
    for (const t of o.spec.tls)
      w.line(
        1,
        t.secretName
          ? `${t.secretName} terminates ${(t.hosts ?? []).join(',')}`
          : `SNI routes ${(t.hosts ?? []).join(',')}`,
      );
  }
  w.line(0, 'Rules:\n  Host\tPath\tBackends');
  w.line(1, '----\t----\t--------');
  for (const r of o.spec.rules ?? []) {
    if (!r.http) continue;
    w.line(1, `${r.host || '*'}\t`);
    for (const p of r.http.paths) w.line(1, `\t${p.path ?? ''} \t${backendText(s, p.backend)}`);
  }
  if (!o.spec.rules?.length) w.line(1, `*\t*\t${backendText(s, o.spec.defaultBackend)}`);
  annotationsField(w, o.metadata.annotations);
  events(s);
}

interface Peer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr: string; except?: string[] };
}

interface PolicyRule {
  ports?: { port?: number | string; protocol?: string; endPort?: number }[];
  from?: Peer[];
  to?: Peer[];
}

interface NetworkPolicy extends KubeObject {
  spec: { podSelector?: LabelSelector; ingress?: PolicyRule[]; egress?: PolicyRule[]; policyTypes?: string[] };
}

const selectorText = (selector: LabelSelector | undefined): string => {
  const text = formatSelector(selector);
  return text === '<none>' ? '<none>' : text;
};

function ruleLines(w: Writer, rules: readonly PolicyRule[] | undefined, peers: 'from' | 'to', word: string): void {
  const title = peers === 'from' ? 'From' : 'To';
  if (!rules?.length) {
    w.line(0, `    <none> (Selected pods are isolated for ${word} connectivity)`);
    return;
  }
  rules.forEach((rule, i) => {
    if (!rule.ports?.length) w.line(0, '    To Port: <any> (traffic allowed to all ports)');
    for (const p of rule.ports ?? []) w.line(0, `    To Port: ${p.port ?? '<any>'}/${p.protocol ?? 'TCP'}`);
    const list = rule[peers] ?? [];
    if (!list.length)
      w.line(0, `    ${title}: <any> (traffic not restricted by ${peers === 'from' ? 'source' : 'destination'})`);
    for (const peer of list) {
      w.line(0, `    ${title}:`);
      if (peer.ipBlock) {
        w.line(0, '      IPBlock:');
        w.line(0, `        CIDR: ${peer.ipBlock.cidr}`);
        w.line(0, `        Except: ${(peer.ipBlock.except ?? []).join(', ')}`);
      }
      if (peer.namespaceSelector) w.line(0, `      NamespaceSelector: ${selectorText(peer.namespaceSelector)}`);
      if (peer.podSelector) w.line(0, `      PodSelector: ${selectorText(peer.podSelector)}`);
    }
    if (i < rules.length - 1) w.line(0, '    ----------');
  });
}

/** `2026-01-01 00:00:00 +0000 UTC`, as Go prints a time. */
const goTime = (timestamp: string): string => timestamp.replace('T', ' ').replace('Z', ' +0000 UTC');

export function describeNetworkPolicy(s: Subject<NetworkPolicy>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('Namespace', o.metadata.namespace ?? '');
  w.field('Created on', goTime(o.metadata.creationTimestamp));
  labelsField(w, o.metadata.labels);
  annotationsField(w, o.metadata.annotations);
  const types = o.spec.policyTypes ?? [];
  const selector = formatSelector(o.spec.podSelector ?? {});
  w.line(0, 'Spec:');
  w.line(
    0,
    `  PodSelector:     ${selector === '<none>' ? '<none> (Allowing the specific traffic to all pods in this namespace)' : selector}`,
  );
  if (types.includes('Ingress')) {
    w.line(0, '  Allowing ingress traffic:');
    ruleLines(w, o.spec.ingress, 'from', 'ingress');
  } else w.line(0, '  Not affecting ingress traffic');
  if (types.includes('Egress')) {
    w.line(0, '  Allowing egress traffic:');
    ruleLines(w, o.spec.egress, 'to', 'egress');
  } else w.line(0, '  Not affecting egress traffic');
  w.line(0, `  Policy Types: ${types.join(', ')}`);
}
