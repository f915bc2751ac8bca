/** Taints that follow a node's conditions. Upstream: pkg/controller/nodelifecycle, pkg/controller/util/node */
import type { Node, Taint } from '../../api/core.ts';
import type { Context } from '../../client/component.ts';
import { rfc3339 } from '../../sim/time.ts';

export const NOT_READY = 'node.kubernetes.io/not-ready';
export const UNREACHABLE = 'node.kubernetes.io/unreachable';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';

const BY_CONDITION: Record<string, Record<string, string>> = {
  Ready: { False: NOT_READY, Unknown: UNREACHABLE },
  MemoryPressure: { True: 'node.kubernetes.io/memory-pressure' },
  DiskPressure: { True: 'node.kubernetes.io/disk-pressure' },
  PIDPressure: { True: 'node.kubernetes.io/pid-pressure' },
  NetworkUnavailable: { True: 'node.kubernetes.io/network-unavailable' },
};

/** Keys whose NoSchedule taints belong to this controller: one set by hand goes again. */
const OWNED: ReadonlySet<string> = new Set([
  UNSCHEDULABLE,
  ...Object.values(BY_CONDITION).flatMap((byStatus) => Object.values(byStatus)),
]);

/** The keys of the NoSchedule taints that the node's conditions and its cordon ask for, in their order. */
export function wantedKeys(node: Node): string[] {
  const keys: string[] = [];
  for (const c of node.status?.conditions ?? []) {
    const key = BY_CONDITION[c.type]?.[c.status];
    if (key !== undefined) keys.push(key);
  }
  if (node.spec.unschedulable) keys.push(UNSCHEDULABLE);
  return keys;
}

export const hasTaint = (node: Node, key: string, effect: string): boolean =>
  node.spec.taints?.some((t) => t.key === key && t.effect === effect) ?? false;

/** Adds and removes taints in one write; new ones go to the end. Out: whether anything had to change. */
export function swapTaints(name: string, add: readonly Taint[], remove: readonly Taint[], ctx: Context): boolean {
  const node = ctx.list.get<Node>('Node', undefined, name);
  if (!node) return false;
  const same = (a: Taint, b: Taint): boolean => a.key === b.key && a.effect === b.effect;
  const kept = (node.spec.taints ?? []).filter((t) => !remove.some((r) => same(r, t)));
  const fresh = add.filter((t) => !kept.some((k) => same(k, t)));
  if (fresh.length === 0 && kept.length === (node.spec.taints?.length ?? 0)) return false;
  const taints = [...kept, ...fresh.map((t) => ({ ...t, timeAdded: rfc3339(ctx.now) }))];
  const { taints: _, ...spec } = node.spec;
  const r = ctx.api.update<Node>({ ...node, spec: taints.length ? { ...spec, taints } : spec });
  return r.ok;
}

/** Makes the NoSchedule taints mirror conditions and cordon. */
export function syncNoSchedule(node: Node, ctx: Context): void {
  const wanted = wantedKeys(node);
  const has = (node.spec.taints ?? []).filter((t) => t.effect === 'NoSchedule' && OWNED.has(t.key));
  const add = wanted.filter((key) => !has.some((t) => t.key === key)).map((key) => ({ key, effect: 'NoSchedule' }));
  const remove = has.filter((t) => !wanted.includes(t.key));
  if (add.length || remove.length) swapTaints(node.metadata.name, add, remove, ctx);
}

const noExecute = (key: string): Taint => ({ key, effect: 'NoExecute' });

/** Takes both NoExecute taints off a node that is ready. */
export const removeNoExecute = (name: string, ctx: Context): boolean =>
  swapTaints(name, [], [noExecute(NOT_READY), noExecute(UNREACHABLE)], ctx);

/** Puts on the NoExecute taint of the state and takes off the other. */
export function setNoExecute(name: string, status: 'False' | 'Unknown', ctx: Context): boolean {
  const [on, off] = status === 'False' ? [NOT_READY, UNREACHABLE] : [UNREACHABLE, NOT_READY];
  return swapTaints(name, [noExecute(on)], [noExecute(off)], ctx);
}
