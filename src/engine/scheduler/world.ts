/** One scheduler's whole memory: its configuration, what it believes of the cluster, and who waits. */
import type { Pod } from '../api/core.ts';
import type { KubeObject } from '../api/meta.ts';
import type { Lister } from '../client/lister.ts';
import { invariant } from '../sim/invariant.ts';
import type { Ms } from '../sim/time.ts';
import type { AttemptRecord } from './attempts.ts';
import type { WaitingBinding } from './binding.ts';
import { resolveProfiles } from './config/resolve.ts';
import type { KubeSchedulerConfiguration } from './config/types.ts';
import { Cache, type CacheState } from './framework/cache.ts';
import { ADD, UPDATE_NODE_TAINT } from './framework/events.ts';
import type { EventHint } from './framework/interface.ts';
import { Nominator } from './framework/nominator.ts';
import { Framework, type Shared } from './framework/runtime.ts';
import { FACTORIES } from './plugins/index.ts';
import { type QueuedPod, SchedulingQueue } from './queue.ts';
import type { Walk } from './schedule-pod.ts';

const NO_HINTS: readonly EventHint[] = [];

export interface WorldState {
  config: KubeSchedulerConfiguration;
  cursor: number;
  now: Ms;
  lastFlush: Ms;
  position: Walk;
  cache: CacheState;
  queue: { seq: number; pods: Omit<QueuedPod, 'pod'>[] };
  nominated: [key: string, node: string][];
  bindings: (Omit<WaitingBinding, 'entry'> & { entry: Omit<QueuedPod, 'pod'> })[];
  attempts: AttemptRecord[];
  attemptCount: number;
  /** Changes that were made but not yet read: what each changed object was before the first of them. */
  unread: { kind: string; key: string; old?: KubeObject; type: string; revision: number; object: KubeObject }[];
}

export class World {
  config: KubeSchedulerConfiguration;
  cache = new Cache();
  nominator = new Nominator();
  readonly position: Walk = { startIndex: 0 };
  readonly versions = new Map<string, number>();
  /** Pods with a node that wait for their volumes, by key. */
  readonly bindings = new Map<string, WaitingBinding>();
  frameworks = new Map<string, Framework>();
  queue: SchedulingQueue;
  /** The revision up to which changes have been read; -1 before the first look. */
  cursor = -1;
  lastFlush: Ms = 0;
  now: Ms = 0;
  list: Lister | undefined;
  attempts: AttemptRecord[] = [];
  attemptCount = 0;
  unread: WorldState['unread'] = [];

  constructor(config: KubeSchedulerConfiguration, incremental = true) {
    this.config = config;
    this.frameworks = this.#build(incremental);
    this.queue = this.#makeQueue();
  }

  frameworkOf(pod: Pod): Framework | undefined {
    return this.frameworks.get(pod.spec.schedulerName || 'default-scheduler');
  }

  touched(kind: string): void {
    this.versions.set(kind, (this.versions.get(kind) ?? 0) + 1);
  }

  save(): WorldState {
    const unread = this.list && this.cursor >= 0 ? [...this.unread, ...(this.list.since(this.cursor) ?? [])] : [];
    return {
      config: this.config,
      cursor: unread.length ? unread[0]!.revision - 1 : this.cursor,
      now: this.now,
      lastFlush: this.lastFlush,
      position: { ...this.position },
      cache: this.cache.save(),
      queue: this.queue.save(),
      nominated: this.nominator.save(),
      bindings: [...this.bindings.values()].map(({ entry: { pod: _, ...entry }, ...rest }) => ({ ...rest, entry })),
      attempts: this.attempts.map((a) => ({ ...a })),
      attemptCount: this.attemptCount,
      unread: unread.map(({ kind, key, old, type, revision, object }) => ({
        kind,
        key,
        type,
        revision,
        object,
        ...(old ? { old } : {}),
      })),
    };
  }

