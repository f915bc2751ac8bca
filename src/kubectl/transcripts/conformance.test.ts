import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { replayTranscript } from '../../playground/replay.ts';
import type { FieldDocs } from '../explain/field-docs.ts';
import { normalise } from '../normalise.ts';
import { parseTranscript, printStep, type Step, type Transcript } from '../transcript.ts';

/** What the real kubectl 1.36.3 printed against a real control plane, with the clusters and files it was given. */
interface Recorded {
  transcripts: Record<string, string>;
  clusters: Record<string, string>;
  files: Record<string, string>;
}

const here = (name: string): URL => new URL(name, import.meta.url);
const recorded = JSON.parse(gunzipSync(readFileSync(here('testdata/recorded.json.gz'))).toString()) as Recorded;
/** Commands that agree, per transcript; may only rise (`UPDATE=1` writes it). */
const board = JSON.parse(readFileSync(here('scoreboard.json'), 'utf8')) as Record<string, number>;
const only = process.env.ONLY;
const showAll = process.env.DIFF === '1' || only !== undefined;
const startMs = Date.UTC(2026, 0, 1);
const fieldDocs = (): FieldDocs =>
  JSON.parse(readFileSync(here('../../ui/editor/k8s.schema.json'), 'utf8')) as FieldDocs;

type Command = Extract<Step, { type: 'command' }>;
const commands = (t: Transcript): Command[] => t.steps.filter((s): s is Command => s.type === 'command');
const shown = (c: Command): string => {
  const norm = (text: string): string => normalise(text);
  return printStep({ ...c, stdout: norm(c.stdout), stderr: norm(c.stderr) });
};

const scores: Record<string, number> = {};

describe('recorded transcripts', () => {
  const names = Object.keys(recorded.transcripts).sort();
  it.each(only ? names.filter((n) => n.startsWith(only)) : names)('%s', (name) => {
    const wanted = parseTranscript(recorded.transcripts[name]!);
    const cluster = recorded.clusters[wanted.cluster ?? ''];
    const got = replayTranscript(wanted, {
      files: recorded.files,
      kubelet: 'kwok',
      startMs,
      fieldDocs,
      ...(cluster === undefined ? {} : { cluster }),
    });
    const pairs = commands(wanted).map((c, i) => [shown(c), shown(commands(got)[i]!)] as const);
    const agreed = pairs.filter(([a, b]) => a === b).length;
    scores[name] = agreed;
    if (showAll) for (const [a, b] of pairs) if (a !== b) console.log(difference(a, b));
    if (process.env.UPDATE !== '1') expect(agreed, difference(...(pairs.find(([a, b]) => a !== b) ?? ['', '']))).toBeGreaterThanOrEqual(board[name] ?? 0);
  });

  it('keeps its scoreboard', () => {
    const total = Object.values(recorded.transcripts).reduce((n, t) => n + commands(parseTranscript(t)).length, 0);
    const agreed = Object.values(scores).reduce((n, s) => n + s, 0);
    console.log(`transcripts: ${agreed} of ${total} commands agree`);
    if (process.env.UPDATE === '1' && !only) writeFileSync(here('scoreboard.json'), `${JSON.stringify(scores, null, 2)}\n`);
    expect(Object.keys(scores).length).toBeGreaterThan(0);
  });
});

/** Both texts, line by line, `-` for the real one. */
function difference(wanted: string, got: string): string {
  const [a, b] = [wanted.split('\n'), got.split('\n')];
  const out = [a[0] ?? ''];
  for (let i = 1; i < Math.max(a.length, b.length); i++) {
    if (a[i] === b[i]) continue;
    if (a[i] !== undefined) out.push(`- ${a[i]}`);
    if (b[i] !== undefined) out.push(`+ ${b[i]}`);
  }
  return out.join('\n');
}
