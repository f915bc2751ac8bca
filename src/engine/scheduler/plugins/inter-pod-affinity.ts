import type { Node, Pod, PodAffinityTerm } from '../../api/core.ts';
import { ADD, DELETE, UPDATE_NODE_LABEL, UPDATE_POD_LABEL } from '../framework/events.ts';
import { type EventHint, type Handle, MAX_NODE_SCORE, type PluginFactory } from '../framework/interface.ts';
import type { PodClass } from '../framework/pod-info.ts';
import { skip, success, unresolvable, unschedulable } from '../framework/status.ts';
import { type AffinityCounts, affinityCounts, ownTermMatches, termMatches } from './affinity-counts.ts';

const name = 'InterPodAffinity';
const AFFINITY = unresolvable(name, "node(s) didn't match pod affinity rules");
const ANTI_AFFINITY = unschedulable(name, "node(s) didn't match pod anti-affinity rules");
const EXISTING_ANTI_AFFINITY = unschedulable(name, "node(s) didn't satisfy existing pods anti-affinity rules");

type Labels = Readonly<Record<string, string>>;

function affinityHolds(counts: AffinityCounts, cls: PodClass, labels: Labels, selfMatches: () => boolean): boolean {
  let found = true;
  for (const term of cls.affinityTerms) {
    const value = labels[term.topologyKey];
    if (value === undefined) return false;
    if (counts.affinity.get(term.topologyKey, value) <= 0) found = false;
  }
  // the first pod of a group that wants to be together may go anywhere
  return found || (counts.affinity.pairs === 0 && selfMatches());
}

function antiAffinityHolds(counts: AffinityCounts, cls: PodClass, labels: Labels): boolean {
  if (counts.anti.pairs === 0) return true;
  return cls.antiAffinityTerms.every((term) => {
    const value = labels[term.topologyKey];
    return value === undefined || counts.anti.get(term.topologyKey, value) <= 0;
  });
}

/** All of the terms of `owner` select the other pod, as hints see it: without labels of namespaces. */
const allMatch = (terms: readonly PodAffinityTerm[], owner: PodClass, other: PodClass): boolean =>
  terms.length > 0 && terms.every((t) => termMatches(t, owner, other, {}));

function podHint(handle: Handle): EventHint {
  return {
    resource: 'Pod',
    action: ADD | DELETE | UPDATE_POD_LABEL,
    hint: (pod, { old, now }) => {
      const before = old as Pod | undefined;
      const after = now as Pod | undefined;
      const own = handle.podInfo(pod).cls;
      const other = (after ?? before)!;
      if (before && after) {
        if (after.metadata.uid === pod.metadata.uid) return 'Queue';
        const was = handle.podInfo(before).cls;
        const is = handle.podInfo(after).cls;
        if (!allMatch(own.affinityTerms, own, was) && allMatch(own.affinityTerms, own, is)) return 'Queue';
        return allMatch(own.antiAffinityTerms, own, was) && !allMatch(own.antiAffinityTerms, own, is)
          ? 'Queue'
          : 'Skip';
      }
      if (!other.spec.nodeName && !other.status?.nominatedNodeName) return 'Skip';
      const cls = handle.podInfo(other).cls;
      if (after) return allMatch(own.affinityTerms, own, cls) ? 'Queue' : 'Skip';
      return allMatch(own.antiAffinityTerms, own, cls) || allMatch(cls.antiAffinityTerms, cls, own) ? 'Queue' : 'Skip';
    },
  };
}

function nodeHint(handle: Handle): EventHint {
  return {
    resource: 'Node',
    action: ADD | UPDATE_NODE_LABEL,
    hint: (pod, { old, now }) => {
      const { affinityTerms, antiAffinityTerms } = handle.podInfo(pod).cls;
      const after = (now as Node).metadata.labels ?? {};
      const before = (old as Node | undefined)?.metadata.labels;
      if (!old)
        return affinityTerms.some((t) => after[t.topologyKey] !== undefined) || antiAffinityTerms.length
          ? 'Queue'
          : 'Skip';
      const appeared = affinityTerms.some(
        (t) => after[t.topologyKey] !== undefined && before?.[t.topologyKey] !== after[t.topologyKey],
      );
      const vanished = antiAffinityTerms.some(
        (t) => before?.[t.topologyKey] !== undefined && before[t.topologyKey] !== after[t.topologyKey],
      );
      return appeared || vanished ? 'Queue' : 'Skip';
    },
  };
}

/** Pods that want to be near or far from other pods. Upstream: pkg/scheduler/framework/plugins/interpodaffinity */
export const InterPodAffinity: PluginFactory = (handle, args) => {
  const counting = affinityCounts(handle.objects, args.hardPodAffinityWeight as number);
  const countsFor = (cls: PodClass): AffinityCounts =>
    handle.tracked(name, cls, handle.objectsVersion(['Namespace']), counting);
  const selfMatches = (cls: PodClass): boolean =>
    cls.affinityTerms.every((t) => ownTermMatches(t, cls, cls, handle.objects));
  return {
    name,
    needs: {
      preFilter: 'error reading "PreFilterInterPodAffinity" from cycleState: not found',
      preScore: 'failed to read "PreScoreInterPodAffinity" from cycleState: not found',
    },
    events: () => [podHint(handle), nodeHint(handle)],
    preFilter(state, pod) {
      const counts = countsFor(pod.cls);
      state.write(name, counts);
      const own = pod.cls.affinityTerms.length + pod.cls.antiAffinityTerms.length;
      return { status: own === 0 && counts.existingAnti.pairs === 0 ? skip : success };
    },
    addPod: (state, _pod, added, node) => state.read<AffinityCounts>(name)!.change(added, node, 1),
    removePod: (state, _pod, removed, node) => state.read<AffinityCounts>(name)!.change(removed, node, -1),
    filter(state, pod, node) {
      const counts = state.read<AffinityCounts>(name)!;
      const { cls } = pod;
      if (cls.affinityTerms.length && !affinityHolds(counts, cls, node.labels, () => selfMatches(cls))) return AFFINITY;
      if (!antiAffinityHolds(counts, cls, node.labels)) return ANTI_AFFINITY;
      return counts.existingAnti.anyOn(node.labels) ? EXISTING_ANTI_AFFINITY : success;
    },
    preScore(state, pod, nodes) {
      const own = pod.cls.preferredAffinity.length + pod.cls.preferredAntiAffinity.length > 0;
      if (nodes.length === 0 || (args.ignorePreferredTermsOfExistingPods && !own)) return skip;
      const counts = countsFor(pod.cls);
      if (counts.contributions === 0) return skip;
      state.write(`${name}/score`, counts);
      return success;
    },
    score: (state, _pod, node) => state.read<AffinityCounts>(`${name}/score`)!.score.sumOn(node.labels),
    normalize(_state, _pod, _nodes, scores) {
      let min = Number.POSITIVE_INFINITY;
      let max = Number.NEGATIVE_INFINITY;
      for (const s of scores) {
        if (s > max) max = s;
        if (s < min) min = s;
      }
      const range = max - min;
      for (let i = 0; i < scores.length; i++)
        scores[i] = range > 0 ? Math.trunc(MAX_NODE_SCORE * ((scores[i]! - min) / range)) : 0;
    },
  };
};
