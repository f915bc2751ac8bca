import { expect, it } from 'vitest';
import type { Endpoints } from '../../api/core.ts';
import type { EndpointSlice } from '../../api/policy.ts';
import { type Lab, lab } from '../../testing/lab.ts';

const START = `
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: ready, labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: not-ready, labels: {app: web}}, spec: {containers: [{name: c, image: nginx, readinessProbe: {exec: {command: ["false"]}}}]}}
`;

const endpoints = (c: Lab): string => {
  const s = c.get<Endpoints>('Endpoints', 'web')?.subsets?.[0];
  const names = (list: { targetRef?: { name?: string } }[] | undefined): string =>
    (list ?? []).map((a) => a.targetRef?.name).join(' ');
  return `${names(s?.addresses)} / ${names(s?.notReadyAddresses)}`;
};
const slices = (c: Lab): string[] =>
  c
    .all<EndpointSlice>('EndpointSlice')
    .filter((s) => s.metadata.labels?.['kubernetes.io/service-name'] === 'web')
    .map((s) => s.endpoints.map((e) => `${e.targetRef!.name} ${e.conditions!.ready ? 'ready' : 'no'}`).join(', '));

it('follows readiness, labels and publishNotReadyAddresses', () => {
  const c = lab('w1');
  c.create(START);
  c.run(2);
  expect(endpoints(c)).toBe('ready / not-ready');
  expect(slices(c)).toEqual(['ready ready, not-ready no']);
  expect(c.disturb()).toEqual([]);
  c.patch('Service', 'web', { spec: { publishNotReadyAddresses: true } });
  c.run(1);
  expect(endpoints(c)).toBe('ready not-ready / ');
  c.patch('Service', 'web', { spec: { publishNotReadyAddresses: false } });
  c.patch('Pod', 'ready', { metadata: { labels: { app: 'other' } } });
  c.run(1);
  expect(endpoints(c)).toBe(' / not-ready');
  c.delete('Pod', 'not-ready');
  c.run(1);
  expect(c.get<Endpoints>('Endpoints', 'web')!.subsets ?? []).toEqual([]);
  expect(slices(c)).toEqual(['']);
  expect(c.disturb()).toEqual([]);
  c.delete('Service', 'web');
  c.run(1);
  expect(c.get('Endpoints', 'web')).toBeUndefined();
  expect(slices(c)).toEqual([]);
});

it('named ports resolve per pod, 100 endpoints fill a slice', () => {
  const c = lab('w1 w2');
  c.create(`
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec: {replicas: 120, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx, ports: [{name: http, containerPort: 8080}]}]}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: other, labels: {app: web, x: y}}, spec: {containers: [{name: c, image: nginx, ports: [{name: http, containerPort: 9090}]}]}}
`);
  c.run(20);
  const all = c
    .all<EndpointSlice>('EndpointSlice')
    .filter((s) => s.metadata.labels?.['kubernetes.io/service-name'] === 'web');
  expect(all.map((s) => `${s.ports![0]!.name}:${s.ports![0]!.port} ${s.endpoints.length}`).sort()).toEqual(
    expect.arrayContaining([expect.stringContaining('http:8080 100')]),
  );
  expect(all.reduce((n, s) => n + s.endpoints.length, 0)).toBe(120);
  expect(c.disturb()).toEqual([]);
});
