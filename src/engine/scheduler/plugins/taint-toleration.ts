import type { Node, Taint, Toleration } from '../../api/core.ts';
import { firstUntolerated, tolerates } from '../../api/taint.ts';
import { ADD, UPDATE_NODE_TAINT, UPDATE_POD_TOLERATION } from '../framework/events.ts';
import type { PluginFactory } from '../framework/interface.ts';
import type { PodClass } from '../framework/pod-info.ts';
import { success, unresolvable } from '../framework/status.ts';
import { normalizeDefault } from './normalize.ts';

const name = 'TaintToleration';
const REFUSED = unresolvable(name, 'node(s) had untolerated taint(s)');

const keepsOut = (t: Taint): boolean => t.effect === 'NoSchedule' || t.effect === 'NoExecute';
const soft = new WeakMap<PodClass, readonly Toleration[]>();

/** Tolerations that count against PreferNoSchedule taints. */
function softTolerations(cls: PodClass): readonly Toleration[] {
  let list = soft.get(cls);
  if (!list) {
    list = cls.tolerations.filter((t) => !t.effect || t.effect === 'PreferNoSchedule');
    soft.set(cls, list);
  }
  return list;
}

/** Taints keep pods out, or make nodes less liked. Upstream: pkg/scheduler/framework/plugins/tainttoleration */
export const TaintToleration: PluginFactory = () => ({
  name,
  needs: { preScore: 'failed to read "PreScoreTaintToleration" from cycleState: not found' },
  local: true,
  events: () => [
    {
      resource: 'Node',
      action: ADD | UPDATE_NODE_TAINT,
      hint: (pod, { old, now }) => {
        const refusing = (o: unknown): boolean =>
          firstUntolerated((o as Node).spec?.taints, pod.spec.tolerations, keepsOut) !== undefined;
        return (!old || refusing(old)) && now && !refusing(now) ? 'Queue' : 'Skip';
      },
    },
    {
      resource: 'Pod',
      action: UPDATE_POD_TOLERATION,
      hint: (pod, { now }) => (now?.metadata.uid === pod.metadata.uid ? 'Queue' : 'Skip'),
    },
  ],
  filter(_state, pod, node) {
    const taints = node.node!.spec?.taints;
    if (!taints) return success;
    return firstUntolerated(taints, pod.cls.tolerations, keepsOut) ? REFUSED : success;
  },
  preScore: () => success,
  score(_state, pod, node) {
    let count = 0;
    for (const t of node.node!.spec?.taints ?? [])
      if (t.effect === 'PreferNoSchedule' && !tolerates(softTolerations(pod.cls), t)) count++;
    return count;
  },
  normalize: (_state, _pod, _nodes, scores) => normalizeDefault(scores, true),
});
