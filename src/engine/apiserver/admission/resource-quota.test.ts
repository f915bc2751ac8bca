import { describe, expect, it } from 'vitest';
import type { ResourceQuota } from '../../api/core.ts';
import { type TestServer, testServer } from '../../testing/server.ts';

const pod = (name: string, resources: object = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name, image: 'nginx', resources }], ...spec },
});
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

describe('ResourceQuota, in the recorded words', () => {
  it('wants requests to be named, counts them, and refuses what is too much', () => {
    const t = testServer();
    quota(t, { pods: '2', 'requests.cpu': '1', configmaps: '3' }, { pods: '0', 'requests.cpu': '0', configmaps: '1' });
    expect(t.tryCreate(pod('a'))).toBe(
      '403 Forbidden: pods "a" is forbidden: failed quota: q: must specify requests.cpu for: a',
    );
    expect(t.tryCreate(pod('a', { requests: { cpu: '600m' } }))).toBe('ok');
    expect(t.tryCreate(pod('b', { requests: { cpu: '600m' } }))).toBe(
      '403 Forbidden: pods "b" is forbidden: exceeded quota: q, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1',
    );
    expect(t.tryCreate(pod('b', { requests: { cpu: '100m' } }))).toBe('ok');
    expect(t.tryCreate(pod('c', { requests: { cpu: '100m' } }))).toBe(
      '403 Forbidden: pods "c" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2',
    );
    const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
    t.create(configMap('one'));
    t.create(configMap('two'));
    expect(t.tryCreate(configMap('three'))).toBe(
      '403 Forbidden: configmaps "three" is forbidden: exceeded quota: q, requested: configmaps=1, used: configmaps=3, limited: configmaps=3',
    );
  });

  it('a refused object is not charged', () => {
    const t = testServer();
    quota(t, { pods: '2' }, { pods: '0' });
    t.tryCreate(pod('Bad_Name'));
    expect(t.get('ResourceQuota', 'q')!.status).toMatchObject({ used: { pods: '0' } });
  });
});
