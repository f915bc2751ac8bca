import type { Node, Pod, TopologySpreadConstraint } from '../../api/core.ts';
import { matchesSelector } from '../../api/selector.ts';
import { equalPlain } from '../../sim/plain.ts';
import {
  ADD,
  DELETE,
  UPDATE_NODE_LABEL,
  UPDATE_NODE_TAINT,
  UPDATE_POD_LABEL,
  UPDATE_POD_TOLERATION,
} from '../framework/events.ts';
import type { EventHint, PluginFactory } from '../framework/interface.ts';
import type { PodClass } from '../framework/pod-info.ts';
import { skip, success, unresolvable, unschedulable } from '../framework/status.ts';
import {
  type Action,
  type Constraint,
  constraintsFor,
  hasAllKeys,
  SELECTOR_KINDS,
  SYSTEM_DEFAULTS,
} from './spread-constraints.ts';
import { HardSpread, hardCounts } from './spread-hard.ts';
import { SoftSpread, softCounts } from './spread-soft.ts';

const name = 'PodTopologySpread';
const MISSING_LABEL = unresolvable(
  name,
  "node(s) didn't match pod topology spread constraints (missing required label)",
);
const REFUSED = unschedulable(name, "node(s) didn't match pod topology spread constraints");

function hints(constraintsOf: (pod: Pod) => readonly Constraint[]): EventHint[] {
  const placed = (p: Pod): boolean => !!p.spec.nodeName || !!p.status?.nominatedNodeName;
  const selects = (pod: Pod, other: Pod): boolean =>
    constraintsOf(pod).some((c) => matchesSelector(c.selector, other.metadata.labels));
  return [
    {
      resource: 'Pod',
      action: ADD | DELETE | UPDATE_POD_LABEL | UPDATE_POD_TOLERATION,
      hint: (pod, { action, old, now }) => {
        const before = old as Pod | undefined;
        const after = now as Pod | undefined;
        const other = (after ?? before)!;
        if (other.metadata.uid === pod.metadata.uid) {
          if (action === UPDATE_POD_TOLERATION) return constraintsOf(pod).some((c) => c.honorTaints) ? 'Queue' : 'Skip';
          return action === UPDATE_POD_LABEL ? 'Queue' : 'Skip';
        }
        if (!placed(other) || other.metadata.namespace !== pod.metadata.namespace) return 'Skip';
        if (before && after) {
          if (action !== UPDATE_POD_LABEL) return 'Skip';
          const flips = constraintsOf(pod).some(
            (c) =>
              matchesSelector(c.selector, before.metadata.labels) !==
              matchesSelector(c.selector, after.metadata.labels),
          );
          return flips ? 'Queue' : 'Skip';
        }
        return selects(pod, other) ? 'Queue' : 'Skip';
      },
    },
    {
      resource: 'Node',
      action: ADD | DELETE | UPDATE_NODE_LABEL | UPDATE_NODE_TAINT,
      hint: (pod, { old, now }) => {
        const before = old as Node | undefined;
        const after = now as Node | undefined;
        const constraints = constraintsOf(pod);
        const fits = (n: Node): boolean => hasAllKeys(constraints, n.metadata.labels ?? {});
        if (!before || !after) return fits((after ?? before)!) ? 'Queue' : 'Skip';
        if (fits(before) !== fits(after)) return 'Queue';
        if (!fits(after)) return 'Skip';
        const moved = constraints.some(
          (c) => before.metadata.labels![c.topologyKey] !== after.metadata.labels![c.topologyKey],
        );
        return moved || !equalPlain(before.spec.taints, after.spec.taints) ? 'Queue' : 'Skip';
      },
    },
  ];
}

/** Equal pods spread over zones, hosts and the like. Upstream: pkg/scheduler/framework/plugins/podtopologyspread */
export const PodTopologySpread: PluginFactory = (handle, args) => {
  const system = args.defaultingType !== 'List';
  const defaults = system
    ? SYSTEM_DEFAULTS
    : ((args.defaultConstraints as TopologySpreadConstraint[] | undefined) ?? []);
  const memo = new WeakMap<PodClass, { version: number; hard: Constraint[]; soft: Constraint[] }>();

  function constraints(cls: PodClass, action: Action): Constraint[] {
    const own = (cls.pod.spec.topologySpreadConstraints?.length ?? 0) > 0;
    const version = own ? -1 : handle.objectsVersion(SELECTOR_KINDS);
    let known = memo.get(cls);
    if (!known || known.version !== version) {
      const of = (a: Action): Constraint[] => constraintsFor(cls, a, defaults, handle.objects);
      known = { version, hard: of('DoNotSchedule'), soft: of('ScheduleAnyway') };
      memo.set(cls, known);
    }
    return action === 'DoNotSchedule' ? known.hard : known.soft;
  }
  const versionOf = (cls: PodClass): number =>
    cls.pod.spec.topologySpreadConstraints?.length ? 0 : handle.objectsVersion(SELECTOR_KINDS);
  const needsAllKeys = (cls: PodClass): boolean => (cls.pod.spec.topologySpreadConstraints?.length ?? 0) > 0 || !system;

  return {
    name,
    needs: {
      preFilter: 'reading "PreFilterPodTopologySpread" from cycleState: not found',
      preScore: 'error reading "PreScorePodTopologySpread" from cycleState: not found',
    },
    events: () => hints((pod) => constraints(handle.podInfo(pod).cls, 'DoNotSchedule')),
    preFilter(state, pod) {
      const list = constraints(pod.cls, 'DoNotSchedule');
      if (list.length === 0) return { status: skip };
      const counts = handle.tracked(`${name}/hard`, pod.cls, versionOf(pod.cls), hardCounts(list));
      state.write(name, new HardSpread(pod.cls, list, counts));
      return { status: success };
    },
    addPod: (state, _pod, added, node) => state.read<HardSpread>(name)?.change(added, node, 1),
    removePod: (state, _pod, removed, node) => state.read<HardSpread>(name)?.change(removed, node, -1),
    filter(state, _pod, node) {
      const verdict = state.read<HardSpread>(name)!.verdict(node.labels);
      if (verdict === 'fits') return success;
      return verdict === 'missing' ? MISSING_LABEL : REFUSED;
    },
    preScore(state, pod, nodes) {
      const list = constraints(pod.cls, 'ScheduleAnyway');
      if (list.length === 0) return skip;
      const all = needsAllKeys(pod.cls);
      const counts = handle.tracked(`${name}/soft`, pod.cls, versionOf(pod.cls), softCounts(list, all));
      state.write(`${name}/score`, new SoftSpread(list, all, counts, nodes));
      return success;
    },
    score: (state, _pod, node) => state.read<SoftSpread>(`${name}/score`)!.raw(node),
    scoreAll: (state, _pod, nodes, scores) => state.read<SoftSpread>(`${name}/score`)!.rawAll(nodes, scores),
    normalize: (state, _pod, nodes, scores) => state.read<SoftSpread>(`${name}/score`)!.normalize(nodes, scores),
  };
};
