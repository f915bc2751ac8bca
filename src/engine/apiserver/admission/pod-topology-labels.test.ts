import { expect, it } from 'vitest';
import { testServer } from '../../testing/server.ts';

it('a pod that names its node gets zone and region of it', () => {
  const t = testServer();
  const zone = { 'topology.kubernetes.io/zone': 'z', 'topology.kubernetes.io/region': 'r' };
  t.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', labels: { ...zone, other: 'x' } } });
  const pod = (name: string, nodeName?: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { a: 'b' } },
    spec: { nodeName, containers: [{ name: 'c', image: 'n' }] },
  });
  expect(t.create(pod('a', 'n')).metadata.labels).toEqual({ a: 'b', ...zone });
  expect(t.create(pod('b')).metadata.labels).toEqual({ a: 'b' });
  expect(t.create(pod('c', 'elsewhere')).metadata.labels).toEqual({ a: 'b' });
});
