import type { PluginFactory } from '../framework/interface.ts';

/** Higher priority first, then who waits longer. Upstream: pkg/scheduler/framework/plugins/queuesort */
export const PrioritySort: PluginFactory = () => ({
  name: 'PrioritySort',
  less(a, b) {
    if (a.priority !== b.priority) return a.priority > b.priority;
    // real clocks never tie; here a sequence number stands in for the finer clock
    return a.timestamp !== b.timestamp ? a.timestamp < b.timestamp : a.seq < b.seq;
  },
});
