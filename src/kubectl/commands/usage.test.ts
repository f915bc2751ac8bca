import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { replayTranscript } from '../../playground/replay.ts';
import type { Step } from '../transcript.ts';

/** Wrong calls and what a real kubectl said before it asked any server: [arguments, standard output, standard error, exit code]. */
type Recorded = [args: string, stdout: string, stderr: string, exit: number];

const recorded = JSON.parse(readFileSync(new URL('testdata/usage.json', import.meta.url), 'utf8')) as Recorded[];
const steps = recorded.map(
  ([args]): Step => ({ type: 'command', line: `kubectl ${args}`, stdout: '', stderr: '', exit: 0 }),
);
const done = replayTranscript(
  { headers: {}, steps },
  { files: { x: 'kind: Pod\n' }, kubelet: 'kwok', startMs: 0 },
).steps;

it.each(recorded.map((r, i) => [r[0], r, i] as const))('kubectl %s', (_, [, stdout, stderr, exit], i) => {
  const { stdout: out, stderr: err, exit: code } = done[i] as Extract<Step, { type: 'command' }>;
  expect({ out, err, code }).toEqual({ out: stdout, err: stderr, code: exit });
});
