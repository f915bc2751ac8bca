/**
 * A profile's plugins at work: runs each extension point in order and gathers what they say. Plugins are unaware of being
 * cached or traced. Upstream: pkg/scheduler/framework/runtime/framework.go
 */
import type { Pod } from '../../api/core.ts';
import type { Ms } from '../../sim/time.ts';
import type { ResolvedProfile } from '../config/types.ts';
import type { Cache } from './cache.ts';
import { ClassTable, ClassTables, type WeightedPlugin } from './class-table.ts';
import type {
  CycleState,
  Handle,
  NodeStatuses,
  Objects,
  Plugin,
  PluginFactory,
  PostFilterResult,
  Tracked,
} from './interface.ts';
import type { NodeInfo } from './node-info.ts';
import type { Nominator } from './nominator.ts';
import type { PodClass, PodInfo } from './pod-info.ts';
import { failure, isRejected, messageOf, type Status, unresolvable, unschedulable } from './status.ts';

/** What all profiles of one scheduler share. */
export interface Shared {
  cache: Cache;
  nominator: Nominator;
  objects: Objects;
  now: () => Ms;
  objectsVersion: (kinds: readonly string[]) => number;
  /** False: every count is made anew and nothing is kept between cycles (the naive path that tests compare with). */
  incremental: boolean;
}

export interface PreFilterOutcome {
  /** Set when the pod is refused (or the attempt failed) here already. */
  status: Status | null;
  nodeNames?: ReadonlySet<string>;
  /** Plugins that narrowed the nodes, sorted. */
  narrowedBy: string[];
}

export interface ScoreTrace {
  plugin: string;
  weight: number;
  raw: number[];
  normalized: number[];
}

interface TrackedEntry {
  topologyVersion: number;
  version: number;
  cursor: number;
  state: unknown;
}

const TRACKED_MAX = 256;

export class Framework {
  readonly profile: ResolvedProfile;
  readonly queueSort: Plugin;
  readonly preEnqueue: readonly Plugin[];
  readonly preFilters: readonly Plugin[];
  readonly filters: readonly Plugin[];
  readonly postFilters: readonly Plugin[];
  readonly preScores: readonly Plugin[];
  readonly scores: readonly WeightedPlugin[];
  readonly reserves: readonly Plugin[];
  readonly preBinds: readonly Plugin[];
  readonly plugins: ReadonlyMap<string, Plugin>;
  readonly #shared: Shared;
  /** Set when a plugin is to score without its PreScore: then every attempt that gets so far fails. */
  readonly #scoreFailure: Status | null;
  readonly #tables = new ClassTables();
  readonly #tracked = new Map<string, Map<PodClass, TrackedEntry>>();
  #scratch = { totals: new Float64Array(128), scores: new Float64Array(128) };
  #active: { index: number; plugin: Plugin }[] = [];

  constructor(profile: ResolvedProfile, factories: Readonly<Record<string, PluginFactory>>, shared: Shared) {
    this.profile = profile;
    this.#shared = shared;
    const handle = this.#handle();
    const made = new Map<string, Plugin>();
    const at = (names: readonly string[]): Plugin[] =>
      names.map((name) => {
        let plugin = made.get(name);
        if (!plugin) {
          plugin = factories[name]!(handle, profile.args[name] ?? {});
          made.set(name, plugin);
        }
        return plugin;
      });
    this.queueSort = at(profile.points.queueSort).find((p) => p.less)!;
    at(profile.points.bind);
    this.preEnqueue = at(profile.points.preEnqueue).filter((p) => p.preEnqueue);
    this.preFilters = at(profile.points.preFilter).filter((p) => p.preFilter);
    this.filters = at(profile.points.filter)
      .filter((p) => p.filter)
      .map((p) => withoutPreFilter(p, this.preFilters.includes(p)));
    this.postFilters = at(profile.points.postFilter).filter((p) => p.postFilter);
    this.preScores = at(profile.points.preScore).filter((p) => p.preScore);
    this.scores = at(profile.points.score)
      .filter((p) => p.score)
      .map((plugin) => ({ plugin, weight: profile.weights[plugin.name] ?? 1 }));
    this.#scoreFailure = this.#unpreparedScore();
    this.reserves = at(profile.points.reserve).filter((p) => p.reserve || p.unreserve);
    this.preBinds = at(profile.points.preBind).filter((p) => p.preBind);
    this.plugins = made;
  }

