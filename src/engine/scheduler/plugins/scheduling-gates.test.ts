import { expect, it } from 'vitest';
import { UPDATE_POD_GATES_ELIMINATED } from '../framework/events.ts';
import { decision, hint, node, plugin, pod } from '../testing/cluster.ts';
import { SchedulingGates } from './scheduling-gates.ts';

const gated = pod('p', { spec: { schedulingGates: [{ name: 'a' }, { name: 'b' }] } });

it('names the gates', () =>
  expect(plugin(SchedulingGates).preEnqueue!(gated)?.reasons).toEqual(['waiting for scheduling gates: [a b]']));
it('lets others pass', () => expect(plugin(SchedulingGates).preEnqueue!(pod('p'))).toBeNull());
it('a gated pod is not decided on', () =>
  expect(decision(gated, [node('n1')])).toMatchObject({
    verdict: 'Gated',
    filters: {},
    message: 'Scheduling is blocked due to non-empty scheduling gates',
  }));
it('is freed by its own change alone', () => {
  expect(
    hint(plugin(SchedulingGates), gated, {
      resource: 'UnschedulablePod',
      action: UPDATE_POD_GATES_ELIMINATED,
      now: pod('p'),
    }),
  ).toBe('Queue');
  expect(
    hint(plugin(SchedulingGates), gated, {
      resource: 'UnschedulablePod',
      action: UPDATE_POD_GATES_ELIMINATED,
      now: pod('q'),
    }),
  ).toBe('Skip');
});
