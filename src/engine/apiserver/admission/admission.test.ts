import { describe, expect, it } from 'vitest';
import type { ResourceQuota } from '../../api/core.ts';
import type { AnyObject } from '../../api/meta.ts';
import { createRequest, type TestServer, testServer } from '../../testing/server.ts';

const pod = (name: string, resources: object = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name, image: 'nginx', resources }], ...spec },
});
const say = (t: TestServer, o: object): string => t.say(createRequest(o as AnyObject));

/** What the quota controller has counted so far. */
function quota(t: TestServer, hard: Record<string, string>, used: Record<string, string>): void {
  t.create({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard } });
  const q = t.get('ResourceQuota', 'q') as unknown as ResourceQuota;
  t.handle({
    verb: 'update',
    resource: 'resourcequotas',
    subresource: 'status',
    namespace: 'default',
    name: 'q',
    user: 'system:resourcequota',
    body: { ...q, status: { hard, used } },
  });
}

describe('NamespaceLifecycle', () => {
  it('refuses what has no namespace, and the deletion of the first ones', () => {
    const t = testServer();
    expect(say(t, { ...pod('p'), metadata: { name: 'p', namespace: 'nowhere' } })).toBe(
      '404 NotFound: namespaces "nowhere" not found',
    );
    expect(t.say({ verb: 'delete', resource: 'namespaces', name: 'default' })).toBe(
      '403 Forbidden: namespaces "default" is forbidden: this namespace may not be deleted',
    );
  });

  it('refuses new content while a namespace goes away', () => {
    const t = testServer({ namespaces: ['x'] });
    t.handle({ verb: 'delete', resource: 'namespaces', name: 'x' });
    expect(t.get('Namespace', 'x')!.status).toMatchObject({ phase: 'Terminating' });
    expect(say(t, { ...pod('p'), metadata: { name: 'p', namespace: 'x' } })).toBe(
      '403 Forbidden: pods "p" is forbidden: unable to create new content in namespace x because it is being terminated',
    );
  });
});

describe('ServiceAccount', () => {
  it('names the account that is missing', () => {
    const t = testServer();
    expect(say(t, pod('p', {}, { serviceAccountName: 'x' }))).toBe(
      '403 Forbidden: pods "p" is forbidden: error looking up service account default/x: serviceaccount "x" not found',
    );
  });

  it('mounts the token unless told not to', () => {
    const t = testServer();
    const with1 = t.create(pod('a')).spec as { volumes: { name: string }[] };
    expect(with1.volumes[0]!.name).toMatch(/^kube-api-access-[a-z0-9]{5}$/);
    expect(t.create(pod('b', {}, { automountServiceAccountToken: false })).spec).not.toHaveProperty('volumes');
  });
});

describe('Priority', () => {
  const high = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 5 };
  it('resolves the class', () => {
    const t = testServer();
    t.create(high);
    expect(t.create(pod('p', {}, { priorityClassName: 'high' })).spec).toMatchObject({ priority: 5 });
    expect(say(t, pod('q', {}, { priorityClassName: 'x' }))).toBe(
      '403 Forbidden: pods "q" is forbidden: no PriorityClass with name x was found',
    );
    expect(say(t, pod('r', {}, { priority: 5 }))).toBe(
      '403 Forbidden: pods "r" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    );
  });

  it('takes the global default', () => {
    const t = testServer();
    t.create({ ...high, globalDefault: true });
    expect(t.create(pod('p')).spec).toMatchObject({ priority: 5, priorityClassName: 'high' });
  });
});

describe('DefaultTolerationSeconds', () => {
  it.each([
    [[], 2],
    [[{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }], 2],
    [[{ operator: 'Exists' }], 1],
    [[{ key: 'a', operator: 'Exists' }], 3],
  ])('%j', (tolerations, count) => {
    const t = testServer();
    expect((t.create(pod('p', {}, { tolerations })).spec as { tolerations: object[] }).tolerations).toHaveLength(count);
  });
});

