/** Pods stay five minutes on a node that fails. Upstream: plugin/pkg/admission/defaulttolerationseconds/admission.go */
import type { Pod, Toleration } from '../../api/core.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';

const SECONDS = 300;
const KEYS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

const covers = (t: Toleration, key: string): boolean =>
  (t.key === key || !t.key) && (t.effect === 'NoExecute' || !t.effect);

export const DefaultTolerationSeconds = {
  name: 'DefaultTolerationSeconds',
  kinds: new Set(['Pod']),
  admit(_s, op, o) {
    const pod = o as unknown as Pod;
    const { spec } = pod;
    if (op === 'DELETE' || !spec) return undefined;
    const tolerations = spec.tolerations ?? [];
    const missing = KEYS.filter((key) => !tolerations.some((t) => covers(t, key)));
    if (missing.length)
      pod.spec = {
        ...spec,
        tolerations: [
          ...tolerations,
          ...missing.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: SECONDS })),
        ],
      };
    return undefined;
  },
} satisfies AdmissionPlugin;
