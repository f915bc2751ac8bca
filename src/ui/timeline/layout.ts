import type { MarkRow } from '../../view/rows.ts';

/** Where things stand on the time axis: a pure function of marks and width. Positions are px, times ms since the start. */

export const PAD = 16;
/** Marks closer than this merge into a bar whose height is their count. */
export const MERGE_PX = 4;
/** The width a label of n characters takes at 11 px, roughly; only used to leave labels out, never to cut them. */
const CHAR_PX = 5.7;
const WIDE_CHAR_PX = 11;

export interface Axis {
  width: number;
  /** ms shown from the left edge to the right one. */
  spanMs: number;
}

export const xOf = (axis: Axis, ms: number): number => PAD + (ms / axis.spanMs) * (axis.width - 2 * PAD);

export function msOf(axis: Axis, x: number): number {
  const ms = ((x - PAD) / (axis.width - 2 * PAD)) * axis.spanMs;
  return Math.min(Math.max(ms, 0), axis.spanMs);
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];

/** A span with room after now: a whole number of tick steps, at least a minute. */
export function spanFor(endMs: number): number {
  const want = Math.max(60_000, endMs * 1.12);
  const step = stepFor(want) * 1000;
  return Math.ceil(want / step) * step;
}

function stepFor(spanMs: number): number {
  return STEPS_S.find((s) => spanMs / 1000 / s <= 7) ?? Math.ceil(spanMs / 1000 / 7 / 86400) * 86400;
}

export interface Tick {
  x: number;
  ms: number;
}

export function ticksOf(axis: Axis): Tick[] {
  const step = stepFor(axis.spanMs) * 1000;
  const out: Tick[] = [];
  for (let ms = 0; ms <= axis.spanMs; ms += step) out.push({ x: xOf(axis, ms), ms });
  return out;
}

export interface Flag {
  x: number;
  mark: MarkRow;
  /** '' when it would cover its neighbour. */
  label: string;
  /** Where the label stands: right of the playhead when that would cross it. */
  labelX: number;
}

export interface Bar {
  x: number;
  kind: MarkRow['kind'];
  marks: MarkRow[];
}

const widthOf = (text: string): number =>
  [...text].reduce((w, c) => w + (c.charCodeAt(0) > 0x2e80 ? WIDE_CHAR_PX : CHAR_PX), 12);

/** What the user typed, without what every command has in common. */
export function shortCommand(line: string): string {
  const bare = line
    .replace(/^(?:kubectl|k)\s+/, '')
    .replace(/\s+-f\s+(\S+?)(?:\.ya?ml)?(?=\s|$)/, ' $1')
    .replace(/\s--?[a-z][\w-]*(?:=\S+)?(?=\s|$)/g, '');
  return bare.length > 34 ? `${bare.slice(0, 33)}…` : bare;
}

/** Flags left to right; a label is shown when it fits before the next flag, right of the playhead if that would cross it. */
export function flagsOf(axis: Axis, marks: readonly MarkRow[], startMs: number, playX: number): Flag[] {
  const inputs = marks.filter((m) => m.kind === 'input');
  const xs = inputs.map((m) => xOf(axis, m.atMs - startMs));
  return inputs.map((mark, i) => {
    const x = xs[i]!;
    const text = shortCommand(mark.text);
    const crossed = playX > x - 4 && playX < x + widthOf(text);
    const from = crossed ? playX : x;
    const next = xs[i + 1] ?? axis.width - PAD;
    return { x, mark, label: from + widthOf(text) > next ? '' : text, labelX: from + (crossed ? 9 : 10) };
  });
}

/** Everything below the line. Near ones of different kinds merge into the most telling: trouble, then waiting. */
export function barsOf(axis: Axis, marks: readonly MarkRow[], startMs: number): Bar[] {
  const weight: Record<MarkRow['kind'], number> = { trouble: 4, unschedulable: 3, leaving: 2, progress: 1, input: 0 };
  const out: Bar[] = [];
  for (const mark of marks) {
    if (mark.kind === 'input') continue;
    const x = xOf(axis, mark.atMs - startMs);
    const last = out.at(-1);
    if (last && x - last.x < MERGE_PX) {
      last.marks.push(mark);
      if (weight[mark.kind] > weight[last.kind]) last.kind = mark.kind;
    } else out.push({ x, kind: mark.kind, marks: [mark] });
  }
  return out;
}

export interface BranchRow {
  id: number;
  /** The first input that differs from its parent, '' for the main line. */
  name: string;
  /** What a person called it. */
  label?: string;
  /** Where it left its parent, ms of virtual time; the main line's is its start. */
  atMs: number;
  endMs: number;
  current: boolean;
  outcome: string;
}

export interface BranchLine {
  row: BranchRow;
  /** Where it and the line that is shown part, and where it ends. */
  fromX: number;
  toX: number;
  y: number;
}

/** Height of the lane of one branch. */
const LANE = 18;

/** The other branches above the line: each leaves it where the two stories part. */
export function branchLines(axis: Axis, branches: readonly BranchRow[], startMs: number): BranchLine[] {
  const current = branches.find((b) => b.current);
  const others = branches.filter((b) => !b.current);
  return others.map((row, i) => {
    const forks = [row, current].flatMap((b) => (b?.name ? [b.atMs] : []));
    const fromX = xOf(axis, forks.length ? Math.min(...forks) - startMs : 0);
    const end = Math.min(xOf(axis, row.endMs - startMs), axis.width - PAD);
    return { row, fromX, toX: Math.max(end, fromX + 44), y: 22 + i * LANE };
  });
}

/** `00:42.3`; hours only when there are any. */
export function clock(ms: number): string {
  const tenths = Math.floor(ms / 100 + 1e-6);
  const s = Math.floor(tenths / 10);
  const pad = (n: number) => String(n).padStart(2, '0');
  const head = s >= 3600 ? `${Math.floor(s / 3600)}:` : '';
  return `${head}${pad(Math.floor(s / 60) % 60)}:${pad(s % 60)}.${tenths % 10}`;
}

/** Axis numbers: `10 s`, `2 min`, `1 h`, in whole units of the step. */
export function tickLabel(ms: number, spanMs: number): { value: string; unit: 's' | 'min' | 'h' } {
  const unit = spanMs > 6 * 3_600_000 ? 'h' : spanMs > 300_000 ? 'min' : 's';
  const per = unit === 'h' ? 3_600_000 : unit === 'min' ? 60_000 : 1000;
  return { value: String(Math.round((ms / per) * 100) / 100), unit };
}
