import { beforeAll, describe, expect, it } from 'vitest';
import { type Json, SHOP, served, until } from './testing/served.ts';

const server = served(20);
const { ask, get } = server;

describe('subresources', () => {
  const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
  const PODS = '/api/v1/namespaces/default/pods';
  const shopPods = async () => (await get(`${PODS}?labelSelector=app%3Dshop`)).body.items as Json[];
  const ready = (p: Json) => p.status.conditions?.some((c: Json) => c.type === 'Ready' && c.status === 'True');

  beforeAll(async () => {
    await ask('POST', DEPLOYMENTS, SHOP, { 'Content-Type': 'application/yaml' });
    await until(shopPods, (pods) => pods.length === 3 && pods.every(ready));
  });

  it('scales', async () => {
    const scale = (await get(`${DEPLOYMENTS}/shop/scale`)).body;
    expect(scale).toMatchObject({ kind: 'Scale', apiVersion: 'autoscaling/v1', spec: { replicas: 3 } });
    scale.spec.replicas = 4;
    expect((await ask('PUT', `${DEPLOYMENTS}/shop/scale`, scale)).body.spec.replicas).toBe(4);
    await until(shopPods, (pods) => pods.length === 4);
  });

  it('evicts', async () => {
    const [pod] = await shopPods();
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod!.metadata.name } };
    const done = await ask('POST', `${PODS}/${pod!.metadata.name}/eviction`, eviction);
    expect(done).toMatchObject({ code: 201, body: { kind: 'Status', status: 'Success' } });
    // Time runs twenty times as fast here: by now the pod is going, or already gone.
    const after = await get(`${PODS}/${pod!.metadata.name}`);
    expect(after.code === 404 || after.body.metadata.deletionTimestamp).toBeTruthy();
  });

  it('binds a pod that no scheduler takes', async () => {
    const spec = { schedulerName: 'none', containers: [{ name: 'c', image: 'nginx:1.27' }] };
    await ask('POST', PODS, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bound' }, spec });
    const target = { apiVersion: 'v1', kind: 'Node', name: 'worker-x86' };
    const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'bound' }, target };
    expect((await ask('POST', '/api/v1/namespaces/default/bindings', binding)).code).toBe(201);
    expect((await get(`${PODS}/bound`)).body.spec.nodeName).toBe('worker-x86');
  });

  it('writes a status without the rest', async () => {
    const node = (await get('/api/v1/nodes/worker-x86')).body;
    node.status.conditions.push({ type: 'Haunted', status: 'True', reason: 'Test', message: '' });
    node.spec.unschedulable = true;
    const done = await ask('PUT', '/api/v1/nodes/worker-x86/status', node);
    expect(done.body.status.conditions.map((c: Json) => c.type)).toContain('Haunted');
    expect(done.body.spec.unschedulable).toBeUndefined();
  });

  it('gives logs, and follows one to its end', async () => {
    const [pod] = (await shopPods()).filter((p) => ready(p) && !p.metadata.deletionTimestamp);
    const name = pod!.metadata.name;
    expect((await get(`${PODS}/${name}/log?tailLines=1`)).body.text.trim().split('\n')).toHaveLength(1);
    const followed = fetch(`${server.url}${PODS}/${name}/log?follow=true`).then((r) => r.text());
    await ask('DELETE', `${PODS}/${name}`, { gracePeriodSeconds: 1 });
    expect(await followed).toContain('start worker processes');
  });

  it.each(['exec', 'attach', 'portforward', 'proxy'])('says that it carries no %s', async (what) => {
    const [pod] = await shopPods();
    expect(await ask('POST', `${PODS}/${pod!.metadata.name}/${what}?command=ls`)).toMatchObject({
      code: 400,
      body: { message: expect.stringContaining(what) },
    });
  });

  it('answers reviews', async () => {
    const review = (kind: string) =>
      ask('POST', `/apis/authorization.k8s.io/v1/${kind.toLowerCase()}s`, { kind, spec: {} });
    expect((await review('SelfSubjectAccessReview')).body).toMatchObject({ status: { allowed: true } });
    const who = await ask('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {});
    expect(who).toMatchObject({ code: 201, body: { status: { userInfo: { username: 'kubernetes-admin' } } } });
  });
});
