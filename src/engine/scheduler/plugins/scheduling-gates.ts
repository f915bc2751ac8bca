import { UPDATE_POD_GATES_ELIMINATED } from '../framework/events.ts';
import type { PluginFactory } from '../framework/interface.ts';
import { success, unresolvable } from '../framework/status.ts';

const name = 'SchedulingGates';

/** Holds pods back until their gates are gone. Upstream: pkg/scheduler/framework/plugins/schedulinggates */
export const SchedulingGates: PluginFactory = () => ({
  name,
  events: () => [
    {
      resource: 'Pod',
      action: UPDATE_POD_GATES_ELIMINATED,
      hint: (pod, { now }) => (now?.metadata.uid === pod.metadata.uid ? 'Queue' : 'Skip'),
    },
  ],
  preEnqueue(pod) {
    const gates = pod.spec.schedulingGates;
    if (!gates?.length) return success;
    return unresolvable(name, `waiting for scheduling gates: [${gates.map((g) => g.name).join(' ')}]`);
  },
});
