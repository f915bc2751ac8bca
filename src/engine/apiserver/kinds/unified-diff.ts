/**
 * Unified diffs with three lines of context, as refusals of updates quote them.
 * Upstream: apimachinery/pkg/util/diff over pmezard/go-difflib (Python's difflib): longest matching runs, recursively.
 */

interface Match {
  a: number;
  b: number;
  size: number;
}

interface OpCode {
  tag: 'equal' | 'replace' | 'delete' | 'insert';
  a1: number;
  a2: number;
  b1: number;
  b2: number;
}

const CONTEXT = 3;
/** From this many lines on, lines that occur in more than one percent do not start a match. */
const POPULAR_FROM = 200;

function indexOf(b: readonly string[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  b.forEach((line, i) => {
    const at = index.get(line);
    if (at) at.push(i);
    else index.set(line, [i]);
  });
  if (b.length < POPULAR_FROM) return index;
  const most = Math.floor(b.length / 100) + 1;
  for (const [line, at] of index) if (at.length > most) index.delete(line);
  return index;
}

/** The longest run that both ranges share, grown over popular lines at both ends. */
function longestMatch(
  a: readonly string[],
  b: readonly string[],
  index: Map<string, number[]>,
  range: readonly [number, number, number, number],
): Match {
  const [aLow, aHigh, bLow, bHigh] = range;
  let best: Match = { a: aLow, b: bLow, size: 0 };
  let lengths = new Map<number, number>();
  for (let i = aLow; i < aHigh; i++) {
    const next = new Map<number, number>();
    for (const j of index.get(a[i]!) ?? []) {
      if (j < bLow) continue;
      if (j >= bHigh) break;
      const size = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size };
    }
    lengths = next;
  }
  while (best.a > aLow && best.b > bLow && a[best.a - 1] === b[best.b - 1])
    best = { a: best.a - 1, b: best.b - 1, size: best.size + 1 };
  while (best.a + best.size < aHigh && best.b + best.size < bHigh && a[best.a + best.size] === b[best.b + best.size])
    best.size++;
  return best;
}

function matchingBlocks(a: readonly string[], b: readonly string[]): Match[] {
  const index = indexOf(b);
  const found: Match[] = [];
  const visit = (aLow: number, aHigh: number, bLow: number, bHigh: number): void => {
    const m = longestMatch(a, b, index, [aLow, aHigh, bLow, bHigh]);
    if (m.size === 0) return;
    if (aLow < m.a && bLow < m.b) visit(aLow, m.a, bLow, m.b);
    found.push(m);
    if (m.a + m.size < aHigh && m.b + m.size < bHigh) visit(m.a + m.size, aHigh, m.b + m.size, bHigh);
  };
  visit(0, a.length, 0, b.length);
  const joined: Match[] = [];
  for (const m of found) {
    const last = joined.at(-1);
    if (last && last.a + last.size === m.a && last.b + last.size === m.b) last.size += m.size;
    else joined.push({ ...m });
  }
  return [...joined, { a: a.length, b: b.length, size: 0 }];
}

function opCodes(a: readonly string[], b: readonly string[]): OpCode[] {
  const codes: OpCode[] = [];
  let i = 0;
  let j = 0;
  for (const m of matchingBlocks(a, b)) {
    const tag = i < m.a && j < m.b ? 'replace' : i < m.a ? 'delete' : j < m.b ? 'insert' : undefined;
    if (tag) codes.push({ tag, a1: i, a2: m.a, b1: j, b2: m.b });
    i = m.a + m.size;
    j = m.b + m.size;
    if (m.size) codes.push({ tag: 'equal', a1: m.a, a2: i, b1: m.b, b2: j });
  }
  return codes;
}

const trimStart = (c: OpCode): OpCode => ({
  ...c,
  a1: Math.max(c.a1, c.a2 - CONTEXT),
  b1: Math.max(c.b1, c.b2 - CONTEXT),
});
const trimEnd = (c: OpCode): OpCode => ({
  ...c,
  a2: Math.min(c.a2, c.a1 + CONTEXT),
  b2: Math.min(c.b2, c.b1 + CONTEXT),
});

/** Changes with their context; far apart ones in groups of their own. */
function groups(codes: readonly OpCode[]): OpCode[][] {
  const all: OpCode[][] = [];
  let group: OpCode[] = [];
  codes.forEach((code, i) => {
    let c = code;
    if (c.tag === 'equal' && i === 0) c = trimStart(c);
    if (c.tag === 'equal' && i === codes.length - 1) c = trimEnd(c);
    if (c.tag === 'equal' && c.a2 - c.a1 > 2 * CONTEXT) {
      group.push(trimEnd(c));
      all.push(group);
      group = [];
      c = trimStart(c);
    }
    group.push(c);
  });
  if (group.length && !(group.length === 1 && group[0]!.tag === 'equal')) all.push(group);
  return all.filter((g) => g.some((c) => c.tag !== 'equal'));
}

function rangeText(start: number, stop: number): string {
  const length = stop - start;
  if (length === 1) return String(start + 1);
  return `${length === 0 ? start : start + 1},${length}`;
}

/** The text of the difference, a line break after each line; empty when there is none. */
export function unifiedDiff(a: readonly string[], b: readonly string[]): string {
  let text = '';
  for (const group of groups(opCodes(a, b))) {
    const first = group[0]!;
    const last = group.at(-1)!;
    text += `@@ -${rangeText(first.a1, last.a2)} +${rangeText(first.b1, last.b2)} @@\n`;
    for (const c of group) {
      if (c.tag === 'equal') for (const line of a.slice(c.a1, c.a2)) text += ` ${line}\n`;
      else {
        for (const line of a.slice(c.a1, c.a2)) text += `-${line}\n`;
        for (const line of b.slice(c.b1, c.b2)) text += `+${line}\n`;
      }
    }
  }
  return text;
}
