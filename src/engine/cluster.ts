import { type Gates, NO_GATES } from './api/gates.ts';
import type { AnyObject } from './api/meta.ts';
import type { NodeProxy } from './api/node-proxy.ts';
import type { ApiRequest, ApiResponse, WatchEvent } from './api/request.ts';
import { bootstrap } from './apiserver/bootstrap.ts';
import { ApiServer } from './apiserver/server.ts';
import { Store, type StoreState } from './apiserver/store.ts';
import { Client } from './client/client.ts';
import type { Component, Context, Key } from './client/component.ts';
import { makeRecorder } from './client/events.ts';
import type { Lister } from './client/lister.ts';
import { type Fault, faultComponent } from './kubelet/fault.ts';
import { Agenda, type AgendaState, type Wake } from './sim/agenda.ts';
import { invariant } from './sim/invariant.ts';
import { HUMAN_LATENCY, type Latency } from './sim/latency.ts';
import { clonePlain } from './sim/plain.ts';
import { RandomSource, type RandomState } from './sim/random.ts';
import type { Ms } from './sim/time.ts';

export interface ClusterOptions {
  seed: number;
  startMs: Ms;
  latency?: Latency;
  /** The actors, in a fixed order; `components.ts` has the usual sets. */
  components: readonly Component[];
}

/** Everything a cluster is, as plain data that may be kept and compared. */
export interface Snapshot {
  now: Ms;
  store: StoreState;
  agenda: AgendaState;
  random: RandomState;
  states: Record<string, unknown>;
  /** What-ifs of the playground that are open; absent: none. */
  gates?: Gates;
}

/**
 * A cluster as a value that can be stepped: an API server, actors that meet only there, one agenda and one clock.
 * Two things enter (`request`, `inject`), one thing happens inside (a wake is popped in `(at, seq)` order).
 */
export class Cluster {
  readonly #options: ClusterOptions;
  readonly #latency: Latency;
  #now: Ms;
  #store: Store;
  #server: ApiServer;
  #agenda = new Agenda();
  #random: RandomSource;
  #states = new Map<string, unknown>();
  #contexts = new Map<string, Context>();
  #watchers = new Map<string, Component[]>();
  #byName = new Map<string, Component>();
  readonly #turns = new Map<string, number>();
  #nodes: NodeProxy | undefined;
  #gates: Gates = NO_GATES;
  #inside = false;

