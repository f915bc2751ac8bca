/**
 * All that crosses between the page and the worker: plain data, two unions.
 * Times: everything in rows and in `TimeState` is virtual time in ms since the epoch; `advance` takes a length; inputs of a
 * recording, `seek` and `load`'s `atMs` count from the recording's `startMs`.
 */

import type { Recording } from '../share/recording.ts';
import type { Counterfactual, Decision, ExplainedDecision, Refuted, Remedy } from '../view/decision.ts';
import type { FrameRows } from '../view/rows.ts';

export type { Recording };

export interface CommandResult {
  stdout: string;
  stderr: string;
  exitCode: number;
}

export interface TimeState {
  nowMs: number;
  startMs: number;
  /** The furthest moment played so far on this branch. */
  endMs: number;
  speed: number;
  paused: boolean;
  /** True while looking at a moment before the end. */
  past: boolean;
  /** What the machine manages, when it falls behind `speed`. */
  actualSpeed?: number;
  /** Whether undo and redo have something to go to. */
  canUndo?: boolean;
  canRedo?: boolean;
  /** What-ifs of the playground that are open (no Kubernetes has them); absent: none. */
  gates?: readonly string[];
}

/** Where a problem of an applied file is, for Monaco's markers. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
}

/** Methods of the worker: name → [arguments, result]. Each call is `{ type: 'call', id, method, args }`. */
export interface Methods {
  /** Loads a recording or a scenario by slug and starts from its beginning (`atMs`: from there). */
  load: [[source: { recording: Recording } | { scenario: string }, atMs?: number], TimeState];
  /** Runs a shell line to its end; output also arrives as `output` messages with this `runId`. */
  run: [
    [runId: string, line: string, stdin: string | undefined, files: Record<string, string>, timeoutMs?: number],
    CommandResult & { problems: Problem[] },
  ];
  interrupt: [[runId: string], null];
  play: [[speed?: number], TimeState];
  pause: [[], TimeState];
  /** To the next event mark. */
  step: [[], TimeState];
  advance: [[ms: number], TimeState];
  seek: [[atMs: number], TimeState];
  /** Undo = back before the last input, and fork. */
  undo: [[], TimeState];
  redo: [[], TimeState];
  time: [[], TimeState];
  objects: [[kind: string], unknown[]];
  /** One object as YAML, and its events as kubectl's describe lists them. */
  inspect: [
    [kind: string, key: string],
    {
      yaml: string;
      events: { type: string; reason: string; message: string; from: string; count: number; lastMs: number }[];
      object: unknown;
    } | null,
  ];
  explain: [[pod: string, attempt?: number], ExplainedDecision | null];
  /** The running scheduler's configuration as YAML, with its defaults unless told otherwise. */
  schedulerText: [[defaults?: boolean], string];
  remedies: [[pod: string], Remedy[]];
  /** Changes that would not help a pod that waits. */
  refuted: [[pod: string], Refuted[]];
  /** The decision about a placed pod with one thing changed. */
  counterfactuals: [[pod: string], Counterfactual[]];
  /** Would the pod fit on that node now? */
  wouldFit: [[pod: string, node: string], Decision | null];
  drainPreview: [[node: string], { pod: string; outcome: string; node: string }[]];
  recording: [[], Recording];
  complete: [[line: string, cursor: number], { from: number; options: string[] }];
  /** Texts of the editor's tabs, so that recordings and links hold them; changes nothing in the cluster. */
  files: [[files: Record<string, string>], null];
  /** The texts of all files as they are now. */
  tabs: [[], Record<string, string>];
  /** Branches of the timeline, the current one first; `at` is where each left its parent. */
  branches: [
    [],
    { id: number; name: string; label?: string; atMs: number; endMs: number; current: boolean; outcome: string }[],
  ];
  switchBranch: [[id: number], TimeState];
  /** Calls a branch something ('' gives its own name back); forgets one that is not the current. False for no such branch. */
  renameBranch: [[id: number, label: string], boolean];
  deleteBranch: [[id: number], boolean];
  /** Injected fault for tests of the crash page. */
  crash: [[], null];
}

export type MethodName = keyof Methods;

export type ToWorker = { type: 'call'; id: number; method: MethodName; args: unknown[] };

export type FromWorker =
  | { type: 'result'; id: number; ok: true; value: unknown }
  | { type: 'result'; id: number; ok: false; error: string }
  | { type: 'frame'; rows: FrameRows; time: TimeState }
  | { type: 'output'; runId: string; stream: 'out' | 'err'; text: string }
  /** `kubectl edit` hands a text to the editor; saving it runs the command again with the text as input. */
  | { type: 'edit'; name: string; text: string }
  /** An invariant broke: what, where, and all that reproduces it. The page offers to go on from `lastGoodMs`. */
  | { type: 'crashed'; message: string; seed: number; recording: Recording; lastGoodMs: number };