  static load(s: WorldState, list: Lister): World {
    const world = new World(s.config);
    world.list = list;
    world.cursor = s.unread.length ? s.unread[s.unread.length - 1]!.revision : s.cursor;
    world.now = s.now;
    world.lastFlush = s.lastFlush;
    world.position.startIndex = s.position.startIndex;
    world.attempts = s.attempts;
    world.attemptCount = s.attemptCount;
    world.unread = s.unread;
    const before = new Map<string, KubeObject | undefined>();
    for (const e of s.unread) if (!before.has(`${e.kind}/${e.key}`)) before.set(`${e.kind}/${e.key}`, e.old);
    const at = <T extends KubeObject>(kind: string, key: string): T | undefined =>
      before.has(`${kind}/${key}`) ? (before.get(`${kind}/${key}`) as T | undefined) : list.byKey<T>(kind, key);
    world.cache = Cache.load(
      s.cache,
      (name) => at('Node', name),
      (key) => at('Pod', key),
    );
    world.frameworks = world.#build(true);
    world.queue = world.#makeQueue();
    const podOf = (key: string): Pod => {
      const pod = at<Pod>('Pod', key);
      invariant(pod, 'a queued pod of a saved scheduler is stored');
      return pod;
    };
    world.queue.load(s.queue, podOf);
    for (const b of s.bindings)
      world.bindings.set(b.entry.key, { ...b, entry: { ...b.entry, pod: podOf(b.entry.key) } });
    for (const [key, node] of s.nominated) world.nominator.add(world.cache.classes.info(podOf(key)), node);
    return world;
  }

  /** Starts anew with another configuration, as a scheduler that is restarted: everything is listed, every pod tried. */
  restart(config: KubeSchedulerConfiguration): void {
    this.config = config;
    this.cache = new Cache();
    this.nominator = new Nominator();
    this.position.startIndex = 0;
    this.bindings.clear();
    this.unread = [];
    this.cursor = -1;
    this.frameworks = this.#build(true);
    this.queue = this.#makeQueue();
  }

  #build(incremental: boolean): Map<string, Framework> {
    const shared: Shared = {
      cache: this.cache,
      nominator: this.nominator,
      objects: {
        get: (kind, namespace, name) => this.list?.get(kind, namespace, name),
        list: (kind, namespace) => this.list?.list(kind, namespace) ?? [],
      },
      now: () => this.now,
      objectsVersion: (kinds) => kinds.reduce((sum, kind) => sum + (this.versions.get(kind) ?? 0), 0),
      incremental,
    };
    return new Map(resolveProfiles(this.config).map((p) => [p.schedulerName, new Framework(p, FACTORIES, shared)]));
  }

  #makeQueue(): SchedulingQueue {
    const hints = new Map<Framework, Map<string, readonly EventHint[]>>();
    for (const fw of this.frameworks.values()) hints.set(fw, hintTable(fw));
    const sort = [...this.frameworks.values()][0]!.queueSort;
    return new SchedulingQueue({
      less: (a, b) => sort.less!(a, b),
      preEnqueue: (pod, asked) => this.frameworkOf(pod)?.runPreEnqueue(pod, asked) ?? null,
      hintsOf: (pod, plugin) => hints.get(this.frameworkOf(pod)!)?.get(plugin) ?? NO_HINTS,
      initialBackoffMs: (this.config.podInitialBackoffSeconds ?? 1) * 1000,
      maxBackoffMs: (this.config.podMaxBackoffSeconds ?? 10) * 1000,
    });
  }
}

/** Each plugin's hints; who hears of new nodes hears of taint changes, too (a taint may have hidden the node from it). */
function hintTable(fw: Framework): Map<string, readonly EventHint[]> {
  const out = new Map<string, readonly EventHint[]>();
  for (const [name, plugin] of fw.plugins) {
    const own = [...(plugin.events?.() ?? [])];
    const ofNodes = own.filter((e) => e.resource === 'Node');
    if (ofNodes.some((e) => e.action & ADD) && !ofNodes.some((e) => e.action & UPDATE_NODE_TAINT))
      own.push({ resource: 'Node', action: UPDATE_NODE_TAINT });
    out.set(name, own);
  }
  return out;
}
