/** Links that carry the whole story. */
import { encodeLink, forSharing } from '../share/link.ts';
import type { Recording } from '../worker/protocol.ts';
import { copyText, linkSaid, report } from './actions.ts';
import { call } from './connection.ts';
import { getState } from './store.ts';

export interface LinkOptions {
  /** Moment to open at, since the start. */
  atMs?: number;
  playing?: boolean;
}

/** The address of the page without query and hash. */
export const pageUrl = (): string => location.href.split(/[?#]/)[0]!;

/** The recording up to now, with what was typed and not applied yet. */
export async function currentRecording(): Promise<Recording> {
  const { time, files } = getState();
  // in the past a changed text would start a branch
  if (!time.past) await call('files', files);
  return call('recording');
}

export async function makeLink(
  options: LinkOptions = {},
): Promise<{ url: string; length: number; recording: Recording }> {
  const recording = await currentRecording();
  const payload = encodeLink(forSharing(recording)).replace(/^#/, '');
  const hash = payload.startsWith('s=') ? payload : `s=${payload}`;
  const at = options.atMs === undefined ? '' : `&t=${Math.round(options.atMs)}`;
  const url = `${pageUrl()}#${hash}${at}${options.playing ? '&play=1' : ''}`;
  return { url, length: url.length, recording };
}

/** Ctrl+S. */
export async function copyLink(): Promise<void> {
  try {
    const { time } = getState();
    const { url, length } = await makeLink({ atMs: time.nowMs - time.startMs });
    await copyText(url, linkSaid(length));
  } catch (error) {
    report(error);
  }
}
