/** How pods on nodes count for and against a pod by inter-pod affinity. Upstream: pkg/scheduler/framework/plugins/interpodaffinity */
import type { Namespace, PodAffinityTerm } from '../../api/core.ts';
import { type Labels, matchesSelector } from '../../api/selector.ts';
import type { Objects, Tracked } from '../framework/interface.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { PodClass, PodInfo } from '../framework/pod-info.ts';

const NO_LABELS: Labels = {};

/** Topology key → value → number; pairs at zero are not there. */
export class TopologyCounts {
  readonly #below: TopologyCounts | undefined;
  readonly #own = new Map<string, Map<string, number>>();
  /** How many pairs are not zero. */
  pairs: number;

  constructor(below?: TopologyCounts) {
    this.#below = below;
    this.pairs = below?.pairs ?? 0;
  }

  get(key: string, value: string): number {
    return (this.#own.get(key)?.get(value) ?? 0) + (this.#below?.get(key, value) ?? 0);
  }

  add(key: string, labels: Readonly<Record<string, string>>, by: number): void {
    const value = labels[key];
    if (value === undefined) return;
    let values = this.#own.get(key);
    if (!values) {
      values = new Map();
      this.#own.set(key, values);
    }
    const before = this.get(key, value);
    values.set(value, (values.get(value) ?? 0) + by);
    const after = before + by;
    if (before === 0 && after !== 0) this.pairs++;
    else if (before !== 0 && after === 0) {
      this.pairs--;
      if (!this.#below) values.delete(value);
    }
  }

  /** Whether any of the node's pairs is above zero. */
  anyOn(labels: Readonly<Record<string, string>>): boolean {
    if (this.pairs === 0) return false;
    for (const key of this.#own.keys()) {
      const value = labels[key];
      if (value !== undefined && this.get(key, value) > 0) return true;
    }
    return this.#below?.keysOn(labels, (key, value) => this.get(key, value) > 0) ?? false;
  }

  sumOn(labels: Readonly<Record<string, string>>): number {
    let sum = 0;
    for (const [key, values] of this.#own) {
      const value = labels[key];
      if (value !== undefined) sum += values.get(value) ?? 0;
    }
    return sum;
  }

  private keysOn(labels: Readonly<Record<string, string>>, test: (key: string, value: string) => boolean): boolean {
    for (const key of this.#own.keys()) {
      const value = labels[key];
      if (value !== undefined && test(key, value)) return true;
    }
    return this.#below?.keysOn(labels, test) ?? false;
  }
}

/** Whether a term of `owner` selects `target`, whose namespace has these labels. */
export function termMatches(
  term: PodAffinityTerm,
  owner: { namespace: string },
  target: PodClass,
  namespaceLabels: Labels,
): boolean {
  if (!matchesSelector(term.labelSelector, target.labels)) return false;
  if (term.namespaces?.length) {
    if (term.namespaces.includes(target.namespace)) return true;
  } else if (!term.namespaceSelector) return target.namespace === owner.namespace;
  return term.namespaceSelector !== undefined && matchesSelector(term.namespaceSelector, namespaceLabels);
}

/**
 * Whether a term of the incoming pod selects a pod. Upstream resolves its namespaceSelector to names, and (in 1.36) still
 * tries the selector itself on no labels at all.
 */
export function ownTermMatches(term: PodAffinityTerm, owner: PodClass, target: PodClass, objects: Objects): boolean {
  if (termMatches(term, owner, target, NO_LABELS)) return true;
  if (!term.namespaceSelector || !matchesSelector(term.labelSelector, target.labels)) return false;
  const namespace = objects.get<Namespace>('Namespace', undefined, target.namespace);
  return namespace !== undefined && matchesSelector(term.namespaceSelector, namespace.metadata.labels);
}

/** What pods of one class mean to the incoming one. */
interface Effect {
  existingAnti: string[];
  affinity: boolean;
  anti: string[];
  score: { key: string; weight: number }[];
}

function effectOf(
  existing: PodClass,
  incoming: PodClass,
  objects: Objects,
  namespaceLabels: Labels,
  hardWeight: number,
): Effect {
  const own = (t: PodAffinityTerm): boolean => ownTermMatches(t, incoming, existing, objects);
  const theirs = (t: PodAffinityTerm): boolean => termMatches(t, existing, incoming, namespaceLabels);
  const score: Effect['score'] = [];
  for (const { weight, term } of incoming.preferredAffinity)
    if (own(term)) score.push({ key: term.topologyKey, weight });
  for (const { weight, term } of incoming.preferredAntiAffinity)
    if (own(term)) score.push({ key: term.topologyKey, weight: -weight });
  if (hardWeight > 0)
    for (const term of existing.affinityTerms)
      if (theirs(term)) score.push({ key: term.topologyKey, weight: hardWeight });
  for (const { weight, term } of existing.preferredAffinity)
    if (theirs(term)) score.push({ key: term.topologyKey, weight });
  for (const { weight, term } of existing.preferredAntiAffinity)
    if (theirs(term)) score.push({ key: term.topologyKey, weight: -weight });
  return {
    existingAnti: existing.antiAffinityTerms.filter(theirs).map((t) => t.topologyKey),
    affinity: incoming.affinityTerms.length > 0 && incoming.affinityTerms.every(own),
    anti: incoming.antiAffinityTerms.filter(own).map((t) => t.topologyKey),
    score,
  };
}

/** All the counts for one incoming class. */
export class AffinityCounts {
  readonly existingAnti: TopologyCounts;
  readonly affinity: TopologyCounts;
  readonly anti: TopologyCounts;
  readonly score: TopologyCounts;
  /** How many contributions to `score` there are, zero sums included. */
  contributions = 0;
  readonly #incoming: PodClass;
  readonly #effects: Map<PodClass, Effect>;
  readonly #effect: (existing: PodClass) => Effect;

  constructor(incoming: PodClass, effect: (existing: PodClass) => Effect, below?: AffinityCounts) {
    this.#incoming = incoming;
    this.#effect = effect;
    this.#effects = below ? below.#effects : new Map();
    this.existingAnti = new TopologyCounts(below?.existingAnti);
    this.affinity = new TopologyCounts(below?.affinity);
    this.anti = new TopologyCounts(below?.anti);
    this.score = new TopologyCounts(below?.score);
  }

  /** A copy on which trial changes can lie. */
  clone(): AffinityCounts {
    return new AffinityCounts(this.#incoming, this.#effect, this);
  }

  change(pod: PodInfo, node: NodeInfo, sign: 1 | -1): void {
    let e = this.#effects.get(pod.cls);
    if (!e) {
      e = this.#effect(pod.cls);
      if (this.#effects.size > 5000) this.#effects.clear();
      this.#effects.set(pod.cls, e);
    }
    for (const key of e.existingAnti) this.existingAnti.add(key, node.labels, sign);
    if (e.affinity) for (const t of this.#incoming.affinityTerms) this.affinity.add(t.topologyKey, node.labels, sign);
    for (const key of e.anti) this.anti.add(key, node.labels, sign);
    for (const { key, weight } of e.score) {
      if (node.labels[key] === undefined) continue;
      this.score.add(key, node.labels, sign * weight);
      this.contributions += sign;
    }
  }
}

export const affinityCounts = (objects: Objects, hardWeight: number): Tracked<AffinityCounts> => ({
  build(cls, nodes) {
    const labels = objects.get<Namespace>('Namespace', undefined, cls.namespace)?.metadata.labels ?? NO_LABELS;
    const out = new AffinityCounts(cls, (existing) => effectOf(existing, cls, objects, labels, hardWeight));
    const selective =
      cls.affinityTerms.length +
        cls.antiAffinityTerms.length +
        cls.preferredAffinity.length +
        cls.preferredAntiAffinity.length >
      0;
    for (const node of nodes)
      if (selective || node.podsWithAffinity > 0) for (const p of node.pods) out.change(p, node, 1);
    return out;
  },
  update: (state, _cls, { pod, node, sign }) => state.change(pod, node, sign),
});
