import type { Decision } from './decision.ts';

/** A decision for a person: the verdict, each node's word, the scores. */
export function decisionText(d: Decision): string {
  const lines = [`Pod:      ${d.pod}`, `Verdict:  ${d.verdict}`];
  if (d.best.length) lines.push(`Best:     ${d.best.join(', ')}`);
  const width = Math.max(4, ...Object.keys(d.filters).map((n) => n.length));
  for (const [node, cell] of Object.entries(d.filters)) {
    const score = d.scores?.[node];
    const parts = Object.entries(score?.plugins ?? {}).map(([p, n]) => `${p} ${n}`);
    const passes = score ? `${score.total} = ${parts.join(' + ')}` : 'passes';
    const word = cell ? `refused by ${cell.plugin || 'PreFilter'}: ${cell.reasons.join(', ')}` : passes;
    lines.push(`  ${node.padEnd(width)}  ${word}`);
  }
  for (const p of d.preemption ?? []) lines.push(`Preempts on ${p.node}: ${p.victims.join(', ')}`);
  if (d.message) lines.push(`Message:  ${d.message}`);
  return `${lines.join('\n')}\n`;
}
