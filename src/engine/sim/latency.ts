import type { Ms } from './time.ts';

/** How long the machinery itself takes. One table, so that a whole cluster can be made instant. */
export interface Latency {
  /** From a commit until the components that watch the kind are woken. */
  watchMs: Ms;
  /** From one scheduling attempt to the next. */
  attemptMs: Ms;
  /** From a kubelet's decision to its status write. */
  statusMs: Ms;
}

/** What a person sees in the page: slow enough to follow, close to a small real cluster. */
export const HUMAN_LATENCY: Latency = { watchMs: 10, attemptMs: 20, statusMs: 5 };

/** For `place`, `bench` and tests of rules: everything at once. */
export const NO_LATENCY: Latency = { watchMs: 0, attemptMs: 0, statusMs: 0 };
