import { expect, it } from 'vitest';
import { Cluster } from '../cluster.ts';
import { START_MS } from '../testing/server.ts';
import { ownObjects } from './own-objects.ts';

const cluster = () => new Cluster({ seed: 1, startMs: START_MS + 1, components: [ownObjects()] });
const services = (c: Cluster) => [...c.list.list('Service')].map((o) => o.metadata.name);

it('the Service kubernetes comes back at the next round', () => {
  const c = cluster();
  expect(services(c)).toEqual(['kubernetes']);
  c.request({ verb: 'delete', resource: 'services', namespace: 'default', name: 'kubernetes' });
  c.advance(9_000);
  expect(services(c)).toEqual([]);
  c.advance(1_000);
  expect(services(c)).toEqual(['kubernetes']);
});

it('what belongs to others stays deleted', () => {
  const c = cluster();
  const body = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } };
  c.request({ verb: 'create', resource: 'services', namespace: 'default', body });
  c.request({ verb: 'delete', resource: 'services', namespace: 'default', name: 'web' });
  c.advance(20_000);
  expect(services(c)).toEqual(['kubernetes']);
});
