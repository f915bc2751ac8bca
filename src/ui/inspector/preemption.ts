import type { ExplainedDecision, PreemptionCandidate } from '../../view/decision.ts';
import type { PodRow } from '../../view/rows.ts';

/** What the inspector shows of a preemption: which comparison decided, who goes, who stays and why. */

export type Criterion = 'pdbs' | 'top' | 'sum' | 'victims' | 'start';

/** In upstream's order; for each the smaller number is better. */
export const CRITERIA: readonly { id: Criterion; of: (c: PreemptionCandidate) => number }[] = [
  { id: 'pdbs', of: (c) => c.pdbViolations },
  { id: 'top', of: (c) => c.highestPriority },
  { id: 'sum', of: (c) => c.sumPriority },
  { id: 'victims', of: (c) => c.victims.length },
  { id: 'start', of: (c) => -c.startMs },
];

/** The first comparison that left the chosen node (the first candidate) alone; `undefined` when none did. */
export function decidingCriterion(candidates: readonly PreemptionCandidate[]): Criterion | undefined {
  let left = [...candidates];
  const [chosen] = left;
  if (!chosen) return undefined;
  for (const { id, of } of CRITERIA) {
    const before = left.length;
    left = left.filter((c) => of(c) === of(chosen));
    if (left.length === 1 && before > 1) return id;
  }
  return undefined;
}

export interface Fate {
  pod: string;
  goes: boolean;
  /** Undefined when the pod is no longer there to ask. */
  priority?: number;
  /** For those who stay: their priority is high enough, or there was room after all. */
  why?: 'priority' | 'room';
}

/** The pods of the chosen node, those who go first; pods that have left since are known by name alone. */
export function fates(d: ExplainedDecision, preemptor: PodRow | undefined, pods: Iterable<PodRow>): Fate[] {
  const chosen = d.preemption?.[0];
  if (!chosen) return [];
  // of an attempt in the past: neither the pod itself, which may be there by now, nor those that came later
  const then = [...pods].filter((p) => p.node === chosen.node && p.uid !== preemptor?.uid && p.createdMs <= d.atMs);
  const here = new Map(then.map((p) => [`${p.namespace}/${p.name}`, p]));
  const goes = chosen.victims.map((pod): Fate => {
    const priority = here.get(pod)?.priority;
    return priority === undefined ? { pod, goes: true } : { pod, goes: true, priority };
  });
  const mine = preemptor?.priority ?? 0;
  const stays = [...here]
    .filter(([pod, p]) => !chosen.victims.includes(pod) && p.form !== 'succeeded' && p.form !== 'failed')
    .map(
      ([pod, p]): Fate => ({ pod, goes: false, priority: p.priority, why: p.priority < mine ? 'room' : 'priority' }),
    );
  return [...goes, ...stays];
}

/** Nodes where removing pods would change nothing, with the plugin that says so. */
export function notHelpful(d: ExplainedDecision): { node: string; plugin: string }[] {
  return Object.entries(d.filters).flatMap(([node, cell]) =>
    cell?.code === 'UnschedulableAndUnresolvable' ? [{ node, plugin: cell.plugin }] : [],
  );
}

/** Why nobody is asked to leave, as the last sentence of Kubernetes' message counts it. */
export interface NoVictims {
  /** The pod's own policy forbids it. */
  never: boolean;
  /** Nodes on which nobody has a lower priority. */
  nobody: number;
  /** Nodes on which removing pods changes nothing. */
  useless: number;
}

/** Reads the end of the message; `undefined` when preemption was not tried or says something else. */
export function noVictims(message: string): NoVictims | undefined {
  const [, said] = message.split(' preemption: ');
  if (said === undefined) return undefined;
  const count = (text: RegExp): number => Number(text.exec(said)?.[1] ?? 0);
  const why = {
    never: said.includes('preemptionPolicy=Never'),
    nobody: count(/(\d+) No preemption victims found/),
    useless: count(/(\d+) Preemption is not helpful/),
  };
  return why.never || why.nobody || why.useless ? why : undefined;
}
