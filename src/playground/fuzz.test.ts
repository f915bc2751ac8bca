/**
 * Whatever is typed or applied: nothing throws, every refusal says why and changes nothing, and the same inputs give the
 * same cluster. 20,000 inputs from a seeded generator: command lines made from kubectl's own table of commands, shell
 * syntax, garbage, and manifests with something changed in them.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { RandomSource } from '../engine/sim/random.ts';
import { TWO_NODES } from '../kubectl/testing/session.ts';
import { clusterObjects } from './manifests.ts';
import { Playground } from './playground.ts';
import { runLine } from './programs.ts';
import { lineFrom, mutated } from './testing/garbage.ts';

const SESSIONS = Number(process.env.FUZZ ?? 40);
const FIRST = Number(process.env.SEED ?? 1);
const LINES = 500;
/** A keyframe is taken before every line, so long sessions grow; this keeps them small. */
const START_MS = Date.UTC(2026, 0, 1);

const bundle = gunzipSync(readFileSync(new URL('../kubectl/transcripts/testdata/recorded.json.gz', import.meta.url)));
const { files } = JSON.parse(bundle.toString()) as { files: Record<string, string> };
const manifests = Object.entries(files)
  .filter(([name]) => /\.(yaml|json)$/.test(name))
  .map(([, text]) => text);

const MANIFEST_LINES = [
  'kubectl apply -f m.yaml',
  'kubectl create -f m.yaml',
  'kubectl apply --server-side -f m.yaml',
  'kubectl replace -f m.yaml',
  'kubectl diff -f m.yaml',
  'kubectl delete -f m.yaml --wait=false',
];

interface Ran {
  text: string;
  exit: number | undefined;
  /** Whether the store was written while the command ran. */
  wrote: boolean;
}

function begin(seed: number): Playground {
  const cluster = clusterObjects(TWO_NODES);
  const p = new Playground({ seed, startMs: START_MS, kubelet: 'kwok', cluster, files: {} }, runLine);
  p.playTo(5_000);
  return p;
}

/** One input, and up to three seconds for what it waits for; then Ctrl+C. */
function run(p: Playground, line: string): Ran {
  const ran: Ran = { text: '', exit: undefined, wrote: false };
  const add = (t: string): void => {
    ran.text += t;
  };
  p.cluster.settleInstant();
  const before = p.cluster.list.revision;
  p.start(line, undefined, { out: add, err: add }, (e) => {
    ran.exit = e.code;
  });
  ran.wrote = p.cluster.list.revision !== before;
  if (ran.exit === undefined) p.playTo(p.elapsedMs + 3_000);
  if (ran.exit === undefined) p.interrupt();
  return ran;
}

/** Answers by the exit code alone, or into a file or another program. */
const QUIET = /\b(?:diff|auth|timeout|xargs|for|if)\b|-q|--quiet|[>|;&$(]/;
/** Writes one object or nothing. */
const SINGLE = /^kubectl (?:create|label|annotate|scale|taint|patch|expose|autoscale|set|run) /;
const MANY = /[|;&>$(,]|all|--selector|-l |-A|-f|--filename|\bfor\b/;

function check(line: string, ran: Ran): void {
  expect(ran.exit, `it ends: ${line}`).toBeTypeOf('number');
  expect(
    ran.text.match(/.{0,80}(?:\[native code\]|\bundefined\b|\[object Object\]|\bNaN\b).{0,80}/)?.[0],
    line,
  ).toBeUndefined();
  if (ran.exit !== 0 && ran.exit !== 130 && !QUIET.test(line))
    expect(ran.text, `a refusal says why: ${line}`).not.toBe('');
  if (ran.exit === 1 && SINGLE.test(line) && !MANY.test(line) && (line.match(/ \S+/g)?.length ?? 0) < 9)
    expect(ran.wrote, `a refusal changes nothing: ${line}\n${ran.text}`).toBe(false);
}

function session(seed: number): Playground {
  const r = new RandomSource(seed).fork('fuzz');
  const p = begin(seed);
  for (let i = 0; i < LINES; i++) {
    let line = lineFrom(r);
    if (r.int(4) === 0) {
      p.writeFile('m.yaml', mutated(r, r.pick(manifests)));
      line = r.pick(MANIFEST_LINES);
    }
    let ran: Ran;
    try {
      ran = run(p, line);
    } catch (e) {
      throw new Error(`session ${seed}, line ${i}: ${line}\n${p.files.get('m.yaml')}`, { cause: e });
    }
    check(line, ran);
    if (r.int(3) === 0) p.playTo(p.elapsedMs + r.int(2_000));
  }
  return p;
}

describe('random inputs', () => {
  it.each(Array.from({ length: SESSIONS }, (_, i) => i + FIRST))('session %i', (seed) => {
    const p = session(seed);
    if (seed % 8 !== 1) return;
    // the same inputs at the same moments, in one go
    const again = new Playground(p.world, runLine, p.recording().inputs, p.endMs);
    again.playTo(p.elapsedMs);
    expect(again.digest()).toBe(p.digest());
  });
});
