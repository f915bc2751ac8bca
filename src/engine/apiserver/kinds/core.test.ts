import { describe, expect, it } from 'vitest';
import type { Namespace, Node, Secret } from '../../api/core.ts';
import { changeComplaints, complaints, created, headers, row, updated, type Written } from './testing.ts';

describe('Namespace', () => {
  it('gets its name as a label, and a finalizer', () => {
    const o = created<Namespace>('Namespace', { metadata: { name: 'team' } });
    expect(o.metadata.labels).toEqual({ 'kubernetes.io/metadata.name': 'team' });
    expect([o.spec, o.status]).toEqual([{ finalizers: ['kubernetes'] }, { phase: 'Active' }]);
  });

  it('keeps its finalizers and status through updates', () => {
    const old = created<Namespace>('Namespace', {});
    const next = updated<Namespace>('Namespace', old, { spec: {}, metadata: { labels: { a: 'b' } } });
    expect([next.spec, next.status]).toEqual([old.spec, old.status]);
    expect(next.metadata.labels).toEqual({ a: 'b', 'kubernetes.io/metadata.name': 'x' });
  });

  it('is named by a label', () => {
    expect(complaints('Namespace', { metadata: { name: 'a.b' } })).toEqual([
      'metadata.name: Invalid value: "a.b": must not contain dots',
    ]);
  });

  it('columns', () => {
    expect(headers('Namespace')).toBe('NAME | STATUS | AGE');
    expect(row('Namespace', { status: { phase: 'Terminating' } })).toBe('x | Terminating | 10m');
  });
});

describe('Node', () => {
  it('what nobody said is empty', () => {
    const o = created<Node>('Node', { status: { capacity: { cpu: '4000m' } } });
    expect(o.status).toMatchObject({
      capacity: { cpu: '4' },
      allocatable: { cpu: '4' },
      daemonEndpoints: { kubeletEndpoint: { Port: 0 } },
      nodeInfo: { architecture: '', kubeletVersion: '' },
    });
  });

  it.each<[string, Written, Written, string[]]>([
    [
      'another podCIDR',
      { spec: { podCIDRs: ['10.0.0.0/24'] } },
      { spec: { podCIDRs: ['10.0.1.0/24'] } },
      ['spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid'],
    ],
    [
      'another podCIDR, as old clients write it',
      { spec: { podCIDR: '10.0.0.0/24' } },
      { spec: { podCIDR: '10.0.1.0/24' } },
      ['spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid'],
    ],
    [
      'another provider',
      { spec: { providerID: 'a' } },
      { spec: { providerID: 'b' } },
      ['spec.providerID: Forbidden: node updates may not change providerID except from "" to valid'],
    ],
    ['cordon and taint', {}, { spec: { unschedulable: true, taints: [{ key: 'a', effect: 'NoSchedule' }] } }, []],
  ])('%s', (_, before, after, wanted) => {
    expect(changeComplaints('Node', before, after)).toEqual(wanted);
  });

  it('columns', () => {
    expect(headers('Node', true)).toBe(
      'NAME | STATUS | ROLES | AGE | VERSION | INTERNAL-IP | EXTERNAL-IP | OS-IMAGE | KERNEL-VERSION | CONTAINER-RUNTIME',
    );
    const nodeInfo = { kubeletVersion: 'v1.36.3', kernelVersion: '4.18', architecture: 'ppc64le', osImage: 'RHEL' };
    expect(row('Node', { status: { nodeInfo, addresses: [{ type: 'InternalIP', address: '10.0.0.1' }] } }, true)).toBe(
      'x | Unknown | <none> | 10m | v1.36.3 | 10.0.0.1 | <none> | RHEL | 4.18 (ppc64le) | <unknown>',
    );
    expect(row('Node', {}, true)).toBe(
      'x | Unknown | <none> | 10m |  | <none> | <none> | <unknown> | <unknown> | <unknown>',
    );
  });
});

