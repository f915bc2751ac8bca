/** One pass over one machine: start-up, its Node object, pressure, static pods. */
import type { Node } from '../../api/core.ts';
import { keyOf } from '../../api/meta.ts';
import type { Context } from '../../client/component.ts';
import type { Ms } from '../../sim/time.ts';
import type { KubeletState } from '../state.ts';
import { NODE_SYNC_MS } from '../timing.ts';
import { isActive, isHeard, type Machine } from './machine.ts';
import { machineOf } from './machines.ts';
import { nodeEvent, syncNode } from './node-status.ts';
import { installControlPlane, syncFiles } from './static-pods.ts';

/** What a kubelet says as it starts. */
function announceStart(node: Node, m: Machine, ctx: Context): void {
  nodeEvent(node, m, ctx, 'Normal', 'Starting', 'Starting kubelet.');
  nodeEvent(node, m, ctx, 'Normal', 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
}

/** Next moment of the machine's ten-second grid. */
const nextTick = (m: Machine, now: Ms): Ms =>
  m.startedAt + (Math.floor((now - m.startedAt) / NODE_SYNC_MS) + 1) * NODE_SYNC_MS;

/** A cordon is noticed at the next status sync, and said. */
function noticeCordon(node: Node, m: Machine, ctx: Context): void {
  const cordoned = node.spec.unschedulable ?? false;
  if (cordoned === m.unschedulable) return;
  m.unschedulable = cordoned;
  const reason = cordoned ? 'NodeNotSchedulable' : 'NodeSchedulable';
  nodeEvent(node, m, ctx, 'Normal', reason, `Node ${m.node} status is now: ${reason}`);
}

/** The pass; a machine that is off or alone does nothing. */
export function reconcileNode(name: string, ctx: Context, state: KubeletState): { requeueAt: Ms } | undefined {
  const node = ctx.list.get<Node>('Node', undefined, name);
  if (!node) return undefined;
  const m = machineOf(state.machines, node, ctx);
  if (!isActive(m) || !isHeard(m)) return undefined;
  if (m.registered && ctx.now < m.syncAt) {
    // changes between the ticks wait for the next one
    m.syncAt = Math.min(m.syncAt, nextTick(m, ctx.now));
    return { requeueAt: m.syncAt };
  }
  m.syncAt = nextTick(m, ctx.now);
  const fresh = !m.registered;
  if (fresh && !m.announced) installControlPlane(node, m);
  if (fresh && !m.announced) announceStart(node, m, ctx);
  m.announced = true;
  syncNode(node, m, ctx, false);
  if (m.rebooted)
    nodeEvent(node, m, ctx, 'Warning', 'Rebooted', `Node ${name} has been rebooted, boot id: ${m.bootId}`);
  delete m.rebooted;
  noticeCordon(node, m, ctx);
  syncFiles(node, m, ctx, state);
  if (fresh) {
    m.registered = true;
    for (const pod of ctx.list.podsOnNode(name)) ctx.wake(`pod:${keyOf(pod)}`, ctx.now);
  }
  return undefined;
}
