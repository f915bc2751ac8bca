import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Placement, placeSequence, type Sequence } from './place.ts';

const folder = new URL('./testdata/sequences/', import.meta.url);

/** The first step at which a run differs, in words; '' when all agree. */
function firstDifference(sequence: Sequence, placements: readonly Placement[]): string {
  const ours = placeSequence(sequence);
  if ('error' in ours) return ours.error;
  for (const [i, theirs] of placements.entries()) {
    const o = ours.placements[i];
    if (o?.pod === theirs.pod && o.node === theirs.node && (o.message ?? '') === (theirs.message ?? '')) continue;
    return `${sequence.name}, pod ${i}\n  real  ${JSON.stringify(theirs)}\n  Berth ${JSON.stringify(o)}`;
  }
  return ours.placements.length === placements.length ? '' : `${sequence.name}: ${ours.placements.length} placements`;
}

describe('whole runs of the real scheduler', () => {
  it.each(readdirSync(folder).map((f) => f.replace('.jsonl.gz', '')))('%s', (family) => {
    const lines = gunzipSync(readFileSync(new URL(`${family}.jsonl.gz`, folder)))
      .toString('utf8')
      .trim()
      .split('\n');
    const results = lines.map((line) => {
      const { sequence, placements } = JSON.parse(line) as { sequence: Sequence; placements: Placement[] };
      return firstDifference(sequence, placements);
    });
    const bad = results.filter((r) => r !== '');
    console.log(`${family.padEnd(12)} ${lines.length - bad.length}/${lines.length}`);
    expect(bad[0] ?? '').toBe('');
  });
});
