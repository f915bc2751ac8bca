import { describe, expect, it } from 'vitest';
import { decision, node, object, type PodOptions, pod } from '../testing/cluster.ts';
import { pickCandidate } from './default-preemption.ts';

const classes = [
  object('PriorityClass', 'scheduling.k8s.io/v1', 'high', { value: 100 }),
  object('PriorityClass', 'scheduling.k8s.io/v1', 'mid', { value: 50 }),
  object('PriorityClass', 'scheduling.k8s.io/v1', 'never', { value: 100, preemptionPolicy: 'Never' }),
];
const on = (n: string, name: string, cpu: string, o: PodOptions = {}) => pod(name, { on: n, requests: { cpu }, ...o });
const wants = (cpu: string, priorityClassName = 'high') => pod('p', { requests: { cpu }, spec: { priorityClassName } });
const mid = { spec: { priorityClassName: 'mid' } };

function outcome(p: ReturnType<typeof pod>, ...items: unknown[]): string {
  const d = decision(p, [...classes, ...items]);
  const [first] = d.preemption ?? [];
  return first
    ? `${first.node}: ${first.victims.map((v) => v.replace('default/', '')).join(' ')}`
    : d.message.replace(/^.*preemption: /, '');
}

describe('victims on a node', () => {
  it('the more important ones, and the first of equals, are let back', () =>
    expect(outcome(wants('1'), node('n1'), on('n1', 'a', '1', mid), on('n1', 'b', '1'), on('n1', 'c', '2'))).toBe(
      'n1: c',
    ));
  it('equals and betters stay', () =>
    expect(outcome(wants('1'), node('n1'), on('n1', 'a', '4', { spec: { priorityClassName: 'high' } }))).toBe(
      '0/1 nodes are available: 1 No preemption victims found for incoming pod.',
    ));
  it('not when it would not help', () =>
    expect(outcome(wants('9'), node('n1'), on('n1', 'a', '1'))).toBe(
      '0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    ));
  it('still too little room', () =>
    expect(
      outcome(
        wants('2'),
        node('n1'),
        on('n1', 'a', '3', { spec: { priorityClassName: 'high' } }),
        on('n1', 'b', '500m'),
      ),
    ).toBe('0/1 nodes are available: 1 Insufficient cpu.'));
  it('the policy Never', () =>
    expect(outcome(wants('1', 'never'), node('n1'), on('n1', 'a', '4'))).toBe(
      'not eligible due to preemptionPolicy=Never.',
    ));
});

describe('which node', () => {
  const budget = object('PodDisruptionBudget', 'policy/v1', 'b', {
    metadata: { namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'db' } } },
    status: { disruptionsAllowed: 0 },
  });
  const two = [node('n1'), node('n2')];
  it('fewest broken budgets', () =>
    expect(
      outcome(wants('1'), ...two, budget, on('n1', 'a', '4', { labels: { app: 'db' } }), on('n2', 'b', '4', mid)),
    ).toBe('n2: b'));
  it('the lowest of the highest victims', () =>
    expect(outcome(wants('1'), ...two, on('n1', 'a', '4', mid), on('n2', 'b', '4'))).toBe('n2: b'));
  it('fewest victims', () =>
    expect(outcome(wants('4'), ...two, on('n1', 'a', '2'), on('n1', 'b', '2'), on('n2', 'c', '4'))).toBe('n2: c'));
  it('the youngest', () =>
    expect(
      outcome(
        wants('1'),
        ...two,
        on('n1', 'a', '4', { status: { startTime: '2026-01-01T00:00:00Z' } }),
        on('n2', 'b', '4', { status: { startTime: '2026-01-01T01:00:00Z' } }),
      ),
    ).toBe('n2: b'));
  it('nobody', () => expect(pickCandidate([], 0)).toBeUndefined());
});

it('a nominated pod counts for those of no higher priority', () => {
  const nominated = pod('first', {
    requests: { cpu: '3' },
    spec: { priorityClassName: 'high' },
    status: { nominatedNodeName: 'n1' },
  });
  expect(
    decision(pod('p', { requests: { cpu: '2' }, spec: { priorityClassName: 'mid' } }), [
      ...classes,
      node('n1'),
      nominated,
    ]).verdict,
  ).toBe('Unschedulable');
});

it('waits for victims that are leaving', () => {
  const leaving = on('n1', 'a', '4', {
    deleting: true,
    status: { conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler' }] },
  });
  const again = { ...wants('1'), status: { nominatedNodeName: 'n1' } };
  expect(outcome(again, node('n1'), leaving)).toBe('not eligible due to a terminating pod on the nominated node.');
});
