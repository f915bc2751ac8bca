/** Ingresses and their classes. Upstream: pkg/apis/networking/validation/validation.go, pkg/printers/internalversion/printers.go */
import type { KubeObject } from '../../../api/meta.ts';
import {
  byteLength,
  isDNS1123Label,
  isDNS1123Subdomain,
  isPortName,
  isPortNumber,
  isWildcardDNS1123Subdomain,
} from '../../../api/name.ts';
import { ageColumn, column, nameColumn } from '../columns.ts';
import { firstGeneration, nextGeneration } from '../generation.ts';
import { simpleKind } from '../simple.ts';
import {
  type Errors,
  forbidden,
  IMMUTABLE,
  invalid,
  invalidEach,
  notSupported,
  required,
  tooLong,
} from '../validation/errors.ts';
import { domainPrefixedPath } from '../validation/formats.ts';
import { isIP } from '../validation/ip.ts';
import { pathSegmentName, subdomainName } from '../validation/object-meta.ts';

interface TypedReference {
  apiGroup?: string;
  kind?: string;
  name?: string;
}

interface Backend {
  service?: { name?: string; port?: { name?: string; number?: number } };
  resource?: TypedReference;
}

interface Path {
  path?: string;
  pathType?: string;
  backend?: Backend;
}

interface Ingress extends KubeObject {
  spec: {
    ingressClassName?: string;
    defaultBackend?: Backend;
    rules?: { host?: string; http?: { paths?: Path[] } }[];
    tls?: { hosts?: string[]; secretName?: string }[];
  };
  status: { loadBalancer?: { ingress?: { ip?: string; hostname?: string }[] } };
}

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const BAD_SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const BAD_SUFFIXES = ['/..', '/.'];
const CONTROLLER_MAX_BYTES = 250;

function validateReference(errors: Errors, ref: TypedReference, path: string): void {
  if (ref.apiGroup !== undefined)
    invalidEach(errors, `${path}.apiGroup`, ref.apiGroup, isDNS1123Subdomain(ref.apiGroup));
  for (const field of ['kind', 'name'] as const) {
    const value = ref[field];
    if (!value) required(errors, `${path}.${field}`, `${field} is required`);
    else invalidEach(errors, `${path}.${field}`, value, pathSegmentName(value));
  }
}

function validateBackend(errors: Errors, backend: Backend, path: string): void {
  const { service, resource } = backend;
  if (service && resource) invalid(errors, path, '', 'cannot set both resource and service backends');
  else if (resource) validateReference(errors, resource, `${path}.resource`);
  else if (!service) invalid(errors, path, '', 'resource or service backend is required');
  else {
    if (!service.name) required(errors, `${path}.service.name`);
    else invalidEach(errors, `${path}.service.name`, service.name, isDNS1123Label(service.name));
    const { name, number } = service.port ?? {};
    if (name && number) invalid(errors, path, '', 'cannot set both port name & port number');
    else if (name) invalidEach(errors, `${path}.service.port.name`, name, isPortName(name));
    else if (number) invalidEach(errors, `${path}.service.port.number`, number, isPortNumber(number));
    else required(errors, path, 'port name or number is required');
  }
}

function validatePath(errors: Errors, p: Path, at: string): void {
  const path = p.path ?? '';
  if (p.pathType === undefined) {
    required(errors, `${at}.pathType`, 'pathType must be specified');
    return;
  }
  if (!PATH_TYPES.includes(p.pathType)) notSupported(errors, `${at}.pathType`, p.pathType, PATH_TYPES);
  else if (p.pathType === 'ImplementationSpecific') {
    if (path && !path.startsWith('/')) invalid(errors, `${at}.path`, path, 'must be an absolute path');
  } else {
    if (!path.startsWith('/')) invalid(errors, `${at}.path`, path, 'must be an absolute path');
    for (const bad of BAD_SEQUENCES)
      if (path.includes(bad)) invalid(errors, `${at}.path`, path, `must not contain '${bad}'`);
    for (const bad of BAD_SUFFIXES)
      if (path.endsWith(bad)) invalid(errors, `${at}.path`, path, `cannot end with '${bad}'`);
  }
  validateBackend(errors, p.backend ?? {}, `${at}.backend`);
}

function validateHost(errors: Errors, host: string, path: string): void {
  if (isIP(host)) invalid(errors, path, host, 'must be a DNS name, not an IP address');
  invalidEach(errors, path, host, host.includes('*') ? isWildcardDNS1123Subdomain(host) : isDNS1123Subdomain(host));
}

function validateRules(errors: Errors, o: Ingress): void {
  o.spec.rules?.forEach((rule, i) => {
    const at = `spec.rules[${i}]`;
    if (rule.host) validateHost(errors, rule.host, `${at}.host`);
    if (!rule.http) return;
    if (!rule.http.paths?.length) required(errors, `${at}.http.paths`);
    rule.http.paths?.forEach((p, j) => {
      validatePath(errors, p, `${at}.http.paths[${j}]`);
    });
  });
}

