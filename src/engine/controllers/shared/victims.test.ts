import { expect, it } from 'vitest';
import type { Pod } from '../../api/core.ts';
import { rfc3339 } from '../../sim/time.ts';
import { compareVictims, pickVictims } from './victims.ts';

const NOW = Date.UTC(2026, 0, 1, 12);

interface Traits {
  node?: string;
  phase?: string;
  readyFor?: number;
  age?: number;
  restarts?: number;
  cost?: string;
}

function pod(name: string, t: Traits): Pod {
  const ready = t.readyFor === undefined ? 'False' : 'True';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: name,
      resourceVersion: '1',
      creationTimestamp: rfc3339(NOW - (t.age ?? 1000) * 1000),
      ...(t.cost === undefined ? {} : { annotations: { 'controller.kubernetes.io/pod-deletion-cost': t.cost } }),
    },
    spec: { containers: [], ...(t.node === '' ? {} : { nodeName: t.node ?? 'w1' }) },
    status: {
      phase: t.phase ?? 'Running',
      conditions: [{ type: 'Ready', status: ready, lastTransitionTime: rfc3339(NOW - (t.readyFor ?? 0) * 1000) }],
      containerStatuses: [{ name: 'c', image: '', imageID: '', ready: true, restartCount: t.restarts ?? 0 }],
    },
  };
}

const OLD = { readyFor: 900, age: 1000 };

it.each<[string, Traits, Traits]>([
  ['one without a node', { node: '', ...OLD }, { ...OLD }],
  ['a Pending one', { phase: 'Pending', ...OLD }, { ...OLD }],
  ['an Unknown one before a Running one', { phase: 'Unknown', ...OLD }, { ...OLD }],
  ['one that is not ready', { age: 1000 }, { ...OLD }],
  ['the cheaper one', { cost: '-5', ...OLD }, { ...OLD }],
  ['one that is ready for a shorter time', { readyFor: 5, age: 1000 }, { readyFor: 9, age: 1000 }],
  ['the one with more restarts', { restarts: 3, ...OLD }, { restarts: 2, ...OLD }],
  ['the younger one', { readyFor: 5, age: 5 }, { readyFor: 5, age: 9 }],
])('%s goes first', (_what, victim, other) => {
  expect(compareVictims(pod('z', victim), pod('a', other), { now: NOW })).toBeLessThan(0);
});

it('5 s and 7 s are the same age: the lower UID goes', () => {
  expect(compareVictims(pod('a', { readyFor: 7 }), pod('b', { readyFor: 5 }), { now: NOW })).toBeLessThan(0);
  expect(compareVictims(pod('b', { readyFor: 7 }), pod('a', { readyFor: 5 }), { now: NOW })).toBeGreaterThan(0);
});

it('pods on crowded nodes go before lonely ones', () => {
  const pods = [pod('a', { node: 'w1', ...OLD }), pod('b', { node: 'w2', ...OLD }), pod('c', { node: 'w2', ...OLD })];
  const rank = (p: Pod): number => (p.spec.nodeName === 'w2' ? 2 : 1);
  expect(pickVictims(pods, 2, { now: NOW, rank }).map((p) => p.metadata.name)).toEqual(['b', 'c']);
});
