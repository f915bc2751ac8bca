/** Numbers and percentages of update strategies. Upstream: apimachinery/pkg/util/intstr, pkg/controller/deployment/util */
import type { IntOrString } from '../../api/meta.ts';

/** The number itself, or a percentage of `total` rounded up or down; 0 when the text is neither. */
export function scaledValue(value: IntOrString | undefined, total: number, roundUp: boolean): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(value);
  if (!percent) return 0;
  const amount = (Number(percent[1]) * total) / 100;
  return roundUp ? Math.ceil(amount) : Math.floor(amount);
}

/** Surge rounds up and unavailable down; both 0 would never move, so unavailable is then 1. */
export function resolveFenceposts(
  maxSurge: IntOrString | undefined,
  maxUnavailable: IntOrString | undefined,
  desired: number,
): { surge: number; unavailable: number } {
  const surge = scaledValue(maxSurge, desired, true);
  const unavailable = scaledValue(maxUnavailable, desired, false);
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable };
}
