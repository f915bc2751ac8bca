import { describe, expect, it } from 'vitest';
import type { ApiRequest } from '../api/request.ts';
import { createRequest, testServer } from '../testing/server.ts';

const pod = (spec: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
  ...more,
});
const refused = (o: object, more: Partial<ApiRequest> = {}): string => {
  const t = testServer();
  const before = t.store.revision;
  const text = t.say({ ...createRequest(o as never), ...more });
  expect(t.store.revision).toBe(before);
  return text;
};
const HEAD = '400 BadRequest: Pod in version "v1" cannot be handled as a Pod: ';

describe('strict decoding, in the recorded words', () => {
  it.each([
    [pod({ nodeSelctor: { a: 'b' } }), 'strict decoding error: unknown field "spec.nodeSelctor"'],
    [pod({ restartpolicy: 'Never' }), 'strict decoding error: unknown field "spec.restartpolicy"'],
    [
      pod({ containers: [{ name: 'c', image: 'nginx', port: 80, resources: { request: { cpu: 1 } } }] }),
      'strict decoding error: unknown field "spec.containers[0].port", unknown field "spec.containers[0].resources.request"',
    ],
    [
      pod({ affinity: { nodeAffinity: { requiredDuringSchedulingRequiredDuringExecution: {} } } }),
      'strict decoding error: unknown field "spec.affinity.nodeAffinity.requiredDuringSchedulingRequiredDuringExecution"',
    ],
    [
      pod({ containers: 'nginx' }),
      'json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type []v1.Container',
    ],
    [
      pod({ containers: [{ name: 'c', image: 5 }] }),
      'json: cannot unmarshal number into Go struct field Container.spec.containers.image of type string',
    ],
    [
      pod({ containers: [{ name: 'c', image: 'nginx', ports: [{ containerPort: '80' }] }] }),
      'json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    ],
    [
      pod({ hostNetwork: 'yes' }),
      'json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool',
    ],
    [
      pod({}, { metadata: { name: 'p', labels: { n: 5 } } }),
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    ],
    [
      pod({ terminationGracePeriodSeconds: 1.5 }),
      'json: cannot unmarshal number 1.5 into Go struct field PodSpec.spec.terminationGracePeriodSeconds of type int64',
    ],
    [
      pod({ containers: [{ name: 'c', image: 'n', resources: { requests: { memory: '1gb' } } }] }),
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [
      pod({ containers: [{ name: 'c', image: 'n', resources: { requests: { memory: '1mi' } } }] }),
      "unable to parse quantity's suffix",
    ],
  ])('%#', (o, words) => {
    expect(refused(o)).toBe(HEAD + words);
  });

  it('a wrong type hides unknown fields', () => {
    expect(refused(pod({ nodeSelctor: {}, hostNetwork: 'yes' }))).toBe(
      `${HEAD}json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool`,
    );
  });

  it('warns, or is silent, when asked to', () => {
    const t = testServer();
    const request = createRequest(pod({ nodeSelctor: { a: 'b' } }) as never);
    const warned = t.handle({ ...request, fieldValidation: 'Warn' });
    expect(warned).toMatchObject({ ok: true, warnings: ['unknown field "spec.nodeSelctor"'] });
    expect(warned.ok && warned.object!.spec).not.toHaveProperty('nodeSelctor');
    const ignored = t.handle({
      ...request,
      name: 'q',
      body: { ...pod({ x: 1 }), metadata: { name: 'q' } },
      fieldValidation: 'Ignore',
    });
    expect(ignored).toMatchObject({ ok: true, warnings: [] });
  });

  it('leaves out what Go would not write', () => {
    const t = testServer();
    const o = t.create(
      pod({
        hostNetwork: false,
        nodeSelector: {},
        nodeName: null,
        tolerations: [],
        containers: [{ name: 'c', image: 'n', env: [{ name: 'A', value: '' }], args: [] }],
      }),
    );
    expect(o.spec).not.toHaveProperty('hostNetwork');
    expect(o.spec).not.toHaveProperty('nodeSelector');
    expect((o.spec as { containers: object[] }).containers[0]).toMatchObject({ env: [{ name: 'A' }] });
    expect((o.spec as { containers: object[] }).containers[0]).not.toHaveProperty('args');
  });
});

describe('patches, in the recorded words', () => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'pause', image: 'pause:3.10' }] },
      },
    },
  };
  const at = {
    verb: 'patch',
    apiVersion: 'apps/v1',
    resource: 'deployments',
    namespace: 'default',
    name: 'web',
  } as const;

  it.each([
    [
      'json',
      [{ op: 'remove', path: '/metadata/labels/nothing' }],
      '422 Invalid: the server rejected our request due to an error in our request',
    ],
    [
      'json',
      [{ op: 'test', path: '/spec/replicas', value: 9 }],
      '422 Invalid: the server rejected our request due to an error in our request',
    ],
    [
      'json',
      { op: 'add' },
      '400 BadRequest: error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    ],
    [
      'strategic',
      { spec: { replicas: 'two' } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[spec:map[replicas:two]]": unrecognized type: int32',
    ],
    [
      'strategic',
      { spec: { replicas: -2 } },
      '422 Invalid: Deployment.apps "web" is invalid: spec.replicas: Invalid value: -2: must be greater than or equal to 0',
    ],
    ['strategic', '{', '400 BadRequest: unexpected end of JSON input'],
    ['strategic', { spec: { size: 2 } }, 'ok'],
    [
      'strategic',
      { spec: { template: { spec: { containers: [{ image: 'x' }] } } } },
      '500 : map: map[image:x] does not contain declared merge key: name',
    ],
  ] as const)('%s %j', (patchType, body, words) => {
    const t = testServer();
    t.create(deployment);
    const before = t.store.revision;
    expect(t.say({ ...at, patchType, body })).toBe(words);
    expect(t.store.revision).toBe(before);
  });

  it('warns of unknown fields and changes nothing', () => {
    const t = testServer();
    t.create(deployment);
    expect(t.handle({ ...at, body: { spec: { size: 2 } } })).toMatchObject({ warnings: ['unknown field "spec.size"'] });
  });

  it('merges containers by name, new ones first', () => {
    const t = testServer();
    t.create(deployment);
    t.handle({ ...at, body: { spec: { template: { spec: { containers: [{ name: 'log', image: 'busybox' }] } } } } });
    const spec = t.get('Deployment', 'web')!.spec as typeof deployment.spec;
    expect(spec.template.spec.containers.map((c) => c.name)).toEqual(['log', 'pause']);
  });
});
