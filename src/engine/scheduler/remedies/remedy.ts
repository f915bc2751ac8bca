/** One smallest change that would place a pod. Structurally the page's `Remedy`. */
import type { Node, Pod } from '../../api/core.ts';

export interface Remedy {
  kind: 'toleration' | 'selector' | 'request' | 'label' | 'taint' | 'uncordon' | 'delete' | 'priority';
  /** A command that applies it, or '' when it edits the manifest. */
  command: string;
  text: string;
  node: string;
}

/** A change to try: other objects in place of the stored ones. */
export interface Change {
  kind: Remedy['kind'];
  command: string;
  text: string;
  /** Lower is smaller; equal ones keep their order. */
  cost: number;
  pod?: Pod;
  node?: Node;
  /** Keys of pods that would go. */
  without?: readonly string[];
}

/** `kubectl`'s way to name a namespace, nothing for the default one. */
export const inNamespace = (namespace: string | undefined): string =>
  !namespace || namespace === 'default' ? '' : ` -n ${namespace}`;

export const withSpec = (pod: Pod, spec: Partial<Pod['spec']>): Pod => ({ ...pod, spec: { ...pod.spec, ...spec } });
