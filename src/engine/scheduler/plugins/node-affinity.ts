import { isEmptyTerm, matchesNode, matchesNodeTerm, matchesNodeTerms, termErrors } from '../../api/affinity.ts';
import type { Node, NodeAffinity as NodeAffinitySpec, NodeSelectorTerm, Pod } from '../../api/core.ts';
import { ADD, UPDATE_NODE_LABEL } from '../framework/events.ts';
import type { PluginFactory, PreFilterResult } from '../framework/interface.ts';
import type { PodClass } from '../framework/pod-info.ts';
import { failure, skip, success, unresolvable } from '../framework/status.ts';
import { normalizeDefault } from './normalize.ts';

const name = 'NodeAffinity';
const REFUSED = unresolvable(name, "node(s) didn't match Pod's node affinity/selector");
const REFUSED_BY_CONFIG = unresolvable(name, "node(s) didn't match scheduler-enforced node affinity");
const CONFLICT: PreFilterResult = { status: unresolvable(name, 'pod affinity terms conflict') };
const ALL: PreFilterResult = { status: success };

type Preferred = { weight: number; preference: NodeSelectorTerm };

/** The preferences; those of the playground's what-if count like the others. */
function preferredOf(a: NodeAffinitySpec | undefined): Preferred[] {
  const own = a?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const whatIf = a?.preferredDuringSchedulingRequiredDuringExecution;
  return whatIf ? [...own, ...whatIf] : own;
}

const whatIfOf = (spec: Pod['spec']): unknown =>
  spec.affinity?.nodeAffinity?.requiredDuringSchedulingRequiredDuringExecution;

/** The names to which every term ties the pod; `undefined` when some term does not. */
function namedNodes(terms: readonly NodeSelectorTerm[] | undefined): Set<string> | undefined {
  if (!terms?.length) return undefined;
  const union = new Set<string>();
  for (const term of terms) {
    let names: string[] | undefined;
    for (const r of term.matchFields ?? [])
      if (r.key === 'metadata.name' && r.operator === 'In') {
        const given = r.values ?? [];
        names = names ? names.filter((n) => given.includes(n)) : [...given];
      }
    if (!names) return undefined;
    for (const n of names) union.add(n);
  }
  return union;
}

/** Node selector and node affinity, the profile's own included. Upstream: pkg/scheduler/framework/plugins/nodeaffinity */
export const NodeAffinity: PluginFactory = (_handle, args) => {
  const added = args.addedAffinity as NodeAffinitySpec | undefined;
  const addedTerms = added?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const addedAccepts = (node: Node): boolean => !addedTerms || matchesNodeTerms(addedTerms, node);
  const preferredByClass = new WeakMap<PodClass, readonly Preferred[]>();
  const accepts = (pod: Pod, node: Node): boolean => addedAccepts(node) && matchesNode(pod, node);

  function preferences(cls: PodClass): readonly Preferred[] {
    let list = preferredByClass.get(cls);
    if (!list) {
      list = [...preferredOf(added), ...preferredOf(cls.pod.spec.affinity?.nodeAffinity)].filter(
        (p) => p.weight !== 0 && !isEmptyTerm(p.preference),
      );
      preferredByClass.set(cls, list);
    }
    return list;
  }

  return {
    name,
    local: true,
    events: () => [
      {
        resource: 'Node',
        action: ADD | UPDATE_NODE_LABEL,
        hint: (pod, { old, now }) => {
          if (!now || !accepts(pod, now as Node)) return 'Skip';
          return old && accepts(pod, old as Node) ? 'Skip' : 'Queue';
        },
      },
    ],
    preFilter(_state, pod) {
      const { spec } = pod.cls.pod;
      const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
      if (!addedTerms && !required && !spec.nodeSelector && !whatIfOf(spec)) return { status: skip };
      const nodeNames = namedNodes(required?.nodeSelectorTerms);
      if (!nodeNames) return ALL;
      return nodeNames.size === 0 ? CONFLICT : { status: success, nodeNames };
    },
    filter(_state, pod, node) {
      if (!addedAccepts(node.node!)) return REFUSED_BY_CONFIG;
      return matchesNode(pod.cls.pod, node.node!) ? success : REFUSED;
    },
    preScore(_state, pod) {
      const own = preferredOf(pod.cls.pod.spec.affinity?.nodeAffinity);
      if (own.length === 0 && preferredOf(added).length === 0) return skip;
      const errors = own.flatMap((p, i) =>
        p.weight === 0 || isEmptyTerm(p.preference) ? [] : termErrors(p.preference, `[${i}]`),
      );
      return errors.length ? failure(name, errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]`) : success;
    },
    score(_state, pod, node) {
      let sum = 0;
      for (const p of preferences(pod.cls)) if (matchesNodeTerm(p.preference, node.node!)) sum += p.weight;
      return sum;
    },
    normalize: (_state, _pod, _nodes, scores) => normalizeDefault(scores, false),
  };
};
