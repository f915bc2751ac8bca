/** The words for a pod that fits nowhere. Upstream: pkg/scheduler/framework/types.go (FitError) */
import type { NodeStatuses } from './interface.ts';

/** `3 Insufficient cpu, 1 node(s) were unschedulable`, sorted as texts; '' when no reason is known. */
function histogram(nodes: number, statuses: NodeStatuses): string {
  const counts = new Map<string, number>();
  const count = (reasons: readonly string[], n: number): void => {
    for (const r of reasons) counts.set(r, (counts.get(r) ?? 0) + n);
  };
  for (const status of statuses.explicit.values()) count(status.reasons, 1);
  if (statuses.explicit.size < nodes) count(statuses.absent.reasons, nodes - statuses.explicit.size);
  return [...counts]
    .map(([reason, n]) => `${n} ${reason}`)
    .sort(byBytes)
    .join(', ');
}

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `0/3 nodes are available: …` */
export function fitMessage(
  nodes: number,
  statuses: NodeStatuses,
  preFilterMessage: string,
  postFilterMessage: string,
): string {
  let message = `0/${nodes} nodes are available:`;
  if (preFilterMessage) message += ` ${preFilterMessage}.`;
  else {
    const reasons = histogram(nodes, statuses);
    if (reasons) message += ` ${reasons}.`;
  }
  return postFilterMessage ? `${message} ${postFilterMessage}` : message;
}

const NOTE_MAX = 1024;
const encoded = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4);

/** An event's note: cut at 1020 bytes with ` ...` behind when it is longer than 1024. */
export function truncateNote(text: string): string {
  let bytes = 0;
  let cut = text.length;
  let at = 0;
  for (const ch of text) {
    bytes += encoded(ch.codePointAt(0)!);
    if (bytes <= NOTE_MAX - 4) cut = at + ch.length;
    at += ch.length;
  }
  return bytes > NOTE_MAX ? `${text.slice(0, cut)} ...` : text;
}
