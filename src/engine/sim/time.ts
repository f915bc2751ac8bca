/** Virtual time in milliseconds since the Unix epoch (instants) or a length (durations). */
export type Ms = number;

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** The text of the last second that was asked for: what happens at once shares it. */
let last = { second: Number.NaN, text: '' };

/** RFC 3339 in UTC with whole seconds, as Kubernetes stores `metav1.Time`: `2026-01-01T00:00:00Z`. */
export function rfc3339(at: Ms): string {
  const second = Math.floor(at / 1000);
  if (last.second !== second) last = { second, text: writtenOut(second) };
  return last.text;
}

function writtenOut(second: number): string {
  const d = new Date(second * 1000);
  return `${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}T${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())}Z`;
}

/** RFC 3339 with microseconds, as Kubernetes stores `metav1.MicroTime`: `2026-01-01T00:00:00.000000Z`. */
export function rfc3339Micro(at: Ms): string {
  const micro = Math.round((at - Math.floor(at / 1000) * 1000) * 1000);
  return `${rfc3339(at).slice(0, -1)}.${pad(micro, 6)}Z`;
}

/** The instant of an RFC 3339 text, or `undefined` when it is none. */
export function parseTime(text: string | undefined): Ms | undefined {
  if (!text) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
