import { useEffect, useMemo, useRef, useState } from 'react';
import type { ExplainedDecision } from '../../view/decision.ts';
import type { PodRow } from '../../view/rows.ts';
import { call } from '../connection.ts';
import { useAnswer } from '../parts/hooks.ts';
import { rows } from '../rows.ts';
import { setState, useStore } from '../store.ts';

export interface Deciding {
  /** Undefined while it is asked for, null when the scheduler never looked at the pod. */
  decision: ExplainedDecision | null | undefined;
  /** The last attempt, whichever is shown; its message is what Kubernetes said. */
  latest: ExplainedDecision | null | undefined;
  /** As it would be decided now, when that differs from the last attempt of a pod that waits. */
  now: ExplainedDecision | undefined;
  /** The attempt before the shown one, when comparing. */
  before?: ExplainedDecision;
  attempts: readonly { attempt: number; atMs: number }[];
  /** Index into `attempts` of the shown one; their number, when it is shown as of now. */
  shown: number;
  compare: boolean;
  go(step: 1 | -1): void;
  setCompare(on: boolean): void;
}

/** The number under which the worker decides as of now. */
const NOW = 0;

/** How often a playing cluster is asked what it would decide now, ms of real time; many nodes cost more. */
const beatMs = (): number => (rows.nodes.size > 100 ? 4000 : 1000);

/** Whether two decisions say the same of every node. */
function sameDecision(a: ExplainedDecision, b: ExplainedDecision): boolean {
  const names = Object.keys(a.filters);
  return (
    a.verdict === b.verdict &&
    names.length === Object.keys(b.filters).length &&
    names.every((n) => cellText(a, n) === cellText(b, n)) &&
    JSON.stringify([a.nearest?.node, a.nearest?.short]) === JSON.stringify([b.nearest?.node, b.nearest?.short])
  );
}

function cellText(d: ExplainedDecision, node: string): string | undefined {
  const cell = d.filters[node];
  return cell === undefined ? undefined : cell === null ? '' : `${cell.plugin} ${cell.reasons.join()}`;
}

/** What would be decided now about a pod that waits, when the last attempt no longer tells it. */
function useNow(pod: PodRow, key: string, question: string, latest: Deciding['latest']): ExplainedDecision | undefined {
  const beat = useStore((s) => Math.floor(s.time.nowMs / (beatMs() * Math.max(1, s.time.speed))));
  // while time stands still, every frame is a change that somebody made
  const frame = useStore((s) => (s.time.paused ? s.revision : 0));
  const asks = pod.node === '' && Boolean(latest?.attempt);
  const now = useAnswer(`${key} now`, asks ? `${question} ${beat} ${frame}` : '', () => call('explain', key, NOW));
  // an answer that says the same again is no news: what hangs on it is not asked again
  const kept = useRef<ExplainedDecision>(undefined);
  return useMemo(() => {
    const differs = asks && latest && now && !sameDecision(latest, now);
    if (!differs) kept.current = undefined;
    else if (!kept.current || !sameDecision(kept.current, now)) kept.current = now;
    return kept.current;
  }, [asks, latest, now]);
}

/**
 * The decision about a pod: as of now while it waits, else the latest attempt, or one that was chosen. `version` changes when
 * the pod's row did, so that a new attempt is asked for. The picture draws the same one, so it is put into the store.
 */
export function useDecision(row: PodRow, version: string): Deciding {
  const pod = `${row.namespace}/${row.name}`;
  const [chosen, setChosen] = useState<{ pod: string; attempt: number }>();
  const [compare, setCompare] = useState(false);
  const past = useStore((s) => s.time.past);
  const question = `${pod} ${version} ${past}`;
  const attempt = chosen?.pod === pod ? chosen.attempt : undefined;
  const latest = useAnswer(pod, question, () => call('explain', pod));
  const now = useNow(row, pod, question, latest);
  const older = useAnswer(`${pod} ${attempt}`, attempt === undefined ? '' : `${pod} ${attempt}`, () =>
    call('explain', pod, attempt),
  );
  const attempts = latest?.attempts ?? (latest ? [{ attempt: latest.attempt, atMs: latest.atMs }] : []);
  const found = attempts.findIndex((a) => a.attempt === attempt);
  const last = now ? attempts.length : attempts.length - 1;
  const shown = found < 0 ? last : found;
  const decision = found >= 0 && older ? older : (now ?? latest);
  const previous = compare ? attempts[shown - 1]?.attempt : undefined;
  const before = useAnswer(`${pod} ${previous}`, previous === undefined ? '' : `${pod} ${previous}`, () =>
    call('explain', pod, previous),
  );

  // a refusal in the past of a pod that runs by now: the picture shows today's room, which was not in question then
  const drawn = decision && row.node !== '' && decision.verdict !== 'Schedulable' ? null : (decision ?? null);
  useEffect(() => setState({ explained: drawn }), [drawn]);
  useEffect(() => () => setState({ explained: null }), []);

  return {
    decision,
    latest,
    now,
    ...(before ? { before } : {}),
    attempts,
    shown,
    compare,
    setCompare,
    go(step) {
      const at = shown + step;
      if (at < 0 || at > last) return;
      setChosen(at === last ? undefined : { pod, attempt: attempts[at]!.attempt });
    },
  };
}
