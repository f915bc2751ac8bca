/** A pod carries the zone and region of its node. Upstream: plugin/pkg/admission/podtopologylabels/admission.go */
import type { Node, Pod } from '../../api/core.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import type { Store } from '../store.ts';

const LABELS = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];

/** The pod's labels with those of the node, or `undefined` when there is nothing to add. */
export function topologyLabels(store: Store, pod: Pod, nodeName: string): Record<string, string> | undefined {
  const of = store.get<Node>('Node', undefined, nodeName)?.metadata.labels;
  let labels: Record<string, string> | undefined;
  for (const key of LABELS) {
    const v = of?.[key];
    if (v === undefined || pod.metadata.labels?.[key] === v) continue;
    labels ??= { ...pod.metadata.labels };
    labels[key] = v;
  }
  return labels;
}

/** For pods that are created with a node; the others get theirs when they are bound. */
export const PodTopologyLabels = {
  name: 'PodTopologyLabels',
  kinds: new Set(['Pod']),
  admit(s, op, o) {
    const pod = o as unknown as Pod;
    const nodeName = pod.spec?.nodeName;
    if (op !== 'CREATE' || !nodeName) return undefined;
    const labels = topologyLabels(s.server.store, pod, nodeName);
    if (labels) o.metadata.labels = labels;
    return undefined;
  },
} satisfies AdmissionPlugin;
