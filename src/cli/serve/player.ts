/** Plays a playground's virtual time against real time × speed, in slices, so that requests get in at any speed. */
import type { Playground } from '../../playground/playground.ts';

/** Pause between two slices while the simulation keeps up. */
const TICK_MS = 16;
/** How much real time one slice may take. */
const SLICE_MS = 8;
/** Real time that a sleeping machine may owe; what is older is forgiven. */
const OWED_MS = 250;

export interface PlayerOptions {
  speed: number;
  /** Told after every slice. */
  played(): void;
  /** Told when the engine breaks an invariant of its own; nothing is played after that. */
  crashed(e: unknown): void;
}

export class Player {
  readonly #playground: Playground;
  readonly #options: PlayerOptions;
  #timer: NodeJS.Timeout | undefined;
  #lastMs = 0;
  #targetMs: number;

  constructor(playground: Playground, options: PlayerOptions) {
    this.#playground = playground;
    this.#options = options;
    this.#targetMs = playground.elapsedMs;
  }

  start(): void {
    this.#lastMs = performance.now();
    this.#timer = setTimeout(() => this.#tick(), TICK_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    try {
      const reached = this.#slice();
      this.#options.played();
      if (this.#timer) this.#timer = setTimeout(() => this.#tick(), reached ? TICK_MS : 0);
    } catch (e) {
      this.stop();
      this.#options.crashed(e);
    }
  }

  /** Lets virtual time pass; false when it has fallen behind. */
  #slice(): boolean {
    const wall = performance.now();
    const passedMs = Math.min(wall - this.#lastMs, OWED_MS);
    this.#lastMs = wall;
    const { speed } = this.#options;
    const p = this.#playground;
    this.#targetMs = Math.max(this.#targetMs, p.elapsedMs) + passedMs * speed;
    const mayGoOn = (): boolean => performance.now() < wall + SLICE_MS;
    const target = Math.round(this.#targetMs);
    // inputs of the scenario first; after them nothing is recorded, so that days of serving keep no keyframes
    const reached = p.timeline.next ? p.playTo(target, mayGoOn) : p.cluster.runUntil(p.world.startMs + target, mayGoOn);
    if (!reached) this.#targetMs = Math.min(this.#targetMs, p.elapsedMs + OWED_MS * speed);
    return reached;
  }
}
