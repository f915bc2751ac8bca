import type { FrameRows } from './rows.ts';

/** Rows that cross in one message at most: taking more of them over would hold up the page. */
export const CHUNK_ROWS = 1_000;

/** A frame as messages of at most `size` rows. Only the first resets, only the last says what happened beside the rows. */
export function chunksOf(frame: FrameRows, size = CHUNK_ROWS): FrameRows[] {
  const { nodes, pods } = frame;
  if (nodes.length + pods.length <= size) return [frame];
  const chunks: FrameRows[] = [];
  const empty = { nowMs: frame.nowMs, revision: frame.revision, nodes: [], pods: [], marks: [] };
  const add = (rows: Partial<FrameRows>): void =>
    void chunks.push({ ...empty, reset: false, more: true, removedNodes: [], removedPods: [], ...rows });
  for (let i = 0; i < nodes.length; i += size) add({ nodes: nodes.slice(i, i + size) });
  for (let i = 0; i < pods.length; i += size) add({ pods: pods.slice(i, i + size) });
  const first = chunks[0]!;
  first.reset = frame.reset;
  first.removedNodes = frame.removedNodes;
  first.removedPods = frame.removedPods;
  const { nodes: _, pods: __, removedNodes: ___, removedPods: ____, ...rest } = frame;
  const last = chunks.pop()!;
  chunks.push({ ...last, ...rest, reset: last.reset, more: false });
  return chunks;
}
