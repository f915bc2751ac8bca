/** `kubectl annotate`. Upstream: k8s.io/kubectl/pkg/cmd/annotate/annotate.go */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { failure } from '../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT, SELECT } from '../flags.ts';
import { type DryRun, dryRunOf, writeOptions } from '../options.ts';
import { parsePairs, splitPairs } from '../pairs.ts';
import { ResultPrinter } from '../print/output.ts';
import { collect, find, flatten, type Info, queryOf, requestOf, send, throwAll } from '../resource.ts';
import { checkTargets, listPairs } from './label.ts';

export const annotate: Command = {
  name: 'annotate',
  use: 'kubectl annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  short: 'Update the annotations on a resource',
  flags: flags(
    PRINT,
    FILES,
    SELECT,
    DRY_RUN,
    manager('kubectl-annotate'),
    'all:bool A,all-namespaces:bool field-selector list:bool local:bool overwrite:bool resource-version',
  ),
  run,
};

const CHANGE_CAUSE = 'kubernetes.io/change-cause';

type Change = ReturnType<typeof parsePairs>;

function* run(env: Env, p: Parsed): Running {
  const dryRun = dryRunOf(env, p);
  const { resources, pairs } = splitPairs(p.args, 'annotation');
  const change = parsePairs(pairs, 'annotation');
  checkTargets(p, resources, 'annotation', dryRun);
  if (change.set.size === 0 && change.remove.length === 0 && !p.bool('list'))
    throw failure('at least one annotation update is required');
  const both = change.remove.filter((k) => change.set.has(k));
  if (both.length)
    throw failure(`can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`);
  const found = yield* find(env, queryOf(p, resources, { latest: !p.bool('local'), emptySelects: p.bool('all') }));
  if (p.str('resource-version') && !found.single)
    throw failure('--resource-version may only be used with a single resource');
  const printer = new ResultPrinter(env, p, dryRun);
  const errors = [...found.errors];
  for (const info of flatten(found.infos))
    collect(errors, () => annotateOne(env, p, info, change, dryRun, printer, found.single));
  throwAll(errors);
  return 0;
}

function annotateOne(
  env: Env,
  p: Parsed,
  info: Info,
  change: Change,
  dryRun: DryRun,
  printer: ResultPrinter,
  single: boolean,
): void {
  const object = info.object!;
  const old = object.metadata.annotations ?? {};
  if (!p.bool('overwrite')) {
    const clashes = [...change.set].filter(([k, v]) => k !== CHANGE_CAUSE && old[k] !== undefined && old[k] !== v);
    if (clashes.length)
      throw failure(
        `--overwrite is false but found the following declared annotation(s): ${clashes.map(([k]) => `'${k}' already has a value (${old[k]})`).join('; ')}`,
      );
  }
  const annotations = Object.fromEntries([
    ...Object.entries(old).filter(([k]) => !change.remove.includes(k)),
    ...change.set,
  ]);
  const changed: AnyObject = { ...object, metadata: { ...object.metadata, annotations } };
  if (dryRun !== 'client' && !p.bool('local') && !p.bool('list')) {
    const removed = change.remove.filter((k) => old[k] !== undefined).map((k) => [k, null]);
    const patch = { ...Object.fromEntries(change.set), ...Object.fromEntries(removed) };
    const metadata = {
      ...(Object.keys(patch).length ? { annotations: patch } : {}),
      ...(p.str('resource-version') ? { resourceVersion: p.str('resource-version') } : {}),
    };
    send(env, { ...requestOf(info, 'patch'), ...writeOptions(p, dryRun), patchType: 'merge', body: { metadata } });
  }
  if (p.bool('list')) listPairs(env, changed, 'annotations', annotations, single);
  else printer.print(changed, info.mapping, 'annotated');
}
