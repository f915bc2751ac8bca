import { expect, it } from 'vitest';
import { node, pod, scoresOf } from '../testing/cluster.ts';

const score = (requests: Record<string, string>, ...items: unknown[]): string =>
  scoresOf('NodeResourcesBalancedAllocation', pod('p', { requests }), items);

it('an empty node becomes uneven', () =>
  expect(score({ cpu: '1', memory: '1Gi' }, node('n1'), node('n2'))).toBe('n1 71, n2 71'));

it('a node that becomes more even is liked', () =>
  expect(
    score({ cpu: '1', memory: '1Gi' }, node('n1'), node('n2'), pod('old', { on: 'n1', requests: { memory: '4Gi' } })),
  ).toBe('n1 78, n2 71'));

it('no change is 75', () => expect(score({ cpu: '2', memory: '4Gi' }, node('n1'), node('n2'))).toBe('n1 75, n2 75'));

it('a pod that asks for nothing is not scored', () =>
  expect(score({}, node('n1'), node('n2'))).toBe('n1 skipped, n2 skipped'));
