/**
 * What differs between two equal runs, replaced: ids, times, random suffixes, addresses, ages, hashes. Two transcripts are
 * compared after this. Text in, text out; a second time changes nothing.
 */

const SAFE = '[bcdfghjklmnpqrstvwxz2456789]';
const DURATION = '(?:\\d+[smhdy]){1,2}';
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const WEEKDAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';

/** Pattern and replacement, in the order in which they are applied. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '00000000-0000-0000-0000-000000000000'],
  [/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, '2026-01-01T00:00:00Z'],
  [
    new RegExp(`\\b${WEEKDAY}, \\d\\d ${MONTH} \\d{4} \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}`, 'g'),
    'Thu, 01 Jan 2026 00:00:00 +0000',
  ],
  [/(resourceVersion"?: ?")\d+(")/g, '$11$2'],
  [/(?<=\.)[0-9a-f]{16}\b/g, '0000000000000000'],
  [new RegExp(`(?<=[a-z0-9]-)${SAFE}{5}(?![A-Za-z0-9-])`, 'g'), 'xxxxx'],
  [/(?<=[a-z]-)\d{8}(?![0-9])/g, '00000000'],
  [/\b10\.244\.\d{1,3}\.\d{1,3}\/2[46]\b/g, '10.244.N.0/24'],
  [/\b10\.244\.\d{1,3}\.\d{1,3}\b/g, '10.244.N.N'],
  [/\b(?!10\.96\.0\.(?:1|10)\b(?!\d))10\.(?:9[6-9]|10\d|11[01])\.(?!0\.0\/)\d{1,3}\.\d{1,3}\b(?!\/)/g, '10.96.N.N'],
  [/(?<=:)3[0-2]\d{3}(?=\/(?:TCP|UDP|SCTP))/g, 'NPORT'],
  [/(NodePort:\s+\S+\s+)3[0-2]\d{3}(?=\/)/g, '$1NPORT'],
  [/(nodePort"?: ?)3[0-2]\d{3}\b/g, '$130000'],
  [/(?<=https:\/\/127\.0\.0\.1:)\d+/g, '6443'],
  [/(?<=192\.168\.0\.10:)\d+/g, '6443'],
  [/(targetPort"?: ?|TargetPort: +)644\d\b/g, '$16443'],
  [/(HolderIdentity:\s+)\S+/g, '$1<id>'],
  [
    /(?<=default-scheduler, )default-scheduler-[\w.-]+|(?<=reportingInstance: )default-scheduler-[\w.-]+|(?<="reportingInstance": ")default-scheduler-[\w.-]+/g,
    'default-scheduler-k8s-master',
  ],
  [new RegExp(`\\((?:x\\d+ over )?${DURATION} ago\\)`, 'g'), '(<age> ago)'],
  [new RegExp(`^(?!.*:\\s)(\\S+(?: {2,}\\S+){2,} {3,})${DURATION} *$`, 'gm'), '$1<age>'],
  [new RegExp(`^(?!.*:\\s)(\\S+(?: {2,}\\S+){2,} {3,})${DURATION} {2,}(?=\\S)`, 'gm'), '$1<age>   '],
  [/^(Duration:\s+)\S+$/gm, '$1<age>'],
  [/^([IWE])\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ (\S+?):\d+\]/gm, '$10101 00:00:00.000000       1 $2:0]'],
  [/(?:\/[\w.-]+)*\/(LIVE|MERGED)-\d+\//g, '$1/'],
  [/\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d \+0000 UTC/g, '2026-01-01 00:00:00 +0000 UTC'],
  [/^644\d$(?![\s\S])/g, '6443'],
  [/\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9} \+0000/g, '2026-01-01 00:00:00.000000000 +0000'],
  [new RegExp(`(?<=[-=])${SAFE}{8,10}(?![A-Za-z0-9])`, 'g'), '<hash>'],
];

const AGE_COLUMNS = new Set(['AGE', 'LAST SEEN', 'FIRST SEEN', 'DURATION', 'LAST SCHEDULE', 'Age']);
const KEPT = new Set(['<none>', '<unknown>', '<invalid>', '<unset>', '', '<age>', '---', '----', '-----']);
const REPEATED = new RegExp(`^${DURATION} \\(x\\d+ over ${DURATION}\\)$`);

export const substitute = (text: string): string =>
  RULES.reduce((t, [pattern, replacement]) => t.replace(pattern, replacement), text);

export function normalise(text: string): string {
  const lines = text.split('\n');
  const out: string[] = [];
  for (let i = 0; i < lines.length; ) {
    const t = tableAt(lines, i);
    if (t) {
      out.push(...t.lines);
      i = t.next;
      continue;
    }
    let j = i + 1;
    while (j < lines.length && !isTable(lines, j)) j++;
    out.push(
      ...substitute(lines.slice(i, j).join('\n'))
        .split('\n')
        .map((l) => l.trimEnd()),
    );
    i = j;
  }
  return sortRuns(out).join('\n');
}

/** Where each column of a header starts; a column's name may hold single blanks. */
const columnsOf = (header: string): number[] => [...header.matchAll(/\S+(?: \S+)*/g)].map((m) => m.index);

