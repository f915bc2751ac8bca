/** The unified diff of two texts, as `diff -u -N` prints it: three lines of context. */

type Edit = { sign: ' ' | '-' | '+'; text: string };

/** The shortest script from one list of lines to another (Myers, with removals before additions). */
export function editScript(a: readonly string[], b: readonly string[]): Edit[] {
  const trace = search(a, b);
  const out: Edit[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d--) {
    const v = trace[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && (v.get(k - 1) ?? -1) < (v.get(k + 1) ?? -1));
    const from = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : (v.get(from) ?? 0);
    const fromY = d === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
      out.push({ sign: ' ', text: a[--x]! });
      y--;
    }
    if (d > 0) {
      if (down) out.push({ sign: '+', text: b[--y]! });
      else out.push({ sign: '-', text: a[--x]! });
    }
  }
  return out.reverse();
}

function search(a: readonly string[], b: readonly string[]): Map<number, number>[] {
  const trace: Map<number, number>[] = [];
  const v = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= a.length + b.length; d++) {
    trace.push(new Map(v));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (v.get(k - 1) ?? -1) < (v.get(k + 1) ?? -1));
      let x = down ? (v.get(k + 1) ?? 0) : (v.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      v.set(k, x);
      if (x >= a.length && x - k >= b.length) return trace;
    }
  }
  return trace;
}

const CONTEXT = 3;

/** The hunks, without the two header lines; empty when the texts are equal. */
export function unifiedDiff(from: string, to: string): string {
  const lines = (t: string): string[] => (t === '' ? [] : t.replace(/\n$/, '').split('\n'));
  const script = gathered(editScript(lines(from), lines(to)));
  const changed = script.flatMap((e, i) => (e.sign === ' ' ? [] : [i]));
  if (changed.length === 0) return '';
  const hunks: [number, number][] = [];
  for (const i of changed) {
    const last = hunks.at(-1);
    if (last && i - CONTEXT <= last[1] + 1) last[1] = Math.min(i + CONTEXT, script.length - 1);
    else hunks.push([Math.max(i - CONTEXT, 0), Math.min(i + CONTEXT, script.length - 1)]);
  }
  return hunks.map(([a, b]) => hunk(script, a, b)).join('');
}

/** In a run of changes all removals come first. */
function gathered(script: readonly Edit[]): Edit[] {
  const out: Edit[] = [];
  for (let i = 0; i < script.length; ) {
    let j = i;
    while (j < script.length && script[j]!.sign !== ' ') j++;
    const run = script.slice(i, j);
    out.push(...run.filter((e) => e.sign === '-'), ...run.filter((e) => e.sign === '+'));
    if (j < script.length) out.push(script[j]!);
    i = j + 1;
  }
  return out;
}

function hunk(script: readonly Edit[], a: number, b: number): string {
  const count = (edits: readonly Edit[], without: string): number => edits.filter((e) => e.sign !== without).length;
  const part = script.slice(a, b + 1);
  const before = script.slice(0, a);
  const range = (without: '+' | '-'): string => {
    const n = count(part, without);
    const start = count(before, without) + (n === 0 ? 0 : 1);
    return n === 1 ? String(start) : `${start},${n}`;
  };
  return `@@ -${range('+')} +${range('-')} @@\n${part.map((e) => `${e.sign}${e.text}\n`).join('')}`;
}
