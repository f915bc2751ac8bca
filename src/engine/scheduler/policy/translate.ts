/** From a scheduler Policy of old (removed in 1.23) to a KubeSchedulerConfiguration that does the same. */
import { API_VERSION, DEFAULT_SCHEDULER } from '../config/resolve.ts';
import type { KubeSchedulerConfiguration, PluginRef, Plugins, Point } from '../config/types.ts';
import { implementsPoint } from '../plugins/index.ts';
import { readLenient } from './lenient-json.ts';
import { DEFAULT_PREDICATES, DEFAULT_PRIORITIES, nearestName, type OldName, PREDICATES, PRIORITIES } from './tables.ts';

export interface PolicyNote {
  /** `mistake`: as printed, the Policy would not have run; `mapped`: has a plugin today; `gone`: has none. */
  kind: 'mistake' | 'mapped' | 'gone';
  /** Where in the text; 0 for what is not written there. */
  line: number;
  /** The predicate or priority it is about, '' for the text as such. */
  name: string;
  text: string;
  /** What to write instead. */
  suggestion?: string;
}

export interface PolicyTranslation {
  /** What the mended Policy asks for, in today's words. */
  config: KubeSchedulerConfiguration;
  notes: PolicyNote[];
}

type Json = Record<string, unknown>;

interface Wanted {
  name: string;
  weight: number;
  argument: Json | undefined;
  line: number;
}

/** Whether a text looks like a Policy at all. */
export const looksLikePolicy = (text: string): boolean => /["']?kind["']?\s*:\s*["']?Policy\b/.test(text);

/** The translation with notes on every name and mistake; an error when nothing can be made of the text. */
export function translatePolicy(text: string): PolicyTranslation | { error: string } {
  const read = readLenient(text);
  if ('error' in read) return { error: `line ${read.error.line}: ${read.error.text}` };
  const policy = read.value as Json;
  if (typeof policy !== 'object' || policy === null || policy.kind !== 'Policy')
    return { error: 'this is no Policy: kind must be "Policy"' };
  const notes: PolicyNote[] = read.slips.map((s) => ({ kind: 'mistake', line: s.line, name: '', text: s.text }));
  const lineOf = (o: unknown): number => (typeof o === 'object' && o !== null ? (read.lineOf.get(o) ?? 0) : 0);
  const predicates =
    wantedFrom(policy.predicates, 'predicate', PREDICATES, lineOf, notes) ?? DEFAULT_PREDICATES.map(byDefault);
  const priorities =
    wantedFrom(policy.priorities, 'priority', PRIORITIES, lineOf, notes) ??
    DEFAULT_PRIORITIES.map((p) => ({ ...byDefault(p.name), weight: p.weight }));
  const builder = new Builder(notes);
  for (const p of predicates) builder.predicate(p);
  for (const p of priorities) builder.priority(p);
  const config = builder.finish(policy);
  notes.sort((a, b) => a.line - b.line);
  return { config, notes };
}

const byDefault = (name: string): Wanted => ({ name, weight: 1, argument: undefined, line: 0 });

/** The entries of one list with slips noted and mended; `undefined` when the list is absent. */
function wantedFrom(
  list: unknown,
  what: string,
  known: Readonly<Record<string, OldName>>,
  lineOf: (o: unknown) => number,
  notes: PolicyNote[],
): Wanted[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((raw): Wanted[] => {
    const o = raw as Json;
    const line = lineOf(o);
    const given = String(o?.name ?? '');
    const mistake = (text: string, suggestion?: string): void =>
      void notes.push({ kind: 'mistake', line, name: given, text, ...(suggestion ? { suggestion } : {}) });
    let name = given;
    if (!known[name] && !o?.argument) {
      const near = nearestName(name, Object.keys(known));
      mistake(`${what} type not found for "${name}"${near ? `; ${near} is meant` : ''}`, near);
      if (!near) return [];
      name = near;
    }
    return [
      {
        name: customName(name, o),
        weight: what === 'priority' ? weightOf(o, mistake) : 1,
        argument: o.argument as Json | undefined,
        line,
      },
    ];
  });
}

/** Entries with an argument may have any name; the argument says what they are. */
function customName(name: string, o: Json): string {
  const argument = (o.argument ?? {}) as Json;
  if (argument.labelsPresence) return 'CheckNodeLabelPresence';
  if (argument.serviceAffinity) return 'CheckServiceAffinity';
  if (argument.labelPreference) return 'LabelPreference';
  if (argument.serviceAntiAffinity) return 'ServiceAntiAffinity';
  return argument.requestedToCapacityRatioArguments ? 'RequestedToCapacityRatioPriority' : name;
}

function weightOf(o: Json, mistake: (text: string, suggestion?: string) => void): number {
  const { weight } = o;
  if (typeof weight === 'string') {
    const n = Number(weight);
    if (!Number.isInteger(n) || weight.trim() === '') {
      mistake(`the weight "${weight}" is no number`, '"weight": 1');
      return 1;
    }
    mistake(`the weight "${weight}" is a text; a number stands without quotation marks`, `"weight": ${n}`);
    return n;
  }
  if (typeof weight !== 'number' || weight <= 0) {
    mistake('a priority needs a positive weight', '"weight": 1');
    return 1;
  }
  return weight;
}