describe('ConfigMap and Secret', () => {
  it('text becomes bytes in base64', () => {
    const o = created<Secret>('Secret', { data: { b: 'YQ==' }, stringData: { a: 'pass', k: '한é🚢' } });
    expect(o.data).toEqual({ a: 'cGFzcw==', b: 'YQ==', k: '7ZWcw6nwn5qi' });
    expect([o.type, 'stringData' in o]).toEqual(['Opaque', false]);
  });

  it.each<[string, string, Written, string[]]>([
    [
      'ConfigMap',
      'a key in both bags',
      { data: { a: '' }, binaryData: { a: '' } },
      ['data[a]: Invalid value: "a": duplicate of key present in binaryData'],
    ],
    [
      'ConfigMap',
      'too much',
      { data: { a: 'x'.repeat(1024 * 1024 + 1) } },
      [': Too long: may not be more than 1048576 bytes'],
    ],
    [
      'Secret',
      'TLS without its files',
      { type: 'kubernetes.io/tls' },
      ['data[tls.crt]: Required value', 'data[tls.key]: Required value'],
    ],
    [
      'Secret',
      'a login without a name',
      { type: 'kubernetes.io/basic-auth' },
      ['data[username]: Required value', 'data[password]: Required value'],
    ],
    [
      'Secret',
      'registry passwords that are no JSON',
      { type: 'kubernetes.io/dockerconfigjson', stringData: { '.dockerconfigjson': '{auths' } },
      [
        `data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character 'a' looking for beginning of object key string`,
      ],
    ],
    [
      'Secret',
      'registry passwords in a list',
      { type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': '[]' } },
      [
        'data[.dockercfg]: Invalid value: "<secret contents redacted>": json: cannot unmarshal array into Go value of type map[string]interface {}',
      ],
    ],
    [
      'Secret',
      'registry passwords',
      { type: 'kubernetes.io/dockerconfigjson', stringData: { '.dockerconfigjson': '{"auths": {"é": {}}}' } },
      [],
    ],
    [
      'Secret',
      'a token of nobody',
      { type: 'kubernetes.io/service-account-token' },
      ['metadata.annotations[kubernetes.io/service-account.name]: Required value'],
    ],
  ])('%s: %s', (kind, _, written, wanted) => {
    expect(complaints(kind, written)).toEqual(wanted);
  });

  it.each<[string, string, Written, Written, string[]]>([
    [
      'ConfigMap',
      'frozen',
      { data: { a: '1' }, immutable: true },
      { data: { a: '2' }, immutable: false },
      [
        'immutable: Forbidden: field is immutable when `immutable` is set',
        'data: Forbidden: field is immutable when `immutable` is set',
      ],
    ],
    [
      'ConfigMap',
      'frozen, and left alone',
      { data: { a: '1' }, immutable: true },
      { data: { a: '1' }, immutable: true },
      [],
    ],
    [
      'Secret',
      'of another type',
      { stringData: { a: '1' } },
      { type: 'x', stringData: { a: '1' } },
      ['type: Invalid value: "x": field is immutable'],
    ],
  ])('%s %s', (kind, _, before, after, wanted) => {
    expect(changeComplaints(kind, before, after)).toEqual(wanted);
  });

  it('columns', () => {
    expect([headers('ConfigMap'), headers('Secret')]).toEqual(['NAME | DATA | AGE', 'NAME | TYPE | DATA | AGE']);
    expect(row('ConfigMap', { data: { a: '', b: '' }, binaryData: { c: '' } })).toBe('x | 3 | 10m');
    expect(row('Secret', { stringData: { a: '1' } })).toBe('x | Opaque | 1 | 10m');
  });
});

describe('metadata of any kind', () => {
  it.each<[string, object, string[]]>([
    ['no name', { name: '' }, ['metadata.name: Required value: name or generateName is required']],
    [
      'an owner without a name',
      { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', uid: 'u' }] },
      ['metadata.ownerReferences.name: Invalid value: "": must not be empty'],
    ],
    [
      'two controllers',
      {
        ownerReferences: ['a', 'b'].map((name) => ({
          apiVersion: 'v1',
          kind: 'Pod',
          name,
          uid: name,
          controller: true,
        })),
      },
      [
        'metadata.ownerReferences: Invalid value: [{"apiVersion":"v1","kind":"Pod","name":"a","uid":"a","controller":true},{"apiVersion":"v1","kind":"Pod","name":"b","uid":"b","controller":true}]: Only one reference can have Controller set to true. Found "true" in references for Pod/a and Pod/b',
      ],
    ],
    [
      'a finalizer of no domain',
      { finalizers: ['mine'] },
      [
        'metadata.finalizers[0]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
      ],
    ],
    [
      'notes too long',
      { annotations: { a: 'x'.repeat(256 * 1024) } },
      ['metadata.annotations: Too long: may not be more than 262144 bytes'],
    ],
    [
      'a namespace where there is none',
      { namespace: 'default' },
      ['metadata.namespace: Forbidden: not allowed on this type'],
    ],
  ])('%s', (_, metadata, wanted) => {
    expect(complaints('IngressClass', { metadata, spec: { controller: 'example.com/c' } })).toEqual(wanted);
  });

  it('no finalizer is added to what is being deleted', () => {
    const gone = { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['a/b'] };
    expect(
      changeComplaints('ConfigMap', { metadata: gone }, { metadata: { ...gone, finalizers: ['a/b', 'c/d'] } }),
    ).toEqual([
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"c/d"}',
    ]);
  });
});
