import { expect, it } from 'vitest';
import type { Pod } from '../../api/core.ts';
import { admitAll } from '../admit.ts';
import { DEFAULT_CONFIGURATION } from '../config/resolve.ts';
import { evaluate } from '../decision.ts';
import { layOut } from '../explain.ts';
import { counterfactuals } from './counterfactuals.ts';
import { findRemedies } from './index.ts';
import { findRefuted } from './refuted.ts';

const node = (name: string, more: Record<string, unknown> = {}, labels: Record<string, string> = {}): unknown => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
  spec: more,
  status: { allocatable: { cpu: '4', memory: '8Gi', pods: '10' } },
});
const pod = (name: string, cpu: string, spec: Partial<Pod['spec']> = {}): unknown => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu } } }], ...spec },
});

const refuted = (...items: unknown[]): string[] =>
  findRefuted(admitAll(items), 'default/new').map((r) => `${r.text}: ${r.node} ${r.plugin} ${r.reasons.join()}`);

it('a cordoned node that lacks room, a taint on a node of the wrong kind', () =>
  expect(
    refuted(
      node('n1', { unschedulable: true }),
      node('n2', { taints: [{ key: 'gpu', effect: 'NoSchedule' }] }),
      pod('new', '6', { nodeSelector: { disk: 'ssd' } }),
    ),
  ).toEqual([
    "uncordon n1: n1 NodeAffinity node(s) didn't match Pod's node affinity/selector",
    "tolerate the taint gpu:NoSchedule: n2 NodeAffinity node(s) didn't match Pod's node affinity/selector",
  ]));

it('says nothing of what helps, and nothing of a pod that fits', () => {
  expect(refuted(node('n1', { unschedulable: true }), pod('new', '1'))).toEqual([]);
  expect(refuted(node('n1'), pod('new', '1'))).toEqual([]);
});

it('finds what helps behind hundreds of nodes where nothing does', () => {
  const cordoned = Array.from({ length: 450 }, (_, i) => node(`c${i}`, { unschedulable: true }));
  const ssd = { nodeSelector: { disk: 'ssd' } };
  const found = findRemedies(
    admitAll([...cordoned, node('big', {}, { disk: 'ssd' }), pod('new', '5', ssd)]),
    'default/new',
  );
  expect(found.map((r) => `${r.text} → ${r.node}`)).toEqual(['lower the cpu request of c from 5 to 4 → big']);
});

const whatIf = (...items: unknown[]): string[] => {
  const desk = layOut(admitAll(items), 'default/new', DEFAULT_CONFIGURATION);
  if (typeof desk === 'string') throw new Error(desk);
  const { chosen } = evaluate(desk.fw, desk.cache.list, desk.cache.classes.info(desk.pod));
  return [
    `as it is → ${chosen}`,
    ...counterfactuals(desk, chosen, undefined).map((c) => `${c.text} → ${c.node}${c.differs ? '' : ' still'}`),
  ];
};

it('decides again without the wish, without a neighbour, and with the cordoned node open', () => {
  const wish: Partial<Pod['spec']> = {
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, preference: { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] } },
        ],
      },
    },
  };
  expect(
    whatIf(node('n1', {}, { disk: 'ssd' }), node('n2'), pod('old', '2', { nodeName: 'n1' }), pod('new', '1', wish)),
  ).toEqual(['as it is → n1', 'drop the preferred node affinity → n2']);
  expect(
    whatIf(
      node('n1', { unschedulable: true }),
      node('n2'),
      node('n3'),
      pod('a', '2', { nodeName: 'n2' }),
      pod('b', '1', { nodeName: 'n3' }),
      pod('new', '1'),
    ),
  ).toEqual(['as it is → n3', 'uncordon n1 → n1', 'without default/a on n2 → n2']);
});

it('leaves the cluster as it was', () => {
  const desk = layOut(
    admitAll([node('n1'), node('n2', { unschedulable: true }), pod('a', '2', { nodeName: 'n1' }), pod('new', '1')]),
    'default/new',
    DEFAULT_CONFIGURATION,
  );
  if (typeof desk === 'string') throw new Error(desk);
  const as = () => evaluate(desk.fw, desk.cache.list, desk.cache.classes.info(desk.pod)).decision;
  const before = as();
  expect(counterfactuals(desk, 'n1', undefined)).not.toEqual([]);
  expect(as()).toEqual(before);
});
