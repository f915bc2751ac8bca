/** What if one thing had been otherwise: a decision made again on a copy, for a pod that was placed. */
import type { Affinity, Pod } from '../../api/core.ts';
import { type Evaluation, evaluate } from '../decision.ts';
import type { Desk } from '../explain.ts';
import type { PodInfo } from '../framework/pod-info.ts';
import { taintChanges, uncordonChanges } from './cluster-changes.ts';
import { withChange } from './index.ts';
import { demandChanges } from './pod-changes.ts';
import { type Change, withSpec } from './remedy.ts';

/** The same decision with one thing changed. */
export interface Counterfactual {
  text: string;
  /** Where it would have gone, '' for nowhere. */
  node: string;
  /** Whether that is another node than the one that was taken. */
  differs: boolean;
  /** Its points and those of the next, when two or more were compared. */
  total?: number;
  next?: { node: string; total: number };
}

/** More nodes than these are not decided about again and again. */
const NODES_MAX = 200;
const TRIES_MAX = 30;
const ANSWERS_MAX = 4;

/** Decisions with one thing changed, those that end otherwise first. `taken` is the node that the pod got. */
export function counterfactuals(desk: Desk, taken: string, startIndex: number | undefined): Counterfactual[] {
  if (desk.cache.list.length > NODES_MAX) return [];
  const decide = (pod: Pod): Evaluation => evaluate(desk.fw, desk.cache.list, desk.cache.classes.info(pod), startIndex);
  const out: Counterfactual[] = [];
  for (const change of changesOf(desk, decide(desk.pod)).slice(0, TRIES_MAX))
    out.push(
      told(
        change.text,
        taken,
        withChange(desk, change, (pod) => decide(pod ?? desk.pod)),
      ),
    );
  const others = out.filter((c) => c.differs);
  return [...others, ...out.filter((c) => !c.differs && c.next)].slice(
    0,
    Math.max(2, Math.min(ANSWERS_MAX, others.length)),
  );
}

function told(text: string, taken: string, e: Evaluation): Counterfactual {
  const ranked = Object.entries(e.decision.scores ?? {})
    .map(([node, s]) => ({ node, total: s.total }))
    .sort((a, b) => b.total - a.total || Number(b.node === e.chosen) - Number(a.node === e.chosen));
  return {
    text,
    node: e.chosen,
    differs: e.chosen !== taken,
    ...(ranked.length > 1 ? { total: ranked[0]!.total, next: ranked[1]! } : {}),
  };
}

function changesOf(desk: Desk, as: Evaluation): Change[] {
  const refused = desk.cache.list.filter((n) => as.decision.filters[n.name]);
  return [
    ...wishChanges(desk.pod),
    ...demandChanges(desk.pod),
    ...uncordonChanges(desk.pod, refused),
    ...taintChanges(desk.pod, refused),
    ...neighbourChanges(desk, as),
  ];
}

const change = (text: string, pod: Pod): Change => ({ kind: 'selector', command: '', text, cost: 0, pod });

/** The pod without one of its wishes. */
function wishChanges(pod: Pod): Change[] {
  const affinity: Affinity = pod.spec.affinity ?? {};
  const out: Change[] = [];
  for (const [field, word] of [
    ['nodeAffinity', 'node affinity'],
    ['podAffinity', 'pod affinity'],
    ['podAntiAffinity', 'pod anti-affinity'],
  ] as const) {
    const own = affinity[field];
    if (!own?.preferredDuringSchedulingIgnoredDuringExecution?.length) continue;
    const { preferredDuringSchedulingIgnoredDuringExecution: _, ...rest } = own;
    out.push(
      change(`drop the preferred ${word}`, withSpec(pod, { affinity: { ...affinity, [field]: rest } as Affinity })),
    );
  }
  const spread = pod.spec.topologySpreadConstraints ?? [];
  spread.forEach((c, i) => {
    if (c.whenUnsatisfiable === 'DoNotSchedule') return;
    const left = spread.filter((_, k) => k !== i);
    out.push(
      change(`drop the wish to spread over ${c.topologyKey}`, withSpec(pod, { topologySpreadConstraints: left })),
    );
  });
  return out;
}

/** One pod less on the nodes that were not taken, the best of them first. */
function neighbourChanges(desk: Desk, as: Evaluation): Change[] {
  const ranked = [...desk.cache.list].sort(
    (a, b) => (as.decision.scores?.[b.name]?.total ?? 0) - (as.decision.scores?.[a.name]?.total ?? 0),
  );
  const movable = (p: PodInfo): boolean => p.pod.metadata.namespace !== 'kube-system';
  return ranked
    .filter((n) => n.name !== as.chosen)
    .flatMap((n) =>
      n.pods.filter(movable).map(
        (p): Change => ({
          kind: 'delete',
          command: '',
          text: `without ${p.key} on ${n.name}`,
          cost: 0,
          without: [p.key],
        }),
      ),
    );
}
