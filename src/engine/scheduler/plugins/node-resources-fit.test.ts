import { describe, expect, it } from 'vitest';
import { ADD, DELETE, UPDATE_NODE_ALLOCATABLE, UPDATE_POD_SCALE_DOWN } from '../framework/events.ts';
import { hint, node, plugin, pod, scoresOf, verdicts } from '../testing/cluster.ts';
import { NodeResourcesFit } from './node-resources-fit.ts';

const wants = (requests: Record<string, string>) => pod('p', { requests });

describe('the filter', () => {
  it.each([
    ['fits exactly', { cpu: '4' }, 'n1 ok'],
    ['larger than the node', { cpu: '4001m' }, 'n1 NodeResourcesFit UU: Insufficient cpu'],
    [
      'all that is missing is named',
      { cpu: '5', memory: '9Gi', 'ephemeral-storage': '1' },
      'n1 NodeResourcesFit UU: Insufficient cpu, Insufficient memory, Insufficient ephemeral-storage',
    ],
    ['a resource the node lacks', { 'nvidia.com/gpu': '1' }, 'n1 NodeResourcesFit UU: Insufficient nvidia.com/gpu'],
  ])('%s', (_, requests, expected) =>
    expect(verdicts(wants(requests as Record<string, string>), [node('n1')])).toBe(expected),
  );

  it('what is taken can be freed', () =>
    expect(verdicts(wants({ cpu: '3' }), [node('n1'), pod('old', { on: 'n1', requests: { cpu: '2' } })])).toBe(
      'n1 NodeResourcesFit U: Insufficient cpu',
    ));
  it('too many pods', () =>
    expect(verdicts(wants({}), [node('n1', { pods: '1' }), pod('old', { on: 'n1' })])).toBe(
      'n1 NodeResourcesFit U: Too many pods',
    ));
  it('a pod being deleted still takes room, a finished one does not', () => {
    const old = (more: object) => pod('old', { on: 'n1', requests: { cpu: '3' }, ...more });
    expect(verdicts(wants({ cpu: '2' }), [node('n1'), old({ deleting: true })])).toBe(
      'n1 NodeResourcesFit U: Insufficient cpu',
    );
    expect(verdicts(wants({ cpu: '2' }), [node('n1'), old({ status: { phase: 'Succeeded' } })])).toBe('n1 ok');
  });
});

describe('the score', () => {
  const strategy = (scoringStrategy: object) => ({
    config: {
      apiVersion: 'kubescheduler.config.k8s.io/v1',
      kind: 'KubeSchedulerConfiguration',
      profiles: [{ pluginConfig: [{ name: 'NodeResourcesFit', args: { scoringStrategy } }] }],
    },
  });
  const nodes = [node('n1'), node('n2'), pod('old', { on: 'n2', requests: { cpu: '2', memory: '4Gi' } })];
  const p = wants({ cpu: '1', memory: '1Gi' });
  it('least allocated: both divisions cut off', () =>
    expect(scoresOf('NodeResourcesFit', p, nodes)).toBe('n1 81, n2 31'));
  it('most allocated', () =>
    expect(scoresOf('NodeResourcesFit', p, nodes, strategy({ type: 'MostAllocated' }))).toBe('n1 18, n2 68'));
  it('a broken line, rounded', () => {
    const shape = [
      { utilization: 0, score: 0 },
      { utilization: 50, score: 10 },
      { utilization: 100, score: 0 },
    ];
    expect(
      scoresOf(
        'NodeResourcesFit',
        p,
        nodes,
        strategy({ type: 'RequestedToCapacityRatio', requestedToCapacityRatio: { shape } }),
      ),
    ).toBe('n1 37, n2 63');
  });
  it('containers without requests count as 100m and 200Mi', () =>
    expect(scoresOf('NodeResourcesFit', pod('p'), [node('n1'), node('n2', { cpu: '1', memory: '1Gi' })])).toBe(
      'n1 97, n2 85',
    ));
});

describe('another try', () => {
  const p = plugin(NodeResourcesFit);
  const waiting = wants({ cpu: '3' });
  const bound = (cpu: string) => pod('old', { on: 'n1', requests: { cpu } });
  it.each([
    ['a large enough node', { resource: 'Node', action: ADD, now: node('n2') }, 'Queue'],
    ['a node too small', { resource: 'Node', action: ADD, now: node('n2', { cpu: '2' }) }, 'Skip'],
    [
      'a node grew',
      {
        resource: 'Node',
        action: UPDATE_NODE_ALLOCATABLE,
        old: node('n1', { cpu: '2' }),
        now: node('n1', { cpu: '3' }),
      },
      'Queue',
    ],
    [
      'more memory is no help',
      { resource: 'Node', action: UPDATE_NODE_ALLOCATABLE, old: node('n1'), now: node('n1', { memory: '9Gi' }) },
      'Skip',
    ],
    [
      'room for more pods',
      { resource: 'Node', action: UPDATE_NODE_ALLOCATABLE, old: node('n1'), now: node('n1', { pods: '11' }) },
      'Queue',
    ],
    ['any pod leaves', { resource: 'AssignedPod', action: DELETE, old: bound('1') }, 'Queue'],
    ['a waiting pod leaves', { resource: 'UnschedulablePod', action: DELETE, old: pod('other') }, 'Skip'],
    [
      'a bound pod asks for less',
      { resource: 'AssignedPod', action: UPDATE_POD_SCALE_DOWN, old: bound('2'), now: bound('1') },
      'Queue',
    ],
    [
      'it asks for less itself',
      { resource: 'UnschedulablePod', action: UPDATE_POD_SCALE_DOWN, old: waiting, now: wants({ cpu: '1' }) },
      'Queue',
    ],
  ] as const)('%s', (_, h, expected) => expect(hint(p, waiting, h)).toBe(expected));
});
