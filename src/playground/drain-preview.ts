import type { Pod } from '../engine/api/core.ts';
import { controllerOf } from '../engine/api/meta.ts';
import type { Cluster } from '../engine/index.ts';
import type { Playground } from './playground.ts';

/** How long the copy is let run after the evictions: long enough for replacements to be placed. */
const LOOK_AHEAD_MS = 5_000;

export interface DrainRow {
  pod: string;
  /** `moves`, `gone`, `stays` or `refused`, and `pending` when its replacement finds no node. */
  outcome: string;
  /** Where its replacement goes. */
  node: string;
}

const podsOn = (cluster: Cluster, node: string): Pod[] => [...cluster.list.podsOnNode(node)];
const keyOf = (p: Pod): string => `${p.metadata.namespace}/${p.metadata.name}`;

function kindOf(pod: Pod): string {
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror']) return 'mirror';
  return controllerOf(pod)?.kind ?? '';
}

/** What a drain of the node would do, tried on a copy of the cluster. */
export function drainPreview(playground: Playground, node: string): DrainRow[] {
  const cluster = playground.cluster.fork();
  const before = new Set([...cluster.list.list<Pod>('Pod')].map((p) => p.metadata.uid));
  cluster.request({
    verb: 'patch',
    resource: 'nodes',
    name: node,
    patchType: 'merge',
    body: { spec: { unschedulable: true } },
  });
  const rows = podsOn(cluster, node).map((pod): DrainRow & { owner: string; uid: string } => {
    const kind = kindOf(pod);
    const row = { pod: keyOf(pod), outcome: 'stays', node, owner: controllerOf(pod)?.uid ?? '', uid: pod.metadata.uid };
    if (kind === 'mirror' || kind === 'DaemonSet') return row;
    if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return { ...row, outcome: 'gone', node: '' };
    const evicted = cluster.request({
      verb: 'create',
      resource: 'pods',
      subresource: 'eviction',
      namespace: pod.metadata.namespace!,
      name: pod.metadata.name,
      body: {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: pod.metadata.name, namespace: pod.metadata.namespace },
      },
    });
    if (!evicted.ok) return { ...row, outcome: 'refused' };
    return { ...row, outcome: kind === '' ? 'gone' : 'moves', node: '' };
  });
  cluster.advance(LOOK_AHEAD_MS);
  return rows.map(({ owner, uid: _, ...row }) =>
    row.outcome === 'moves' ? withReplacement(cluster, row, owner, before) : row,
  );
}

/** The first new pod of the same owner is the replacement; each is given once. */
function withReplacement(cluster: Cluster, row: DrainRow, owner: string, seen: Set<string>): DrainRow {
  for (const pod of cluster.list.ownedBy<Pod>('Pod', owner)) {
    if (seen.has(pod.metadata.uid)) continue;
    seen.add(pod.metadata.uid);
    return { ...row, outcome: pod.spec.nodeName ? 'moves' : 'pending', node: pod.spec.nodeName ?? '' };
  }
  return { ...row, outcome: 'pending' };
}
