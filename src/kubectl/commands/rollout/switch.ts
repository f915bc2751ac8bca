/** `kubectl rollout pause|resume|restart`. Upstream: k8s.io/kubectl/pkg/polymorphichelpers/{objectpauser,objectresumer,objectrestarter}.go */
import type { AnyObject } from '../../../engine/api/meta.ts';
import { rfc3339 } from '../../../engine/sim/time.ts';
import type { Command, Env, Parsed, Running } from '../../command.ts';
import { resourceName } from '../../discovery.ts';
import { aggregate, Failure, failure, throwIf } from '../../failure.ts';
import { FILES, flags, manager, PRINT, SELECT } from '../../flags.ts';
import { ResultPrinter } from '../../print/output.ts';
import { find, flatten, type Info, queryOf, requestOf, send } from '../../resource.ts';

interface Switch {
  name: 'pause' | 'resume' | 'restart';
  short: string;
  done: string;
  /** The merge patch, or why there is none. */
  patch(env: Env, info: Info): unknown;
}

const named = (info: Info): string => `${resourceName(info.mapping)} ${JSON.stringify(info.name)}`;
const isPaused = (o: AnyObject): boolean => (o.spec as { paused?: boolean }).paused === true;

const SWITCHES: readonly Switch[] = [
  {
    name: 'pause',
    short: 'Mark the provided resource as paused',
    done: 'paused',
    patch(_env, info) {
      if (info.object!.kind !== 'Deployment') throw failure(`${named(info)} pausing is not supported`);
      if (isPaused(info.object!)) throw failure(`${named(info)} is already paused`);
      return { spec: { paused: true } };
    },
  },
  {
    name: 'resume',
    short: 'Resume a paused resource',
    done: 'resumed',
    patch(_env, info) {
      if (info.object!.kind !== 'Deployment') throw failure(`${named(info)} resuming is not supported`);
      if (!isPaused(info.object!)) throw failure(`${named(info)} is not paused`);
      return { spec: { paused: null } };
    },
  },
  {
    name: 'restart',
    short: 'Restart a resource',
    done: 'restarted',
    patch(env, info) {
      const { kind } = info.object!;
      if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(kind))
        throw failure(`${named(info)} restarting is not supported`);
      if (isPaused(info.object!))
        throw failure(`${named(info)} can't restart paused deployment (run rollout resume first)`);
      const annotations = { 'kubectl.kubernetes.io/restartedAt': rfc3339(env.now()) };
      return { spec: { template: { metadata: { annotations } } } };
    },
  },
];

const commandOf = (s: Switch): Command => ({
  name: s.name,
  use: `kubectl rollout ${s.name} RESOURCE`,
  short: s.short,
  flags: flags(PRINT, FILES, SELECT, manager('kubectl-rollout')),
  *run(env: Env, p: Parsed): Running {
    const found = yield* find(env, queryOf(p, p.args, { latest: true }));
    const printer = new ResultPrinter(env, p, 'none');
    const errors = [...found.errors];
    for (const info of flatten(found.infos))
      try {
        const body = s.patch(env, info);
        const answer = send(env, {
          ...requestOf(info, 'patch'),
          patchType: 'strategic',
          body,
          fieldManager: 'kubectl-rollout',
        });
        printer.print(answer.object!, info.mapping, s.done);
      } catch (e) {
        if (!(e instanceof Failure)) throw e;
        errors.push(e);
      }
    throwIf(aggregate(errors));
    return 0;
  },
});

export const [pause, resume, restart] = SWITCHES.map(commandOf) as [Command, Command, Command];
