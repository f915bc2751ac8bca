/** Lists of conditions as Deployments, ReplicaSets and Jobs keep them. */
import type { Condition } from '../../api/meta.ts';

export const conditionOf = (conditions: readonly Condition[] | undefined, type: string): Condition | undefined =>
  conditions?.find((c) => c.type === type);

export const withoutCondition = (conditions: readonly Condition[] | undefined, type: string): Condition[] =>
  (conditions ?? []).filter((c) => c.type !== type);

/**
 * Removes and appends: the list order shows which condition moved last. The transition time stays while the status does.
 * A condition with the same status and reason is left as it is.
 */
export function withCondition(conditions: readonly Condition[] | undefined, next: Condition): Condition[] {
  const known = conditionOf(conditions, next.type);
  if (known && known.status === next.status && known.reason === next.reason) return [...(conditions ?? [])];
  const kept =
    known && known.status === next.status && known.lastTransitionTime
      ? { ...next, lastTransitionTime: known.lastTransitionTime }
      : next;
  return [...withoutCondition(conditions, next.type), kept];
}
