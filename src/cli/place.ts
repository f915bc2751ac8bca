import { type Placement, placeAll, placeSequence } from '../engine/index.ts';
import { batchLine, CliError, type Io, options, sentenceOf } from './io.ts';
import { loadObjects } from './manifests.ts';

const USAGE = 'usage: berth place -f FILE… [--only FILE] [-o text|json], or berth place --batch < sequences.jsonl';

function placeLine(line: string): unknown {
  const read = batchLine<Parameters<typeof placeSequence>[0]>(line, 'sequence');
  if ('error' in read) return read;
  const { value: sequence, name } = read;
  if (!Array.isArray(sequence?.nodes) || !Array.isArray(sequence.steps))
    return { ...name, error: 'a sequence needs lists "nodes" and "steps"' };
  try {
    return placeSequence(sequence);
  } catch (e) {
    return { ...name, error: sentenceOf(e) };
  }
}

async function batch(io: Io): Promise<number> {
  for await (const line of io.lines()) if (line.trim()) io.out(`${JSON.stringify(placeLine(line))}\n`);
  return 0;
}

function table(placements: readonly Placement[]): string {
  const width = Math.max(3, ...placements.map((p) => p.pod.length));
  return placements.map((p) => `${p.pod.padEnd(width)}  ${p.node ?? `<none>  ${p.message ?? ''}`}\n`).join('');
}

/** `place`: where pods land, one after another, on the cluster as stored. */
export function placeCommand(argv: string[], io: Io): number | Promise<number> {
  const o = options(argv, {
    f: 'value',
    filename: 'value',
    only: 'value',
    o: 'value',
    output: 'value',
    batch: 'switch',
  });
  if (o.has('batch')) return batch(io);
  const files = [...o.all('f'), ...o.all('filename')];
  const format = o.get('o') ?? o.get('output') ?? 'text';
  if ((!files.length && !o.has('only')) || o.args.length || !['text', 'json'].includes(format))
    throw new CliError(USAGE, 2);
  const rest = loadObjects(
    files.filter((f) => !o.all('only').includes(f)),
    io,
  );
  const chosen = o.has('only') ? loadObjects(o.all('only'), io) : [];
  const placements = placeAll([...rest, ...chosen], o.has('only') ? { only: new Set<unknown>(chosen) } : {});
  io.out(format === 'json' ? `${JSON.stringify({ placements }, null, 2)}\n` : table(placements));
  return 0;
}
