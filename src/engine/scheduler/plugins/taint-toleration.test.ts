import { describe, expect, it } from 'vitest';
import { ADD, UPDATE_NODE_TAINT } from '../framework/events.ts';
import { hint, node, plugin, pod, scoresOf, verdicts } from '../testing/cluster.ts';
import { TaintToleration } from './taint-toleration.ts';

const REFUSED = 'n1 TaintToleration UU: node(s) had untolerated taint(s)';

describe('the filter', () => {
  it.each([
    ['nothing tolerated', ['gpu=true:NoSchedule'], [], REFUSED],
    [
      'equal value',
      ['gpu=true:NoSchedule'],
      [{ key: 'gpu', operator: 'Equal', value: 'true', effect: 'NoSchedule' }],
      'n1 ok',
    ],
    ['other value', ['gpu=true:NoSchedule'], [{ key: 'gpu', value: 'false' }], REFUSED],
    ['any value, any effect', ['gpu=true:NoExecute'], [{ key: 'gpu', operator: 'Exists' }], 'n1 ok'],
    ['other effect', ['gpu=true:NoExecute'], [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }], REFUSED],
    ['one of two', ['a=1:NoSchedule', 'b=1:NoSchedule'], [{ key: 'a', operator: 'Exists' }], REFUSED],
    ['everything', ['a=1:NoSchedule', 'b=1:NoExecute'], [{ operator: 'Exists' }], 'n1 ok'],
    ['a wish keeps nobody out', ['a=1:PreferNoSchedule'], [], 'n1 ok'],
    ['Gt is off in 1.36', ['level=5:NoSchedule'], [{ key: 'level', operator: 'Gt', value: '3' }], REFUSED],
  ])('%s', (_, taints, tolerations, expected) =>
    expect(verdicts(pod('p', { tolerations }), [node('n1', { taints })])).toBe(expected),
  );
});

describe('the score', () => {
  const nodes = [
    node('n1'),
    node('n2', { taints: ['a=1:PreferNoSchedule'] }),
    node('n3', { taints: ['a=1:PreferNoSchedule', 'b=1:PreferNoSchedule'] }),
  ];
  it('fewer unliked taints are better', () =>
    expect(scoresOf('TaintToleration', pod('p'), nodes)).toBe('n1 300, n2 150, n3 0'));
  it('a toleration for NoSchedule alone does not help', () =>
    expect(
      scoresOf(
        'TaintToleration',
        pod('p', { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }] }),
        nodes,
      ),
    ).toBe('n1 300, n2 150, n3 0'));
  it('none anywhere: all alike', () =>
    expect(scoresOf('TaintToleration', pod('p'), [node('n1'), node('n2')])).toBe('n1 300, n2 300'));
});

describe('another try', () => {
  const p = plugin(TaintToleration);
  const tainted = node('n1', { taints: ['a=1:NoSchedule'] });
  it.each([
    ['the taint goes', { resource: 'Node', action: UPDATE_NODE_TAINT, old: tainted, now: node('n1') }, 'Queue'],
    ['a taint comes', { resource: 'Node', action: UPDATE_NODE_TAINT, old: node('n1'), now: tainted }, 'Skip'],
    ['it was no obstacle', { resource: 'Node', action: UPDATE_NODE_TAINT, old: node('n1'), now: node('n1') }, 'Skip'],
    ['a new node', { resource: 'Node', action: ADD, now: node('n2') }, 'Queue'],
    ['a new tainted node', { resource: 'Node', action: ADD, now: tainted }, 'Skip'],
  ] as const)('%s', (_, h, expected) => expect(hint(p, pod('p'), h)).toBe(expected));
});
