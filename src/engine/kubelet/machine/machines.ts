/** All machines of a cluster: found by the Node objects, worked on by faults. Shared by both kubelets. */
import type { Node } from '../../api/core.ts';
import type { Context } from '../../client/component.ts';
import { claim } from './addresses.ts';
import { isHeard, type Machine, makeMachine } from './machine.ts';
import { freezeLease } from './node-status.ts';

export interface Machines {
  byName: Record<string, Machine>;
  /** How many there ever were, for addresses. */
  count: number;
}

export const noMachines = (): Machines => ({ byName: {}, count: 0 });

/** The machine of a node, made when its Node object appears for the first time. */
export function machineOf(machines: Machines, node: Node, ctx: Context): Machine {
  const known = machines.byName[node.metadata.name];
  if (known) {
    if (known.uid !== node.metadata.uid) {
      // registered anew under the same name
      known.uid = node.metadata.uid;
      known.registered = false;
    }
    return known;
  }
  const made = makeMachine(node, machines.count++, ctx.random, ctx.now);
  machines.byName[made.node] = made;
  for (const pod of ctx.list.podsOnNode(made.node)) if (pod.status.podIP) claim(made.addresses, pod.status.podIP);
  return made;
}

/** After a change of power, network or kubelet: the Lease stops or everything of the node wakes. */
export function followHeartbeat(m: Machine, wasHeard: boolean, ctx: Context): void {
  if (wasHeard && !isHeard(m)) freezeLease(m.node, ctx);
  if (!wasHeard && isHeard(m)) {
    m.syncAt = ctx.now;
    ctx.wake(`node:${m.node}`, ctx.now);
    for (const pod of ctx.list.podsOnNode(m.node))
      ctx.wake(`pod:${pod.metadata.namespace}/${pod.metadata.name}`, ctx.now);
  }
}
