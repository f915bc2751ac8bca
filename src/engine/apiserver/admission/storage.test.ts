import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/server.ts';

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
