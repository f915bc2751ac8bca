import { expect, it } from 'vitest';
import { admitAll } from '../admit.ts';
import { findRemedies } from './index.ts';

const node = (name: string, more: Record<string, unknown> = {}, labels: Record<string, string> = {}): unknown => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
  spec: more,
  status: { allocatable: { cpu: '4', memory: '8Gi', pods: '10' } },
});

const pod = (name: string, cpu: string, spec: Record<string, unknown> = {}): unknown => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }], ...spec },
});

const remedies = (...items: unknown[]): string[] =>
  findRemedies(admitAll(items), 'default/new').map((r) => `${r.text} → ${r.node}`);

it('a pod that fits needs none', () => expect(remedies(node('n1'), pod('new', '1'))).toEqual([]));

it('a cordoned node', () =>
  expect(remedies(node('n1', { unschedulable: true }), pod('new', '1'))[0]).toBe('uncordon n1 → n1'));

it('a taint: tolerate it or remove it', () =>
  expect(
    remedies(node('n1', { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] }), pod('new', '1')),
  ).toEqual(['tolerate the taint gpu=yes:NoSchedule → n1', 'remove the taint gpu=yes:NoSchedule from n1 → n1']));

it('a label that no node has', () =>
  expect(
    remedies(node('n1'), node('n2', {}, { disk: 'hdd' }), pod('new', '1', { nodeSelector: { disk: 'ssd' } })),
  ).toEqual(['label n1 disk=ssd → n1', 'drop disk: ssd from nodeSelector → n1', 'label n2 disk=ssd → n2']));

it('two obstacles on the only node: no single change helps', () =>
  expect(
    remedies(node('n1', { unschedulable: true, taints: [{ key: 'a', effect: 'NoSchedule' }] }), pod('new', '1')),
  ).toEqual([]));

it('too large: what would fit', () =>
  expect(remedies(node('n1'), pod('new', '6'))).toEqual(['lower the cpu request of c from 6 to 4 → n1']));

it('no room: lower, delete, or outrank', () => {
  const high = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 };
  expect(remedies(high, node('n1'), pod('old', '3', { nodeName: 'n1' }), pod('new', '2'))).toEqual([
    'lower the cpu request of c from 2 to 1 → n1',
    'delete default/old from n1 → n1',
    'give it the priority class high (1000), so that it may evict lesser pods → n1',
  ]);
});

it('an anti-affinity against its own kind', () => {
  const apart = {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: {} }],
      },
    },
  };
  expect(remedies(node('n1'), pod('old', '1', { nodeName: 'n1' }), pod('new', '1', apart))).toContain(
    'drop the required pod anti-affinity term on kubernetes.io/hostname → n1',
  );
});
