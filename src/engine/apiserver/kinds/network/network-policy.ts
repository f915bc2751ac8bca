/** NetworkPolicies. Upstream: pkg/apis/networking/{v1,validation} */
import type { IntOrString, KubeObject, LabelSelector } from '../../../api/meta.ts';
import { isPortName, isPortNumber } from '../../../api/name.ts';
import { formatSelector } from '../../../api/selector.ts';
import { ageColumn, column, nameColumn } from '../columns.ts';
import { firstGeneration, nextGeneration } from '../generation.ts';
import { simpleKind } from '../simple.ts';
import { type Errors, forbidden, invalid, invalidEach, notSupported, required } from '../validation/errors.ts';
import { isCIDR, parseIPv4 } from '../validation/ip.ts';
import { validateLabelSelector } from '../validation/selector.ts';

interface Port {
  protocol?: string;
  port?: IntOrString;
  endPort?: number;
}

interface Block {
  cidr?: string;
  except?: string[];
}

interface Peer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: Block;
}

interface Rule {
  ports?: Port[];
  from?: Peer[];
  to?: Peer[];
}

interface NetworkPolicy extends KubeObject {
  spec: { podSelector?: LabelSelector; ingress?: Rule[]; egress?: Rule[]; policyTypes?: string[] };
}

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const TYPES = ['Ingress', 'Egress'];

function validateEnd(errors: Errors, p: Port, path: string): void {
  const end = p.endPort;
  if (end === undefined) return;
  if (p.port === undefined) invalid(errors, path, end, 'may not be specified when `port` is not specified');
  else if (typeof p.port === 'string') invalid(errors, path, end, 'may not be specified when `port` is non-numeric');
  else {
    if (end < p.port) invalid(errors, path, end, 'must be greater than or equal to `port`');
    invalidEach(errors, path, end, isPortNumber(end));
  }
}

function validatePort(errors: Errors, p: Port, path: string): void {
  if (p.protocol !== undefined && !PROTOCOLS.includes(p.protocol))
    notSupported(errors, `${path}.protocol`, p.protocol, PROTOCOLS);
  if (typeof p.port === 'number') {
    invalidEach(errors, `${path}.port`, p.port, isPortNumber(p.port));
    validateEnd(errors, p, `${path}.endPort`);
    return;
  }
  validateEnd(errors, p, `${path}.endPort`);
  if (typeof p.port === 'string') invalidEach(errors, `${path}.port`, p.port, isPortName(p.port));
}

/** Whether the second range lies within the first and is smaller. */
function isStrictSubset(outer: string, inner: string): boolean {
  const [outerIP, outerBits] = outer.split('/') as [string, string];
  const [innerIP, innerBits] = inner.split('/') as [string, string];
  const a = parseIPv4(outerIP);
  const b = parseIPv4(innerIP);
  if (a === undefined || b === undefined) return Number(innerBits) > Number(outerBits);
  const size = 2 ** (32 - Number(outerBits));
  return Number(innerBits) > Number(outerBits) && Math.floor(a / size) === Math.floor(b / size);
}

function validateBlock(errors: Errors, block: Block, path: string): void {
  if (!block.cidr) {
    required(errors, `${path}.cidr`);
    return;
  }
  const help = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
  if (!isCIDR(block.cidr)) {
    invalid(errors, `${path}.cidr`, block.cidr, help);
    return;
  }
  for (const [i, except] of (block.except ?? []).entries()) {
    if (!isCIDR(except)) invalid(errors, `${path}.except[${i}]`, except, help);
    else if (!isStrictSubset(block.cidr, except))
      invalid(errors, `${path}.except[${i}]`, except, 'must be a strict subset of `cidr`');
  }
}

function validatePeer(errors: Errors, peer: Peer, path: string): void {
  validateLabelSelector(errors, peer.podSelector, `${path}.podSelector`);
  validateLabelSelector(errors, peer.namespaceSelector, `${path}.namespaceSelector`);
  if (peer.ipBlock) validateBlock(errors, peer.ipBlock, `${path}.ipBlock`);
  const count = [peer.podSelector, peer.namespaceSelector, peer.ipBlock].filter(Boolean).length;
  if (count === 0) required(errors, path, 'must specify a peer');
  else if (count > 1 && peer.ipBlock) forbidden(errors, path, 'may not specify both ipBlock and another peer');
}

function validateRules(errors: Errors, rules: readonly Rule[] | undefined, path: string, peers: 'from' | 'to'): void {
  rules?.forEach((rule, i) => {
    rule.ports?.forEach((p, j) => {
      validatePort(errors, p, `${path}[${i}].ports[${j}]`);
    });
    rule[peers]?.forEach((peer, j) => {
      validatePeer(errors, peer, `${path}[${i}].${peers}[${j}]`);
    });
  });
}

function validatePolicy(errors: Errors, o: NetworkPolicy): void {
  const { spec } = o;
  validateLabelSelector(errors, spec.podSelector, 'spec.podSelector');
  validateRules(errors, spec.ingress, 'spec.ingress', 'from');
  validateRules(errors, spec.egress, 'spec.egress', 'to');
  const types = spec.policyTypes ?? [];
  if (types.length > TYPES.length) {
    invalid(errors, 'spec.policyTypes', types, 'may not specify more than two policyTypes');
    return;
  }
  types.forEach((type, i) => {
    if (!TYPES.includes(type)) notSupported(errors, `spec.policyTypes[${i}]`, type, TYPES);
  });
}

export const networkPolicy = simpleKind<NetworkPolicy>('NetworkPolicy', {
  namespaced: true,
  default(o) {
    o.spec ??= {};
    o.spec.podSelector ??= {};
    for (const rule of [...(o.spec.ingress ?? []), ...(o.spec.egress ?? [])])
      for (const port of rule.ports ?? []) port.protocol ??= 'TCP';
    if (!o.spec.policyTypes?.length) o.spec.policyTypes = o.spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
  },
  prepareCreate: firstGeneration,
  prepareUpdate(o, old) {
    nextGeneration(o, old);
  },
  check: validatePolicy,
  columns: [nameColumn, column('Pod-Selector', (o) => formatSelector(o.spec.podSelector ?? {})), ageColumn],
});
