/** A node as `kubectl get nodes` sums it up. Upstream: pkg/printers/internalversion/printers.go printNode */
import type { Node } from './core.ts';

/** STATUS: `Ready`, `NotReady` (also when Unknown), `Unknown` without a Ready condition; `,SchedulingDisabled` when cordoned. */
export function nodeStatus(node: Node): string {
  const ready = node.status?.conditions?.find((c) => c.type === 'Ready');
  const word = ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown';
  return node.spec?.unschedulable ? `${word},SchedulingDisabled` : word;
}

const ROLE_PREFIX = 'node-role.kubernetes.io/';

/** ROLES: the roles of the role labels, sorted and comma joined; `<none>` without any. */
export function nodeRoles(node: Node): string {
  const roles = new Set<string>();
  const labels = node.metadata.labels ?? {};
  for (const key in labels) {
    if (key.startsWith(ROLE_PREFIX)) {
      if (key.length > ROLE_PREFIX.length) roles.add(key.slice(ROLE_PREFIX.length));
    } else if (key === 'kubernetes.io/role' && labels[key]) roles.add(labels[key]);
  }
  return roles.size ? [...roles].sort((a, b) => (a < b ? -1 : 1)).join(',') : '<none>';
}

/** The first address of a type (`InternalIP`, `ExternalIP`, `Hostname`), `<none>` without one. */
export const nodeAddress = (node: Node, type: string): string =>
  node.status?.addresses?.find((a) => a.type === type)?.address ?? '<none>';
