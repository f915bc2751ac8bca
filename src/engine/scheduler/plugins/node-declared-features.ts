import type { Node, Pod } from '../../api/core.ts';
import { equalPlain } from '../../sim/plain.ts';
import { ADD, UPDATE, UPDATE_NODE_DECLARED_FEATURE } from '../framework/events.ts';
import type { PluginFactory } from '../framework/interface.ts';
import type { PodClass } from '../framework/pod-info.ts';
import { skip, success, unresolvable } from '../framework/status.ts';

const name = 'NodeDeclaredFeatures';
const REFUSED = unresolvable(name, "node(s) didn't match Pod's required features");

/** The node features that a pod's spec needs. Upstream: k8s.io/component-helpers/nodedeclaredfeatures */
export function requiredFeatures(pod: Pod): string[] {
  const out: string[] = [];
  const { spec } = pod;
  const restarts = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].some((c) =>
    c.restartPolicyRules?.some((r) => r.action === 'RestartAllContainers'),
  );
  if (restarts) out.push('RestartAllContainersOnContainerExits');
  if (spec.hostNetwork && spec.hostUsers === false) out.push('UserNamespacesHostNetworkSupport');
  return out;
}

/** Nodes must declare what the pod cannot do without. Upstream: pkg/scheduler/framework/plugins/nodedeclaredfeatures */
export const NodeDeclaredFeatures: PluginFactory = () => {
  const memo = new WeakMap<PodClass, readonly string[]>();
  const featuresOf = (cls: PodClass): readonly string[] => {
    let list = memo.get(cls);
    if (!list) {
      list = requiredFeatures(cls.pod);
      memo.set(cls, list);
    }
    return list;
  };
  return {
    name,
    needs: { preFilter: 'error reading "PreFilterNodeDeclaredFeatures" from cycle-state: not found' },
    local: true,
    events: () => [
      {
        resource: 'Node',
        action: ADD | UPDATE_NODE_DECLARED_FEATURE,
        hint: (_pod, { old, now }) =>
          old && equalPlain((old as Node).status?.declaredFeatures, (now as Node).status?.declaredFeatures)
            ? 'Skip'
            : 'Queue',
      },
      {
        resource: 'Pod',
        action: UPDATE,
        hint: (pod, { old, now }) =>
          now?.metadata.uid === pod.metadata.uid &&
          old &&
          !equalPlain(requiredFeatures(old as Pod), requiredFeatures(now as Pod))
            ? 'Queue'
            : 'Skip',
      },
    ],
    preFilter: (_state, pod) => ({ status: featuresOf(pod.cls).length ? success : skip }),
    filter(_state, pod, node) {
      const declared = node.node!.status?.declaredFeatures ?? [];
      return featuresOf(pod.cls).every((f) => declared.includes(f)) ? success : REFUSED;
    },
  };
};
