/** The text format of recorded sessions: commands, their output, and the time between them. */

export type Step =
  | { type: 'command'; line: string; stdout: string; stderr: string; exit: number }
  /** `+10s`; `settle`: until nothing but leases changed for 1.6 s, at most 25 s. */
  | { type: 'wait'; ms: number }
  | { type: 'settle' }
  /** `% node-down NAME`, `% node-up NAME`, `% second 10`. */
  | { type: 'berth'; words: string[] }
  | { type: 'interrupt' };

export interface Transcript {
  title?: string;
  /** Name of the cluster file it starts from. */
  cluster?: string;
  headers: Record<string, string>;
  steps: Step[];
}

export const SETTLE_QUIET_MS = 1_600;
export const SETTLE_MOST_MS = 25_000;

/** Reads a transcript. A command's here-document is part of its `line`, newlines included. */
export function parseTranscript(text: string): Transcript {
  const t: Transcript = { headers: {}, steps: [] };
  for (const raw of text.replace(/\r\n/g, '\n').split('\n')) {
    const header = t.steps.length === 0 ? /^# ([\w-]+): (.*)$/.exec(raw) : undefined;
    if (header) t.headers[header[1]!] = header[2]!;
    else addLine(t.steps, raw);
  }
  if (t.headers.title !== undefined) t.title = t.headers.title;
  if (t.headers.cluster !== undefined) t.cluster = t.headers.cluster;
  return t;
}

function addLine(steps: Step[], raw: string): void {
  const last = steps.at(-1);
  const rest = raw.slice(2);
  const sign = raw[0];
  if (sign === '$') steps.push({ type: 'command', line: rest, stdout: '', stderr: '', exit: 0 });
  else if (sign === '+')
    steps.push(raw.trim() === '+settle' ? { type: 'settle' } : { type: 'wait', ms: waitMs(raw.slice(1)) });
  else if (sign === '%') steps.push({ type: 'berth', words: rest.trim().split(/\s+/) });
  else if (raw.trim() === '^C') steps.push({ type: 'interrupt' });
  else if (last?.type === 'command') {
    if (sign === '>') last.line += `\n${rest}`;
    else if (sign === '|') last.stdout += `${rest}\n`;
    else if (sign === '!') last.stderr += `${rest}\n`;
    else if (raw.startsWith('= exit ')) last.exit = Number(raw.slice(7));
  }
}

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function waitMs(text: string): number {
  let ms = 0;
  for (const m of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) ms += Number(m[1]) * UNIT_MS[m[2]!]!;
  return ms;
}

const block = (sign: string, text: string): string => {
  if (text === '') return '';
  const lines = text.replace(/\n+$/, '').split('\n');
  return lines.map((l) => `${`${sign} ${l}`.trimEnd()}\n`).join('');
};

/** One step as text. */
export function printStep(step: Step): string {
  if (step.type === 'settle') return '+settle\n';
  if (step.type === 'wait') return `+${step.ms % 1000 === 0 ? `${step.ms / 1000}s` : `${step.ms}ms`}\n`;
  if (step.type === 'berth') return `% ${step.words.join(' ')}\n`;
  if (step.type === 'interrupt') return '^C\n';
  const [first, ...document] = step.line.split('\n');
  const input = document.map((l) => `${`> ${l}`.trimEnd()}\n`).join('');
  const exit = step.exit === 0 ? '' : `= exit ${step.exit}\n`;
  return `$ ${first}\n${input}${block('|', step.stdout)}${block('!', step.stderr)}${exit}`;
}

export function printTranscript(t: Transcript): string {
  const head = Object.entries(t.headers).map(([k, v]) => `# ${k}: ${v}\n`);
  return `${head.join('')}${head.length ? '\n' : ''}${t.steps.map(printStep).join('')}`;
}

/**
 * What a recording needs of a transcript: its commands at their times (a settling takes its most), and the files they name.
 */
export function transcriptToInputs(t: Transcript): {
  inputs: { atMs: number; line: string }[];
  endMs: number;
  files: string[];
} {
  const inputs: { atMs: number; line: string }[] = [];
  const files = new Set<string>();
  let atMs = 0;
  for (const step of t.steps) {
    if (step.type === 'wait') atMs += step.ms;
    else if (step.type === 'settle') atMs += SETTLE_MOST_MS;
    else if (step.type === 'berth') inputs.push({ atMs, line: `berth ${step.words.join(' ')}` });
    else if (step.type === 'interrupt') inputs.push({ atMs, line: '^C' });
    else {
      inputs.push({ atMs, line: step.line });
      for (const m of step.line.split('\n')[0]!.matchAll(/(?:-f|--filename)[ =]?(\S+)/g))
        if (m[1] !== '-') files.add(m[1]!);
    }
  }
  return { inputs, endMs: atMs, files: [...files] };
}