class Builder {
  readonly #notes: PolicyNote[];
  readonly #points = new Map<Point, Map<string, number>>();
  readonly #args = new Map<string, Json>();
  #strategy = '';

  constructor(notes: PolicyNote[]) {
    this.#notes = notes;
    this.#enable('preEnqueue', 'SchedulingGates');
    this.#enable('queueSort', 'PrioritySort');
    this.#enable('filter', 'NodeUnschedulable');
    this.#enable('filter', 'TaintToleration');
    this.#enable('postFilter', 'DefaultPreemption');
    this.#enable('bind', 'DefaultBinder');
  }

  predicate(w: Wanted): void {
    const old = PREDICATES[w.name] ?? PREDICATES.CheckServiceAffinity!;
    this.#note(w, old);
    for (const plugin of old.plugins)
      for (const point of ['preFilter', 'filter', 'reserve', 'preBind'] as const)
        if (implementsPoint(plugin, point)) this.#enable(point, plugin);
    const presence = w.argument?.labelsPresence as { labels?: string[]; presence?: boolean } | undefined;
    if (presence) this.#require(presence.labels ?? [], presence.presence ?? false);
  }

  priority(w: Wanted): void {
    const old = PRIORITIES[w.name] ?? PRIORITIES.EqualPriority!;
    this.#note(w, old);
    for (const plugin of old.plugins) {
      if (implementsPoint(plugin, 'preScore')) this.#enable('preScore', plugin);
      this.#enable('score', plugin, w.weight);
    }
    this.#scoreArgs(w);
  }

  finish(policy: Json): KubeSchedulerConfiguration {
    const hard = policy.hardPodAffinitySymmetricWeight;
    if (typeof hard === 'number') this.#args.set('InterPodAffinity', { hardPodAffinityWeight: hard });
    const plugins: Plugins = { multiPoint: { disabled: [{ name: '*' }] } };
    for (const [point, entries] of this.#points)
      plugins[point] = {
        enabled: [...entries].map(([name, weight]): PluginRef => (point === 'score' ? { name, weight } : { name })),
      };
    const pluginConfig = [...this.#args].map(([name, args]) => ({ name, args }));
    return {
      apiVersion: API_VERSION,
      kind: 'KubeSchedulerConfiguration',
      profiles: [{ schedulerName: DEFAULT_SCHEDULER, plugins, ...(pluginConfig.length ? { pluginConfig } : {}) }],
    };
  }

  #enable(point: Point, plugin: string, weight = 0): void {
    let entries = this.#points.get(point);
    if (!entries) {
      entries = new Map();
      this.#points.set(point, entries);
    }
    entries.set(plugin, Math.max(weight, entries.get(plugin) ?? 0));
  }

  #note(w: Wanted, old: OldName): void {
    if (!w.line) return;
    const today = old.plugins.join(', ');
    const text = today ? `${today}${old.text ? `: ${old.text}` : ''}` : old.text;
    this.#notes.push({ kind: old.plugins.length ? 'mapped' : 'gone', line: w.line, name: w.name, text });
  }

  #scoreArgs(w: Wanted): void {
    const strategies: Record<string, string> = {
      LeastRequestedPriority: 'LeastAllocated',
      MostRequestedPriority: 'MostAllocated',
      RequestedToCapacityRatioPriority: 'RequestedToCapacityRatio',
    };
    const type = strategies[w.name];
    if (type && this.#strategy && this.#strategy !== type)
      this.#notes.push({
        kind: 'mistake',
        line: w.line,
        name: w.name,
        text: `NodeResourcesFit has one scoring strategy; ${this.#strategy} is taken already`,
      });
    else if (type) {
      this.#strategy = type;
      const given = w.argument?.requestedToCapacityRatioArguments as
        | { shape?: unknown; resources?: unknown }
        | undefined;
      const shape = given?.shape ?? [
        { utilization: 0, score: 10 },
        { utilization: 100, score: 0 },
      ];
      const ratio = type === 'RequestedToCapacityRatio' ? { requestedToCapacityRatio: { shape } } : {};
      this.#args.set('NodeResourcesFit', {
        scoringStrategy: { type, ...(given?.resources ? { resources: given.resources } : {}), ...ratio },
      });
    }
    const preference = w.argument?.labelPreference as { label?: string; presence?: boolean } | undefined;
    if (preference?.label) this.#prefer(preference.label, preference.presence ?? false);
    const spread = w.argument?.serviceAntiAffinity as { label?: string } | undefined;
    if (spread?.label)
      this.#args.set('PodTopologySpread', {
        defaultingType: 'List',
        defaultConstraints: [{ maxSkew: 1, topologyKey: spread.label, whenUnsatisfiable: 'ScheduleAnyway' }],
      });
  }

  #require(labels: readonly string[], present: boolean): void {
    const matchExpressions = labels.map((key) => ({ key, operator: present ? 'Exists' : 'DoesNotExist' }));
    this.#addAffinity({
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
    });
  }

  #prefer(key: string, present: boolean): void {
    const preference = { matchExpressions: [{ key, operator: present ? 'Exists' : 'DoesNotExist' }] };
    this.#addAffinity({ preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference }] });
  }

  #addAffinity(more: Json): void {
    const before = (this.#args.get('NodeAffinity')?.addedAffinity ?? {}) as Json;
    this.#args.set('NodeAffinity', { addedAffinity: { ...before, ...more } });
  }
}
