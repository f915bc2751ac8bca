import type { RecordedInput } from '../share/recording.ts';
import type { FrameRows, MarkRow } from '../view/rows.ts';

/** Flags of the timeline: what the user did. What only looks, and texts of the editor's tabs, are none. */

const UNFLAGGED =
  /^\s*(?:cat\s+>|\^C|clear\b|(?:kubectl|k)\s+(?:get|describe|logs|events|explain|api-resources|api-versions|version|top|diff|cluster-info|config|auth)\b|berth\s+(?:(?:explain|place|drain-preview|time|scheduler\s+show)\b|gate\s*$))/;

export class InputMarks {
  #sent = 0;

  /**
   * Adds the flags of inputs made since the last frame, or of all when the frame starts anew. `made`: the branch's inputs
   * before now, `startMs`: when the recording began.
   */
  add(rows: FrameRows, made: readonly RecordedInput[], startMs: number): void {
    if (rows.reset || made.length < this.#sent) this.#sent = 0;
    const marks: MarkRow[] = [];
    for (let i = this.#sent; i < made.length; i++) {
      const { line, atMs } = made[i]!;
      if (!UNFLAGGED.test(line))
        marks.push({ id: -1 - i, atMs: startMs + atMs, kind: 'input', text: line.split('\n')[0]! });
    }
    this.#sent = made.length;
    if (!marks.length) return;
    rows.marks.push(...marks);
    rows.marks.sort((a, b) => a.atMs - b.atMs);
  }
}
