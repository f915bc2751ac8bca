import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/server.ts';

const pod = (name: string, resources: object = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name, image: 'nginx', resources }], ...spec },
});

describe('NamespaceLifecycle', () => {
  it('refuses what has no namespace, and the deletion of the first ones', () => {
    const t = testServer();
    expect(t.tryCreate({ ...pod('p'), metadata: { name: 'p', namespace: 'nowhere' } })).toBe(
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
    expect(t.tryCreate({ ...pod('p'), metadata: { name: 'p', namespace: 'x' } })).toBe(
      '403 Forbidden: pods "p" is forbidden: unable to create new content in namespace x because it is being terminated',
    );
  });
});
