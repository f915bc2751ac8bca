import { describe, expect, it } from 'vitest';
import { matchesNode, matchesNodeTerm, parseInt64, termErrors } from './affinity.ts';
import type { Node, NodeSelectorRequirement, NodeSelectorTerm } from './core.ts';

const node = (name: string, labels: Record<string, string>): Node =>
  ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: '', labels },
    spec: {},
    status: {},
  }) as Node;
const n1 = node('n1', { arch: 'amd64', cores: '8', zone: '' });
const where = (key: string, operator: string, ...values: string[]): NodeSelectorRequirement => ({
  key,
  operator,
  values,
});

describe('a node selector term', () => {
  it.each<[string, NodeSelectorTerm, boolean]>([
    ['nothing at all accepts nothing', {}, false],
    ['In, present', { matchExpressions: [where('arch', 'In', 'arm64', 'amd64')] }, true],
    ['In, absent', { matchExpressions: [where('gpu', 'In', 'true')] }, false],
    ['NotIn, absent', { matchExpressions: [where('gpu', 'NotIn', 'true')] }, true],
    ['NotIn, present', { matchExpressions: [where('arch', 'NotIn', 'amd64')] }, false],
    ['Exists with an empty value', { matchExpressions: [where('zone', 'Exists')] }, true],
    ['DoesNotExist', { matchExpressions: [where('zone', 'DoesNotExist')] }, false],
    ['Gt compares numbers', { matchExpressions: [where('cores', 'Gt', '7')] }, true],
    ['Gt is strict', { matchExpressions: [where('cores', 'Gt', '8')] }, false],
    ['Lt on a text', { matchExpressions: [where('arch', 'Lt', '9')] }, false],
    ['Gt with a text is unreadable', { matchExpressions: [where('cores', 'Gt', 'few')] }, false],
    ['In without values is unreadable', { matchExpressions: [where('cores', 'In')] }, false],
    ['all expressions must hold', { matchExpressions: [where('arch', 'Exists'), where('gpu', 'Exists')] }, false],
    ['a field', { matchFields: [where('metadata.name', 'In', 'n1')] }, true],
    ['a field with two names is unreadable', { matchFields: [where('metadata.name', 'In', 'n1', 'n2')] }, false],
    [
      'a field and an expression',
      { matchFields: [where('metadata.name', 'NotIn', 'n2')], matchExpressions: [where('arch', 'Exists')] },
      true,
    ],
  ])('%s', (_, term, expected) => expect(matchesNodeTerm(term, n1)).toBe(expected));
});

it('nodeSelector and affinity must both hold, terms are alternatives', () => {
  const spec = (terms: NodeSelectorTerm[], nodeSelector?: Record<string, string>) => ({
    spec: {
      nodeSelector,
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
    },
  });
  const arch = { matchExpressions: [where('arch', 'In', 'amd64')] };
  const gpu = { matchExpressions: [where('gpu', 'Exists')] };
  expect(matchesNode(spec([gpu, arch]), n1)).toBe(true);
  expect(matchesNode(spec([gpu, arch], { cores: '4' }), n1)).toBe(false);
  expect(matchesNode(spec([]), n1)).toBe(false);
  expect(matchesNode({ spec: {} }, n1)).toBe(true);
});

it('names the unreadable requirement', () => {
  expect(termErrors({ matchExpressions: [where('a', 'Exists'), where('cores', 'Gt', 'few')] }, 'terms[0]')).toEqual([
    `terms[0].matchExpressions[1].values[0]: Invalid value: "few": for 'Gt', 'Lt' operators, the value must be an integer`,
  ]);
});

it.each([
  ['9223372036854775807', 9223372036854775807n],
  ['9223372036854775808', undefined],
  ['+5', 5n],
  ['1e3', undefined],
  ['', undefined],
])('int64 %s', (text, expected) => expect(parseInt64(text as string)).toBe(expected));