const cellsOf = (line: string, starts: readonly number[]): string[] =>
  starts.map((a, i) => line.slice(a, starts[i + 1]).trimEnd());

const fits = (line: string, starts: readonly number[]): boolean =>
  starts.every((a) => a === 0 || a > line.length || line[a - 1] === ' ');

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** `get`: a table of its own; `dashed`: one inside describe, underlined. */
function tableKind(lines: readonly string[], i: number): 'get' | 'dashed' | undefined {
  const head = lines[i]!;
  const next = lines[i + 1] ?? '';
  if (/^\s*-+(?:\s+-+)+\s*$/.test(next) && head.trim() && /^\s*\S.* {2}\S.*$/.test(head)) return 'dashed';
  return /^[A-Z][A-Z0-9()/_ -]*$/.test(head) && /\S {2,}\S/.test(head) && !head.startsWith(' ') ? 'get' : undefined;
}

const isTable = (lines: readonly string[], i: number): boolean => tableKind(lines, i) !== undefined;

function tableAt(lines: readonly string[], i: number): { lines: string[]; next: number } | undefined {
  const kind = tableKind(lines, i);
  if (!kind) return undefined;
  const starts = columnsOf(lines[i]!);
  const indent = starts[0]!;
  const head = cellsOf(lines[i]!, starts);
  const body: string[][] = [];
  let j = i + 1;
  for (; j < lines.length && lines[j]!.trim() && fits(lines[j]!, starts) && indentOf(lines[j]!) >= indent; j++)
    body.push(cellsOf(lines[j]!, starts));
  const changed = replaceCells(head, body);
  const widths = starts.map((a, k) => (k + 1 < starts.length ? starts[k + 1]! - a : 0));
  for (let k = 0; k < starts.length - 1; k++)
    if (changed[k]) widths[k] = Math.max(...[head, ...body].map((r) => r[k]!.length)) + (kind === 'dashed' ? 2 : 3);
  const dashes = kind === 'dashed' ? body.slice(0, 1) : [];
  const rows = [head, ...dashes, ...inOrder(body.slice(dashes.length), head)];
  return { lines: rows.map((r) => render(r, indent, widths)), next: j };
}

/** Replaces cells in place; says which columns changed so that their width is no more the real one's. */
function replaceCells(head: readonly string[], body: readonly string[][]): boolean[] {
  const changed = head.map(() => false);
  for (const row of body)
    row.forEach((cell, k) => {
      let value = substitute(cell);
      if (AGE_COLUMNS.has(head[k]!) && !KEPT.has(value) && !/^-*$/.test(value)) value = '<age>';
      if (REPEATED.test(value)) value = '<age>';
      if ((value !== cell && !/2026|0000-0000/.test(value)) || value.includes('xxxxx') || value === '<age>')
        changed[k] = true;
      row[k] = value;
    });
  return changed;
}

const render = (row: readonly string[], indent: number, widths: readonly number[]): string =>
  (' '.repeat(indent) + row.map((c, k) => (k === row.length - 1 ? c : c.padEnd(widths[k]!))).join('')).trimEnd();

const compareRows = (a: readonly string[], b: readonly string[]): number => {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k]! < b[k]! ? -1 : 1;
  return 0;
};

/** Neighbours whose names differ only by a random suffix are sorted; lists of events are sorted whole. */
function inOrder(rows: readonly string[][], head: readonly string[]): string[][] {
  if (head.slice(0, 3).join() === 'Type,Resource,Min') return [...rows].sort(compareRows);
  if (head.includes('LAST SEEN')) {
    const key = (r: readonly string[]): string[] => r.filter((_, k) => !AGE_COLUMNS.has(head[k]!));
    return [...rows].sort((a, b) => compareRows(key(a), key(b)));
  }
  const nameOf = (r: readonly string[]): string => r.slice(0, head[0] === 'NAMESPACE' ? 2 : 1).join('\n');
  const random = (r: readonly string[]): boolean => /xxxxx|<hash>/.test(nameOf(r).replaceAll('\n', ' '));
  const out: string[][] = [];
  for (let i = 0; i < rows.length; ) {
    let j = i + 1;
    while (random(rows[i]!) && j < rows.length && nameOf(rows[j]!) === nameOf(rows[i]!)) j++;
    out.push(...rows.slice(i, j).sort(compareRows));
    i = j;
  }
  return out;
}

/** Messages that parallel workers print come in any order. */
const PARALLEL = [
  /^evicting pod /,
  /^pod\/\S+ evicted/,
  /^pod\/\S+ deleted/,
  /^pod\/\S+ condition met/,
  /^error when evicting/,
  /^There are pending pods/,
];

function sortRuns(lines: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < lines.length; ) {
    const pattern = PARALLEL.find((p) => p.test(lines[i]!));
    let j = i + 1;
    while (pattern && j < lines.length && pattern.test(lines[j]!)) j++;
    out.push(...lines.slice(i, j).sort());
    i = j;
  }
  return out;
}