  constructor(options: ClusterOptions, snapshot?: Snapshot) {
    this.#options = options;
    this.#latency = options.latency ?? HUMAN_LATENCY;
    for (const c of options.components) {
      invariant(!this.#byName.has(c.name), 'component names are unique');
      this.#byName.set(c.name, c);
      for (const kind of c.watches) this.#watchers.set(kind, [...(this.#watchers.get(kind) ?? []), c]);
    }
    this.#now = snapshot?.now ?? options.startMs;
    this.#random = snapshot ? RandomSource.load(snapshot.random) : new RandomSource(options.seed);
    this.#store = snapshot ? Store.load(snapshot.store) : new Store();
    this.#server = this.#makeServer();
    if (snapshot) this.restore(snapshot);
    else {
      for (const c of options.components) this.#states.set(c.name, c.initial());
      this.#makeContexts();
      for (const c of options.components)
        for (const key of c.startKeys?.(this.#store) ?? []) this.#agenda.add(c.name, key, this.#now);
      bootstrap(this.#server);
    }
  }

  get now(): Ms {
    return this.#now;
  }
  get list(): Lister {
    return this.#store;
  }
  get store(): Store {
    return this.#store;
  }

  /** An API request from outside. Everything due at this instant happens first. */
  request(r: ApiRequest): ApiResponse {
    this.#drainInstant();
    return this.#server.handle(r);
  }

  /** Stores objects as they are (a scenario's nodes, a dump): defaulted and admitted, status and times kept. */
  load(objects: readonly AnyObject[]): void {
    this.#drainInstant();
    this.#server.load(objects);
  }

  /** What no API can do: power, disks, networks. */
  inject(fault: Fault): void {
    this.#drainInstant();
    const c = this.#byName.get(faultComponent(fault));
    invariant(c, 'the component a fault is for exists');
    this.#countTurn(c.name);
    c.reconcile(`fault:${JSON.stringify(fault)}`, this.#contexts.get(c.name)!, this.#states.get(c.name));
  }

  /** What-ifs of the playground that are open. */
  get gates(): Gates {
    return this.#gates;
  }

  /** Opens or closes a what-if; components that care look at everything again. */
  setGate(gate: string, open: boolean): void {
    this.#drainInstant();
    this.#gates = [...this.#gates.filter((g) => g !== gate), ...(open ? [gate] : [])];
    for (const c of this.#options.components)
      for (const key of c.gateKeys?.(gate, this.#store) ?? []) this.#agenda.add(c.name, key, this.#now);
  }

  /** Lets `ms` of virtual time pass. */
  advance(ms: Ms): void {
    this.runUntil(this.#now + ms);
  }

  /**
   * Runs all wakes up to `until` and sets the clock there; with `mayGoOn`, stops early (clock at the last wake) when it
   * answers false. Returns whether `until` was reached.
   */
  runUntil(until: Ms, mayGoOn?: () => boolean): boolean {
    while (this.#agenda.peek() && this.#agenda.peek()!.at <= until) {
      if (mayGoOn && !mayGoOn()) return false;
      this.#runNext(until);
    }
    this.#now = Math.max(this.#now, until);
    return true;
  }

  /** Runs everything that is due at this very instant. */
  settleInstant(): void {
    this.#drainInstant();
  }

  /** Runs the next wake, moving the clock to it. */
  step(): Wake | undefined {
    return this.#runNext(Number.POSITIVE_INFINITY);
  }

  /** The next thing that will happen. */
  peek(): Wake | undefined {
    return this.#agenda.peek();
  }

  /** Wakes a component's key at a time (processes of the playground use this to wait). */
  wake(component: string, key: Key, at: Ms): void {
    this.#agenda.add(component, key, Math.max(at, this.#now));
  }

  /** The live state of a component; for `explain`, `view` and the playground, never to be written. */
  stateOf<S>(component: string): S {
    return this.#states.get(component) as S;
  }

  /** The machines as the API server and `ssh` reach them; absent without a kubelet component. */
  get nodes(): NodeProxy | undefined {
    return this.#nodes;
  }

  view(component: string): unknown {
    const c = this.#byName.get(component);
    return c?.view?.(this.#states.get(component), this.#store, this.#now);
  }

  /** How often a component has acted since this object was made: while that stays, so does its `view`. */
  turnsOf(component: string): number {
    return this.#turns.get(component) ?? 0;
  }

  snapshot(): Snapshot {
    const states: Record<string, unknown> = {};
    const external = new Set<string>();
    for (const c of this.#options.components) {
      const state = this.#states.get(c.name);
      if (c.external) external.add(c.name);
      else states[c.name] = c.save ? c.save(state) : clonePlain(state);
    }
    return {
      now: this.#now,
      store: this.#store.save(),
      agenda: this.#agenda.save(external),
      random: this.#random.save(),
      states,
      ...(this.#gates.length ? { gates: this.#gates } : {}),
    };
  }

  restore(s: Snapshot): void {
    this.#now = s.now;
    this.#store = Store.load(s.store);
    this.#agenda = Agenda.load(s.agenda);
    this.#random = RandomSource.load(s.random);
    this.#gates = s.gates ?? NO_GATES;
    this.#server = this.#makeServer();
    this.#states = new Map();
    for (const c of this.#options.components) {
      if (c.external) {
        this.#states.set(c.name, c.initial());
        continue;
      }
      const saved = clonePlain(s.states[c.name]);
      this.#states.set(c.name, c.load ? c.load(saved, this.#store) : saved);
    }
    this.#makeContexts();
  }

  /** An independent copy: what-if, drain preview, “what would let it in”. */
  fork(): Cluster {
    const components = this.#options.components.filter((c) => !c.external);
    return new Cluster({ ...this.#options, components }, this.snapshot());
  }

  #makeServer(): ApiServer {
    const cluster = this;
    return new ApiServer({
      get nodes() {
        return cluster.#nodes;
      },
      get gates() {
        return cluster.#gates;
      },
      store: this.#store,
      random: this.#random.fork('apiserver'),
      now: () => this.#now,
      committed: (event) => this.#dispatch(event),
      wake: (component, key, at) => this.#agenda.add(component, key, at),
    });
  }

  #makeContexts(): void {
    this.#contexts = new Map();
    this.#nodes = undefined;
    for (const c of this.#options.components) {
      const cluster = this;
      const random = this.#random.fork(c.name);
      const api = new Client((r) => cluster.#server.handle(r), `system:${c.name}`);
      const ctx: Context = {
        get now() {
          return cluster.#now;
        },
        get gates() {
          return cluster.#gates;
        },
        random,
        api,
        list: this.#store,
        events: makeRecorder({ api, list: this.#store, component: c.name, random, now: () => cluster.#now }),
        wake: (key, at) => cluster.#agenda.add(c.name, key, Math.max(at, cluster.#now)),
      };
      this.#contexts.set(c.name, ctx);
      if (c.nodeProxy) this.#nodes = c.nodeProxy(this.#states.get(c.name), ctx);
    }
  }

  #dispatch(event: WatchEvent): void {
    const watchers = this.#watchers.get(event.kind);
    if (!watchers) return;
    for (const c of watchers) {
      const at = this.#now + (c.watchLatencyMs ?? this.#latency.watchMs);
      for (const key of c.keysFor(event, this.#store)) this.#agenda.add(c.name, key, at);
    }
  }

  #countTurn(component: string): void {
    this.#turns.set(component, this.turnsOf(component) + 1);
  }

  #drainInstant(): void {
    if (this.#inside) return; // a process of the playground asks from inside a wake
    while (this.#runNext(this.#now));
  }

  #runNext(until: Ms): Wake | undefined {
    const wake = this.#agenda.pop(until);
    if (!wake) return undefined;
    invariant(wake.at >= this.#now, 'wakes never lie in the past');
    this.#now = wake.at;
    const c = this.#byName.get(wake.component);
    invariant(c, 'a wake names a component of this cluster');
    this.#countTurn(c.name);
    const outer = this.#inside;
    this.#inside = true;
    try {
      const again = c.reconcile(wake.key, this.#contexts.get(c.name)!, this.#states.get(c.name));
      if (again) this.#agenda.add(c.name, wake.key, Math.max(again.requeueAt, this.#now));
    } finally {
      this.#inside = outer;
    }
    return wake;
  }
}
