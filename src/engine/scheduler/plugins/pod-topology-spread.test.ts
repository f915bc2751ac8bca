import { describe, expect, it } from 'vitest';
import type { TopologySpreadConstraint } from '../../api/core.ts';
import { ADD, DELETE, UPDATE_NODE_LABEL, UPDATE_POD_LABEL } from '../framework/events.ts';
import { hint, node, object, type PodOptions, plugin, pod, scoresOf, verdicts } from '../testing/cluster.ts';
import { PodTopologySpread } from './pod-topology-spread.ts';

const ZONE = 'topology.kubernetes.io/zone';
const zoned = (name: string, zone: string, more = {}) => node(name, { labels: { [ZONE]: zone }, ...more });
const constraint = (more: Partial<TopologySpreadConstraint> = {}): TopologySpreadConstraint => ({
  maxSkew: 1,
  topologyKey: ZONE,
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: { matchLabels: { app: 'web' } },
  ...more,
});
const web = (name: string, more: PodOptions = {}) => pod(name, { labels: { app: 'web' }, ...more });
const spread = (...constraints: TopologySpreadConstraint[]) =>
  web('p', { spec: { topologySpreadConstraints: constraints } });
const SKEW = "PodTopologySpread U: node(s) didn't match pod topology spread constraints";
const two = [zoned('a1', 'a'), zoned('b1', 'b')];

describe('DoNotSchedule', () => {
  it('the fuller zone is closed', () =>
    expect(verdicts(spread(constraint()), [...two, web('w', { on: 'a1' })])).toBe(`a1 ${SKEW} | b1 ok`));
  it('pods being deleted, of another namespace or another app do not count', () => {
    const others = [
      web('w1', { on: 'a1', deleting: true }),
      web('w2', { on: 'a1', namespace: 'x' }),
      pod('w3', { on: 'a1', labels: { app: 'db' } }),
    ];
    expect(verdicts(spread(constraint()), [...two, ...others])).toBe('a1 ok | b1 ok');
  });
  it('a node without the label is refused and does not count', () =>
    expect(verdicts(spread(constraint()), [zoned('a1', 'a'), node('n'), web('w', { on: 'n' })])).toBe(
      "a1 ok | n PodTopologySpread UU: node(s) didn't match pod topology spread constraints (missing required label)",
    ));
  it('an empty selector counts nobody', () =>
    expect(verdicts(spread(constraint({ labelSelector: {} })), [...two, web('w', { on: 'a1' })])).toBe(
      'a1 ok | b1 ok',
    ));
  it('too few domains: the minimum is 0', () => {
    const both = [...two, web('w1', { on: 'a1' }), web('w2', { on: 'b1' })];
    expect(verdicts(spread(constraint({ minDomains: 3 })), both)).toBe(`a1 ${SKEW} | b1 ${SKEW}`);
    expect(verdicts(spread(constraint({ minDomains: 2 })), both)).toBe('a1 ok | b1 ok');
  });
  it('a tainted zone holds the minimum down, unless taints are honoured', () => {
    const items = [zoned('a1', 'a'), zoned('b1', 'b', { taints: ['x=y:NoSchedule'] }), web('w', { on: 'a1' })];
    const refused = 'b1 TaintToleration UU: node(s) had untolerated taint(s)';
    expect(verdicts(spread(constraint()), items)).toBe(`a1 ${SKEW} | ${refused}`);
    expect(verdicts(spread(constraint({ nodeTaintsPolicy: 'Honor' })), items)).toBe(`a1 ok | ${refused}`);
  });
  it('a zone that the pod may not use does not count, unless affinity is ignored', () => {
    const items = [
      zoned('a1', 'a', { labels: { [ZONE]: 'a', disk: 'ssd' } }),
      zoned('b1', 'b'),
      web('w', { on: 'a1' }),
    ];
    const p = (c: TopologySpreadConstraint) =>
      web('p', { spec: { topologySpreadConstraints: [c], nodeSelector: { disk: 'ssd' } } });
    expect(verdicts(p(constraint()), items)).toMatch(/^a1 ok/);
    expect(verdicts(p(constraint({ nodeAffinityPolicy: 'Ignore' })), items)).toMatch(/^a1 PodTopologySpread/);
  });
  it('matchLabelKeys narrow the selector to the pod’s own value', () => {
    const p = web('p', {
      labels: { app: 'web', rev: '2' },
      spec: { topologySpreadConstraints: [constraint({ matchLabelKeys: ['rev'] })] },
    });
    expect(verdicts(p, [...two, web('w', { on: 'a1', labels: { app: 'web', rev: '1' } })])).toBe('a1 ok | b1 ok');
  });
});

