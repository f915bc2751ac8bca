/**
 * Heartbeats that cost nothing. While a machine is healthy its Lease in `kube-node-lease` is stored **without**
 * `renewTime`: every reader computes it. Only a fault writes the last renewal into it, only a recovery takes it out again.
 * Upstream: k8s.io/component-helpers/apimachinery/lease/controller.go, pkg/kubelet/kubelet_node_status.go
 */

import { type Ms, parseTime, rfc3339, rfc3339Micro } from '../sim/time.ts';
import type { Node } from './core.ts';
import type { Lease } from './policy.ts';

export const NODE_LEASE_NAMESPACE = 'kube-node-lease';
/** A kubelet renews its Lease this often. */
export const LEASE_RENEWAL_MS = 10_000;
/** A kubelet writes an unchanged node status this often. */
export const STATUS_REPORT_MS = 300_000;

/** The last moment of the grid `startMs + k * periodMs` at or before `at`. */
const lastTick = (startMs: Ms, periodMs: Ms, at: Ms): Ms =>
  at <= startMs ? startMs : startMs + Math.floor((at - startMs) / periodMs) * periodMs;

/** Whether the kubelet behind this Lease renews it in time; other Leases never count as beating. */
export const isBeating = (lease: Lease): boolean =>
  lease.metadata.namespace === NODE_LEASE_NAMESPACE &&
  lease.spec.renewTime === undefined &&
  lease.spec.holderIdentity !== undefined;

/** When the Lease was last renewed as of `now`; `undefined` when it never was. */
export function renewedAt(lease: Lease, now: Ms): Ms | undefined {
  if (!isBeating(lease)) return parseTime(lease.spec.renewTime);
  return lastTick(parseTime(lease.metadata.creationTimestamp) ?? now, LEASE_RENEWAL_MS, now);
}

/** The Lease as the API shows it at `now`: with its computed `renewTime`. */
export function leaseAsRead(lease: Lease, now: Ms): Lease {
  if (!isBeating(lease)) return lease;
  return { ...lease, spec: { ...lease.spec, renewTime: rfc3339Micro(renewedAt(lease, now) ?? now) } };
}

/**
 * The Node as the API shows it at `now`: conditions that the kubelet still reports carry the time of its last report.
 * `lease` is the node's own; without one the node comes back as it is stored.
 */
export function nodeAsRead(node: Node, lease: Lease | undefined, now: Ms): Node {
  const conditions = node.status.conditions;
  const until = lease && renewedAt(lease, now);
  if (until === undefined || !conditions?.length) return node;
  let changed = false;
  const shown = conditions.map((c) => {
    const written = parseTime(c.lastHeartbeatTime);
    if (written === undefined || c.status === 'Unknown') return c;
    const last = lastTick(written, STATUS_REPORT_MS, until);
    if (last === written) return c;
    changed = true;
    return { ...c, lastHeartbeatTime: rfc3339(last) };
  });
  return changed ? { ...node, status: { ...node.status, conditions: shown } } : node;
}
