/**
 * The ten seconds to why. The cluster plays as always; the picture alone holds the first pod back in open water and tells its real decision
 * in five beats. Any key, click or scroll, and any script, hands over control at once.
 */
import type { ExplainedDecision } from '../view/decision.ts';
import type { PodRow } from '../view/rows.ts';
import { call } from './connection.ts';
import { recall, remember } from './looks.ts';
import { podKey, type Rows, rows } from './rows.ts';
import { getState, setState, useStore } from './store.ts';

/** At rest, a pod wants in, who is closed, who is left, it moors, two buttons. */
export const BEATS = { rest: 0, wants: 1, closed: 2, left: 3, moors: 4, done: 5 } as const;
const LENGTH_MS = [1200, 1800, 2000, 1600, 3000];

export interface Story {
  uid: string;
  key: string;
  cpuMilli: number;
  memoryBytes: number;
  decision: ExplainedDecision;
}

let story: Story | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export const currentStory = (): Story | undefined => story;

const reduced = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** One step on; with reduced motion the reader steps. */
export function nextBeat(): void {
  const { beat } = getState();
  if (beat === null || beat >= BEATS.done) return;
  if (beat === BEATS.rest && !story) return;
  clearTimeout(timer);
  setState({ beat: beat + 1 });
  schedule();
}

function schedule(): void {
  const { beat } = getState();
  if (beat === null || beat >= BEATS.done || reduced()) return;
  timer = setTimeout(nextBeat, LENGTH_MS[beat]);
}

export function endOnboarding(): void {
  clearTimeout(timer);
  story = undefined;
  if (getState().beat !== null) setState({ beat: null });
  remember('seen', '1');
}

/** The first pod that a person asked for and the scheduler has placed among several nodes. */
async function findStory(): Promise<void> {
  const pod = [...rows.pods.values()].find((p) => !p.system && p.node);
  if (!pod || story) return;
  const decision = await call('explain', podKey(pod));
  if (!decision?.scores || getState().beat === null) return;
  story = { uid: pod.uid, key: podKey(pod), cpuMilli: pod.cpuMilli, memoryBytes: pod.memoryBytes, decision };
  nextBeat();
}

/** Starts it on a first visit without an address. */
export function startOnboarding(): void {
  if (recall('seen') || rows.pods.size === 0) return;
  setState({ beat: BEATS.rest });
  const stop = new AbortController();
  const { signal } = stop;
  const over = () => {
    stop.abort();
    unsubscribe();
    endOnboarding();
  };
  let asking = false;
  const unsubscribe = useStore.subscribe((s, before) => {
    if (s.beat === null) over();
    else if (s.revision !== before.revision && s.beat === BEATS.rest && !story && !asking) {
      asking = true;
      findStory()
        .catch(() => undefined) // the crash page says so
        .finally(() => {
          asking = false;
        });
    }
  });
  for (const type of ['pointerdown', 'keydown', 'wheel'] as const)
    addEventListener(type, (e) => !(e.target instanceof Element && e.target.closest('.onboard')) && over(), {
      signal,
      passive: true,
    });
}

/** The rows as the story shows them: until it moors, the pod lies in open water and its node does not have it yet. */
export function toldRows(all: Rows): Rows {
  const { beat } = getState();
  const pod = story && all.pods.get(story.uid);
  if (beat === null || beat >= BEATS.moors || !pod?.node) return all;
  const { fact: _fact, ...rest } = pod;
  const waiting: PodRow = { ...rest, node: '', form: 'pending', word: 'Pending', lane: 'active' };
  const node = all.nodes.get(pod.node);
  const nodes = new Map(all.nodes);
  if (node)
    nodes.set(node.name, {
      ...node,
      cpuMilli: { ...node.cpuMilli, requested: node.cpuMilli.requested - pod.cpuMilli },
      memoryBytes: { ...node.memoryBytes, requested: node.memoryBytes.requested - pod.memoryBytes },
      pods: { ...node.pods, count: node.pods.count - 1 },
    });
  return { ...all, nodes, pods: new Map(all.pods).set(pod.uid, waiting), queue: [{ lane: 'active', uids: [pod.uid] }] };
}

/** What of the decision is shown at a beat: refusals first, then points. */
export function toldDecision(): ExplainedDecision | null {
  const { beat } = getState();
  if (!story || beat === null || beat < BEATS.closed || beat >= BEATS.moors) return null;
  const { decision } = story;
  if (beat >= BEATS.left) return decision;
  return {
    ...decision,
    scores: null,
    filters: Object.fromEntries(Object.entries(decision.filters).filter(([, cell]) => cell)),
  };
}
