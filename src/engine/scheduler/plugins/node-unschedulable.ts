import type { Node } from '../../api/core.ts';
import { CORDON_TAINT, tolerates } from '../../api/taint.ts';
import { ADD, UPDATE_NODE_TAINT, UPDATE_POD_TOLERATION } from '../framework/events.ts';
import type { PluginFactory } from '../framework/interface.ts';
import { success, unresolvable } from '../framework/status.ts';

const name = 'NodeUnschedulable';
const REFUSED = unresolvable(name, 'node(s) were unschedulable');

/** Refuses cordoned nodes to pods that do not tolerate the cordon. Upstream: pkg/scheduler/framework/plugins/nodeunschedulable */
export const NodeUnschedulable: PluginFactory = () => ({
  name,
  local: true,
  events: () => [
    {
      resource: 'Node',
      action: ADD | UPDATE_NODE_TAINT,
      hint: (_pod, { old, now }) => {
        const before = (old as Node | undefined)?.spec.unschedulable;
        const after = (now as Node | undefined)?.spec.unschedulable;
        return (!old && !after) || (before && !after) ? 'Queue' : 'Skip';
      },
    },
    {
      resource: 'Pod',
      action: UPDATE_POD_TOLERATION,
      hint: (pod, { now }) => {
        const changed = now as typeof pod | undefined;
        return changed?.metadata.uid === pod.metadata.uid && tolerates(changed.spec.tolerations, CORDON_TAINT)
          ? 'Queue'
          : 'Skip';
      },
    },
  ],
  filter(_state, pod, node) {
    if (!node.node!.spec?.unschedulable || tolerates(pod.cls.tolerations, CORDON_TAINT)) return success;
    return REFUSED;
  },
});
