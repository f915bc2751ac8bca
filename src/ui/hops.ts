/** Which write the control plane shows: the newest while time runs, one after the other while somebody looks at them. */
import type { HopRow } from '../view/rows.ts';
import { rows } from './rows.ts';
import { getState, setState } from './store.ts';

/** A write stays this long at least, so that the eye can catch it. */
export const LIT_MS = 600;
/** More that wait than this: the oldest are skipped, or the picture would fall behind. */
const BEHIND_MAX = 9;

/** The write that is shown, and how many wait behind it. */
export function shownHop(hops: readonly HopRow[], revision: number): { hop: HopRow | undefined; waiting: number } {
  const at = hops.findLastIndex((h) => h.revision <= revision);
  return { hop: hops[at], waiting: hops.length - 1 - at };
}

/** The write after the one shown; when too many wait, a later one. */
export function hopAfter(hops: readonly HopRow[], revision: number): HopRow | undefined {
  const next = hops.filter((h) => h.revision > revision);
  return next[Math.max(0, next.length - BEHIND_MAX)];
}

/** Shows the next write; false when there is none left. */
export function nextHop(): boolean {
  const next = hopAfter(rows.hops, getState().hop);
  if (next) setState({ hop: next.revision });
  return next !== undefined;
}

/** The names of pods end in what tells them apart: `web-…-m4tq2`. */
export function shortName(name: string): string {
  const parts = name.split('-');
  return parts.length > 2 ? `${parts[0]}-…-${parts.at(-1)}` : name;
}

/** What a write did, in API words: `create pods/binding web-…-m4tq2`. */
export const hopWords = (hop: HopRow): string => `${hop.verb} ${hop.resource} ${shortName(hop.name)}`;

/** Where the object of a write lies in etcd. */
export const keyWords = ({ kind, namespace, name }: HopRow): string => `${kind}/${namespace ? shortName(name) : name}`;
