/** When a kubelet was last heard and what its silence does to the node and its pods. Upstream: pkg/controller/nodelifecycle tryUpdateNodeHealth */
import type { Node, Pod } from '../../api/core.ts';
import { NODE_LEASE_NAMESPACE, renewedAt } from '../../api/heartbeat.ts';
import type { Condition } from '../../api/meta.ts';
import type { Lease } from '../../api/policy.ts';
import type { Context } from '../../client/component.ts';
import { type Ms, parseTime, rfc3339 } from '../../sim/time.ts';
import { byAge, sortedBy } from '../shared/order.ts';
import { podCondition, withPodCondition } from '../shared/pods.ts';

/** The loop looks at all nodes this often. */
export const PERIOD_MS = 5000;
const GRACE_MS = 50_000;
const STARTUP_GRACE_MS = 60_000;

/** The loop's first tick at or after a time. */
export const tickAt = (at: Ms): Ms => Math.ceil(at / PERIOD_MS) * PERIOD_MS;

/** What the controller remembers of a node. Plain data. */
export interface Known {
  uid: string;
  /** When a sign of life was last seen, by the controller's own clock. */
  probeAt: Ms;
  heartbeat?: string | undefined;
  renewedAt?: Ms | undefined;
}

export const readyOf = (node: Node): Condition | undefined => node.status?.conditions?.find((c) => c.type === 'Ready');

/** Brings what is known of a node up to date. A renewal is seen at the loop's first tick after it. */
export function observe(node: Node, known: Known | undefined, ctx: Context): Known {
  const ready = readyOf(node);
  const lease = ctx.list.get<Lease>('Lease', NODE_LEASE_NAMESPACE, node.metadata.name);
  const renewed = lease && renewedAt(lease, ctx.now);
  const heartbeat = ready?.lastHeartbeatTime;
  let probeAt = known?.probeAt;
  if (probeAt === undefined) probeAt = ready ? ctx.now : (parseTime(node.metadata.creationTimestamp) ?? ctx.now);
  else if (heartbeat !== known!.heartbeat) probeAt = ctx.now;
  if (renewed !== undefined && (known?.renewedAt === undefined || renewed > known.renewedAt))
    probeAt = Math.max(known === undefined ? 0 : probeAt, tickAt(renewed));
  return { uid: node.metadata.uid, probeAt, heartbeat, renewedAt: renewed };
}

/** When the node is given up if nothing more is heard. */
export const silentFrom = (node: Node, known: Known): Ms =>
  tickAt(known.probeAt + (readyOf(node) ? GRACE_MS : STARTUP_GRACE_MS));

const JUDGED = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** Sets what the kubelet should report to Unknown. Out: whether anything changed. */
export function markUnknown(node: Node, ctx: Context): boolean {
  const now = rfc3339(ctx.now);
  let changed = false;
  const conditions = (node.status?.conditions ?? []).map((c): Condition => {
    if (!JUDGED.includes(c.type) || c.status === 'Unknown') return c;
    changed = true;
    return {
      ...c,
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastTransitionTime: now,
    };
  });
  for (const type of JUDGED) {
    if (conditions.some((c) => c.type === type)) continue;
    changed = true;
    conditions.push({
      type,
      status: 'Unknown',
      reason: 'NodeStatusNeverUpdated',
      message: 'Kubelet never posted node status.',
      lastHeartbeatTime: node.metadata.creationTimestamp,
      lastTransitionTime: now,
    });
  }
  if (changed) ctx.api.updateStatus<Node>({ ...node, status: { ...node.status, conditions } });
  return changed;
}

/** Says that the node is not ready and turns its pods' Ready condition to False; phases stay. */
export function markPodsNotReady(node: Node, ctx: Context): void {
  for (const pod of sortedBy(ctx.list.podsOnNode(node.metadata.name), byAge)) {
    const ready = podCondition(pod, 'Ready');
    if (!ready || ready.status === 'False') continue;
    const next = withPodCondition(pod, { ...ready, status: 'False', lastTransitionTime: rfc3339(ctx.now) });
    if (!ctx.api.updateStatus<Pod>(next).ok) continue;
    ctx.events.event(pod, { type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready' });
  }
}
