import { rfc3339 } from '../../engine/index.ts';
import { type BerthCommand, durationMs, UsageError } from './program.ts';

/** `berth time`: the virtual clock. */
export const timeCommand: BerthCommand = {
  name: 'time',
  usage: 'time',
  *run(env, _args, playground) {
    env.out(`${rfc3339(env.now())} (${(playground.elapsedMs / 1000).toFixed(1)} s after the start)\n`);
    return 0;
  },
};

/** `berth advance 60s`: lets virtual time pass as fast as it can be computed. */
export const advanceCommand: BerthCommand = {
  name: 'advance',
  usage: 'advance DURATION',
  *run(env, [text], playground) {
    const ms = durationMs(text ?? '');
    if (ms === undefined) throw new UsageError(`"${text ?? ''}" is no duration like 60s`);
    const until = env.now() + ms;
    playground.skipTo(until);
    while (env.now() < until && !env.interrupted()) yield { atMs: until };
    return 0;
  },
};
