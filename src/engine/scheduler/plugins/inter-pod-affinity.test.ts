import { describe, expect, it } from 'vitest';
import type { PodAffinityTerm, PodSpec } from '../../api/core.ts';
import { ADD, DELETE, UPDATE_NODE_LABEL } from '../framework/events.ts';
import { hint, node, object, type PodOptions, plugin, pod, scoresOf, verdicts } from '../testing/cluster.ts';
import { InterPodAffinity } from './inter-pod-affinity.ts';

const HOST = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';
const zoned = (name: string, zone: string) => node(name, { labels: { [ZONE]: zone } });
const term = (app: string, topologyKey = HOST, more: Partial<PodAffinityTerm> = {}): PodAffinityTerm => ({
  topologyKey,
  labelSelector: { matchLabels: { app } },
  ...more,
});
const near = (...terms: PodAffinityTerm[]): Partial<PodSpec> => ({
  affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } },
});
const far = (...terms: PodAffinityTerm[]): Partial<PodSpec> => ({
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } },
});
const likes = (weight: number, t: PodAffinityTerm): Partial<PodSpec> => ({
  affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight, podAffinityTerm: t }] } },
});
const app = (name: string, o: PodOptions = {}) => pod(name, { labels: { app: name }, ...o });

const AFFINITY = "InterPodAffinity UU: node(s) didn't match pod affinity rules";
const ANTI = "InterPodAffinity U: node(s) didn't match pod anti-affinity rules";
const EXISTING = "InterPodAffinity U: node(s) didn't satisfy existing pods anti-affinity rules";
const nodes = [zoned('n1', 'a'), zoned('n2', 'a'), zoned('n3', 'b')];

describe('affinity', () => {
  it('draws to the same domain', () =>
    expect(verdicts(app('web', { spec: near(term('db', ZONE)) }), [...nodes, app('db', { on: 'n1' })])).toBe(
      `n1 ok | n2 ok | n3 ${AFFINITY}`,
    ));
  it('all terms must be met by one pod', () => {
    const both = app('web', { spec: near(term('db', ZONE), term('cache', ZONE)) });
    expect(verdicts(both, [zoned('n1', 'a'), app('db', { on: 'n1' }), app('cache', { on: 'n1' })])).toBe(
      `n1 ${AFFINITY}`,
    );
  });
  it('the first of its own kind may go anywhere', () =>
    expect(verdicts(app('web', { spec: near(term('web', ZONE)) }), nodes)).toBe('n1 ok | n2 ok | n3 ok'));
  it('the second may not', () =>
    expect(
      verdicts(app('web', { spec: near(term('web', ZONE)) }), [
        ...nodes,
        pod('w', { on: 'n3', labels: { app: 'web' } }),
      ]),
    ).toBe(`n1 ${AFFINITY} | n2 ${AFFINITY} | n3 ok`));
  it('a node without the key is refused', () =>
    expect(verdicts(app('web', { spec: near(term('web', ZONE)) }), [node('n1')])).toBe(`n1 ${AFFINITY}`));
});

describe('namespaces', () => {
  const db = app('db', { on: 'n1', namespace: 'data' });
  const namespace = object('Namespace', 'v1', 'data', { metadata: { labels: { team: 'red' } } });
  it.each([
    ['its own by default', {}, false],
    ['named ones', { namespaces: ['data'] }, true],
    ['selected ones', { namespaceSelector: { matchLabels: { team: 'red' } } }, true],
    ['an empty selector means all', { namespaceSelector: {} }, true],
    ['others', { namespaceSelector: { matchLabels: { team: 'blue' } } }, false],
  ])('%s', (_, more, ok) =>
    expect(verdicts(app('web', { spec: near(term('db', HOST, more)) }), [zoned('n1', 'a'), namespace, db])).toBe(
      ok ? 'n1 ok' : `n1 ${AFFINITY}`,
    ),
  );
});

describe('anti-affinity', () => {
  it('its own', () =>
    expect(verdicts(app('web', { spec: far(term('db', ZONE)) }), [...nodes, app('db', { on: 'n1' })])).toBe(
      `n1 ${ANTI} | n2 ${ANTI} | n3 ok`,
    ));
  it('that of a pod already there', () =>
    expect(verdicts(app('web'), [...nodes, app('db', { on: 'n1', spec: far(term('web')) })])).toBe(
      `n1 ${EXISTING} | n2 ok | n3 ok`,
    ));
  it('pods being deleted count', () =>
    expect(
      verdicts(app('web', { spec: far(term('db')) }), [zoned('n1', 'a'), app('db', { on: 'n1', deleting: true })]),
    ).toBe(`n1 ${ANTI}`));
});

describe('the score', () => {
  it('own preference', () =>
    expect(
      scoresOf('InterPodAffinity', app('web', { spec: likes(10, term('db', ZONE)) }), [
        ...nodes,
        app('db', { on: 'n1' }),
      ]),
    ).toBe('n1 200, n2 200, n3 0'));
  it('a preference of a pod already there', () =>
    expect(
      scoresOf('InterPodAffinity', app('web'), [...nodes, app('db', { on: 'n3', spec: likes(10, term('web')) })]),
    ).toBe('n1 0, n2 0, n3 200'));
  it('a requirement of a pod already there counts once', () =>
    expect(scoresOf('InterPodAffinity', app('web'), [...nodes, app('db', { on: 'n3', spec: near(term('web')) })])).toBe(
      'n1 0, n2 0, n3 200',
    ));
  it('nobody has a wish', () =>
    expect(scoresOf('InterPodAffinity', app('web'), nodes)).toBe('n1 skipped, n2 skipped, n3 skipped'));
});

describe('another try', () => {
  const p = plugin(InterPodAffinity);
  const together = app('web', { spec: near(term('db', ZONE)) });
  const apart = app('web', { spec: far(term('db'), term('cache')) });
  it.each([
    ['the partner arrives', together, { resource: 'AssignedPod', action: ADD, now: app('db', { on: 'n1' }) }, 'Queue'],
    ['somebody else arrives', together, { resource: 'AssignedPod', action: ADD, now: app('x', { on: 'n1' }) }, 'Skip'],
    [
      'one of two enemies leaves',
      apart,
      { resource: 'AssignedPod', action: DELETE, old: app('db', { on: 'n1' }) },
      'Skip',
    ],
    [
      'who would not have it leaves',
      app('web'),
      { resource: 'AssignedPod', action: DELETE, old: app('db', { on: 'n1', spec: far(term('web')) }) },
      'Queue',
    ],
    ['a new node with the key', together, { resource: 'Node', action: ADD, now: zoned('n4', 'c') }, 'Queue'],
    ['a new node without it', together, { resource: 'Node', action: ADD, now: node('n4') }, 'Skip'],
    [
      'a node’s zone changes',
      together,
      { resource: 'Node', action: UPDATE_NODE_LABEL, old: zoned('n1', 'a'), now: zoned('n1', 'b') },
      'Queue',
    ],
  ] as const)('%s', (_, waiting, h, expected) => expect(hint(p, waiting, h)).toBe(expected));
});
