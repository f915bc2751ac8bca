/** What differs between a file and what was applied: lines for the margin, and words for the foot. */

export interface Change {
  /** 1-based lines of the new text that are new or changed. */
  lines: number[];
  added: number;
  removed: number;
  changed: number;
  /** Set when exactly one value changed: `image`, `1.25`, `1.27` with what both share cut off. */
  single?: { key: string; from: string; to: string };
}

const NONE: Change = { lines: [], added: 0, removed: 0, changed: 0 };
/** Past this many different lines the picture is "many lines"; an exact diff would only cost time. */
const DIFF_MAX = 2_000;

/** Length of the longest common subsequence from (i, j) on, as one flat table. */
function lcs(a: readonly string[], b: readonly string[]): Uint16Array {
  const w = b.length + 1;
  const table = new Uint16Array((a.length + 1) * w);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * w + j] =
        a[i] === b[j] ? table[(i + 1) * w + j + 1]! + 1 : Math.max(table[(i + 1) * w + j]!, table[i * w + j + 1]!);
  return table;
}

interface Hunk {
  /** 0-based first line of the new text. */
  at: number;
  removed: string[];
  added: string[];
}

function hunks(a: readonly string[], b: readonly string[]): Hunk[] {
  const w = b.length + 1;
  const table = lcs(a, b);
  const out: Hunk[] = [];
  let open: Hunk | undefined;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      open = undefined;
      i++;
      j++;
      continue;
    }
    if (!open) {
      open = { at: j, removed: [], added: [] };
      out.push(open);
    }
    if (j >= b.length || (i < a.length && table[(i + 1) * w + j]! >= table[i * w + j + 1]!)) open.removed.push(a[i++]!);
    else open.added.push(b[j++]!);
  }
  return out;
}

/** `image: nginx:1.25` against `image: nginx:1.27` → `image`, `1.25`, `1.27`. */
function oneValue(before: string, after: string): Change['single'] {
  const form = /^\s*(?:- +)*([^:\s][^:]*):\s+(\S.*?)\s*$/;
  const a = form.exec(before);
  const b = form.exec(after);
  if (!a || !b || a[1] !== b[1]) return undefined;
  let [from, to] = [a[2]!, b[2]!];
  const [x, y] = [from.lastIndexOf(':'), to.lastIndexOf(':')];
  if (x > 0 && from.slice(0, x) === to.slice(0, y)) [from, to] = [from.slice(x + 1), to.slice(y + 1)];
  return { key: a[1]!, from, to };
}

/** Compares line by line; `before` is what was applied last (`undefined`: never, so every line is new). */
export function changesOf(before: string | undefined, after: string): Change {
  if (before === after) return NONE;
  const b = after.replace(/\n$/, '').split('\n');
  if (before === undefined) return { lines: [], added: after.trim() ? b.length : 0, removed: 0, changed: 0 };
  const a = before.replace(/\n$/, '').split('\n');
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [da, db] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const found: Hunk[] =
    da.length > DIFF_MAX || db.length > DIFF_MAX ? [{ at: 0, removed: da, added: db }] : hunks(da, db);
  const out: Change = { lines: [], added: 0, removed: 0, changed: 0 };
  for (const h of found) {
    const both = Math.min(h.added.length, h.removed.length);
    out.changed += both;
    out.added += h.added.length - both;
    out.removed += h.removed.length - both;
    for (let k = 0; k < h.added.length; k++) out.lines.push(head + h.at + k + 1);
  }
  if (out.changed === 1 && !out.added && !out.removed) {
    const single = oneValue(found[0]!.removed[0]!, found[0]!.added[0]!);
    if (single) out.single = single;
  }
  return out;
}
