import { expect, it } from 'vitest';
import { withParticle } from './particles.ts';

it.each([
  ['worker-x86', '이/가', 'worker-x86이'],
  ['trainer', '은/는', 'trainer는'],
  ['k8s-master', '을/를', 'k8s-master를'],
  ['web', '이/가', 'web이'],
  ['worker-ppc64le', '으로/로', 'worker-ppc64le로'],
  ['node-1', '으로/로', 'node-1로'],
  ['node-3', '으로/로', 'node-3으로'],
  ['web-0', '은/는', 'web-0은'],
  ['web-2', '은/는', 'web-2는'],
  ['노드', '이/가', '노드가'],
  ['**worker-x86**', '이/가', '**worker-x86**이'],
  ['대기열', '으로/로', '대기열로'],
  ['레슨', '을/를', '레슨을'],
  ['x)', '은/는', 'x)은(는)'],
])('%s with %s reads %s', (word, pair, expected) => {
  expect(withParticle(word, pair)).toBe(expected);
});
