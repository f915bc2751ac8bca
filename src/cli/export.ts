import { worldOf } from '../playground/world.ts';
import { type ExportTarget, exportScript } from '../share/export.ts';
import { CliError, type Io, options } from './io.ts';
import { recordingFrom } from './recordings.ts';

const TARGETS: readonly string[] = ['kwok', 'kind', 'manifests'];

/** `export URL|FILE --to kwok|kind|manifests`: a script that continues on a real cluster. */
export function exportCommand(argv: string[], io: Io): number {
  const o = options(argv, { to: 'value' });
  const target = o.get('to') ?? '';
  if (o.args.length !== 1 || !TARGETS.includes(target))
    throw new CliError('usage: berth export URL|FILE --to kwok|kind|manifests', 2);
  const recording = recordingFrom(o.args[0]!, io);
  const { world } = worldOf({ recording });
  io.out(exportScript({ ...recording, files: { ...world.files } }, world.cluster, target as ExportTarget));
  return 0;
}
