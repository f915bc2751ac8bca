/** The decision table as data: what `explain` answers, for the inspector, `berth explain` and `window.berth`. */

export interface FilterCell {
  plugin: string;
  code: string;
  reasons: string[];
}

/** One decision in the form of `explain --batch` (interfaces.md). */
export interface Decision {
  name?: string;
  pod: string;
  verdict: 'Schedulable' | 'Unschedulable' | 'Preempt' | 'Gated' | 'NoNodes' | 'Error';
  /** `null`: passes every filter. */
  filters: Record<string, FilterCell | null>;
  scores: Record<string, { total: number; plugins: Record<string, number> }> | null;
  best: string[];
  message: string;
  preemption: { node: string; victims: string[] }[] | null;
}

/** What the inspector shows on top of a `Decision`. */
export interface ExplainedDecision extends Decision {
  attempt: number;
  atMs: number;
  /** The node taken, '' when none. */
  chosen: string;
  /** Filter plugins in upstream order that had something to check; the rest said Skip or had nothing to do. */
  filterPlugins: string[];
  skippedPlugins: string[];
  /** Raw, normalised, weight and product of each score plugin and node. */
  detail: Record<string, { plugin: string; raw: number; normalized: number; weight: number; weighted: number }[]>;
  /** Nodes that sampling never looked at. */
  notLooked: string[];
  tie: boolean;
  /** For NodeResourcesFit: what the nearest miss lacks. */
  nearest?: { node: string; plugin: string; short: { resource: string; amount: string }[] };
  /** Every attempt of this pod, oldest first, by the number that `explain` takes. */
  attempts?: { attempt: number; atMs: number }[];
  /** Nodes where preemption could help, with what was compared, in upstream's order of comparison; the chosen one first. */
  candidates?: PreemptionCandidate[];
}

/** One node that could make room. Upstream: pkg/scheduler/framework/preemption (pickOneNodeForPreemption) */
export interface PreemptionCandidate {
  node: string;
  pdbViolations: number;
  highestPriority: number;
  sumPriority: number;
  victims: string[];
  /** The earliest start among its highest-priority victims, ms of virtual time. */
  startMs: number;
}

/** One smallest change that would place the pod, tried on a copy. */
export interface Remedy {
  kind: 'toleration' | 'selector' | 'request' | 'label' | 'taint' | 'uncordon' | 'delete' | 'priority';
  /** A command that applies it, or '' when it edits the manifest. */
  command: string;
  text: string;
  node: string;
  /** What happens after it is placed there, when that is trouble: `exec format error`. */
  after?: string;
}

/** A change that one would think of and that would not do. */
export interface Refuted {
  kind: Remedy['kind'];
  text: string;
  /** The node that the change was for, and what refuses the pod there all the same. */
  node: string;
  plugin: string;
  reasons: string[];
}

/** The decision about a placed pod, made again with one thing changed. */
export interface Counterfactual {
  text: string;
  /** Where it would have gone, '' for nowhere. */
  node: string;
  /** Whether that is another node than the one that was taken. */
  differs: boolean;
  /** Its points and those of the next, when two or more were compared. */
  total?: number;
  next?: { node: string; total: number };
}
