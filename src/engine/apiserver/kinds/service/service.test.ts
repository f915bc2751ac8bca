import { describe, expect, it } from 'vitest';
import type { Service } from '../../../api/core.ts';
import { changeComplaints, complaints, created, headers, row, updated, type Written, warningsOf } from '../testing.ts';

const service = (spec: object): Written => ({ spec: { ports: [{ port: 80 }], ...spec } });

describe('defaults', () => {
  it('a cluster address', () => {
    expect(created<Service>('Service', service({ selector: { app: 'web' } })).spec).toEqual({
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      selector: { app: 'web' },
      sessionAffinity: 'None',
      type: 'ClusterIP',
    });
  });

  it.each<[object, object]>([
    [{ type: 'NodePort' }, { externalTrafficPolicy: 'Cluster' }],
    [{ type: 'LoadBalancer' }, { externalTrafficPolicy: 'Cluster', allocateLoadBalancerNodePorts: true }],
    [{ clusterIP: 'None' }, { clusterIP: 'None', clusterIPs: ['None'] }],
    [{ sessionAffinity: 'ClientIP' }, { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } } }],
  ])('%j', (given, wanted) => {
    expect(created<Service>('Service', service(given)).spec).toMatchObject(wanted);
  });

  it('an external name has no families', () => {
    const { spec } = created<Service>('Service', { spec: { type: 'ExternalName', externalName: 'db.example.com' } });
    expect(spec).toEqual({ type: 'ExternalName', externalName: 'db.example.com', sessionAffinity: 'None' });
  });
});

describe('validation', () => {
  it.each<[string, Written, string[]]>([
    ['a digit in front of the name', { metadata: { name: '1web' }, ...service({}) }, []],
    ['headless without ports', { spec: { clusterIP: 'None' } }, []],
    [
      'a node port without a type for it',
      service({ ports: [{ port: 80, nodePort: 30080 }] }),
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    [
      'one port twice',
      service({
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 80 },
        ],
      }),
      [
        'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
      ],
    ],
    [
      'one name twice',
      service({
        ports: [
          { name: 'a', port: 80 },
          { name: 'a', port: 81 },
        ],
      }),
      ['spec.ports[1].name: Duplicate value: "a"'],
    ],
    ['an external name of nothing', { spec: { type: 'ExternalName' } }, ['spec.externalName: Required value']],
    [
      'a node port without an address',
      service({ type: 'NodePort', clusterIP: 'None' }),
      [`spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services`],
    ],
    [
      'no address at all',
      service({ clusterIP: 'ten' }),
      ['spec.clusterIPs[0]: Invalid value: "ten": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
    ],
    [
      'an affinity of no kind',
      service({ sessionAffinity: 'Cookie' }),
      ['spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"'],
    ],
    [
      'policies of no kind',
      service({ type: 'NodePort', externalTrafficPolicy: 'Near', internalTrafficPolicy: 'Far' }),
      [
        'spec.externalTrafficPolicy: Unsupported value: "Near": supported values: "Cluster", "Local"',
        'spec.internalTrafficPolicy: Unsupported value: "Far": supported values: "Cluster", "Local"',
      ],
    ],
    [
      'outside traffic that cannot come',
      service({ externalTrafficPolicy: 'Local' }),
      ['spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services'],
    ],
    [
      'ranges for no load balancer',
      service({ loadBalancerSourceRanges: ['10.0.0.0/8'] }),
      ["spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'"],
    ],
    [
      'an outside address of this machine',
      service({ externalIPs: ['127.0.0.1'] }),
      ['spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)'],
    ],
  ])('%s', (_, written, wanted) => {
    expect(complaints('Service', written)).toEqual(wanted);
  });
});

describe('update', () => {
  it('the address stays', () => {
    const at = (clusterIP: string): Written => service({ clusterIP });
    expect(changeComplaints('Service', at('10.96.0.200'), at('10.96.0.201'))).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["10.96.0.201"]: may not change once set',
    ]);
    expect(changeComplaints('Service', at('10.96.0.200'), service({}))).toEqual([]);
  });

  it('keeps the address and ports that an update leaves out', () => {
    const old = created<Service>(
      'Service',
      service({ type: 'NodePort', clusterIP: '10.96.0.200', ports: [{ port: 80, nodePort: 30080 }] }),
    );
    const { spec } = updated<Service>('Service', old, service({ type: 'NodePort' }));
    expect(spec).toMatchObject({ clusterIP: '10.96.0.200', ports: [{ nodePort: 30080 }] });
  });

  it('a change of type drops what only the old type had', () => {
    const old = created<Service>(
      'Service',
      service({ type: 'NodePort', clusterIP: '10.96.0.200', ports: [{ port: 80, nodePort: 30080 }] }),
    );
    const { spec } = updated<Service>('Service', old, { spec: { ...old.spec, type: 'ClusterIP' } as object });
    expect(spec.ports).toEqual([{ port: 80, protocol: 'TCP', targetPort: 80 }]);
    expect(spec.externalTrafficPolicy).toBeUndefined();
  });
});

it('warns of outside addresses', () => {
  expect(warningsOf('Service', service({ externalIPs: ['1.2.3.4'] }))).toEqual([
    'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
  ]);
});

describe('columns', () => {
  it('headers', () => {
    expect(headers('Service', true)).toBe('NAME | TYPE | CLUSTER-IP | EXTERNAL-IP | PORT(S) | AGE | SELECTOR');
  });

  it.each<[object, string]>([
    [
      { clusterIP: '10.96.0.5', selector: { app: 'web' } },
      'x | ClusterIP | 10.96.0.5 | <none> | 80/TCP | 10m | app=web',
    ],
    [{ clusterIP: 'None' }, 'x | ClusterIP | None | <none> | 80/TCP | 10m | <none>'],
    [
      {
        type: 'NodePort',
        clusterIP: '10.96.0.5',
        ports: [
          { port: 80, nodePort: 30080 },
          { port: 53, protocol: 'UDP' },
        ],
      },
      'x | NodePort | 10.96.0.5 | <none> | 80:30080/TCP,53/UDP | 10m | <none>',
    ],
    [
      { type: 'LoadBalancer', clusterIP: '10.96.0.5' },
      'x | LoadBalancer | 10.96.0.5 | <pending> | 80/TCP | 10m | <none>',
    ],
    [
      { type: 'ExternalName', externalName: 'a.b', ports: [] },
      'x | ExternalName | <none> | a.b | <none> | 10m | <none>',
    ],
  ])('%j', (spec, wanted) => {
    expect(row('Service', service(spec), true)).toBe(wanted);
  });

  it('a balanced address', () => {
    const status = { loadBalancer: { ingress: [{ hostname: 'a-very-long-name.example.com' }] } };
    expect(row('Service', { ...service({ type: 'LoadBalancer', clusterIP: '10.96.0.5' }), status })).toBe(
      'x | LoadBalancer | 10.96.0.5 | a-very-long-n... | 80/TCP | 10m',
    );
  });
});
