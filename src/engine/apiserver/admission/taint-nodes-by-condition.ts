/** A new node is not ready until a kubelet says so. Upstream: plugin/pkg/admission/nodetaint/admission.go */
import type { Node } from '../../api/core.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';

const NOT_READY = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

export const TaintNodesByCondition = {
  name: 'TaintNodesByCondition',
  kinds: new Set(['Node']),
  admit(_s, op, o) {
    if (op !== 'CREATE') return undefined;
    const node = o as unknown as Node;
    node.spec ??= {};
    const taints = node.spec.taints ?? [];
    if (!taints.some((t) => t.key === NOT_READY.key && t.effect === NOT_READY.effect))
      node.spec.taints = [...taints, { ...NOT_READY }];
    return undefined;
  },
} satisfies AdmissionPlugin;
