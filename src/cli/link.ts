import { decodeLink, encodeLink, forSharing } from '../share/link.ts';
import { CliError, type Io, options } from './io.ts';
import { recordingFrom } from './recordings.ts';

/** `link encode FILE` prints the address part of a share link; `link decode URL` prints the recording. */
export function linkCommand(argv: string[], io: Io): number {
  const { args, has } = options(argv, { 'with-secrets': 'switch' });
  const [verb, source] = args;
  if (args.length !== 2 || (verb !== 'encode' && verb !== 'decode'))
    throw new CliError('usage: berth link encode FILE | link decode URL', 2);
  if (verb === 'encode') {
    const recording = recordingFrom(source!, io);
    io.out(`#s=${encodeLink(has('with-secrets') ? recording : forSharing(recording))}\n`);
    return 0;
  }
  const decoded = decodeLink(source!);
  if (!decoded.ok) throw new CliError(decoded.message);
  io.out(`${JSON.stringify(decoded.recording, null, 2)}\n`);
  return 0;
}
