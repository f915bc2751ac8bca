import { describe, expect, it } from 'vitest';
import type { NodeSelectorTerm, PodSpec } from '../../api/core.ts';
import { ADD, UPDATE_NODE_LABEL } from '../framework/events.ts';
import { decision, hint, node, plugin, pod, scoresOf, verdicts } from '../testing/cluster.ts';
import { NodeAffinity } from './node-affinity.ts';

const nodes = [node('n1', { labels: { disk: 'ssd' } }), node('n2', { labels: { disk: 'hdd' } })];
const term = (key: string, ...values: string[]): NodeSelectorTerm => ({
  matchExpressions: [{ key, operator: 'In', values }],
});
const named = (...values: string[]): NodeSelectorTerm => ({
  matchFields: [{ key: 'metadata.name', operator: 'In', values }],
});
const required = (...nodeSelectorTerms: NodeSelectorTerm[]): { spec: Partial<PodSpec> } => ({
  spec: { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } },
});
const preferred = (...terms: [number, NodeSelectorTerm][]): { spec: Partial<PodSpec> } => ({
  spec: {
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: terms.map(([weight, preference]) => ({ weight, preference })),
      },
    },
  },
});
const NO = "NodeAffinity UU: node(s) didn't match Pod's node affinity/selector";

describe('the filter', () => {
  it('nodeSelector', () =>
    expect(verdicts(pod('p', { spec: { nodeSelector: { disk: 'ssd' } } }), nodes)).toBe(`n1 ok | n2 ${NO}`));
  it('terms are alternatives', () =>
    expect(verdicts(pod('p', required(term('disk', 'ssd'), term('disk', 'hdd'))), nodes)).toBe('n1 ok | n2 ok'));
  it('no terms at all match nothing', () => expect(verdicts(pod('p', required()), nodes)).toBe(`n1 ${NO} | n2 ${NO}`));
  it('names narrow the nodes before the filter', () =>
    expect(verdicts(pod('p', required(named('n1'))), nodes)).toBe(
      "n1 ok | n2  UU: node(s) didn't satisfy plugin(s) [NodeAffinity]",
    ));
  it('names that exclude each other', () => {
    const both: NodeSelectorTerm = { matchFields: [...named('n1').matchFields!, ...named('n2').matchFields!] };
    expect(decision(pod('p', required(both)), nodes).message).toBe(
      '0/2 nodes are available: pod affinity terms conflict. not found',
    );
  });
  it('the profile’s own affinity comes first', () => {
    const args = {
      addedAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term('disk', 'hdd')] } },
    };
    const config = {
      apiVersion: 'kubescheduler.config.k8s.io/v1',
      kind: 'KubeSchedulerConfiguration',
      profiles: [{ pluginConfig: [{ name: 'NodeAffinity', args }] }],
    };
    expect(verdicts(pod('p'), nodes, { config })).toBe(
      "n1 NodeAffinity UU: node(s) didn't match scheduler-enforced node affinity | n2 ok",
    );
  });
});

describe('the score', () => {
  it('adds up weights, scales to 100, times 2', () =>
    expect(
      scoresOf('NodeAffinity', pod('p', preferred([30, term('disk', 'ssd')], [10, term('disk', 'ssd', 'hdd')])), nodes),
    ).toBe('n1 200, n2 50'));
  it('a term counts as a whole', () => {
    const both = {
      matchExpressions: [...term('disk', 'ssd').matchExpressions!, ...term('gpu', 'true').matchExpressions!],
    };
    expect(
      scoresOf('NodeAffinity', pod('p', preferred([10, both])), [
        ...nodes,
        node('n3', { labels: { disk: 'ssd', gpu: 'true' } }),
      ]),
    ).toBe('n1 0, n2 0, n3 200');
  });
  it('without preferences it does not score', () =>
    expect(scoresOf('NodeAffinity', pod('p'), nodes)).toBe('n1 skipped, n2 skipped'));
});

describe('another try', () => {
  const p = plugin(NodeAffinity);
  const waiting = pod('p', { spec: { nodeSelector: { disk: 'ssd' } } });
  it.each([
    ['a label appears', { resource: 'Node', action: UPDATE_NODE_LABEL, old: nodes[1], now: nodes[0] }, 'Queue'],
    [
      'another label',
      {
        resource: 'Node',
        action: UPDATE_NODE_LABEL,
        old: nodes[0],
        now: node('n1', { labels: { disk: 'ssd', a: 'b' } }),
      },
      'Skip',
    ],
    ['a new node that matches', { resource: 'Node', action: ADD, now: nodes[0] }, 'Queue'],
    ['a new node that does not', { resource: 'Node', action: ADD, now: nodes[1] }, 'Skip'],
  ] as const)('%s', (_, h, expected) => expect(hint(p, waiting, h)).toBe(expected));
});
