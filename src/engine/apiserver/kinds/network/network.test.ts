import { describe, expect, it } from 'vitest';
import { changeComplaints, complaints, created, headers, row, type Written, warningsOf } from '../testing.ts';

const path = (more: object = {}) => ({
  path: '/',
  pathType: 'Prefix',
  backend: { service: { name: 'web', port: { number: 80 } } },
  ...more,
});
const ingress = (p: object = path(), rule: object = {}): Written => ({
  spec: { rules: [{ ...rule, http: { paths: [p] } }] },
});
const AT = 'spec.rules[0].http.paths[0]';

describe('Ingress', () => {
  it.each<[string, Written, string[]]>([
    ['nothing wrong', ingress(), []],
    [
      'nothing at all',
      { spec: {} },
      ['spec: Invalid value: null: either `defaultBackend` or `rules` must be specified'],
    ],
    [
      'no path type',
      ingress(path({ pathType: undefined })),
      [`${AT}.pathType: Required value: pathType must be specified`],
    ],
    [
      'an unknown path type',
      ingress(path({ pathType: 'Regex' })),
      [`${AT}.pathType: Unsupported value: "Regex": supported values: "Exact", "ImplementationSpecific", "Prefix"`],
    ],
    [
      'an odd path',
      ingress(path({ path: '/a//b/..' })),
      [
        `${AT}.path: Invalid value: "/a//b/..": must not contain '//'`,
        `${AT}.path: Invalid value: "/a//b/..": cannot end with '/..'`,
      ],
    ],
    [
      'which port?',
      ingress(path({ backend: { service: { name: 'web' } } })),
      [`${AT}.backend: Required value: port name or number is required`],
    ],
    [
      'both ports',
      ingress(path({ backend: { service: { name: 'web', port: { name: 'http', number: 80 } } } })),
      [`${AT}.backend: Invalid value: "": cannot set both port name & port number`],
    ],
    [
      'no service',
      ingress(path({ backend: { service: { port: { number: 80 } } } })),
      [`${AT}.backend.service.name: Required value`],
    ],
    [
      'an address for a host',
      ingress(path(), { host: '1.2.3.4' }),
      ['spec.rules[0].host: Invalid value: "1.2.3.4": must be a DNS name, not an IP address'],
    ],
    ['no paths', { spec: { rules: [{ http: {} }] } }, ['spec.rules[0].http.paths: Required value']],
  ])('%s', (_, written, wanted) => {
    expect(complaints('Ingress', written)).toEqual(wanted);
  });

  it('warns of the old annotation', () => {
    expect(
      warningsOf('Ingress', { metadata: { annotations: { 'kubernetes.io/ingress.class': 'nginx' } }, ...ingress() }),
    ).toEqual([`annotation "kubernetes.io/ingress.class" is deprecated, please use 'spec.ingressClassName' instead`]);
  });

  it('columns', () => {
    expect(headers('Ingress')).toBe('NAME | CLASS | HOSTS | ADDRESS | PORTS | AGE');
    expect(row('Ingress', ingress())).toBe('x | <none> | * |  | 80 | 10m');
    const full = {
      spec: { ingressClassName: 'nginx', rules: ['a.b', 'c.d', 'e.f', 'g.h'].map((host) => ({ host })), tls: [{}] },
    };
    expect(row('Ingress', { ...full, status: { loadBalancer: { ingress: [{ ip: '1.2.3.4' }] } } })).toBe(
      'x | nginx | a.b,c.d,e.f + 1 more... | 1.2.3.4 | 80, 443 | 10m',
    );
  });

  it('a class names its controller, for good', () => {
    expect(complaints('IngressClass', { spec: { controller: 'nginx' } })).toEqual([
      'spec.controller: Invalid value: "nginx": must be a domain-prefixed path (such as "acme.io/foo")',
    ]);
    expect(
      changeComplaints('IngressClass', { spec: { controller: 'a.b/c' } }, { spec: { controller: 'a.b/d' } }),
    ).toEqual(['spec.controller: Invalid value: "a.b/d": field is immutable']);
    expect(row('IngressClass', { spec: { controller: 'a.b/c', parameters: { kind: 'P', name: 'p' } } })).toBe(
      'x | a.b/c | P/p | 10m',
    );
  });
});

describe('NetworkPolicy', () => {
  it('defaults', () => {
    const o = created('NetworkPolicy', { spec: { egress: [{ ports: [{ port: 53 }] }] } });
    expect(o).toMatchObject({
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        egress: [{ ports: [{ port: 53, protocol: 'TCP' }] }],
      },
    });
  });

  it.each<[string, Written, string[]]>([
    [
      'nobody',
      { spec: { ingress: [{ from: [{}] }] } },
      ['spec.ingress[0].from[0]: Required value: must specify a peer'],
    ],
    [
      'a block and a peer',
      { spec: { ingress: [{ from: [{ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }] }] } },
      ['spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer'],
    ],
    [
      'an exception from elsewhere',
      { spec: { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] } }] }] } },
      ['spec.egress[0].to[0].ipBlock.except[0]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`'],
    ],
    [
      'ports backwards',
      { spec: { ingress: [{ ports: [{ port: 90, endPort: 80 }] }] } },
      ['spec.ingress[0].ports[0].endPort: Invalid value: 80: must be greater than or equal to `port`'],
    ],
    [
      'a type of no kind',
      { spec: { policyTypes: ['Sideways'] } },
      ['spec.policyTypes[0]: Unsupported value: "Sideways": supported values: "Ingress", "Egress"'],
    ],
  ])('%s', (_, written, wanted) => {
    expect(complaints('NetworkPolicy', written)).toEqual(wanted);
  });

  it('columns', () => {
    expect(headers('NetworkPolicy')).toBe('NAME | POD-SELECTOR | AGE');
    expect(row('NetworkPolicy', { spec: { podSelector: { matchLabels: { app: 'db' } } } })).toBe('x | app=db | 10m');
    expect(row('NetworkPolicy', { spec: {} })).toBe('x | <none> | 10m');
  });
});

describe('EndpointSlice', () => {
  it('its type stays, and its addresses are of it', () => {
    expect(
      complaints('EndpointSlice', { addressType: 'IPv4', endpoints: [{ addresses: ['::1'] }, { addresses: [] }] }),
    ).toEqual([
      'endpoints[0].addresses[0]: Invalid value: "::1": must be a valid IPv4 address',
      'endpoints[1].addresses: Required value: must contain at least 1 address',
    ]);
    expect(changeComplaints('EndpointSlice', { addressType: 'IPv4' }, { addressType: 'IPv6' })).toEqual([
      'addressType: Invalid value: "IPv6": field is immutable',
    ]);
  });

  it('columns', () => {
    expect(headers('EndpointSlice')).toBe('NAME | ADDRESSTYPE | PORTS | ENDPOINTS | AGE');
    const endpoints = ['1', '2', '3', '4'].map((n) => ({ addresses: [`10.0.0.${n}`] }));
    expect(row('EndpointSlice', { addressType: 'IPv4', ports: [{ port: 80 }, {}], endpoints })).toBe(
      'x | IPv4 | 80,* | 10.0.0.1,10.0.0.2,10.0.0.3 + 1 more... | 10m',
    );
    expect(row('EndpointSlice', { addressType: 'IPv4' })).toBe('x | IPv4 | <unset> | <unset> | 10m');
  });
});
