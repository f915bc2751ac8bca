import { describe, expect, it } from 'vitest';
import type { Pod } from '../../api/core.ts';
import { lab } from '../../testing/lab.ts';
import { withCondition } from './conditions.ts';
import { canonicalJson, templateHash } from './hash.ts';
import { podsMatching } from './pod-index.ts';
import { resolveFenceposts, scaledValue } from './scale.ts';

describe('hashes', () => {
  it('have Kubernetes’ digits and length, and do not hang on the order of keys', () => {
    const hash = templateHash({ b: 1, a: { d: [1, 2], c: undefined } });
    expect(hash).toMatch(/^[456789bcdf]{1,10}$/);
    expect(templateHash({ a: { d: [1, 2] }, b: 1 })).toBe(hash);
    expect(templateHash({ a: { d: [2, 1] }, b: 1 })).not.toBe(hash);
    expect(templateHash({ b: 1, a: { d: [1, 2] } }, 1)).not.toBe(hash);
    expect(canonicalJson({ b: [null, 'x'], a: undefined })).toBe('{"b":[null,"x"]}');
  });
});

describe('update limits', () => {
  it.each([
    [1, 1, 0],
    [2, 1, 0],
    [3, 1, 0],
    [4, 1, 1],
    [5, 2, 1],
    [10, 3, 2],
  ])('25%% of %i: %i more, %i less', (replicas, surge, unavailable) => {
    expect(resolveFenceposts('25%', '25%', replicas)).toEqual({ surge, unavailable });
  });
  it('never both nothing', () => {
    expect(resolveFenceposts(0, '10%', 3)).toEqual({ surge: 0, unavailable: 1 });
    expect(scaledValue('x', 10, true)).toBe(0);
  });
});

it('a condition moves to the end when its reason changes and keeps its time while its status stays', () => {
  const at = (reason: string, time: string) => ({
    type: 'A',
    status: 'True' as const,
    reason,
    lastTransitionTime: time,
  });
  const list = [at('x', '1'), { type: 'B', status: 'True' as const }];
  expect(withCondition(list, at('x', '2'))).toEqual(list);
  expect(withCondition(list, at('y', '2'))).toEqual([list[1], at('y', '1')]);
});

it('the pod index follows labels, deletions and re-creations', () => {
  const c = lab('w1');
  const names = (): string =>
    podsMatching(c.cluster.list, 'default', { matchLabels: { app: 'a' } })
      .map((p) => p.metadata.name)
      .join(' ');
  const make = (name: string, app: string): void =>
    c.create(
      `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {app: ${app}, x: y}}, spec: {containers: [{name: c, image: nginx}]}}`,
    );
  make('z', 'a');
  expect(names()).toBe('z');
  make('b', 'a');
  make('c', 'other');
  c.run(1);
  expect(names()).toBe('z b');
  c.patch('Pod', 'c', { metadata: { labels: { app: 'a' } } });
  c.delete('Pod', 'z');
  c.run(2);
  expect(names()).toBe('b c');
  make('z', 'a');
  expect(names()).toBe('b c z');
  const copy = c.cluster.fork();
  expect(
    podsMatching(copy.list, 'default', { matchLabels: { app: 'a' } })
      .map((p: Pod) => p.metadata.name)
      .join(' '),
  ).toBe('b c z');
});