function validateTls(errors: Errors, o: Ingress): void {
  o.spec.tls?.forEach((tls, i) => {
    tls.hosts?.forEach((host, j) => {
      const complaints = host.includes('*') ? isWildcardDNS1123Subdomain(host) : isDNS1123Subdomain(host);
      invalidEach(errors, `spec.tls[${i}].hosts[${j}]`, host, complaints);
    });
    if (tls.secretName) invalidEach(errors, `spec.tls[${i}].secretName`, tls.secretName, subdomainName(tls.secretName));
  });
}

function validateIngress(errors: Errors, o: Ingress): void {
  const { rules, defaultBackend, ingressClassName } = o.spec;
  if (!rules?.length && !defaultBackend)
    invalid(errors, 'spec', rules ?? null, 'either `defaultBackend` or `rules` must be specified');
  if (defaultBackend) validateBackend(errors, defaultBackend, 'spec.defaultBackend');
  validateRules(errors, o);
  validateTls(errors, o);
  if (ingressClassName !== undefined)
    invalidEach(errors, 'spec.ingressClassName', ingressClassName, subdomainName(ingressClassName));
}

const HOSTS_SHOWN = 3;

function hostsText(o: Ingress): string {
  const hosts = (o.spec.rules ?? []).map((r) => r.host ?? '').filter(Boolean);
  if (hosts.length === 0) return '*';
  const shown = hosts.slice(0, HOSTS_SHOWN).join(',');
  return hosts.length > HOSTS_SHOWN ? `${shown} + ${hosts.length - HOSTS_SHOWN} more...` : shown;
}

const addressText = (o: Ingress): string =>
  (o.status?.loadBalancer?.ingress ?? []).map((i) => i.ip || i.hostname || '').join(',');

export const ingress = simpleKind<Ingress>('Ingress', {
  namespaced: true,
  hasStatus: true,
  default(o) {
    o.spec ??= {};
  },
  prepareCreate(o) {
    firstGeneration(o);
    o.status = { loadBalancer: {} };
  },
  prepareUpdate(o, old) {
    o.status = old.status;
    nextGeneration(o, old);
  },
  check: validateIngress,
  warnings: (o) =>
    o.metadata.annotations?.[CLASS_ANNOTATION]
      ? [`annotation "${CLASS_ANNOTATION}" is deprecated, please use 'spec.ingressClassName' instead`]
      : [],
  columns: [
    nameColumn,
    column('Class', (o) => o.spec.ingressClassName ?? o.metadata.annotations?.[CLASS_ANNOTATION] ?? '<none>'),
    column('Hosts', hostsText),
    column('Address', addressText),
    column('Ports', (o) => (o.spec.tls?.length ? '80, 443' : '80')),
    ageColumn,
  ],
});

interface IngressClass extends KubeObject {
  spec: { controller?: string; parameters?: TypedReference & { scope?: string; namespace?: string } };
}

function validateParameters(errors: Errors, p: NonNullable<IngressClass['spec']['parameters']>): void {
  const path = 'spec.parameters';
  validateReference(errors, p, path);
  if (p.scope === undefined) required(errors, `${path}.scope`);
  else if (p.scope !== 'Cluster' && p.scope !== 'Namespace')
    notSupported(errors, `${path}.scope`, p.scope, ['Cluster', 'Namespace']);
  else if (p.scope === 'Namespace' && p.namespace === undefined)
    required(errors, `${path}.namespace`, "`parameters.scope` is set to 'Namespace'");
  else if (p.scope === 'Cluster' && p.namespace !== undefined)
    forbidden(errors, `${path}.namespace`, "`parameters.scope` is set to 'Cluster'");
}

export const ingressClass = simpleKind<IngressClass>('IngressClass', {
  namespaced: false,
  default(o) {
    o.spec ??= {};
    if (o.spec.parameters) o.spec.parameters.scope ??= 'Cluster';
  },
  prepareCreate: firstGeneration,
  prepareUpdate(o, old) {
    nextGeneration(o, old);
  },
  check(errors, o) {
    const controller = o.spec.controller ?? '';
    if (byteLength(controller) > CONTROLLER_MAX_BYTES) tooLong(errors, 'spec.controller', CONTROLLER_MAX_BYTES);
    domainPrefixedPath(errors, controller, 'spec.controller');
    if (o.spec.parameters) validateParameters(errors, o.spec.parameters);
  },
  checkUpdate(errors, o, old) {
    if (o.spec.controller !== old.spec.controller) invalid(errors, 'spec.controller', o.spec.controller, IMMUTABLE);
  },
  columns: [
    nameColumn,
    column('Controller', (o) => o.spec.controller ?? ''),
    column('Parameters', (o) => {
      const p = o.spec.parameters;
      if (!p) return '<none>';
      const kind = p.apiGroup ? `${p.kind}.${p.apiGroup}` : p.kind;
      return `${kind}/${p.name}`;
    }),
    ageColumn,
  ],
});
