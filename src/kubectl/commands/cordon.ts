/** `kubectl cordon`, `kubectl uncordon`, and the first half of drain. Upstream: k8s.io/kubectl/pkg/cmd/drain, pkg/drain/cordon.go */
import type { Command, Env, Parsed, Running } from '../command.ts';
import { DRY_RUN, flags, SELECT } from '../flags.ts';
import { type DryRun, dryRunOf } from '../options.ts';
import { ResultPrinter } from '../print/output.ts';
import { find, flatten, type Info, requestOf, send, throwAll } from '../resource.ts';
import { Failure, throwUsage } from './cordon-usage.ts';

const command = (name: 'cordon' | 'uncordon', short: string): Command => ({
  name,
  use: `kubectl ${name} NODE`,
  short,
  flags: flags(SELECT, DRY_RUN),
  *run(env, p): Running {
    throwUsage(name, p);
    const dryRun = dryRunOf(env, p);
    const nodes = yield* nodesOf(env, p);
    setSchedulable(env, p, nodes, name === 'cordon', dryRun);
    return 0;
  },
});

export const cordon = command('cordon', 'Mark node as unschedulable');
export const uncordon = command('uncordon', 'Mark node as schedulable');

/** The nodes a command names; the first that is missing ends it. */
export function* nodesOf(env: Env, p: Parsed): Generator<{ input: true }, Info[], void> {
  const selector = p.str('selector');
  const found = yield* find(env, {
    words: selector ? ['nodes'] : p.args[0]?.includes('/') ? p.args : ['nodes', ...p.args],
    namespace: p.namespace,
    ...(selector ? { labelSelector: selector } : {}),
  });
  throwAll(found.errors.slice(0, 1));
  return flatten(found.infos);
}

/** Sets `spec.unschedulable` and says what was done; returns the nodes as they are now. */
export function setSchedulable(env: Env, p: Parsed, nodes: readonly Info[], off: boolean, dryRun: DryRun): void {
  const printer = new ResultPrinter(env, p, dryRun);
  const word = off ? 'cordon' : 'uncordon';
  for (const info of nodes) {
    const is = (info.object as unknown as { spec?: { unschedulable?: boolean } }).spec?.unschedulable === true;
    if (is === off) {
      printer.print(info.object!, info.mapping, `already ${word}ed`);
      continue;
    }
    try {
      const body = { spec: { unschedulable: off ? true : null } };
      if (dryRun !== 'client')
        send(env, {
          ...requestOf(info, 'patch'),
          patchType: 'strategic',
          body,
          ...(dryRun === 'server' ? { dryRun: true } : {}),
        });
      printer.print(info.object!, info.mapping, `${word}ed`);
    } catch (e) {
      if (!(e instanceof Failure)) throw e;
      env.err(`error: unable to ${word} node "${info.name}": ${e.message}\n`);
    }
  }
}
