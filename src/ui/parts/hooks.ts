import { useEffect, useRef, useState } from 'react';
import type { PodRow } from '../../view/rows.ts';
import { type Rows, rows } from '../rows.ts';
import { useStore } from '../store.ts';

/** The row maps; the component is redrawn after frames, at most every `everyMs`, and once more after the last one. */
export function useLiveRows(everyMs = 0): Rows {
  const [, redraw] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = performance.now();
    let seen = useStore.getState().revision;
    const draw = () => {
      timer = undefined;
      last = performance.now();
      redraw((n) => n + 1);
    };
    const stop = useStore.subscribe((s) => {
      if (s.revision === seen) return;
      seen = s.revision;
      const wait = last + everyMs - performance.now();
      if (wait <= 0 && !timer) draw();
      else timer ??= setTimeout(draw, wait);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [everyMs]);
  return rows;
}

export const podOf = (r: Rows, key: string): PodRow | undefined => r.pods.get(r.podKeys.get(key) ?? '');

/**
 * The answer of an asynchronous question, asked anew when `key` changes. The old answer stays until the new one is
 * there, unless `key` names another `subject`.
 */
export function useAnswer<T>(subject: string, key: string, ask: () => Promise<T>): T | undefined {
  const [answer, setAnswer] = useState<{ subject: string; value: T }>();
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    let dropped = key === '';
    if (dropped) return;
    latest
      .current()
      .then((value) => {
        if (!dropped) setAnswer({ subject, value });
      })
      .catch(() => undefined); // the worker broke: the crash page says so
    return () => {
      dropped = true;
    };
  }, [subject, key]);
  return answer?.subject === subject ? answer.value : undefined;
}
