/** Taints and tolerations. Upstream: k8s.io/component-helpers/scheduling/corev1/helpers.go, reference scheduler §3.4 */
import type { Taint, Toleration } from './core.ts';

/** Whether one toleration tolerates one taint. `Gt`/`Lt` never do: their gate is off in 1.36. */
export function toleratesTaint(t: Toleration, taint: Taint): boolean {
  if (t.effect && t.effect !== taint.effect) return false;
  if (t.key && t.key !== taint.key) return false;
  switch (t.operator ?? '') {
    case '':
    case 'Equal':
      return (t.value ?? '') === (taint.value ?? '');
    case 'Exists':
      return true;
    default:
      return false;
  }
}

/** Whether any of the tolerations tolerates the taint. */
export const tolerates = (tolerations: readonly Toleration[] | undefined, taint: Taint): boolean =>
  tolerations?.some((t) => toleratesTaint(t, taint)) ?? false;

/** The first taint with an effect that `counts` and that no toleration tolerates. */
export function firstUntolerated(
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[] | undefined,
  counts: (taint: Taint) => boolean,
): Taint | undefined {
  return taints?.find((taint) => counts(taint) && !tolerates(tolerations, taint));
}

/** The taint a cordon stands for. */
export const CORDON_TAINT: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
