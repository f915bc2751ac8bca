/** `kubectl set resources`. Upstream: k8s.io/kubectl/pkg/cmd/set/set_resources.go */
import { canonicalQuantity, parseMilli, QUANTITY_FORM } from '../../../engine/api/quantity.ts';
import type { Command, Env, Parsed, Running } from '../../command.ts';
import { failure } from '../../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT, SELECT } from '../../flags.ts';
import { findInfos, patchAll, podSpecChange } from './shared.ts';

export const resources: Command = {
  name: 'resources',
  use: 'kubectl set resources (-f FILENAME | TYPE NAME) ([--limits=LIMITS & --requests=REQUESTS]',
  short: 'Update resource requests/limits on objects with pod templates',
  flags: flags(
    PRINT,
    FILES,
    SELECT,
    DRY_RUN,
    manager('kubectl-set'),
    'all:bool local:bool c,containers=* limits requests',
  ),
  run,
};

function amountsOf(text: string): Record<string, string> {
  const amounts: Record<string, string> = {};
  for (const pair of text.split(',').filter(Boolean)) {
    const [name, value, ...more] = pair.split('=');
    if (!name || value === undefined || more.length)
      throw failure(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
    if (parseMilli(value) === undefined) throw failure(QUANTITY_FORM);
    amounts[name] = canonicalQuantity(value);
  }
  return amounts;
}

/** `*`, `web*`, `*-x`: a container name pattern. */
export const namePattern = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split('*')
      .map((s) => s.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );

function* run(env: Env, p: Parsed): Running {
  const infos = yield* findInfos(env, p, p.args);
  if (!p.str('limits') && !p.str('requests'))
    throw failure('you must specify an update to requests or limits (in the form of --requests/--limits)');
  const limits = amountsOf(p.str('limits'));
  const requests = amountsOf(p.str('requests'));
  const pattern = namePattern(p.str('containers'));
  const change = podSpecChange((spec) => {
    const chosen = [...spec.containers, ...(spec.initContainers ?? [])].filter((c) => pattern.test(c.name));
    if (!chosen.length) throw failure(`unable to find container named ${p.str('containers')}`);
    for (const c of chosen) {
      const r = { ...c.resources };
      if (Object.keys(limits).length) r.limits = { ...r.limits, ...limits };
      if (Object.keys(requests).length) r.requests = { ...r.requests, ...requests };
      c.resources = r;
    }
  });
  return patchAll(
    env,
    p,
    infos,
    change,
    'resource requirements updated',
    'failed to patch resources update to pod template ',
  );
}
