import { expect, it } from 'vitest';
import { decision, node, plugin, pod } from '../testing/cluster.ts';
import { DynamicResources } from './dynamic-resources.ts';

it('has a word in every refusal', () =>
  expect(decision(pod('p', { requests: { cpu: '9' } }), [node('n1')]).message).toBe(
    '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
  ));

it('scores nothing', () =>
  expect(decision(pod('p'), [node('n1'), node('n2')]).scores?.n1?.plugins.DynamicResources).toBe(0));

it('holds pods that want a claim which is not there', () => {
  const wants = pod('p', { spec: { resourceClaims: [{ name: 'gpu', resourceClaimName: 'gpu' }] } });
  expect(plugin(DynamicResources).preEnqueue!(wants)?.code).toBe('UnschedulableAndUnresolvable');
  expect(plugin(DynamicResources).preEnqueue!(pod('q'))).toBeNull();
});
