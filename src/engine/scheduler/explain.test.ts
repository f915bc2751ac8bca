import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Decision } from './decision.ts';
import { decide, type Scenario } from './explain.ts';
import { differences, diffText, FIELDS, type Field } from './testdata/compare.ts';
import scoreboard from './testdata/scoreboard.json' with { type: 'json' };

interface Recorded {
  scenario: Scenario & { family: string };
  decision: Decision;
}

const folder = new URL('./testdata/decisions/', import.meta.url);
const families = readdirSync(folder).map((f) => f.replace('.jsonl.gz', ''));

function recorded(family: string): Recorded[] {
  const text = gunzipSync(readFileSync(new URL(`${family}.jsonl.gz`, folder))).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded);
}

/** Agreement of one family: whole decisions and single fields, and the smallest scenario that differs. */
function agreement(family: string): { total: number; agreed: number; fields: Record<Field, number>; example: string } {
  const fields = Object.fromEntries(FIELDS.map((f) => [f, 0])) as Record<Field, number>;
  const all = recorded(family);
  let agreed = 0;
  let example = '';
  let size = Number.POSITIVE_INFINITY;
  for (const { scenario, decision } of all) {
    const ours = decide(scenario);
    const differ = 'error' in ours ? [...FIELDS] : differences(ours, decision);
    for (const f of FIELDS) if (!differ.includes(f)) fields[f]++;
    if (differ.length === 0) agreed++;
    else if (scenario.items.length < size) {
      size = scenario.items.length;
      example = `${scenario.name} (${scenario.pod})\n${'error' in ours ? ours.error : diffText(ours, decision, differ)}`;
    }
  }
  return { total: all.length, agreed, fields, example };
}

describe('decisions of the real scheduler', () => {
  it.each(families)('%s', (family) => {
    const a = agreement(family);
    console.log(`${family.padEnd(24)} ${a.agreed}/${a.total}  ${FIELDS.map((f) => `${f} ${a.fields[f]}`).join('  ')}`);
    // agreed counts may only rise; a family that is whole stays whole
    const least = (scoreboard as Record<string, number>)[family] ?? a.total;
    expect(a.agreed, a.example).toBeGreaterThanOrEqual(least);
  });

  it('a change in any field is noticed', () => {
    const { decision } = recorded('preemption').find((r) => r.decision.verdict === 'Preempt')!;
    const scored = recorded('taints').find((r) => r.decision.scores)!.decision;
    const [node] = Object.keys(scored.scores!);
    const score = scored.scores![node!]!;
    expect(differences({ ...decision, verdict: 'Unschedulable', preemption: null }, decision)).toEqual([
      'verdict',
      'preemption',
    ]);
    expect(
      differences({ ...scored, scores: { ...scored.scores, [node!]: { ...score, total: score.total + 1 } } }, scored),
    ).toEqual(['scores']);
    expect(
      differences(
        { ...scored, filters: { ...scored.filters, [node!]: { plugin: 'X', code: 'Unschedulable', reasons: [] } } },
        scored,
      ),
    ).toEqual(['filters']);
    expect(differences({ ...scored, best: [], message: '!' }, scored)).toEqual(['message', 'best']);
  });
});