  #unpreparedScore(): Status | null {
    for (const { plugin: p } of this.scores) {
      const text = this.preScores.includes(p) ? undefined : p.needs?.preScore;
      const reason = text ?? (this.preFilters.includes(p) ? undefined : p.needs?.preFilterToScore);
      if (reason !== undefined)
        return failure(p.name, `running Score plugins: plugin "${p.name}" failed with: ${reason}`);
    }
    return null;
  }

  /** The first gate that holds the pod back, if any; `first` is asked before the others. */
  runPreEnqueue(pod: Pod, first?: string): Status | null {
    const order = first
      ? [...this.preEnqueue].sort((a, b) => Number(b.name === first) - Number(a.name === first))
      : this.preEnqueue;
    for (const p of order) {
      const status = p.preEnqueue!(pod);
      if (status) return status;
    }
    return null;
  }

  runPreFilter(state: CycleState, pod: PodInfo, nodes: readonly NodeInfo[]): PreFilterOutcome {
    let names: Set<string> | undefined;
    const narrowedBy: string[] = [];
    let refused: Status | null = null;
    for (const p of this.preFilters) {
      const { status, nodeNames } = p.preFilter!(state, pod, nodes);
      if (status?.code === 'Skip') {
        state.skipFilter.add(p.name);
        continue;
      }
      if (status) {
        if (status.code === 'UnschedulableAndUnresolvable') return { status, narrowedBy };
        if (status.code !== 'Unschedulable')
          return { status: failure(p.name, `running PreFilter plugin "${p.name}": ${messageOf(status)}`), narrowedBy };
        refused = status;
        continue;
      }
      if (!nodeNames) continue;
      narrowedBy.push(p.name);
      names = names ? new Set([...names].filter((n) => nodeNames.has(n))) : new Set(nodeNames);
      if (names.size === 0) return { status: unresolvable('', emptyNames(narrowedBy)), narrowedBy };
    }
    return { status: refused, ...(names ? { nodeNames: names } : {}), narrowedBy: narrowedBy.sort() };
  }

  /** All filters in order; the first refusal wins. */
  runFilter(state: CycleState, pod: PodInfo, node: NodeInfo): Status | null {
    for (const p of this.filters) {
      if (state.skipFilter.has(p.name)) continue;
      const status = p.filter!(state, pod, node);
      if (status)
        return isRejected(status) ? status : failure(p.name, `running "${p.name}" filter plugin: ${messageOf(status)}`);
    }
    return null;
  }

  /** As `runFilter`, once with the pods nominated to the node (of no lower priority) on it and once without them. */
  filterWithNominated(state: CycleState, pod: PodInfo, node: NodeInfo): Status | null {
    const nominated = this.#shared.nominator
      .on(node.name)
      .filter((p) => p.cls.priority >= pod.cls.priority && p.pod.metadata.uid !== pod.pod.metadata.uid);
    if (nominated.length) {
      const withThem = node.clone();
      const trial = state.clone();
      for (const p of nominated) {
        withThem.addPod(p);
        this.addPod(trial, pod, p, withThem);
      }
      const status = this.runFilter(trial, pod, withThem);
      if (status) return status;
    }
    return this.runFilter(state, pod, node);
  }

  addPod(state: CycleState, pod: PodInfo, added: PodInfo, node: NodeInfo): void {
    for (const p of this.preFilters) if (p.addPod && !state.skipFilter.has(p.name)) p.addPod(state, pod, added, node);
  }

  removePod(state: CycleState, pod: PodInfo, removed: PodInfo, node: NodeInfo): void {
    for (const p of this.preFilters)
      if (p.removePod && !state.skipFilter.has(p.name)) p.removePod(state, pod, removed, node);
  }

  runPostFilter(state: CycleState, pod: PodInfo, statuses: NodeStatuses): PostFilterResult {
    const reasons: string[] = [];
    let last: PostFilterResult | undefined;
    let by = '';
    for (const p of this.postFilters) {
      const result = p.postFilter!(state, pod, statuses);
      if (!result.status) return result;
      if (result.status.code === 'UnschedulableAndUnresolvable') return result;
      if (!isRejected(result.status)) return { ...result, status: failure(p.name, messageOf(result.status)) };
      reasons.push(...result.status.reasons);
      if (result.nominated !== undefined) last = result;
      by ||= p.name;
    }
    return { ...last, status: unschedulable(by, ...reasons) };
  }

  /** The status that ends the attempt, if a plugin failed. */
  runPreScore(state: CycleState, pod: PodInfo, nodes: readonly NodeInfo[]): Status | null {
    for (const p of this.preScores) {
      const status = p.preScore!(state, pod, nodes);
      if (status?.code === 'Skip') state.skipScore.add(p.name);
      else if (status) return failure(p.name, `running PreScore plugin "${p.name}": ${messageOf(status)}`);
    }
    return this.#scoreFailure;
  }

  /** Weighted totals, node by node, good until the next call; with `trace`, also what each plugin gave. PreScore has run. */
  runScore(state: CycleState, pod: PodInfo, nodes: readonly NodeInfo[], trace?: ScoreTrace[]): Float64Array {
    const n = nodes.length;
    if (this.#scratch.totals.length < n)
      this.#scratch = { totals: new Float64Array(2 * n), scores: new Float64Array(2 * n) };
    const totals = this.#scratch.totals.subarray(0, n).fill(0);
    const scores = this.#scratch.scores.subarray(0, n);
    const table = this.#shared.incremental && !trace ? this.#table(pod.cls) : undefined;
    if (table) for (let i = 0; i < n; i++) totals[i] = table.sum(state, pod, nodes[i]!);
    for (const { plugin, weight } of this.scores) {
      if (state.skipScore.has(plugin.name) || (table && plugin.local && !plugin.normalize)) continue;
      if (table && plugin.local) {
        const raw = table.rawOf(plugin);
        for (let i = 0; i < n; i++) scores[i] = raw[nodes[i]!.slot]!;
      } else if (plugin.scoreAll) plugin.scoreAll(state, pod, nodes, scores);
      else for (let i = 0; i < n; i++) scores[i] = plugin.score!(state, pod, nodes[i]!);
      const raw = trace ? [...scores] : [];
      plugin.normalize?.(state, pod, nodes, scores);
      trace?.push({ plugin: plugin.name, weight, raw, normalized: [...scores] });
      for (let i = 0; i < n; i++) totals[i]! += weight * scores[i]!;
    }
    return totals;
  }

  runReserve(state: CycleState, pod: PodInfo, nodeName: string): Status | null {
    for (const p of this.reserves) {
      const status = p.reserve?.(state, pod, nodeName) ?? null;
      if (!status) continue;
      this.runUnreserve(state, pod, nodeName);
      return isRejected(status) ? status : failure(p.name, `running Reserve plugin "${p.name}": ${messageOf(status)}`);
    }
    return null;
  }

  runUnreserve(state: CycleState, pod: PodInfo, nodeName: string): void {
    for (const p of [...this.reserves].reverse()) p.unreserve?.(state, pod, nodeName);
  }

  runPreBind(state: CycleState, pod: PodInfo, nodeName: string): Status | null {
    for (const p of this.preBinds) {
      const status = p.preBind!(state, pod, nodeName);
      if (status)
        return isRejected(status)
          ? status
          : failure(p.name, `running PreBind plugin "${p.name}": ${messageOf(status)}`);
    }
    return null;
  }

  /** Prepares `cachedFilter` for the pods of one cycle. PreFilter has run. */
  beginFilter(state: CycleState, cls: PodClass): ClassTable | undefined {
    if (!this.#shared.incremental) return undefined;
    this.#active = [];
    this.filters.forEach((plugin, index) => {
      if (!plugin.local && !state.skipFilter.has(plugin.name)) this.#active.push({ index, plugin });
    });
    return this.#table(cls);
  }

  /** The same answer as `filterWithNominated`, from the class's table where nothing else can have a say. */
  cachedFilter(table: ClassTable, state: CycleState, pod: PodInfo, node: NodeInfo): Status | null {
    const nominator = this.#shared.nominator;
    if (nominator.size > 0 && nominator.on(node.name).length > 0) return this.filterWithNominated(state, pod, node);
    const failedAt = table.failedAt(state, pod, node);
    for (const { index, plugin } of this.#active) {
      if (index > failedAt) break;
      const status = plugin.filter!(state, pod, node);
      if (status)
        return isRejected(status)
          ? status
          : failure(plugin.name, `running "${plugin.name}" filter plugin: ${messageOf(status)}`);
    }
    return table.status(node);
  }

  #table(cls: PodClass): ClassTable {
    const { cache } = this.#shared;
    return this.#tables.get(
      cls,
      cache.slotCount,
      cache.list.length,
      (room) => new ClassTable(this.filters, this.scores, room, cache.list.length),
    );
  }

  #handle(): Handle {
    const shared = this.#shared;
    return {
      objects: shared.objects,
      now: shared.now,
      nodes: () => shared.cache.list,
      node: (name) => shared.cache.get(name),
      tracked: (plugin, cls, version, tracked) => this.#trackedState(plugin, cls, version, tracked),
      objectsVersion: shared.objectsVersion,
      filterWithNominated: (state, pod, node) => this.filterWithNominated(state, pod, node),
      addPod: (state, pod, added, node) => this.addPod(state, pod, added, node),
      removePod: (state, pod, removed, node) => this.removePod(state, pod, removed, node),
      podInfo: (pod) => shared.cache.classes.info(pod),
    };
  }

  #trackedState<S>(plugin: string, cls: PodClass, version: number, tracked: Tracked<S>): S {
    const { cache, incremental } = this.#shared;
    if (!incremental) return tracked.build(cls, cache.list);
    let entries = this.#tracked.get(plugin);
    if (!entries) {
      entries = new Map();
      this.#tracked.set(plugin, entries);
    }
    const known = entries.get(cls);
    entries.delete(cls);
    const changes =
      known && known.topologyVersion === cache.topologyVersion && known.version === version
        ? cache.changesSince(known.cursor)
        : undefined;
    const entry: TrackedEntry = {
      topologyVersion: cache.topologyVersion,
      version,
      cursor: cache.logEnd,
      state: known?.state,
    };
    if (changes) {
      for (const change of changes) if (change.node.node) tracked.update(entry.state as S, cls, change);
    } else entry.state = tracked.build(cls, cache.list);
    entries.set(cls, entry);
    if (entries.size > TRACKED_MAX)
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        break;
      }
    return entry.state as S;
  }
}

/** A plugin whose PreFilter the profile leaves out, if it cannot do without: its filter fails. */
function withoutPreFilter(plugin: Plugin, prepared: boolean): Plugin {
  const text = plugin.needs?.preFilter;
  if (prepared || text === undefined) return plugin;
  return { ...plugin, filter: () => failure(plugin.name, text) };
}

function emptyNames(plugins: readonly string[]): string {
  if (plugins.length === 1) return `node(s) didn't satisfy plugin ${plugins[0]}`;
  return `node(s) didn't satisfy plugin(s) [${[...plugins].sort().join(' ')}] simultaneously`;
}
