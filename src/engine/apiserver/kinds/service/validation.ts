/** Services. Upstream: pkg/apis/core/validation/validation.go ValidateService, ValidateServiceUpdate */
import type { Service } from '../../../api/core.ts';
import { isDNS1123Label, isDNS1123Subdomain, isPortName, isPortNumber, isQualifiedName } from '../../../api/name.ts';
import {
  duplicate,
  type Errors,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from '../validation/errors.ts';
import { isCIDR, isIP } from '../validation/ip.ts';
import { labelName, validateLabels, validateObjectMeta } from '../validation/object-meta.ts';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

type Ports = NonNullable<Service['spec']['ports']>;

function validatePort(errors: Errors, port: Ports[number], path: string, nameRequired: boolean): void {
  if (!port.name) {
    if (nameRequired) required(errors, `${path}.name`);
  } else invalidEach(errors, `${path}.name`, port.name, isDNS1123Label(port.name));
  invalidEach(errors, `${path}.port`, port.port ?? 0, isPortNumber(port.port ?? 0));
  if (!port.protocol) required(errors, `${path}.protocol`);
  else if (!PROTOCOLS.includes(port.protocol)) notSupported(errors, `${path}.protocol`, port.protocol, PROTOCOLS);
  const target = port.targetPort;
  // a missing target was filled in from the port, whose complaint is enough
  if (typeof target === 'number' && !(target === 0 && !port.port))
    invalidEach(errors, `${path}.targetPort`, target, isPortNumber(target));
  if (typeof target === 'string') invalidEach(errors, `${path}.targetPort`, target, isPortName(target));
  if (port.appProtocol) invalidEach(errors, `${path}.appProtocol`, port.appProtocol, isQualifiedName(port.appProtocol));
}

function validatePorts(errors: Errors, o: Service): void {
  const spec = o.spec;
  const ports = spec.ports ?? [];
  const headless = spec.clusterIP === 'None';
  if (ports.length === 0 && !headless && spec.type !== 'ExternalName') required(errors, 'spec.ports');
  const names = new Set<string>();
  ports.forEach((port, i) => {
    const path = `spec.ports[${i}]`;
    validatePort(errors, port, path, ports.length > 1);
    if (port.name && names.has(port.name)) duplicate(errors, `${path}.name`, port.name);
    if (port.name) names.add(port.name);
  });
}

function validateClusterIPs(errors: Errors, o: Service): void {
  const { clusterIP, clusterIPs } = o.spec;
  if (clusterIPs?.length && clusterIP !== clusterIPs[0])
    invalid(errors, 'spec.clusterIPs', clusterIPs, 'first value must match `clusterIP`');
  clusterIPs?.forEach((ip, i) => {
    if (i === 0 && ip === 'None') {
      if (clusterIPs.length > 1)
        invalid(errors, 'spec.clusterIPs', clusterIPs, "'None' must be the first and only value");
    } else if (!isIP(ip))
      invalid(errors, `spec.clusterIPs[${i}]`, ip, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)');
  });
}

function validateByType(errors: Errors, o: Service): void {
  const spec = o.spec;
  if (spec.type === 'LoadBalancer' && spec.clusterIP === 'None')
    invalid(errors, 'spec.clusterIPs[0]', 'None', "may not be set to 'None' for LoadBalancer services");
  if (spec.type === 'NodePort' && spec.clusterIP === 'None')
    invalid(errors, 'spec.clusterIPs[0]', 'None', "may not be set to 'None' for NodePort services");
  if (spec.type === 'ExternalName') {
    if (spec.clusterIPs?.length) forbidden(errors, 'spec.clusterIPs', "may not be set when `type` is 'ExternalName'");
    const name = (spec.externalName ?? '').replace(/\.$/, '');
    if (name) invalidEach(errors, 'spec.externalName', name, isDNS1123Subdomain(name));
    else required(errors, 'spec.externalName');
  }
}

function validateNodePorts(errors: Errors, o: Service): void {
  const seen = new Set<string>();
  const pairs = new Map<string, number>();
  o.spec.ports?.forEach((port, i) => {
    const path = `spec.ports[${i}]`;
    const pair = `${port.protocol}/${port.port}`;
    if (pairs.has(pair)) duplicate(errors, path, { port: port.port, protocol: port.protocol });
    pairs.set(pair, i);
    if (!port.nodePort) return;
    if (o.spec.type === 'ClusterIP' || o.spec.type === 'ExternalName') {
      forbidden(errors, `${path}.nodePort`, `may not be used when \`type\` is '${o.spec.type}'`);
      return;
    }
    const key = `${port.protocol}/${port.nodePort}`;
    if (seen.has(key)) duplicate(errors, `${path}.nodePort`, port.nodePort);
    seen.add(key);
  });
}

function validateAffinity(errors: Errors, o: Service): void {
  const { sessionAffinity } = o.spec;
  if (!sessionAffinity) required(errors, 'spec.sessionAffinity');
  else if (sessionAffinity !== 'ClientIP' && sessionAffinity !== 'None')
    notSupported(errors, 'spec.sessionAffinity', sessionAffinity, ['ClientIP', 'None']);
  const seconds = (o.spec.sessionAffinityConfig?.clientIP as { timeoutSeconds?: number } | undefined)?.timeoutSeconds;
  if (sessionAffinity === 'ClientIP' && seconds !== undefined && (seconds <= 0 || seconds > 86_400))
    invalid(
      errors,
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
      seconds,
      'must be greater than 0 and less than 86400',
    );
}

function validatePolicies(errors: Errors, o: Service): void {
  const spec = o.spec;
  if (spec.externalTrafficPolicy && !['Cluster', 'Local'].includes(spec.externalTrafficPolicy))
    notSupported(errors, 'spec.externalTrafficPolicy', spec.externalTrafficPolicy, ['Cluster', 'Local']);
  if (spec.externalTrafficPolicy && !needsExternalPolicy(o))
    invalid(
      errors,
      'spec.externalTrafficPolicy',
      spec.externalTrafficPolicy,
      'may only be set for externally-accessible services',
    );
  if (spec.internalTrafficPolicy && !['Cluster', 'Local'].includes(spec.internalTrafficPolicy))
    notSupported(errors, 'spec.internalTrafficPolicy', spec.internalTrafficPolicy, ['Cluster', 'Local']);
  if (spec.trafficDistribution && !DISTRIBUTIONS.includes(spec.trafficDistribution))
    notSupported(errors, 'spec.trafficDistribution', spec.trafficDistribution, DISTRIBUTIONS);
}

const DISTRIBUTIONS = ['PreferClose', 'PreferSameNode', 'PreferSameZone'];

const needsExternalPolicy = (o: Service): boolean =>
  o.spec.type === 'NodePort' || o.spec.type === 'LoadBalancer' || (o.spec.externalIPs?.length ?? 0) > 0;

export function validateService(errors: Errors, o: Service): void {
  validateObjectMeta(errors, o, true, labelName);
  const spec = o.spec;
  validatePorts(errors, o);
  if (spec.selector) validateLabels(errors, spec.selector, 'spec.selector');
  validateAffinity(errors, o);
  if (!spec.type) required(errors, 'spec.type');
  else if (!TYPES.includes(spec.type)) notSupported(errors, 'spec.type', spec.type, TYPES);
  validateByType(errors, o);
  validateClusterIPs(errors, o);
  spec.externalIPs?.forEach((ip, i) => {
    if (!isIP(ip))
      invalid(errors, `spec.externalIPs[${i}]`, ip, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)');
  });
  validateNodePorts(errors, o);
  spec.loadBalancerSourceRanges?.forEach((range, i) => {
    if (spec.type !== 'LoadBalancer') return;
    if (!isCIDR(range.trim()))
      invalid(
        errors,
        `spec.loadBalancerSourceRanges[${i}]`,
        range,
        'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
      );
  });
  if (spec.loadBalancerSourceRanges?.length && spec.type !== 'LoadBalancer')
    forbidden(errors, 'spec.LoadBalancerSourceRanges', "may only be used when `type` is 'LoadBalancer'");
  if (spec.allocateLoadBalancerNodePorts !== undefined && spec.type !== 'LoadBalancer')
    forbidden(errors, 'spec.allocateLoadBalancerNodePorts', "may only be used when `type` is 'LoadBalancer'");
  validatePolicies(errors, o);
}

/** A cluster address stays, unless the type changes from or to ExternalName. */
export function validateServiceUpdate(errors: Errors, o: Service, old: Service): void {
  if (old.spec.type === 'ExternalName' || o.spec.type === 'ExternalName') return;
  const before = old.spec.clusterIPs ?? [];
  const now = o.spec.clusterIPs ?? [];
  if (before[0] && now[0] !== before[0]) invalid(errors, 'spec.clusterIPs[0]', now, 'may not change once set');
}
