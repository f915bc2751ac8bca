/** Counts for DoNotSchedule constraints. Upstream: pkg/scheduler/framework/plugins/podtopologyspread/filtering.go */
import { matchesSelector } from '../../api/selector.ts';
import type { Tracked } from '../framework/interface.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { PodClass, PodInfo } from '../framework/pod-info.ts';
import { type Constraint, hasAllKeys, takesPart } from './spread-constraints.ts';

/** For each constraint: domain → matching pods. A domain is there as soon as one of its nodes takes part. */
export type DomainCounts = Map<string, number>[];

/** Whether the pod counts against the constraint: same namespace, alive, selected. */
export const counts = (c: Constraint, cls: PodClass, other: PodInfo): boolean =>
  !c.empty &&
  !other.terminating &&
  other.cls.namespace === cls.namespace &&
  matchesSelector(c.selector, other.cls.labels);

export const hardCounts = (constraints: readonly Constraint[]): Tracked<DomainCounts> => ({
  build(cls, nodes) {
    const out: DomainCounts = constraints.map(() => new Map());
    for (const node of nodes) {
      if (!hasAllKeys(constraints, node.labels)) continue;
      constraints.forEach((c, i) => {
        if (!takesPart(c, cls, node.node!)) return;
        const domain = node.labels[c.topologyKey]!;
        let n = out[i]!.get(domain) ?? 0;
        for (const p of node.pods) if (counts(c, cls, p)) n++;
        out[i]!.set(domain, n);
      });
    }
    return out;
  },
  update(state, cls, { pod, node, sign }) {
    if (!hasAllKeys(constraints, node.labels)) return;
    constraints.forEach((c, i) => {
      if (!counts(c, cls, pod) || !takesPart(c, cls, node.node!)) return;
      const domain = node.labels[c.topologyKey]!;
      state[i]!.set(domain, (state[i]!.get(domain) ?? 0) + sign);
    });
  },
});

interface Path {
  domain: string;
  count: number;
}

const FAR = 0x7fffffff;
const NOWHERE: Path = { domain: '', count: FAR };

/** The two lowest domains; exact as long as one domain at a time changes, as upstream. */
type CriticalPaths = [Path, Path];

function lowest(domains: ReadonlyMap<string, number>): CriticalPaths {
  let first = NOWHERE;
  let second = NOWHERE;
  for (const [domain, count] of domains) {
    if (count < first.count) {
      second = first;
      first = { domain, count };
    } else if (count < second.count) second = { domain, count };
  }
  return [first, second];
}

function updated([first, second]: CriticalPaths, domain: string, count: number): CriticalPaths {
  const next = { domain, count };
  if (domain === first.domain) return count > second.count ? [second, next] : [next, second];
  if (domain === second.domain) return first.count > count ? [next, first] : [first, next];
  if (count < first.count) return [next, first];
  return count < second.count ? [first, next] : [first, second];
}

/** The counts as one cycle sees them; trial changes lie on top. */
export class HardSpread {
  readonly #cls: PodClass;
  readonly #constraints: readonly Constraint[];
  readonly #counts: DomainCounts;
  readonly #self: number[];
  #paths: CriticalPaths[];
  #changes: Map<string, number>[] | undefined;

  constructor(cls: PodClass, constraints: readonly Constraint[], base: DomainCounts, from?: HardSpread) {
    this.#cls = cls;
    this.#constraints = constraints;
    this.#counts = base;
    this.#self = from ? from.#self : constraints.map((c) => (matchesSelector(c.selector, cls.labels) ? 1 : 0));
    this.#paths = from ? [...from.#paths] : base.map(lowest);
    this.#changes = from ? from.#changes?.map((m) => new Map(m)) : undefined;
  }

  clone(): HardSpread {
    return new HardSpread(this.#cls, this.#constraints, this.#counts, this);
  }

  change(pod: PodInfo, node: NodeInfo, sign: 1 | -1): void {
    if (pod.cls.namespace !== this.#cls.namespace || !node.node || !hasAllKeys(this.#constraints, node.labels)) return;
    this.#constraints.forEach((c, i) => {
      if (!matchesSelector(c.selector, pod.cls.labels) || !takesPart(c, this.#cls, node.node!)) return;
      this.#changes ??= this.#constraints.map(() => new Map());
      const domain = node.labels[c.topologyKey]!;
      const changes = this.#changes[i]!;
      changes.set(domain, (changes.get(domain) ?? 0) + sign);
      this.#paths[i] = updated(this.#paths[i]!, domain, this.#count(i, domain));
    });
  }

  verdict(labels: Readonly<Record<string, string>>): 'fits' | 'missing' | 'skewed' {
    for (let i = 0; i < this.#constraints.length; i++) {
      const c = this.#constraints[i]!;
      const domain = labels[c.topologyKey];
      if (domain === undefined) return 'missing';
      const min = this.#domains(i) < c.minDomains ? 0 : this.#paths[i]![0].count;
      if (this.#count(i, domain) + this.#self[i]! - min > c.maxSkew) return 'skewed';
    }
    return 'fits';
  }

  #count(i: number, domain: string): number {
    const trial = this.#changes ? (this.#changes[i]!.get(domain) ?? 0) : 0;
    return (this.#counts[i]!.get(domain) ?? 0) + trial;
  }

  #domains(i: number): number {
    let n = this.#counts[i]!.size;
    if (this.#changes) for (const domain of this.#changes[i]!.keys()) if (!this.#counts[i]!.has(domain)) n++;
    return n;
  }
}