describe('ScheduleAnyway', () => {
  const soft = spread(constraint({ whenUnsatisfiable: 'ScheduleAnyway' }));
  it('counts by the logarithm of the domains', () => {
    const pods = ['w1', 'w2', 'w3'].map((n) => web(n, { on: 'a1' }));
    expect(scoresOf('PodTopologySpread', soft, [...two, ...pods, web('w4', { on: 'b1' })])).toBe('a1 50, b1 200');
  });
  it('nodes without the label get nothing', () =>
    expect(scoresOf('PodTopologySpread', soft, [...two, node('n')])).toBe('a1 200, b1 200, n 0'));
  it('no constraints, no score', () =>
    expect(scoresOf('PodTopologySpread', pod('p'), two)).toBe('a1 skipped, b1 skipped'));
});

describe('the defaults', () => {
  const service = object('Service', 'v1', 'web', { spec: { selector: { app: 'web' } } });
  it('hold for a pod that a Service selects', () =>
    expect(scoresOf('PodTopologySpread', web('p'), [service, ...two, web('w', { on: 'a1' })])).toBe('a1 132, b1 200'));
  it('hold for a pod of a ReplicaSet', () => {
    const rs = object('ReplicaSet', 'apps/v1', 'web', { spec: { selector: { matchLabels: { app: 'web' } } } });
    const owner = { kind: 'ReplicaSet', name: 'web', apiVersion: 'apps/v1' };
    expect(scoresOf('PodTopologySpread', web('p', { owner }), [rs, ...two, web('w', { on: 'a1' })])).toBe(
      'a1 132, b1 200',
    );
  });
  it('do not hold for a bare pod', () =>
    expect(scoresOf('PodTopologySpread', web('p'), [...two, web('w', { on: 'a1' })])).toBe('a1 skipped, b1 skipped'));
});

describe('another try', () => {
  const p = plugin(PodTopologySpread);
  const waiting = spread(constraint());
  const bound = web('w', { on: 'a1' });
  it.each([
    ['a matching pod leaves', { resource: 'AssignedPod', action: DELETE, old: bound }, 'Queue'],
    ['another pod leaves', { resource: 'AssignedPod', action: DELETE, old: pod('x', { on: 'a1' }) }, 'Skip'],
    [
      'a bound pod’s label starts to match',
      { resource: 'AssignedPod', action: UPDATE_POD_LABEL, old: pod('w', { on: 'a1' }), now: bound },
      'Queue',
    ],
    ['a new node with the key', { resource: 'Node', action: ADD, now: zoned('c1', 'c') }, 'Queue'],
    ['a new node without it', { resource: 'Node', action: ADD, now: node('n') }, 'Skip'],
    [
      'a node moves to another zone',
      { resource: 'Node', action: UPDATE_NODE_LABEL, old: zoned('a1', 'a'), now: zoned('a1', 'c') },
      'Queue',
    ],
    [
      'another label',
      {
        resource: 'Node',
        action: UPDATE_NODE_LABEL,
        old: zoned('a1', 'a'),
        now: zoned('a1', 'a', { labels: { [ZONE]: 'a', x: 'y' } }),
      },
      'Skip',
    ],
  ] as const)('%s', (_, h, expected) => expect(hint(p, waiting, h)).toBe(expected));
});
