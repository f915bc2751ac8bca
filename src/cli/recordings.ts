import { parseTranscript, transcriptToInputs } from '../kubectl/transcript.ts';
import { decodeLink } from '../share/link.ts';
import { DEFAULT_START_MS, ENGINE_VERSION, type Recording, readRecording } from '../share/recording.ts';
import { CliError, type Io } from './io.ts';
import { loadObjects } from './manifests.ts';

/** A recording from a link, a recording's JSON file, or a transcript; anything else gets a sentence. */
export function recordingFrom(source: string, io: Io): Recording {
  if (/#s=|^s=|^\d+\.[A-Za-z0-9_-]+$/.test(source) && !io.exists(source)) {
    const decoded = decodeLink(source);
    if (!decoded.ok) throw new CliError(decoded.message);
    return decoded.recording;
  }
  const text = io.read(source);
  if (text.trimStart().startsWith('{')) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (e) {
      throw new CliError(`${source}: ${(e as Error).message}`);
    }
    const checked = readRecording(value);
    if (!checked.ok) throw new CliError(`${source}: ${checked.message}`);
    return checked.recording;
  }
  return recordingOfTranscript(source, text, io);
}

/** A transcript as a recording: its commands at their times, the files they name by content. */
function recordingOfTranscript(source: string, text: string, io: Io): Recording {
  const transcript = parseTranscript(text);
  const { inputs, endMs, files } = transcriptToInputs(transcript);
  if (inputs.length === 0) throw new CliError(`${source}: neither a recording nor a transcript with commands`);
  const clusterFile = transcript.cluster && `${source.replace(/[^/]*$/, '')}clusters/${transcript.cluster}.yaml`;
  const contents: Record<string, string> = {};
  for (const name of files) if (io.exists(name)) contents[name] = io.read(name);
  return {
    format: 1,
    engine: ENGINE_VERSION,
    kubernetes: '1.36',
    seed: 1,
    startMs: DEFAULT_START_MS,
    cluster: clusterFile && io.exists(clusterFile) ? loadObjects([clusterFile], io) : [],
    files: contents,
    inputs,
    endMs,
    digest: '',
  };
}
