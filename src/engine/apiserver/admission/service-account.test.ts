import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/server.ts';

const pod = (name: string, resources: object = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name, image: 'nginx', resources }], ...spec },
});

describe('ServiceAccount', () => {
  it('names the account that is missing', () => {
    const t = testServer();
    expect(t.tryCreate(pod('p', {}, { serviceAccountName: 'x' }))).toBe(
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
