/** `kubectl scale`. Upstream: k8s.io/kubectl/pkg/cmd/scale/scale.go, pkg/scale/scale.go */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running, Wait } from '../command.ts';
import { aggregate, failure, throwIf } from '../failure.ts';
import { DRY_RUN, FILES, flags, PRINT, SELECT } from '../flags.ts';
import { type DryRun, dryRunOf } from '../options.ts';
import { ResultPrinter } from '../print/output.ts';
import { find, flatten, type Info, queryOf, requestOf, send } from '../resource.ts';

export const scale: Command = {
  name: 'scale',
  use: 'kubectl scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
  short: 'Set a new size for a deployment, replica set, or replication controller',
  flags: flags(
    PRINT,
    FILES,
    SELECT,
    DRY_RUN,
    'all:bool current-replicas:int=-1 replicas!:int resource-version timeout:dur',
  ),
  run,
};

type Scale = AnyObject & { spec?: { replicas?: number }; status?: { replicas?: number } };

function* run(env: Env, p: Parsed): Running {
  const dryRun = dryRunOf(env, p);
  const replicas = p.int('replicas');
  if (replicas < 0)
    throw failure('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  if (p.int('current-replicas') < -1) throw failure('The --current-replicas must specify an integer of -1 or greater');
  const found = yield* find(env, queryOf(p, p.args, { latest: true, emptySelects: p.bool('all') }));
  const infos = flatten(found.infos);
  if (p.str('resource-version') && infos.length > 1)
    throw failure('cannot use --resource-version with multiple resources');
  if (infos.length === 0) {
    throwIf(aggregate(found.errors));
    throw failure('no objects passed to scale');
  }
  const printer = new ResultPrinter(env, p, dryRun);
  for (const info of infos) {
    if (dryRun !== 'client') setReplicas(env, p, info, replicas, dryRun);
    printer.print({ ...info.object!, spec: { ...(info.object!.spec as object), replicas } }, info.mapping, 'scaled');
    if (p.duration('timeout') > 0 && dryRun === 'none') yield* waitForSize(env, info, replicas, p.duration('timeout'));
  }
  throwIf(aggregate(found.errors));
  return 0;
}

const scaleRequest = (info: Info) => ({ ...requestOf(info, 'get'), subresource: 'scale' });

function setReplicas(env: Env, p: Parsed, info: Info, replicas: number, dryRun: DryRun): void {
  const wanted = p.int('current-replicas');
  const version = p.str('resource-version');
  const dry = dryRun === 'server' ? { dryRun: true } : {};
  if (wanted === -1 && !version) {
    send(env, { ...scaleRequest(info), verb: 'patch', patchType: 'merge', body: { spec: { replicas } }, ...dry });
    return;
  }
  const current = send(env, scaleRequest(info)).object as Scale;
  const is = current.spec?.replicas ?? 0;
  if (wanted !== -1 && is !== wanted) throw failure(`Expected replicas to be ${wanted}, was ${is}`);
  if (version && current.metadata.resourceVersion !== version)
    throw failure(`Expected resource version to be ${version}, was ${current.metadata.resourceVersion}`);
  send(env, { ...scaleRequest(info), verb: 'update', body: { ...current, spec: { replicas } }, ...dry });
}

function* waitForSize(env: Env, info: Info, replicas: number, timeoutMs: number): Generator<Wait, void, void> {
  const deadline = env.now() + timeoutMs;
  for (;;) {
    const current = send(env, scaleRequest(info)).object as Scale;
    if ((current.status?.replicas ?? 0) === replicas || env.interrupted()) return;
    if (env.now() >= deadline) throw failure('timed out waiting for the condition');
    yield { atMs: deadline, kinds: [info.mapping.kind] };
  }
}
