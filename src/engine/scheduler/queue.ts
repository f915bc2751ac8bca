/**
 * Where pending pods wait. Invariant: a pod is in exactly one of active, backoff, errorBackoff and unschedulable; an
 * attempt is over before the next change is read, so there is no list of pods in flight.
 * Upstream: pkg/scheduler/backend/queue/{scheduling_queue,active_queue,backoff_queue,unschedulable_pods}.go
 */
import type { Pod } from '../api/core.ts';
import type { Ms } from '../sim/time.ts';
import { eventMatches, type Happening, TIMEOUT } from './framework/events.ts';
import type { EventHint, QueueOrder } from './framework/interface.ts';
import type { Status } from './framework/status.ts';
import { Heap } from './heap.ts';

export type Place = 'active' | 'backoff' | 'errorBackoff' | 'unschedulable';

/** A waiting pod with its history; plain data beside the pod itself. */
export interface QueuedPod extends QueueOrder {
  pod: Pod;
  key: string;
  place: Place;
  attempts: number;
  unschedulableCount: number;
  consecutiveErrors: number;
  /** Plugins that refused it in the last attempt, or that hold it back. */
  rejectors: string[];
  /** The plugin that keeps it out of the active queue; '' when none does. */
  gatedBy: string;
  backoffUntil: Ms;
}

/** What the queue asks of the profiles. */
export interface QueueRules {
  less(a: QueueOrder, b: QueueOrder): boolean;
  preEnqueue(pod: Pod, first?: string): Status | null;
  /** The event hints of a plugin of the pod's profile. */
  hintsOf(pod: Pod, plugin: string): readonly EventHint[];
  initialBackoffMs: Ms;
  maxBackoffMs: Ms;
}

type Told = Map<readonly EventHint[], readonly EventHint[]>;

const UNSCHEDULABLE_MAX_MS = 5 * 60_000;
const SWEEP_MS = 30_000;
const floorSecond = (at: Ms): Ms => Math.floor(at / 1000) * 1000;

export class SchedulingQueue {
  readonly #rules: QueueRules;
  readonly #pods = new Map<string, QueuedPod>();
  readonly #active: Heap<QueuedPod>;
  readonly #backoff: Heap<QueuedPod>;
  readonly #errorBackoff: Heap<QueuedPod>;
  readonly #unschedulable = new Set<QueuedPod>();
  #seq = 0;

