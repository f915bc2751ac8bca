/** What controllers mean by an active, ready or available pod. Upstream: pkg/controller/controller_utils.go, pkg/api/v1/pod/util.go */
import type { Pod } from '../../api/core.ts';
import type { Condition } from '../../api/meta.ts';
import { type Ms, parseTime } from '../../sim/time.ts';

export const isTerminal = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** Counts towards a controller's replicas: not finished and not being deleted. */
export const isActive = (pod: Pod): boolean => !isTerminal(pod) && pod.metadata.deletionTimestamp === undefined;

/** Being deleted and not finished yet. */
export const isTerminating = (pod: Pod): boolean => !isTerminal(pod) && pod.metadata.deletionTimestamp !== undefined;

export const podCondition = (pod: Pod, type: string): Condition | undefined =>
  pod.status?.conditions?.find((c) => c.type === type);

/** The condition Ready is True; the phase is not looked at. */
export const isReady = (pod: Pod): boolean => podCondition(pod, 'Ready')?.status === 'True';

/** When a ready pod counts as available; `undefined` while it is not ready. */
export function availableAt(pod: Pod, minReadySeconds: number): Ms | undefined {
  const ready = podCondition(pod, 'Ready');
  if (ready?.status !== 'True') return undefined;
  if (minReadySeconds === 0) return 0;
  const since = parseTime(ready.lastTransitionTime);
  return since === undefined ? undefined : since + minReadySeconds * 1000;
}

export function isAvailable(pod: Pod, minReadySeconds: number, now: Ms): boolean {
  const at = availableAt(pod, minReadySeconds);
  return at !== undefined && at <= now;
}

/** Restarts of the container that restarted most. */
export const maxRestarts = (statuses: readonly { restartCount: number }[] | undefined): number =>
  (statuses ?? []).reduce((most, s) => Math.max(most, s.restartCount), 0);

/** Sets a pod condition the way UpdatePodCondition does: the transition time moves only when the status changes. */
export function withPodCondition(pod: Pod, condition: Condition): Pod {
  const known = podCondition(pod, condition.type);
  const next: Condition =
    known && known.status === condition.status && known.lastTransitionTime
      ? { ...condition, lastTransitionTime: known.lastTransitionTime }
      : condition;
  const conditions = pod.status.conditions ?? [];
  return {
    ...pod,
    status: {
      ...pod.status,
      conditions: known ? conditions.map((c) => (c === known ? next : c)) : [...conditions, next],
    },
  };
}
