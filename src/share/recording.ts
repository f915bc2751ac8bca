/** The recording: what a user did, in their words (interfaces.md). It replays to the same cluster to the last byte. */

export interface RecordedInput {
  /** From the recording's start. */
  atMs: number;
  /** A shell line, or `^C` for the process in the foreground. */
  line: string;
  stdin?: string;
}

export interface Recording {
  format: 1;
  /** Version of Berth that made it. */
  engine: string;
  kubernetes: '1.36';
  seed: number;
  /** Virtual time of the start, ms since the epoch. */
  startMs: number;
  /** Slug of a scenario whose cluster and files it starts from. */
  scenario?: string;
  /** Objects it starts from, when no scenario says so. */
  cluster?: unknown[];
  files: Record<string, string>;
  inputs: RecordedInput[];
  /** From the recording's start. */
  endMs: number;
  /** Hash of the end state, '' when unknown. */
  digest: string;
}

/** The recording's start unless it says otherwise: 2026-01-01T00:00:00Z. */
export const DEFAULT_START_MS = 1767225600000;
export const ENGINE_VERSION = '0.1.0';

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);

function problem(v: Record<string, unknown>): string | undefined {
  if (v.format !== 1)
    return typeof v.format === 'number' && v.format > 1
      ? 'A newer Berth made this recording.'
      : 'This is no Berth recording: the field "format" is missing.';
  if (typeof v.seed !== 'number') return 'The recording has no numeric "seed".';
  if (typeof v.startMs !== 'number') return 'The recording has no numeric "startMs".';
  if (!Array.isArray(v.inputs)) return 'The recording has no list "inputs".';
  for (const [i, input] of v.inputs.entries()) {
    if (!isObject(input) || typeof input.line !== 'string' || typeof input.atMs !== 'number' || !(input.atMs >= 0))
      return `inputs[${i}] of the recording needs a text "line" and a number "atMs".`;
    if (input.stdin !== undefined && typeof input.stdin !== 'string')
      return `inputs[${i}].stdin of the recording is no text.`;
  }
  if (v.cluster !== undefined && !Array.isArray(v.cluster)) return 'The field "cluster" of the recording is no list.';
  if (v.files !== undefined && (!isObject(v.files) || Object.values(v.files).some((t) => typeof t !== 'string')))
    return 'The field "files" of the recording is no map of texts.';
  return undefined;
}

/** A checked recording, or the sentence that says what is wrong with it. */
export function readRecording(value: unknown): { ok: true; recording: Recording } | { ok: false; message: string } {
  if (!isObject(value)) return { ok: false, message: 'This is no Berth recording.' };
  const message = problem(value);
  if (message) return { ok: false, message };
  const v = value as unknown as Recording;
  const inputs = [...v.inputs].sort((a, b) => a.atMs - b.atMs);
  const last = inputs.at(-1)?.atMs ?? 0;
  return {
    ok: true,
    recording: {
      format: 1,
      engine: String(v.engine ?? ''),
      kubernetes: '1.36',
      seed: v.seed,
      startMs: v.startMs,
      ...(typeof v.scenario === 'string' ? { scenario: v.scenario } : {}),
      ...(v.cluster ? { cluster: v.cluster } : {}),
      files: v.files ?? {},
      inputs,
      endMs: Math.max(typeof v.endMs === 'number' ? v.endMs : 0, last),
      digest: typeof v.digest === 'string' ? v.digest : '',
    },
  };
}
