import { ADD } from '../framework/events.ts';
import type { PluginFactory } from '../framework/interface.ts';
import { success, unresolvable } from '../framework/status.ts';

const name = 'NodeName';
const REFUSED = unresolvable(name, "node(s) didn't match the requested node name");

/** A pod that names its node goes nowhere else. Upstream: pkg/scheduler/framework/plugins/nodename */
export const NodeName: PluginFactory = () => ({
  name,
  // a pod that names its node never comes to the queue, so for pods that do the answer is the same for the whole class
  local: true,
  events: () => [{ resource: 'Node', action: ADD }],
  filter(_state, pod, node) {
    const wanted = pod.pod.spec.nodeName;
    return !wanted || wanted === node.name ? success : REFUSED;
  },
});
