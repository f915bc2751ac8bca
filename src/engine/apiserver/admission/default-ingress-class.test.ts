import { expect, it } from 'vitest';
import { testServer } from '../../testing/server.ts';

const ingress = (name: string, spec: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name },
  spec: { defaultBackend: { service: { name: 's', port: { number: 80 } } }, ...spec },
});

it('an Ingress without a class gets the default one, if there is one', () => {
  const t = testServer();
  expect(t.create(ingress('a')).spec).not.toHaveProperty('ingressClassName');
  t.create({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
    spec: { controller: 'x.io/nginx' },
  });
  expect(t.create(ingress('b')).spec).toMatchObject({ ingressClassName: 'nginx' });
  expect(t.create(ingress('c', { ingressClassName: 'other' })).spec).toMatchObject({ ingressClassName: 'other' });
});
