import { stringify } from 'yaml';
import type { AnyObject } from '../engine/api/meta.ts';
import { Playground } from '../playground/playground.ts';
import { runLine } from '../playground/programs.ts';
import { worldOf } from '../playground/world.ts';
import { readFieldDocs } from './field-docs.ts';
import { CliError, type Io, options } from './io.ts';
import { recordingFrom } from './recordings.ts';

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `60s`, `1m30s`, `500ms` in ms. */
export function durationMs(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (!parts.length || parts.map((p) => p[0]).join('') !== text)
    throw new CliError(`"${text}" is no duration like 60s`, 2);
  return parts.reduce((sum, [, n, unit]) => sum + Number(n) * UNITS[unit!]!, 0);
}

/** `play URL|FILE [--until 60s] [-o yaml|json]`: replays a recording and prints the final objects. */
export function playCommand(argv: string[], io: Io): number {
  const o = options(argv, { until: 'value', o: 'value', output: 'value' });
  const format = o.get('o') ?? o.get('output') ?? 'yaml';
  if (o.args.length !== 1 || !['yaml', 'json'].includes(format))
    throw new CliError('usage: berth play URL|FILE [--until 60s] [-o yaml|json]', 2);
  const recording = recordingFrom(o.args[0]!, io);
  const { world } = worldOf({ recording });
  const playground = new Playground(world, runLine, recording.inputs, recording.endMs);
  playground.fieldDocs = readFieldDocs;
  playground.playTo(o.has('until') ? durationMs(o.get('until')!) : recording.endMs);
  const items = playground.cluster.store.save().kinds.flatMap(([, objects]) => objects as AnyObject[]);
  const list = { apiVersion: 'v1', kind: 'List', items };
  io.out(format === 'json' ? `${JSON.stringify(list, null, 2)}\n` : stringify(list, { aliasDuplicateObjects: false }));
  return 0;
}
