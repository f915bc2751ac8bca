import { RESOURCES } from '../engine/api/discovery.ts';
import type { KubeletMode, Ms } from '../engine/index.ts';
import type { FieldDocs } from '../kubectl/explain/field-docs.ts';
import { SETTLE_MOST_MS, SETTLE_QUIET_MS, type Step, type Transcript } from '../kubectl/transcript.ts';
import { clusterObjects } from './manifests.ts';
import { Playground, type World } from './playground.ts';
import { runLine } from './programs.ts';

export interface ReplayOptions {
  /** The text of the cluster file that the transcript names. */
  cluster?: string;
  files: Readonly<Record<string, string>>;
  outside?: World['outside'];
  kubelet?: KubeletMode;
  seed?: number;
  /** What `kubectl explain` reads. */
  fieldDocs?: () => FieldDocs;
  startMs: Ms;
}

/** How long kubectl takes for each object of a file: what the first ones set going is under way when the last ones come. */
const REQUEST_MS = 15;
/** How long the cluster lives before the first command. */
const START_MS = 10_000;
/** How long a command takes at the least: what the first one started is under way when the next one asks. */
const COMMAND_MS = 150;
/** A command that follows for longer than this is ended, as if by Ctrl+C. */
const FOLLOW_MOST_MS = 3_600_000;

/** Runs a transcript on a fresh cluster; returns it with the output the cluster gave. Output after a `^C` belongs to its command. */
export function replayTranscript(t: Transcript, o: ReplayOptions): Transcript {
  const playground = new Playground(
    {
      seed: o.seed ?? 1,
      startMs: o.startMs,
      kubelet: o.kubelet ?? 'sim',
      cluster: o.cluster === undefined ? [] : clusterObjects(o.cluster),
      files: o.files,
      ...(o.outside ? { outside: o.outside } : {}),
    },
    runLine,
  );
  // machines report ready and are registered; what that left as events is no part of the transcript
  playground.requestMs = REQUEST_MS;
  playground.fieldDocs = o.fieldDocs;
  playground.cluster.advance(START_MS);
  settle(playground);
  playground.cluster.request({ verb: 'deletecollection', apiVersion: 'v1', resource: 'events', namespace: 'default' });
  const steps: Step[] = [];
  t.steps.forEach((step, i) => {
    if (step.type === 'wait') playground.cluster.advance(step.ms);
    else if (step.type === 'settle') settle(playground);
    else if (step.type === 'berth') runBerth(playground, step.words);
    else if (step.type === 'interrupt') {
      playground.interrupt();
      playground.cluster.advance(COMMAND_MS);
    } else {
      steps.push(runCommand(playground, step.line, isFollowed(t.steps, i)));
      return;
    }
    steps.push(step);
  });
  return { ...t, steps };
}

/** Whether a `^C` ends the command before the next one starts. */
function isFollowed(steps: readonly Step[], i: number): boolean {
  for (const next of steps.slice(i + 1)) {
    if (next.type === 'interrupt') return true;
    if (next.type === 'command') return false;
  }
  return false;
}

function runCommand(playground: Playground, line: string, followed: boolean): Step {
  const step = { type: 'command' as const, line, stdout: '', stderr: '', exit: 0 };
  const { cluster } = playground;
  const startMs = cluster.now;
  let ended = false;
  playground.start(
    line,
    undefined,
    {
      out: (text) => {
        step.stdout += text;
      },
      err: (text) => {
        step.stderr += text;
      },
    },
    (exit) => {
      ended = true;
      step.exit = exit.code;
    },
  );
  while (!ended && !followed) {
    if (cluster.now - startMs > FOLLOW_MOST_MS) playground.interrupt();
    if (!cluster.step()) break;
  }
  if (cluster.now < startMs + COMMAND_MS) cluster.advance(startMs + COMMAND_MS - cluster.now);
  return step;
}

const WATCHED = new Set(RESOURCES.map((r) => r.kind).filter((k) => k !== 'Lease'));

/** Until nothing but leases has changed for a while. */
function settle({ cluster }: Playground): void {
  const most = cluster.now + SETTLE_MOST_MS;
  let quietFrom = cluster.now;
  let revision = cluster.list.revision;
  for (;;) {
    const target = Math.min(quietFrom + SETTLE_QUIET_MS, most);
    const next = cluster.peek();
    if (!next || next.at > target) {
      cluster.runUntil(target);
      return;
    }
    cluster.step();
    if (cluster.list.revision === revision) continue;
    if (cluster.list.since(revision, WATCHED)?.length !== 0) quietFrom = cluster.now;
    revision = cluster.list.revision;
  }
}

const SHORT: Record<string, string> = { 'node-down': 'fault stop-kubelet', 'node-up': 'fault start-kubelet' };

function runBerth(playground: Playground, words: readonly string[]): void {
  if (words[0] === 'second') {
    const ms = (Number(words[1]) * 1000 - (playground.cluster.now % 60_000) + 60_000) % 60_000;
    playground.cluster.advance(ms);
    return;
  }
  const line = [SHORT[words[0] ?? ''] ?? words[0], ...words.slice(1)].join(' ');
  runCommand(playground, `berth ${line}`, false);
}