describe('LimitRanger, in the recorded words', () => {
  const sizes = {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'sizes' },
    spec: {
      limits: [
        {
          type: 'Container',
          default: { cpu: '200m', memory: '128Mi' },
          defaultRequest: { cpu: '100m', memory: '64Mi' },
          max: { cpu: '500m' },
          min: { cpu: '50m' },
        },
        { type: 'Pod', max: { cpu: '1' } },
      ],
    },
  };
  it('fills in and says so', () => {
    const t = testServer();
    t.create(sizes);
    const b = t.create(pod('b'));
    expect((b.spec as { containers: { resources: object }[] }).containers[0]!.resources).toEqual({
      limits: { cpu: '200m', memory: '128Mi' },
      requests: { cpu: '100m', memory: '64Mi' },
    });
    expect(b.metadata.annotations).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu, memory request for container b; cpu, memory limit for container b',
    });
  });
  it.each([
    [
      'd',
      { limits: { cpu: '2' } },
      '[maximum cpu usage per Container is 500m, but limit is 2, maximum cpu usage per Pod is 1, but limit is 2]',
    ],
    ['e', { limits: { cpu: '10m' } }, 'minimum cpu usage per Container is 50m, but request is 10m'],
  ])('%s', (name, resources, words) => {
    const t = testServer();
    t.create(sizes);
    expect(say(t, pod(name, resources))).toBe(`403 Forbidden: pods "${name}" is forbidden: ${words}`);
  });
});

describe('ResourceQuota, in the recorded words', () => {
  it('wants requests to be named, counts them, and refuses what is too much', () => {
    const t = testServer();
    quota(t, { pods: '2', 'requests.cpu': '1', configmaps: '3' }, { pods: '0', 'requests.cpu': '0', configmaps: '1' });
    expect(say(t, pod('a'))).toBe(
      '403 Forbidden: pods "a" is forbidden: failed quota: q: must specify requests.cpu for: a',
    );
    expect(say(t, pod('a', { requests: { cpu: '600m' } }))).toBe('ok');
    expect(say(t, pod('b', { requests: { cpu: '600m' } }))).toBe(
      '403 Forbidden: pods "b" is forbidden: exceeded quota: q, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1',
    );
    expect(say(t, pod('b', { requests: { cpu: '100m' } }))).toBe('ok');
    expect(say(t, pod('c', { requests: { cpu: '100m' } }))).toBe(
      '403 Forbidden: pods "c" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2',
    );
    const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
    t.create(configMap('one'));
    t.create(configMap('two'));
    expect(say(t, configMap('three'))).toBe(
      '403 Forbidden: configmaps "three" is forbidden: exceeded quota: q, requested: configmaps=1, used: configmaps=3, limited: configmaps=3',
    );
  });

  it('a refused object is not charged', () => {
    const t = testServer();
    quota(t, { pods: '2' }, { pods: '0' });
    say(t, pod('Bad_Name'));
    expect(t.get('ResourceQuota', 'q')!.status).toMatchObject({ used: { pods: '0' } });
  });
});

describe('storage', () => {
  const storageClass = (name: string) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'x.io/y',
  });
  const claim = (name: string, more: object = {}) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...more },
  });
  it('gives a claim the newest default class, and protects it', () => {
    const t = testServer();
    t.create(storageClass('old'));
    t.clock.now += 60_000;
    t.create(storageClass('new'));
    const c = t.create(claim('c'));
    expect(c.spec).toMatchObject({ storageClassName: 'new' });
    expect(c.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
    expect(t.create(claim('none', { storageClassName: '' })).spec).toMatchObject({ storageClassName: '' });
  });
});

describe('TaintNodesByCondition', () => {
  it('a new node is not ready', () => {
    const t = testServer();
    expect(t.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } }).spec).toEqual({
      taints: [{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }],
    });
  });
});
