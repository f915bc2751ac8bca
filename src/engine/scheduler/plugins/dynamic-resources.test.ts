import { expect, it } from 'vitest';
import { decision, node, plugin, pod } from '../testing/cluster.ts';
import { DynamicResources } from './dynamic-resources.ts';

it('has a word in every refusal', () =>
  expect(decision(pod('p', { requests: { cpu: '9' } }), [node('n1')]).message).toBe(
    '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
  ));

it('scores nothing', () =>
  expect(decision(pod('p'), [node('n1'), node('n2')]).scores?.n1?.plugins.DynamicResources).toBe(0));

it.each([
  [[{ name: 'gpu', resourceClaimName: 'g' }], 'could not find ResourceClaim "default/g"'],
  [[{ name: 'gpu', resourceClaimTemplateName: 't' }], 'pod "default/p": ResourceClaim not created yet'],
])('holds a pod that wants %j', (resourceClaims, reason) => {
  const wants = pod('p', { spec: { resourceClaims } });
  expect(plugin(DynamicResources).preEnqueue!(wants)).toMatchObject({
    code: 'UnschedulableAndUnresolvable',
    reasons: [reason],
  });
  expect(decision(wants, [node('n1')])).toMatchObject({ verdict: 'Gated', message: '' });
});

it('lets others pass', () => expect(plugin(DynamicResources).preEnqueue!(pod('q'))).toBeNull());
