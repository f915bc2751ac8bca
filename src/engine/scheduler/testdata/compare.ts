/** How a decision is compared with a recorded one: field by field, in the words of the recording's rules. */
import type { Decision } from '../decision.ts';

export const FIELDS = ['verdict', 'filters', 'scores', 'best', 'message', 'preemption'] as const;
export type Field = (typeof FIELDS)[number];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function sameFilters(ours: Decision['filters'], theirs: Decision['filters']): boolean {
  if (!same(Object.keys(ours).sort(), Object.keys(theirs).sort())) return false;
  return Object.entries(theirs).every(([node, t]) => {
    const o = ours[node]!;
    if (!t || !o) return !t && !o;
    return o.code === t.code && same(o.reasons, t.reasons) && (t.plugin === '' || o.plugin === t.plugin);
  });
}

function sameScores(ours: Decision['scores'], theirs: Decision['scores']): boolean {
  if (!ours || !theirs) return !ours && !theirs;
  if (!same(Object.keys(ours).sort(), Object.keys(theirs).sort())) return false;
  return Object.entries(theirs).every(([node, t]) => {
    const o = ours[node]!;
    const plugins = new Set([...Object.keys(o.plugins), ...Object.keys(t.plugins)]);
    return o.total === t.total && [...plugins].every((p) => (o.plugins[p] ?? 0) === (t.plugins[p] ?? 0));
  });
}

function samePreemption(ours: Decision['preemption'], theirs: Decision['preemption']): boolean {
  if (!ours || !theirs) return !ours && !theirs;
  return ours.length === 1 && theirs.some((t) => same([t.node, [...t.victims].sort()], [ours[0]!.node, ours[0]!.victims]));
}

/** The fields in which they differ. */
export function differences(ours: Decision, theirs: Decision): Field[] {
  const out: Field[] = [];
  if (ours.verdict !== theirs.verdict) out.push('verdict');
  if (ours.message !== theirs.message) out.push('message');
  if (theirs.verdict === 'Error') return out;
  if (!sameFilters(ours.filters, theirs.filters)) out.push('filters');
  if (!sameScores(ours.scores, theirs.scores)) out.push('scores');
  if (!same([...ours.best].sort(), [...theirs.best].sort())) out.push('best');
  if (!samePreemption(ours.preemption, theirs.preemption)) out.push('preemption');
  return out;
}

/** The differing fields side by side, for a person. */
export function diffText(ours: Decision, theirs: Decision, fields: readonly Field[]): string {
  return fields.map((f) => `  ${f}\n    real  ${JSON.stringify(theirs[f])}\n    Berth ${JSON.stringify(ours[f])}`).join('\n');
}
