/** What a plugin answers. Upstream: staging/src/k8s.io/kube-scheduler/framework/interface.go */

/**
 * - `Error`: a bug or a broken reference; the attempt fails and is retried after a back-off.
 * - `Unschedulable`: refused as things stand; preemption may help.
 * - `UnschedulableAndUnresolvable`: refused whatever is evicted.
 * - `Skip`: the plugin has nothing to do for this pod; its later points are off.
 * - `Pending`: held by the plugin until it says otherwise.
 */
export type Code = 'Error' | 'Unschedulable' | 'UnschedulableAndUnresolvable' | 'Skip' | 'Pending';

/** A refusal as a value; success is `null`. */
export interface Status {
  readonly code: Code;
  readonly reasons: readonly string[];
  /** Who said it; '' for the framework itself. */
  readonly plugin: string;
}

export const success = null;

export const unschedulable = (plugin: string, ...reasons: string[]): Status => ({
  code: 'Unschedulable',
  reasons,
  plugin,
});

export const unresolvable = (plugin: string, ...reasons: string[]): Status => ({
  code: 'UnschedulableAndUnresolvable',
  reasons,
  plugin,
});

export const failure = (plugin: string, message: string): Status => ({ code: 'Error', reasons: [message], plugin });

export const skip: Status = { code: 'Skip', reasons: [], plugin: '' };

/** Whether the pod was refused (and did not fail by an error). */
export const isRejected = (s: Status): boolean =>
  s.code === 'Unschedulable' || s.code === 'UnschedulableAndUnresolvable' || s.code === 'Pending';

/** The reasons as one text. */
export const messageOf = (s: Status): string => s.reasons.join(', ');
