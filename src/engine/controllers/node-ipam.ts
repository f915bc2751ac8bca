import type { Node } from '../api/core.ts';
import type { Component } from '../client/component.ts';

/** Ranges are /24 parts of 10.244.0.0/14: room for 1024 nodes, and on into what follows. */
const rangeOf = (index: number): string => `10.${244 + Math.floor(index / 256)}.${index % 256}.0/24`;
const indexOf = (cidr: string | undefined): number | undefined => {
  const m = /^10\.(\d+)\.(\d+)\.0\/24$/.exec(cidr ?? '');
  return m && Number(m[1]) >= 244 ? (Number(m[1]) - 244) * 256 + Number(m[2]) : undefined;
};

/** Ranges in use by index, and where the search for a free one goes on. Plain data. */
interface Ranges {
  taken: Record<number, string>;
  next: number;
}

/** Gives every node its range of pod addresses, the lowest that was not given yet. Upstream: pkg/controller/nodeipam */
export const nodeIpamController = (): Component => controller as Component;

const controller: Component<Ranges> = {
  name: 'node-ipam-controller',
  watches: ['Node'],
  watchLatencyMs: 0,
  keysFor(e) {
    if (e.type === 'DELETED') return [e.key];
    return e.type === 'ADDED' || !(e.object as unknown as Node).spec.podCIDR ? [e.key] : [];
  },
  initial: () => ({ taken: {}, next: 0 }),
  reconcile(key, ctx, ranges) {
    const node = ctx.list.byKey<Node>('Node', key);
    if (!node) {
      for (const [index, name] of Object.entries(ranges.taken)) if (name === key) delete ranges.taken[Number(index)];
      return;
    }
    const known = indexOf(node.spec.podCIDR);
    if (known !== undefined) ranges.taken[known] = key;
    if (node.spec.podCIDR) return;
    // occupy what hand-made nodes brought along before anything is given away
    for (const other of ctx.list.list<Node>('Node')) {
      const index = indexOf(other.spec.podCIDR);
      if (index !== undefined) ranges.taken[index] = other.metadata.name;
    }
    while (ranges.taken[ranges.next] !== undefined) ranges.next++;
    const podCIDR = rangeOf(ranges.next);
    ranges.taken[ranges.next] = key;
    ctx.api.update<Node>({ ...node, spec: { ...node.spec, podCIDR, podCIDRs: [podCIDR] } });
  },
};
