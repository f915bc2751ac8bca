/**
 * What-ifs of the playground: behaviour that Kubernetes was once meant to have and never shipped. Each is behind a gate
 * that is closed until somebody opens it; while all are closed, nothing differs from Kubernetes.
 */
import type { Affinity, Pod } from './core.ts';

/** Names of the open gates. */
export type Gates = readonly string[];

export const NO_GATES: Gates = [];

/** Node affinity that goes on counting while a pod runs: a node whose labels change loses the pods that require otherwise. */
export const REQUIRED_DURING_EXECUTION = 'RequiredDuringExecution';

/** Every gate, and what it does in one sentence. */
export const GATES: readonly { name: string; text: string }[] = [
  {
    name: REQUIRED_DURING_EXECUTION,
    text: 'node affinity may say required… and preferredDuringSchedulingRequiredDuringExecution; pods whose node no longer matches are evicted',
  },
];

interface HasTemplate {
  spec?: {
    affinity?: Affinity;
    template?: { spec?: { affinity?: Affinity } };
    jobTemplate?: { spec?: { template?: { spec?: { affinity?: Affinity } } } };
  };
}

/** The gates that count for a change of `old`: what was let in may stay after its gate was closed. */
export function gatesFor(open: Gates, old: object | undefined): Gates {
  const spec = (old as HasTemplate | undefined)?.spec;
  const affinity = spec?.affinity ?? (spec?.template ?? spec?.jobTemplate?.spec?.template)?.spec?.affinity;
  const node = affinity?.nodeAffinity;
  return node?.requiredDuringSchedulingRequiredDuringExecution || node?.preferredDuringSchedulingRequiredDuringExecution
    ? [...open, REQUIRED_DURING_EXECUTION]
    : open;
}

/** The pod without the fields that only a gate lets in. The same pod when it has none of them. */
export function withoutGatedFields<T extends { spec: Pick<Pod['spec'], 'affinity'> }>(pod: T): T {
  const node = pod.spec?.affinity?.nodeAffinity;
  if (!node?.requiredDuringSchedulingRequiredDuringExecution && !node?.preferredDuringSchedulingRequiredDuringExecution)
    return pod;
  const {
    requiredDuringSchedulingRequiredDuringExecution: _,
    preferredDuringSchedulingRequiredDuringExecution: __,
    ...rest
  } = node;
  return { ...pod, spec: { ...pod.spec, affinity: { ...pod.spec.affinity, nodeAffinity: rest } } };
}