  constructor(rules: QueueRules) {
    this.#rules = rules;
    this.#active = new Heap((a, b) => rules.less(a, b));
    this.#backoff = new Heap((a, b) =>
      a.backoffUntil !== b.backoffUntil ? a.backoffUntil < b.backoffUntil : rules.less(a, b),
    );
    this.#errorBackoff = new Heap((a, b) =>
      a.backoffUntil !== b.backoffUntil ? a.backoffUntil < b.backoffUntil : rules.less(a, b),
    );
  }

  get(key: string): QueuedPod | undefined {
    return this.#pods.get(key);
  }

  all(): Iterable<QueuedPod> {
    return this.#pods.values();
  }

  /** The waiting pods of each lane in the order in which they would be taken. */
  lanes(): { active: QueuedPod[]; backoff: QueuedPod[]; unschedulable: QueuedPod[]; gated: QueuedPod[] } {
    const order = (a: QueuedPod, b: QueuedPod): number => (this.#rules.less(a, b) ? -1 : 1);
    const waiting = [...this.#unschedulable].sort(order);
    return {
      active: this.#active.items().sort(order),
      backoff: [...this.#backoff.items(), ...this.#errorBackoff.items()].sort(
        (a, b) => a.backoffUntil - b.backoffUntil || order(a, b),
      ),
      unschedulable: waiting.filter((e) => !e.gatedBy),
      gated: waiting.filter((e) => e.gatedBy),
    };
  }

  /** Whether anybody waits for something to happen. */
  get hasWaiting(): boolean {
    return this.#unschedulable.size > 0;
  }

  /** Whether a pod could be taken right now. */
  get ready(): boolean {
    return this.#active.size > 0 || this.#backoff.size > 0;
  }

  /** A new pending pod. */
  add(pod: Pod, key: string, now: Ms): QueuedPod {
    const entry: QueuedPod = {
      pod,
      key,
      place: 'unschedulable',
      priority: pod.spec.priority ?? 0,
      timestamp: now,
      seq: this.#seq++,
      attempts: 0,
      unschedulableCount: 0,
      consecutiveErrors: 0,
      rejectors: [],
      gatedBy: '',
      backoffUntil: 0,
    };
    this.#pods.set(key, entry);
    this.#moveToActive(entry);
    return entry;
  }

  remove(key: string): void {
    const entry = this.#pods.get(key);
    if (!entry) return;
    this.#take(entry);
    this.#pods.delete(key);
  }

  /** A pending pod was changed: replaced where it is, and freed if its own change may let it in. */
  update(pod: Pod, key: string, happenings: readonly Happening[], now: Ms): void {
    const entry = this.#pods.get(key);
    if (!entry) return;
    entry.pod = pod;
    entry.priority = pod.spec.priority ?? 0;
    if (entry.place !== 'unschedulable') {
      this.#heapOf(entry)!.fix(entry);
      return;
    }
    for (const h of happenings)
      if (this.#worthMoving(entry, h)) {
        this.#requeue(entry, now);
        return;
      }
  }

  /** Takes the next pod: the active queue's head, or else whoever serves the shortest back-off. */
  pop(): QueuedPod | undefined {
    const entry = this.#active.pop() ?? this.#backoff.pop();
    if (!entry) return undefined;
    this.#pods.delete(entry.key);
    entry.attempts++;
    return entry;
  }

  /** Puts a pod back after an attempt that failed. Without rejectors it was an error. */
  putBack(entry: QueuedPod, rejectors: readonly string[], now: Ms): void {
    entry.rejectors = [...rejectors];
    entry.timestamp = now;
    entry.seq = this.#seq++;
    if (rejectors.length === 0) {
      entry.consecutiveErrors++;
      entry.backoffUntil = this.#backoffEnd(entry);
      this.#place(entry, 'errorBackoff');
    } else {
      entry.unschedulableCount++;
      entry.consecutiveErrors = 0;
      entry.backoffUntil = this.#backoffEnd(entry);
      this.#place(entry, 'unschedulable');
    }
    this.#pods.set(entry.key, entry);
  }

  /** Something happened: frees the waiting pods for which it may matter. Returns how many moved. */
  happened(h: Happening, now: Ms, concerns?: (pod: Pod) => boolean): number {
    let moved = 0;
    if (this.#unschedulable.size === 0) return moved;
    const told: Told = new Map();
    for (const entry of [...this.#unschedulable]) {
      if (concerns && !concerns(entry.pod)) continue;
      if (!this.#worthMoving(entry, h, told)) continue;
      this.#requeue(entry, now);
      moved++;
    }
    return moved;
  }

  /** Moves pods whose back-off is over, and those that have waited for five minutes (every 30 s). */
  flush(now: Ms, lastFlush: Ms): void {
    for (const heap of [this.#errorBackoff, this.#backoff])
      for (let head = heap.peek(); head && head.backoffUntil < floorSecond(now); head = heap.peek()) {
        heap.pop();
        head.place = 'active';
        this.#active.push(head);
      }
    if (Math.floor(now / SWEEP_MS) === Math.floor(lastFlush / SWEEP_MS)) return;
    const sweep = Math.floor(now / SWEEP_MS) * SWEEP_MS;
    for (const entry of [...this.#unschedulable])
      if (sweep - entry.timestamp > UNSCHEDULABLE_MAX_MS && this.#worthMoving(entry, TIMEOUT))
        this.#requeue(entry, now);
  }

  /** When `flush` has something to do next, if ever; pods in the ordinary back-off are taken early anyway. */
  nextFlush(): Ms | undefined {
    const error = this.#errorBackoff.peek();
    let at = error ? error.backoffUntil + 1000 : undefined;
    for (const entry of this.#unschedulable) {
      if (entry.gatedBy) continue;
      const sweep = (Math.floor((entry.timestamp + UNSCHEDULABLE_MAX_MS) / SWEEP_MS) + 1) * SWEEP_MS;
      if (at === undefined || sweep < at) at = sweep;
    }
    return at;
  }

  save(): { seq: number; pods: Omit<QueuedPod, 'pod'>[] } {
    const others = [...this.#pods.values()].filter((e) => e.place !== 'unschedulable').sort((a, b) => a.seq - b.seq);
    const plain = ({ pod: _, ...rest }: QueuedPod): Omit<QueuedPod, 'pod'> => ({
      ...rest,
      rejectors: [...rest.rejectors],
    });
    return { seq: this.#seq, pods: [...this.#unschedulable, ...others].map(plain) };
  }

  load(saved: { seq: number; pods: Omit<QueuedPod, 'pod'>[] }, podOf: (key: string) => Pod): void {
    this.#seq = saved.seq;
    for (const s of saved.pods) {
      const entry: QueuedPod = { ...s, rejectors: [...s.rejectors], pod: podOf(s.key) };
      this.#pods.set(entry.key, entry);
      this.#place(entry, entry.place);
    }
  }

  #heapOf(entry: QueuedPod): Heap<QueuedPod> | undefined {
    if (entry.place === 'active') return this.#active;
    if (entry.place === 'backoff') return this.#backoff;
    return entry.place === 'errorBackoff' ? this.#errorBackoff : undefined;
  }

  #place(entry: QueuedPod, place: Place): void {
    entry.place = place;
    if (place === 'unschedulable') this.#unschedulable.add(entry);
    else this.#heapOf(entry)!.push(entry);
  }

  #take(entry: QueuedPod): void {
    if (!this.#unschedulable.delete(entry)) this.#heapOf(entry)?.remove(entry);
  }

  #worthMoving(entry: QueuedPod, h: Happening, told: Told = new Map()): boolean {
    if (entry.gatedBy && this.#told(entry, entry.gatedBy, h, told).length === 0) return false;
    if (h.resource === '*' || entry.rejectors.length === 0) return true;
    for (const plugin of entry.rejectors)
      for (const e of this.#told(entry, plugin, h, told)) if (!e.hint || e.hint(entry.pod, h) === 'Queue') return true;
    return false;
  }

  /** The hints of a plugin that are told of a happening; worked out once for all pods. */
  #told(entry: QueuedPod, plugin: string, h: Happening, told: Told): readonly EventHint[] {
    const registered = this.#rules.hintsOf(entry.pod, plugin);
    let matching = told.get(registered);
    if (!matching) {
      matching = registered.filter((e) => eventMatches(e, h));
      told.set(registered, matching);
    }
    return matching;
  }

  /** Freed: to the active queue, or to the back-off if that is not over. */
  #requeue(entry: QueuedPod, now: Ms): void {
    const backingOff = entry.unschedulableCount + entry.consecutiveErrors > 0 && entry.backoffUntil >= floorSecond(now);
    this.#take(entry);
    if (!backingOff) this.#moveToActive(entry);
    else if (this.#passesGates(entry)) this.#place(entry, 'backoff');
  }

  #moveToActive(entry: QueuedPod): void {
    if (this.#passesGates(entry)) this.#place(entry, 'active');
  }

  #passesGates(entry: QueuedPod): boolean {
    const status = this.#rules.preEnqueue(entry.pod, entry.gatedBy || undefined);
    entry.gatedBy = status?.plugin ?? '';
    if (!status) return true;
    if (!entry.rejectors.includes(status.plugin)) entry.rejectors.push(status.plugin);
    this.#place(entry, 'unschedulable');
    return false;
  }

  #backoffEnd(entry: QueuedPod): Ms {
    const count = entry.consecutiveErrors || entry.unschedulableCount;
    if (count === 0) return 0;
    let delay = this.#rules.initialBackoffMs;
    for (let i = 1; i < count && delay < this.#rules.maxBackoffMs; i++) delay *= 2;
    return floorSecond(entry.timestamp + Math.min(delay, this.#rules.maxBackoffMs));
  }
}
