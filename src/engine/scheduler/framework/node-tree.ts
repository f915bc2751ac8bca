/** The order in which nodes are walked: zones take turns. Upstream: pkg/scheduler/backend/cache/node_tree.go */
import type { Node } from '../../api/core.ts';

const ZONE_BETA = 'failure-domain.beta.kubernetes.io/zone';
const ZONE = 'topology.kubernetes.io/zone';
const REGION_BETA = 'failure-domain.beta.kubernetes.io/region';
const REGION = 'topology.kubernetes.io/region';

/** Region and zone as one text; '' for a node with neither. */
export function zoneKey(node: Node): string {
  const labels = node.metadata.labels ?? {};
  const zone = labels[ZONE_BETA] ?? labels[ZONE] ?? '';
  const region = labels[REGION_BETA] ?? labels[REGION] ?? '';
  return zone || region ? `${region}:\0:${zone}` : '';
}

/** Zones in first-seen order, nodes in insertion order inside each. */
export class NodeTree {
  readonly #zones = new Map<string, string[]>();
  readonly #zoneOf = new Map<string, string>();

  add(node: Node): void {
    const name = node.metadata.name;
    const zone = zoneKey(node);
    const known = this.#zoneOf.get(name);
    if (known === zone) return;
    if (known !== undefined) this.remove(name);
    this.#zoneOf.set(name, zone);
    const nodes = this.#zones.get(zone);
    if (nodes) nodes.push(name);
    else this.#zones.set(zone, [name]);
  }

  remove(name: string): void {
    const zone = this.#zoneOf.get(name);
    if (zone === undefined) return;
    this.#zoneOf.delete(name);
    const nodes = this.#zones.get(zone)!;
    nodes.splice(nodes.indexOf(name), 1);
    if (nodes.length === 0) this.#zones.delete(zone);
  }

  /** Index 0 of every zone, then index 1, …; a zone that has run out is passed over. */
  list(): string[] {
    const out: string[] = [];
    const zones = [...this.#zones.values()];
    for (let i = 0; out.length < this.#zoneOf.size; i++)
      for (const nodes of zones) if (i < nodes.length) out.push(nodes[i]!);
    return out;
  }

  save(): [zone: string, nodes: string[]][] {
    return [...this.#zones].map(([zone, nodes]) => [zone, [...nodes]]);
  }

  static load(saved: [zone: string, nodes: string[]][]): NodeTree {
    const tree = new NodeTree();
    for (const [zone, nodes] of saved) {
      tree.#zones.set(zone, [...nodes]);
      for (const name of nodes) tree.#zoneOf.set(name, zone);
    }
    return tree;
  }
}
