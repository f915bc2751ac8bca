import type { Pod } from '../../api/core.ts';
import { ADD, DELETE } from '../framework/events.ts';
import type { PluginFactory } from '../framework/interface.ts';
import type { HostPort } from '../framework/pod-info.ts';
import { skip, success, unschedulable } from '../framework/status.ts';

const name = 'NodePorts';
const REFUSED = unschedulable(name, "node(s) didn't have free ports for the requested pod ports");
const ANY = '0.0.0.0';

const conflicts = (a: HostPort, b: HostPort): boolean =>
  a.port === b.port && a.protocol === b.protocol && (a.ip === ANY || b.ip === ANY || a.ip === b.ip);

const clash = (wanted: readonly HostPort[], used: readonly HostPort[]): boolean =>
  wanted.length > 0 && used.length > 0 && wanted.some((w) => used.some((u) => conflicts(w, u)));

/** Host ports are free or taken. Upstream: pkg/scheduler/framework/plugins/nodeports */
export const NodePorts: PluginFactory = (handle) => ({
  name,
  needs: { preFilter: 'reading "PreFilterNodePorts" from cycleState: not found' },
  local: true,
  events: () => [
    {
      resource: 'Pod',
      action: DELETE,
      hint: (pod, { old }) => {
        const gone = old as Pod;
        if (!gone.spec.nodeName && !gone.status?.nominatedNodeName) return 'Skip';
        return clash(handle.podInfo(pod).cls.hostPorts, handle.podInfo(gone).cls.hostPorts) ? 'Queue' : 'Skip';
      },
    },
    { resource: 'Node', action: ADD },
  ],
  preFilter: (_state, pod) => ({ status: pod.cls.hostPorts.length ? success : skip }),
  filter: (_state, pod, node) => (clash(pod.cls.hostPorts, node.usedPorts) ? REFUSED : success),
});
