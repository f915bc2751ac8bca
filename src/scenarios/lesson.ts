/** A lesson on top of a scenario: goals that are checked on the cluster, steps, hints and a solution. Data only. */

export interface Words {
  en: string;
  ko: string;
}

/** What must hold of the cluster. Workloads are named as a person knows them (the Deployment, not its ReplicaSet). */
export type Predicate =
  /** At least `count` pods (default 1) run and are ready, and have been for `forMs`. */
  | { kind: 'running'; workload: string; count?: number; forMs?: number }
  /** No pod of the workload waits for a node. */
  | { kind: 'placed'; workload: string }
  /** Some pod of the workload waits for a node. */
  | { kind: 'pending'; workload: string }
  /** Every pod of the workload is on one of these nodes, or on nodes of this architecture; and there is one. */
  | { kind: 'on'; workload: string; nodes?: readonly string[]; arch?: string }
  /** The workload has no pods. */
  | { kind: 'gone'; workload: string }
  /** Nothing but DaemonSet and static pods is left on the node. */
  | { kind: 'empty'; node: string }
  | { kind: 'cordoned'; node: string; on: boolean }
  | { kind: 'tainted'; node: string; key: string; on: boolean }
  /** No pod of the workload has been evicted since the lesson began. */
  | { kind: 'undisturbed'; workload: string };

export interface Goal extends Words {
  when: Predicate;
}

export interface Step extends Words {
  /** More words, shown while it is the current step. */
  more?: Words;
  /** Done once this holds; a step without it is done with the next one that has it. */
  when?: Predicate;
}

export interface Lesson {
  /** Its place among all lessons, from 1. */
  number: number;
  text: Words;
  goals: readonly Goal[];
  steps: readonly Step[];
  /** Shown one at a time, never before they are asked for. */
  hints: readonly Words[];
  par?: { edits: number; evictions: number };
  /** Commands that reach every goal from the start. */
  solution: readonly string[];
}
