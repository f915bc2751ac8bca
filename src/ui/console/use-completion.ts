import { useEffect, useState } from 'react';
import { call } from '../connection.ts';
import { type Completion, NO_COMPLETION } from './completion.ts';

const ASK_AFTER_MS = 60;

/** Asks the worker how a line could go on; an answer for an older line is dropped. The second part forgets the answer. */
export function useCompletion(line: string, enabled: boolean): [Completion, () => void] {
  const [found, setFound] = useState<{ line: string; completion: Completion }>();
  useEffect(() => {
    if (!line.trim() || !enabled) return;
    let dropped = false;
    const timer = setTimeout(() => {
      call('complete', line, line.length)
        .then((completion) => {
          if (!dropped) setFound({ line, completion });
        })
        .catch(() => undefined);
    }, ASK_AFTER_MS);
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [line, enabled]);
  return [found?.line === line ? found.completion : NO_COMPLETION, () => setFound(undefined)];
}
