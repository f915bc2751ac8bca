/** Services. Upstream: pkg/apis/core/validation/validation.go ValidateService, ValidateServiceUpdate */
import type { Service } from '../../../api/core.ts';
import { isDNS1123Label, isDNS1123Subdomain, isPortNumber, isQualifiedName } from '../../../api/name.ts';
import { validateChoice } from '../validation/container.ts';
import {
  duplicate,
  type Errors,
  forbidden,
  IMMUTABLE,
  invalid,
  invalidEach,
  notSupported,
  required,
} from '../validation/errors.ts';
import { isIP, validateCIDR, validateIP, validateNonSpecialIP } from '../validation/ip.ts';
import { labelName, validateLabels, validateObjectMeta } from '../validation/object-meta.ts';
import { validatePortNumberOrName } from '../validation/probes.ts';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const TRAFFIC = ['Cluster', 'Local'];
const FAMILIES = ['IPv4', 'IPv6'];
const FAMILY_POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const DISTRIBUTIONS = ['PreferClose', 'PreferSameNode', 'PreferSameZone'];
const MOST_AFFINITY_SECONDS = 86_400;
const BALANCER_ONLY = "may only be used when `type` is 'LoadBalancer'";

type Ports = NonNullable<Service['spec']['ports']>;

const isHeadless = (o: Service): boolean => o.spec.clusterIPs?.length === 1 && o.spec.clusterIPs[0] === 'None';

