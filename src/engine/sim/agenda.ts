import { invariant } from './invariant.ts';
import type { Ms } from './time.ts';

/** One thing the cluster set itself to do: `component` reconciles `key` at `at`; equal times go by `seq`. */
export interface Wake {
  at: Ms;
  seq: number;
  component: string;
  key: string;
}

export interface AgendaState {
  seq: number;
  wakes: Wake[];
}

const earlier = (a: Wake, b: Wake): boolean => a.at < b.at || (a.at === b.at && a.seq < b.seq);

/**
 * The queue of wakes in `(at, seq)` order. A key is on it at most once per component; adding it again keeps the
 * earlier time (client-go's workqueue rule). A superseded wake stays in the heap and is dropped when it surfaces.
 */
export class Agenda {
  #seq = 0;
  #heap: Wake[] = [];
  readonly #current = new Map<string, Map<string, Wake>>();

  get size(): number {
    let n = 0;
    for (const keys of this.#current.values()) n += keys.size;
    return n;
  }

  /** Puts `key` of `component` on the agenda at `at`, unless it already stands there no later. */
  add(component: string, key: string, at: Ms): void {
    const keys = this.#keys(component);
    const known = keys.get(key);
    if (known && known.at <= at) return;
    const wake = { at, seq: this.#seq++, component, key };
    keys.set(key, wake);
    this.#push(wake);
  }

  /** Takes `key` of `component` off the agenda. */
  remove(component: string, key: string): void {
    this.#keys(component).delete(key);
  }

  /** When `key` of `component` is due, if it is on the agenda. */
  dueAt(component: string, key: string): Ms | undefined {
    return this.#current.get(component)?.get(key)?.at;
  }

  /** The next wake, left where it is. */
  peek(): Wake | undefined {
    for (;;) {
      const top = this.#heap[0];
      if (!top || this.#current.get(top.component)?.get(top.key) === top) return top;
      this.#popHeap();
    }
  }

  /** Takes the next wake if it is due at or before `until`. */
  pop(until: Ms): Wake | undefined {
    const top = this.peek();
    if (!top || top.at > until) return undefined;
    this.#popHeap();
    this.#keys(top.component).delete(top.key);
    return top;
  }

  /** All wakes in order, but those of the components to leave out. */
  save(without: ReadonlySet<string> = new Set()): AgendaState {
    const wakes: Wake[] = [];
    for (const [component, keys] of this.#current) if (!without.has(component)) wakes.push(...keys.values());
    wakes.sort((a, b) => (earlier(a, b) ? -1 : 1));
    return { seq: this.#seq, wakes };
  }

  static load(state: AgendaState): Agenda {
    const agenda = new Agenda();
    agenda.#seq = state.seq;
    agenda.#heap = [...state.wakes]; // sorted, so already a heap
    for (const wake of state.wakes) agenda.#keys(wake.component).set(wake.key, wake);
    return agenda;
  }

  #keys(component: string): Map<string, Wake> {
    let keys = this.#current.get(component);
    if (!keys) {
      keys = new Map();
      this.#current.set(component, keys);
    }
    return keys;
  }

  #push(wake: Wake): void {
    const heap = this.#heap;
    let i = heap.length;
    heap.push(wake);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!earlier(wake, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = wake;
  }

  #popHeap(): void {
    const heap = this.#heap;
    invariant(heap.length > 0, 'a pop finds a wake');
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && earlier(heap[child + 1]!, heap[child]!)) child++;
      if (!earlier(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
  }
}
