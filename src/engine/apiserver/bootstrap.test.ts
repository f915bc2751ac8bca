import { expect, it } from 'vitest';
import { testServer } from '../testing/server.ts';
import { bootstrap } from './bootstrap.ts';

it('makes a fresh control plane once', () => {
  const t = testServer({ namespaces: [] });
  bootstrap(t.server);
  const names = (resource: string) => {
    const r = t.handle({ verb: 'list', resource });
    return r.ok && r.items!.map((o) => o.metadata.name);
  };
  expect(names('namespaces')).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
  expect(names('priorityclasses')).toEqual(['system-cluster-critical', 'system-node-critical']);
  expect(t.get('Service', 'kubernetes')!.spec).toMatchObject({ clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1'] });
  const before = t.store.revision;
  bootstrap(t.server);
  expect(t.store.revision).toBe(before);
});
