import { decide } from '../engine/index.ts';
import type { Decision } from '../view/decision.ts';
import { decisionText } from '../view/decision-text.ts';
import { batchLine, CliError, type Io, options, sentenceOf } from './io.ts';
import { loadObjects } from './manifests.ts';

const USAGE = 'usage: berth explain -f FILE… --pod NS/NAME [-o text|json], or berth explain --batch < scenarios.jsonl';

type Answer = ReturnType<typeof decide>;

/** A line of a batch: a bare scenario, or one as recorded. */
function decideLine(line: string): Answer {
  const read = batchLine<Parameters<typeof decide>[0]>(line, 'scenario');
  if ('error' in read) return read;
  const { value: scenario, name } = read;
  if (typeof scenario?.pod !== 'string' || !Array.isArray(scenario.items))
    return { ...name, error: 'a scenario needs "pod": "namespace/name" and a list "items"' };
  try {
    return decide(scenario);
  } catch (e) {
    return { ...name, error: sentenceOf(e) };
  }
}

async function batch(io: Io): Promise<number> {
  let out = '';
  for await (const line of io.lines()) {
    if (!line.trim()) continue;
    out += `${JSON.stringify(decideLine(line))}\n`;
    if (out.length > 1 << 16) {
      io.out(out);
      out = '';
    }
  }
  io.out(out);
  return 0;
}

/** `explain`: one scheduling decision, or a stream of them. */
export function explainCommand(argv: string[], io: Io): number | Promise<number> {
  const o = options(argv, {
    f: 'value',
    filename: 'value',
    pod: 'value',
    o: 'value',
    output: 'value',
    batch: 'switch',
  });
  if (o.has('batch')) return batch(io);
  const files = [...o.all('f'), ...o.all('filename')];
  const format = o.get('o') ?? o.get('output') ?? 'text';
  if (!files.length || !o.has('pod') || o.args.length || !['text', 'json'].includes(format))
    throw new CliError(USAGE, 2);
  const pod = o.get('pod')!.includes('/') ? o.get('pod')! : `default/${o.get('pod')}`;
  const answer = decide({ pod, items: loadObjects(files, io) });
  if ('error' in answer) throw new CliError(answer.error);
  io.out(format === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : decisionText(answer as Decision));
  return 0;
}
