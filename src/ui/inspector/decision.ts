import { useEffect, useState } from 'react';
import type { ExplainedDecision } from '../../view/decision.ts';
import { call } from '../connection.ts';
import { useAnswer } from '../parts/hooks.ts';
import { setState, useStore } from '../store.ts';

export interface Deciding {
  /** Undefined while it is asked for, null when the scheduler never looked at the pod. */
  decision: ExplainedDecision | null | undefined;
  /** The attempt before the shown one, when comparing. */
  before?: ExplainedDecision;
  attempts: readonly { attempt: number; atMs: number }[];
  /** Index into `attempts` of the shown one. */
  shown: number;
  compare: boolean;
  go(step: 1 | -1): void;
  setCompare(on: boolean): void;
}

/**
 * The decision about a pod: the latest attempt, or one that was chosen. `version` changes when the pod's row did, so that a new
 * attempt is asked for. The picture draws the same one, so it is put into the store.
 */
export function useDecision(pod: string, version: string): Deciding {
  const [chosen, setChosen] = useState<{ pod: string; attempt: number }>();
  const [compare, setCompare] = useState(false);
  const past = useStore((s) => s.time.past);
  const attempt = chosen?.pod === pod ? chosen.attempt : undefined;
  const latest = useAnswer(pod, `${pod} ${version} ${past}`, () => call('explain', pod));
  const older = useAnswer(`${pod} ${attempt}`, attempt === undefined ? '' : `${pod} ${attempt}`, () =>
    call('explain', pod, attempt),
  );
  const attempts = latest?.attempts ?? (latest ? [{ attempt: latest.attempt, atMs: latest.atMs }] : []);
  const found = attempts.findIndex((a) => a.attempt === attempt);
  const shown = found < 0 ? attempts.length - 1 : found;
  const decision = attempt === undefined || found < 0 ? latest : older;
  const previous = compare ? attempts[shown - 1]?.attempt : undefined;
  const before = useAnswer(`${pod} ${previous}`, previous === undefined ? '' : `${pod} ${previous}`, () =>
    call('explain', pod, previous),
  );

  useEffect(() => setState({ explained: decision ?? null }), [decision]);
  useEffect(() => () => setState({ explained: null }), []);

  return {
    decision,
    ...(before ? { before } : {}),
    attempts,
    shown,
    compare,
    setCompare,
    go(step) {
      const next = attempts[shown + step];
      if (next) setChosen(shown + step === attempts.length - 1 ? undefined : { pod, attempt: next.attempt });
    },
  };
}
