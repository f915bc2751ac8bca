/**
 * What local plugins said of a node for a class of equal pods, kept until the node changes. A pod like the one before it
 * then costs one lookup a node. Invariant: row `slot` is valid for exactly the node generation written in it.
 */
import type { CycleState, Plugin } from './interface.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodClass, PodInfo } from './pod-info.ts';
import type { Status } from './status.ts';

export interface WeightedPlugin {
  plugin: Plugin;
  weight: number;
}

const NEVER = 255;

export class ClassTable {
  /** The number of nodes for which scores hold (image spread hangs on it). */
  readonly nodeCount: number;
  readonly #filters: readonly Plugin[];
  readonly #plain: readonly WeightedPlugin[];
  readonly #raw: readonly WeightedPlugin[];
  #filterGeneration: Float64Array;
  #scoreGeneration: Float64Array;
  #failedAt: Uint8Array;
  #status: (Status | null)[] = [];
  #sums: Float64Array;
  #raws: Float64Array[];

  /** `filters` and `scores` are all of the profile in order; which of them skip a class never changes. */
  constructor(filters: readonly Plugin[], scores: readonly WeightedPlugin[], slots: number, nodeCount: number) {
    this.#filters = filters;
    this.#plain = scores.filter((s) => s.plugin.local && !s.plugin.normalize);
    this.#raw = scores.filter((s) => s.plugin.local && s.plugin.normalize);
    this.nodeCount = nodeCount;
    this.#filterGeneration = new Float64Array(slots);
    this.#scoreGeneration = new Float64Array(slots);
    this.#failedAt = new Uint8Array(slots);
    this.#sums = new Float64Array(slots);
    this.#raws = this.#raw.map(() => new Float64Array(slots));
  }

  get slots(): number {
    return this.#sums.length;
  }

  /** The place in the filter order of the first local plugin that refuses the node; 255 when all pass. */
  failedAt(state: CycleState, pod: PodInfo, node: NodeInfo): number {
    const slot = node.slot;
    if (this.#filterGeneration[slot] !== node.generation) this.#fill(state, pod, node);
    return this.#failedAt[slot]!;
  }

  /** What that plugin said. */
  status(node: NodeInfo): Status | null {
    return this.#status[node.slot]!;
  }

  /** Weighted sum of the local plugins that do not normalise. */
  sum(state: CycleState, pod: PodInfo, node: NodeInfo): number {
    const slot = node.slot;
    if (this.#scoreGeneration[slot] !== node.generation) this.#fillScores(state, pod, node);
    return this.#sums[slot]!;
  }

  /** The raw scores of a local plugin that normalises, by slot; valid for nodes whose `sum` was asked for. */
  rawOf(plugin: Plugin): Float64Array {
    return this.#raws[this.#raw.findIndex((r) => r.plugin === plugin)]!;
  }

  #fill(state: CycleState, pod: PodInfo, node: NodeInfo): void {
    const slot = node.slot;
    this.#filterGeneration[slot] = node.generation;
    for (let i = 0; i < this.#filters.length; i++) {
      const p = this.#filters[i]!;
      if (!p.local || state.skipFilter.has(p.name)) continue;
      const status = p.filter!(state, pod, node);
      if (!status) continue;
      this.#failedAt[slot] = i;
      this.#status[slot] = status;
      return;
    }
    this.#failedAt[slot] = NEVER;
    this.#status[slot] = null;
  }

  #fillScores(state: CycleState, pod: PodInfo, node: NodeInfo): void {
    const slot = node.slot;
    this.#scoreGeneration[slot] = node.generation;
    let sum = 0;
    for (const { plugin, weight } of this.#plain)
      if (!state.skipScore.has(plugin.name)) sum += weight * plugin.score!(state, pod, node);
    this.#sums[slot] = sum;
    for (let k = 0; k < this.#raw.length; k++) {
      const { plugin } = this.#raw[k]!;
      if (!state.skipScore.has(plugin.name)) this.#raws[k]![slot] = plugin.score!(state, pod, node);
    }
  }
}

/** Room for all tables together, in rows: some 20 MB. */
const ROWS_MAX = 400_000;
const TABLES_MIN = 32;
const TABLES_MAX = 1000;

/** The tables of a profile; those longest unused go first. */
export class ClassTables {
  readonly #tables = new Map<PodClass, ClassTable>();

  get(cls: PodClass, slots: number, nodeCount: number, make: (room: number) => ClassTable): ClassTable {
    let table = this.#tables.get(cls);
    if (table) this.#tables.delete(cls);
    if (!table || table.slots < slots || table.nodeCount !== nodeCount) table = make(Math.ceil(slots * 1.25) + 8);
    this.#tables.set(cls, table);
    if (this.#tables.size > Math.min(TABLES_MAX, Math.max(TABLES_MIN, ROWS_MAX / table.slots)))
      for (const oldest of this.#tables.keys()) {
        this.#tables.delete(oldest);
        break;
      }
    return table;
  }
}
