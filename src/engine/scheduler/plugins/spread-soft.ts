/** Counts and scores for ScheduleAnyway constraints. Upstream: pkg/scheduler/framework/plugins/podtopologyspread/scoring.go */
import { MAX_NODE_SCORE, type Tracked } from '../framework/interface.ts';
import { ln } from '../framework/ln.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import { type Constraint, HOSTNAME, hasAllKeys, takesPart } from './spread-constraints.ts';
import { counts } from './spread-hard.ts';

/** For each constraint: domain → matching pods; for the hostname key, node name → matching pods. */
export type SoftCounts = Map<string, number>[];

const bump = (m: Map<string, number>, key: string, by: number): void => void m.set(key, (m.get(key) ?? 0) + by);

/** A node without the label counts for the domain '' unless all keys are needed. */
const domainOf = (c: Constraint, node: NodeInfo): string => node.labels[c.topologyKey] ?? '';

export const softCounts = (constraints: readonly Constraint[], allKeys: boolean): Tracked<SoftCounts> => ({
  build(cls, nodes) {
    const out: SoftCounts = constraints.map(() => new Map());
    for (const node of nodes) {
      if (node.pods.length === 0) continue;
      const complete = !allKeys || hasAllKeys(constraints, node.labels);
      constraints.forEach((c, i) => {
        const hostname = c.topologyKey === HOSTNAME;
        if (!hostname && (!complete || !takesPart(c, cls, node.node!))) return;
        let n = 0;
        for (const p of node.pods) if (counts(c, cls, p)) n++;
        if (n) bump(out[i]!, hostname ? node.name : domainOf(c, node), n);
      });
    }
    return out;
  },
  update(state, cls, { pod, node, sign }) {
    constraints.forEach((c, i) => {
      if (!counts(c, cls, pod)) return;
      if (c.topologyKey === HOSTNAME) bump(state[i]!, node.name, sign);
      else if ((!allKeys || hasAllKeys(constraints, node.labels)) && takesPart(c, cls, node.node!))
        bump(state[i]!, domainOf(c, node), sign);
    });
  },
});

export class SoftSpread {
  readonly #constraints: readonly Constraint[];
  readonly #allKeys: boolean;
  readonly #counts: SoftCounts;
  readonly #weights: number[];
  #ignored = 0;

  constructor(constraints: readonly Constraint[], allKeys: boolean, base: SoftCounts, nodes: readonly NodeInfo[]) {
    this.#constraints = constraints;
    this.#allKeys = allKeys;
    this.#counts = base;
    const domains = constraints.map(() => new Set<string>());
    for (const node of nodes) {
      if (this.#isIgnored(node)) {
        this.#ignored++;
        continue;
      }
      for (let i = 0; i < constraints.length; i++)
        if (constraints[i]!.topologyKey !== HOSTNAME) domains[i]!.add(domainOf(constraints[i]!, node));
    }
    this.#weights = constraints.map((c, i) =>
      ln((c.topologyKey === HOSTNAME ? nodes.length - this.#ignored : domains[i]!.size) + 2),
    );
  }

  raw(node: NodeInfo): number {
    if (this.#isIgnored(node)) return 0;
    let score = 0;
    for (let i = 0; i < this.#constraints.length; i++) {
      const c = this.#constraints[i]!;
      const domain = node.labels[c.topologyKey];
      if (domain === undefined) continue;
      const count = this.#counts[i]!.get(c.topologyKey === HOSTNAME ? node.name : domain) ?? 0;
      score += count * this.#weights[i]! + (c.maxSkew - 1);
    }
    return Math.floor(score + 0.5);
  }

  /** `raw` for many nodes, constraint by constraint. */
  rawAll(nodes: readonly NodeInfo[], scores: Float64Array): void {
    scores.fill(0);
    for (let k = 0; k < this.#constraints.length; k++) {
      const { topologyKey, maxSkew } = this.#constraints[k]!;
      const counts = this.#counts[k]!;
      const weight = this.#weights[k]!;
      for (let i = 0; i < scores.length; i++) {
        const node = nodes[i]!;
        const domain = node.labels[topologyKey];
        if (domain === undefined) continue;
        const count = counts.get(topologyKey === HOSTNAME ? node.name : domain) ?? 0;
        scores[i]! += count * weight + (maxSkew - 1);
      }
    }
    for (let i = 0; i < scores.length; i++)
      scores[i] = this.#allKeys && this.#isIgnored(nodes[i]!) ? 0 : Math.floor(scores[i]! + 0.5);
  }

  normalize(nodes: readonly NodeInfo[], scores: Float64Array): void {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < scores.length; i++) {
      if (this.#ignored && this.#isIgnored(nodes[i]!)) continue;
      if (scores[i]! < min) min = scores[i]!;
      if (scores[i]! > max) max = scores[i]!;
    }
    for (let i = 0; i < scores.length; i++) {
      if (this.#ignored && this.#isIgnored(nodes[i]!)) scores[i] = 0;
      else scores[i] = max === 0 ? MAX_NODE_SCORE : Math.trunc((MAX_NODE_SCORE * (max + min - scores[i]!)) / max);
    }
  }

  #isIgnored(node: NodeInfo): boolean {
    return this.#allKeys && !hasAllKeys(this.#constraints, node.labels);
  }
}
