import { describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../api/request.ts';
import { testServer } from '../../testing/server.ts';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
  },
};
const pod = (spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
});
const on = (resource: string, name: string, subresource: string, more: Partial<ApiRequest>): ApiRequest => ({
  verb: 'get',
  resource,
  namespace: 'default',
  name,
  subresource,
  ...more,
});

describe('scale', () => {
  it('shows and sets the replicas', () => {
    const t = testServer();
    t.create(deployment);
    const shown = t.handle(on('deployments', 'web', 'scale', {}));
    expect(shown.ok && shown.object).toMatchObject({
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      spec: { replicas: 2 },
      status: { replicas: 0, selector: 'app=web' },
    });
    t.handle(on('deployments', 'web', 'scale', { verb: 'patch', patchType: 'merge', body: { spec: { replicas: 5 } } }));
    expect(t.get('Deployment', 'web')).toMatchObject({ metadata: { generation: 2 }, spec: { replicas: 5 } });
    t.handle(on('deployments', 'web', 'scale', { verb: 'update', body: { spec: { replicas: 0 } } }));
    expect(t.get('Deployment', 'web')!.spec).toMatchObject({ replicas: 0 });
  });

  it('refuses negative and stale ones', () => {
    const t = testServer();
    t.create(deployment);
    expect(t.say(on('deployments', 'web', 'scale', { verb: 'update', body: { spec: { replicas: -1 } } }))).toBe(
      '422 Invalid: Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    );
    expect(
      t.say(
        on('deployments', 'web', 'scale', {
          verb: 'update',
          body: { metadata: { resourceVersion: '1' }, spec: { replicas: 1 } },
        }),
      ),
    ).toMatch(/^409 Conflict: Operation cannot be fulfilled on deployments.apps "web": the object has been modified/);
  });

  it('is unknown to kinds that do not scale', () => {
    expect(testServer().say(on('pods', 'p', 'scale', {}))).toBe(
      '404 NotFound: the server could not find the requested resource',
    );
  });
});

describe('status', () => {
  it('a main write leaves it alone, a status write leaves the rest alone', () => {
    const t = testServer();
    const d = t.create(deployment);
    t.handle(
      on('deployments', 'web', 'status', {
        verb: 'update',
        body: { ...d, spec: {}, status: { replicas: 1, observedGeneration: 1 } },
      }),
    );
    expect(t.get('Deployment', 'web')).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 2 },
      status: { replicas: 1 },
    });
    t.handle({
      verb: 'patch',
      patchType: 'merge',
      resource: 'deployments',
      namespace: 'default',
      name: 'web',
      body: { spec: { replicas: 3 }, status: { replicas: 9 } },
    });
    expect(t.get('Deployment', 'web')).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 3 },
      status: { replicas: 1 },
    });
  });
});

