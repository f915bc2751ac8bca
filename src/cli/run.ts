import { parseTranscript, printTranscript } from '../kubectl/transcript.ts';
import { replayTranscript } from '../playground/replay.ts';
import { DEFAULT_START_MS } from '../share/recording.ts';
import { readFieldDocs } from './field-docs.ts';
import { CliError, type Io, options } from './io.ts';

const USAGE = 'usage: berth run FILE… [--seed N] [--clusters DIR] [--root DIR] [--kubelet kwok] [--out DIR]';

const baseName = (file: string): string => file.split('/').at(-1)!;
const dirName = (file: string): string => file.replace(/\/?[^/]*$/, '') || '.';

/** Files below the working folder, read when a command names one. */
const filesBelow = (root: string, io: Io) => ({
  read: (name: string) =>
    io.exists(join(root, name)) && !io.isDir(join(root, name)) ? io.read(join(root, name)) : undefined,
  list: (dir: string) => (io.isDir(join(root, dir)) ? io.list(join(root, dir)) : undefined),
});

const join = (dir: string, file: string): string => (file.startsWith('/') ? file : `${dir}/${file}`);

function clusterText(name: string, file: string, clusters: string | undefined, io: Io): string {
  const path = `${clusters ?? `${dirName(file)}/clusters`}/${name}.yaml`;
  if (!io.exists(path))
    throw new CliError(`${file}: there is no cluster file "${path}"; --clusters names their folder`);
  return io.read(path);
}

/** `run FILE…`: replays transcripts, each on a fresh cluster, and prints them with what it answered. */
export function runCommand(argv: string[], io: Io): number {
  const o = options(argv, { seed: 'value', clusters: 'value', root: 'value', kubelet: 'value', out: 'value' });
  if (!o.args.length) throw new CliError(USAGE, 2);
  const seed = Number(o.get('seed') ?? 1);
  if (!Number.isInteger(seed)) throw new CliError(`--seed "${o.get('seed')}" is no whole number`, 2);
  const kubelet = o.get('kubelet') ?? 'sim';
  if (kubelet !== 'sim' && kubelet !== 'kwok') throw new CliError(`--kubelet "${kubelet}" is neither sim nor kwok`, 2);
  const outside = filesBelow(o.get('root') ?? '.', io);
  for (const file of o.args) {
    const transcript = parseTranscript(io.read(file));
    const cluster =
      transcript.cluster === undefined ? undefined : clusterText(transcript.cluster, file, o.get('clusters'), io);
    const text = printTranscript(
      replayTranscript(transcript, {
        files: {},
        outside,
        kubelet,
        seed,
        startMs: DEFAULT_START_MS,
        fieldDocs: readFieldDocs,
        ...(cluster === undefined ? {} : { cluster }),
      }),
    );
    const out = o.get('out');
    if (out === undefined) io.out(text);
    else io.write(`${out}/${baseName(file)}`, text);
  }
  return 0;
}