function validateType(errors: Errors, o: Service): void {
  const { spec } = o;
  if ((spec.type === 'LoadBalancer' || spec.type === 'NodePort') && isHeadless(o))
    invalid(errors, 'spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`);
  if (spec.type !== 'ExternalName') return;
  if (spec.clusterIPs?.length) forbidden(errors, 'spec.clusterIPs', 'may not be set for ExternalName services');
  if (spec.ipFamilies?.length) forbidden(errors, 'spec.ipFamilies', 'may not be set for ExternalName services');
  if (spec.ipFamilyPolicy !== undefined)
    forbidden(errors, 'spec.ipFamilyPolicy', 'may not be set for ExternalName services');
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  if (name) invalidEach(errors, 'spec.externalName', name, isDNS1123Subdomain(name));
  else required(errors, 'spec.externalName');
}

function validatePorts(errors: Errors, ports: Ports): void {
  const names = new Set<string>();
  ports.forEach((port, i) => {
    const path = `spec.ports[${i}]`;
    if (port.name) {
      invalidEach(errors, `${path}.name`, port.name, isDNS1123Label(port.name));
      if (names.has(port.name)) duplicate(errors, `${path}.name`, port.name);
      names.add(port.name);
    } else if (ports.length > 1) required(errors, `${path}.name`);
    invalidEach(errors, `${path}.port`, port.port ?? 0, isPortNumber(port.port ?? 0));
    validateChoice(errors, port.protocol, `${path}.protocol`, PROTOCOLS);
    validatePortNumberOrName(errors, port.targetPort, `${path}.targetPort`);
    if (port.appProtocol !== undefined)
      invalidEach(errors, `${path}.appProtocol`, port.appProtocol, isQualifiedName(port.appProtocol));
  });
}

function validateAffinity(errors: Errors, o: Service): void {
  const { sessionAffinity, sessionAffinityConfig } = o.spec;
  validateChoice(errors, sessionAffinity, 'spec.sessionAffinity', ['ClientIP', 'None']);
  const seconds = (sessionAffinityConfig?.clientIP as { timeoutSeconds?: number } | undefined)?.timeoutSeconds;
  if (sessionAffinity === 'ClientIP' && seconds !== undefined && (seconds <= 0 || seconds > MOST_AFFINITY_SECONDS))
    invalid(
      errors,
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
      seconds,
      `must be greater than 0 and less than ${MOST_AFFINITY_SECONDS}`,
    );
  if (sessionAffinity === 'None' && sessionAffinityConfig)
    forbidden(errors, 'spec.sessionAffinityConfig', 'must not be set when session affinity is None');
}

function validateFamilies(errors: Errors, o: Service): void {
  const { ipFamilies, ipFamilyPolicy } = o.spec;
  ipFamilies?.forEach((family, i) => {
    if (!FAMILIES.includes(family)) notSupported(errors, `spec.ipFamilies[${i}]`, family, FAMILIES);
    if (ipFamilies.indexOf(family) < i) duplicate(errors, `spec.ipFamilies[${i}]`, family);
  });
  if (ipFamilyPolicy !== undefined && !FAMILY_POLICIES.includes(ipFamilyPolicy))
    notSupported(errors, 'spec.ipFamilyPolicy', ipFamilyPolicy, FAMILY_POLICIES);
}

function validateAddresses(errors: Errors, o: Service): void {
  const { clusterIP, clusterIPs = [], ipFamilies = [], type } = o.spec;
  if (type === 'ExternalName') return;
  const path = 'spec.clusterIPs';
  if (clusterIP) {
    if (clusterIPs.length === 0) required(errors, path);
    else if (clusterIPs[0] !== clusterIP) invalid(errors, path, clusterIPs, 'first value must match `clusterIP`');
  } else if (clusterIPs.length) invalid(errors, path, clusterIPs, 'must be empty when `clusterIP` is not specified');
  validateFamilies(errors, o);
  let broken = false;
  clusterIPs.forEach((ip, i) => {
    if (i === 0 && ip === 'None') {
      if (clusterIPs.length > 1) invalid(errors, path, clusterIPs, "'None' must be the first and only value");
      broken ||= clusterIPs.length > 1;
      return;
    }
    broken ||= !isIP(ip);
    validateIP(errors, ip, `${path}[${i}]`);
  });
  if (clusterIPs.length > 2) invalid(errors, path, clusterIPs, 'may only hold up to 2 values');
  if (broken || isHeadless(o)) return;
  if (clusterIPs.length > 1 && clusterIPs.every((ip) => ip.includes(':') === clusterIPs[0]!.includes(':')))
    invalid(errors, path, clusterIPs, 'may specify no more than one IP for each IP family');
  clusterIPs.forEach((ip, i) => {
    const family = ip.includes(':') ? 'IPv6' : 'IPv4';
    if (ipFamilies[i] !== undefined && ipFamilies[i] !== family)
      invalid(errors, `${path}[${i}]`, ip, `expected an ${ipFamilies[i]} value as indicated by \`ipFamilies[${i}]\``);
  });
}

function validatePortPairs(errors: Errors, o: Service): void {
  const ports = o.spec.ports ?? [];
  if (o.spec.type === 'ClusterIP')
    ports.forEach((port, i) => {
      if (port.nodePort) forbidden(errors, `spec.ports[${i}].nodePort`, "may not be used when `type` is 'ClusterIP'");
    });
  const nodePorts = new Set<string>();
  ports.forEach((port, i) => {
    if (!port.nodePort) return;
    const key = `${port.protocol}/${port.nodePort}`;
    if (nodePorts.has(key)) duplicate(errors, `spec.ports[${i}].nodePort`, port.nodePort);
    nodePorts.add(key);
  });
  const pairs = new Set<string>();
  ports.forEach((port, i) => {
    const key = `${port.protocol}/${port.port}`;
    const value = { Name: '', Protocol: port.protocol, AppProtocol: null, Port: port.port, TargetPort: 0, NodePort: 0 };
    if (pairs.has(key)) duplicate(errors, `spec.ports[${i}]`, value);
    pairs.add(key);
  });
}

/** Whether traffic from outside the cluster can reach the Service. */
const isOutside = (o: Service): boolean =>
  o.spec.type === 'NodePort' ||
  o.spec.type === 'LoadBalancer' ||
  (o.spec.type === 'ClusterIP' && (o.spec.externalIPs?.length ?? 0) > 0);

function validateTraffic(errors: Errors, o: Service): void {
  const { externalTrafficPolicy: outside, internalTrafficPolicy: inside, trafficDistribution, type } = o.spec;
  if (isOutside(o)) validateChoice(errors, outside, 'spec.externalTrafficPolicy', TRAFFIC);
  else if (outside)
    invalid(errors, 'spec.externalTrafficPolicy', outside, 'may only be set for externally-accessible services');
  const needsCheck = type === 'LoadBalancer' && outside === 'Local';
  if (o.spec.healthCheckNodePort && !needsCheck)
    invalid(
      errors,
      'spec.healthCheckNodePort',
      o.spec.healthCheckNodePort,
      "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    );
  if (inside === undefined) {
    if (type === 'NodePort' || type === 'LoadBalancer' || type === 'ClusterIP')
      required(errors, 'spec.internalTrafficPolicy');
  } else if (!TRAFFIC.includes(inside)) notSupported(errors, 'spec.internalTrafficPolicy', inside, TRAFFIC);
  if (trafficDistribution !== undefined && !DISTRIBUTIONS.includes(trafficDistribution))
    notSupported(errors, 'spec.trafficDistribution', trafficDistribution, DISTRIBUTIONS);
}

function validateBalancer(errors: Errors, o: Service): void {
  const { spec } = o;
  const ranges = spec.loadBalancerSourceRanges ?? [];
  // upstream's path really begins with a capital here
  if (ranges.length && spec.type !== 'LoadBalancer') forbidden(errors, 'spec.LoadBalancerSourceRanges', BALANCER_ONLY);
  ranges.forEach((range, i) => {
    validateCIDR(errors, range.trim(), `spec.LoadBalancerSourceRanges[${i}]`);
  });
  if (spec.allocateLoadBalancerNodePorts !== undefined && spec.type !== 'LoadBalancer')
    forbidden(errors, 'spec.allocateLoadBalancerNodePorts', BALANCER_ONLY);
  const className = (spec as { loadBalancerClass?: string }).loadBalancerClass;
  if (className === undefined) return;
  if (spec.type !== 'LoadBalancer') forbidden(errors, 'spec.loadBalancerClass', BALANCER_ONLY);
  else invalidEach(errors, 'spec.loadBalancerClass', className, isQualifiedName(className));
}

export function validateService(errors: Errors, o: Service): void {
  validateObjectMeta(errors, o, true, labelName);
  const { spec } = o;
  if (!spec.ports?.length && !isHeadless(o) && spec.type !== 'ExternalName') required(errors, 'spec.ports');
  validateType(errors, o);
  validatePorts(errors, spec.ports ?? []);
  if (spec.selector) validateLabels(errors, spec.selector, 'spec.selector');
  validateAffinity(errors, o);
  validateAddresses(errors, o);
  spec.externalIPs?.forEach((ip, i) => {
    if (isIP(ip)) validateNonSpecialIP(errors, ip, `spec.externalIPs[${i}]`);
    else validateIP(errors, ip, `spec.externalIPs[${i}]`);
  });
  validateChoice(errors, spec.type, 'spec.type', TYPES);
  validatePortPairs(errors, o);
  validateBalancer(errors, o);
  validateTraffic(errors, o);
}

/** A cluster address stays, unless the type changes from or to ExternalName. */
export function validateServiceUpdate(errors: Errors, o: Service, old: Service): void {
  const classOf = (s: Service): string | undefined => (s.spec as { loadBalancerClass?: string }).loadBalancerClass;
  const bothExternal = old.spec.type === 'ExternalName' || o.spec.type === 'ExternalName';
  if (!bothExternal && !(isHeadless(o) && isHeadless(old))) {
    const before = old.spec.clusterIPs ?? [];
    const now = o.spec.clusterIPs ?? [];
    before.forEach((ip, i) => {
      if (now.length === 0 && i === 0) invalid(errors, 'spec.clusterIPs[0]', now, 'primary clusterIP can not be unset');
      else if (now[i] !== undefined && now[i] !== ip)
        invalid(errors, `spec.clusterIPs[${i}]`, now, 'may not change once set');
    });
  }
  if (o.spec.type === 'LoadBalancer' && old.spec.type === 'LoadBalancer' && classOf(o) !== classOf(old))
    invalid(errors, 'spec.loadBalancerClass', classOf(o) ?? null, 'may not change once set');
  const { healthCheckNodePort } = old.spec;
  if (healthCheckNodePort && o.spec.healthCheckNodePort && o.spec.healthCheckNodePort !== healthCheckNodePort)
    forbidden(errors, 'spec.healthCheckNodePort', IMMUTABLE);
}