describe('what leads to a machine', () => {
  const two = {
    nodeName: 'n',
    containers: [
      { name: 'a', image: 'x' },
      { name: 'b', image: 'y' },
    ],
    initContainers: [{ name: 'i', image: 'z' }],
  };
  it.each([
    [pod({ nodeName: 'n' }), 'log', 'get', { container: 'x' }, '400 BadRequest: container x is not valid for pod p'],
    [
      pod(two),
      'log',
      'get',
      {},
      '400 BadRequest: a container name must be specified for pod p, choose one of: [a b] or one of the init containers: [i]',
    ],
    [pod(), 'exec', 'create', { command: ['ls'] }, '400 BadRequest: pod p does not have a host assigned'],
    [pod(), 'log', 'get', {}, 'ok'],
  ] as const)('%#', (o, subresource, verb, query, words) => {
    const t = testServer();
    t.create(o);
    expect(t.say(on('pods', 'p', subresource, { verb, query }))).toBe(words);
  });

  it('says which address does not answer', () => {
    const t = testServer();
    t.create(pod({ nodeName: 'n' }));
    const words = (): string => t.say(on('pods', 'p', 'log', { query: {} }));
    expect(words()).toBe('404 NotFound: nodes "n" not found');
    t.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } });
    expect(words()).toMatch(/no preferred addresses found; known addresses: \[\]$/);
    const status = { addresses: [{ type: 'InternalIP', address: '10.0.0.7' }] };
    t.handle({
      apiVersion: 'v1',
      resource: 'nodes',
      name: 'n',
      subresource: 'status',
      verb: 'patch',
      patchType: 'merge',
      body: { status },
    });
    expect(words()).toMatch(
      /Get "https:\/\/10.0.0.7:10250\/containerLogs\/default\/p\/c": dial tcp 10.0.0.7:10250: connect: connection refused$/,
    );
  });

  it('asks the machines', () => {
    const t = testServer({
      nodes: {
        logs: (_pod: unknown, o: object) => ({ ok: true, data: { text: JSON.stringify(o), offset: 1, ended: false } }),
      } as never,
    });
    t.create(pod({ nodeName: 'n' }));
    const r = t.handle(on('pods', 'p', 'log', { query: { tailLines: '5', previous: 'true' } }));
    expect(r.ok && (r.data as { text: string }).text).toBe('{"container":"c","tailLines":5,"previous":true}');
  });
});

describe('parts of a running pod', () => {
  it('ephemeral containers may be added, not changed', () => {
    const t = testServer();
    t.create(pod());
    const patch = (ephemeralContainers: object[]) =>
      t.say(on('pods', 'p', 'ephemeralcontainers', { verb: 'patch', body: { spec: { ephemeralContainers } } }));
    expect(patch([{ name: 'debug', image: 'busybox:1.37' }])).toBe('ok');
    expect(t.get('Pod', 'p')).toMatchObject({
      metadata: { generation: 2 },
      spec: { ephemeralContainers: [{ name: 'debug', imagePullPolicy: 'IfNotPresent' }] },
    });
    expect(patch([{ name: 'debug', image: 'other' }])).toBe(
      '422 Invalid: Pod "p" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral containers "debug" may not be changed',
    );
    expect(patch([{ name: 'c', image: 'x' }])).toBe(
      '422 Invalid: Pod "p" is invalid: spec.ephemeralContainers[0].name: Duplicate value: "c"',
    );
  });

  it('resources may be resized within the quality of service', () => {
    const t = testServer();
    t.create(pod({ containers: [{ name: 'c', image: 'n', resources: { requests: { cpu: '100m' } } }] }));
    const resize = (resources: object) =>
      t.say(on('pods', 'p', 'resize', { verb: 'patch', body: { spec: { containers: [{ name: 'c', resources }] } } }));
    expect(resize({ requests: { cpu: '200m' } })).toBe('ok');
    expect(t.get('Pod', 'p')!.spec).toMatchObject({ containers: [{ resources: { requests: { cpu: '200m' } } }] });
    expect(resize({ requests: { cpu: null } })).toBe(
      '422 Invalid: Pod "p" is invalid: spec: Invalid value: "BestEffort": Pod QOS Class may not change as a result of resizing',
    );
  });
});

describe('token', () => {
  const token = (expirationSeconds?: number) =>
    on('serviceaccounts', 'default', 'token', { verb: 'create', body: { spec: { expirationSeconds } } });
  it('is given for an hour, or as long as asked', () => {
    const r = testServer().handle(token(7200));
    expect(r.ok && r.object).toMatchObject({
      kind: 'TokenRequest',
      status: { token: expect.stringMatching(/^eyJ\w+\.\w+\.\w+$/), expirationTimestamp: '2026-01-01T02:00:00Z' },
    });
  });
  it('is not given for less than ten minutes', () => {
    expect(testServer().say(token(5))).toBe(
      '422 Invalid: TokenRequest.authentication.k8s.io "default" is invalid: spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes',
    );
  });
});
