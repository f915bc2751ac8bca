/** `kubectl label`. Upstream: k8s.io/kubectl/pkg/cmd/label/label.go */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { aggregate, Failure, failure, quote } from '../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT, SELECT } from '../flags.ts';
import { labelValueProblems } from '../names.ts';
import { type DryRun, dryRunOf, writeOptions } from '../options.ts';
import { splitPairs } from '../pairs.ts';
import { ResultPrinter } from '../print/output.ts';
import { collect, find, flatten, type Info, queryOf, requestOf, send, throwAll } from '../resource.ts';

export const label: Command = {
  name: 'label',
  use: 'kubectl label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  short: 'Update the labels on a resource',
  flags: flags(
    PRINT,
    FILES,
    SELECT,
    DRY_RUN,
    manager('kubectl-label'),
    'all:bool A,all-namespaces:bool field-selector list:bool local:bool overwrite:bool resource-version',
  ),
  run,
};

interface Change {
  set: Map<string, string>;
  remove: string[];
}

function parseLabels(specs: readonly string[]): Change {
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const spec of specs) {
    if (spec.includes('=')) {
      const parts = spec.split('=');
      if (parts.length !== 2) throw failure(`invalid label spec: ${spec}`);
      const why = labelValueProblems(parts[1]!);
      if (why.length) throw failure(`invalid label value: ${quote(spec)}: ${why.join(';')}`);
      set.set(parts[0]!, parts[1]!);
    } else if (spec.endsWith('-')) remove.push(spec.slice(0, -1));
    else throw failure(`unknown label spec: ${spec}`);
  }
  if (remove.some((k) => set.has(k))) throw failure('can not both modify and remove a label in the same command');
  return { set, remove };
}

function* run(env: Env, p: Parsed): Running {
  const { resources, pairs } = splitPairs(p.args, 'label');
  const change = parseLabels(pairs);
  const dryRun = dryRunOf(env, p);
  checkTargets(p, resources, 'label', dryRun);
  if (change.set.size === 0 && change.remove.length === 0 && !p.bool('list'))
    throw failure('at least one label update is required');
  const q = queryOf(p, resources, { latest: !p.bool('local'), emptySelects: p.bool('all') });
  const found = yield* find(env, q);
  const infos = flatten(found.infos);
  if (p.str('resource-version') && !found.single)
    throw failure('--resource-version may only be used with a single resource');
  const printer = new ResultPrinter(env, p, dryRun);
  const errors = [...found.errors];
  for (const info of infos) collect(errors, () => labelOne(env, p, info, change, dryRun, printer, found.single));
  throwAll(errors);
  return 0;
}

/** What `label` and `annotate` check before they ask for anything. */
export function checkTargets(p: Parsed, resources: readonly string[], what: string, dryRun: DryRun): void {
  if (p.bool('list') && p.str('output')) throw failure('--list and --output may not be specified together');
  if (p.bool('all') && p.str('selector')) throw failure('cannot set --all and --selector at the same time');
  if (p.bool('all') && p.str('field-selector')) throw failure('cannot set --all and --field-selector at the same time');
  const files = p.list('filename').length > 0 || p.str('kustomize') !== '';
  const example = what === 'label' ? 'pod' : 'rsrc';
  if (!p.bool('local')) {
    if (resources.length === 0 && !files)
      throw failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    return;
  }
  if (dryRun === 'server')
    throw failure('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  if (resources.length)
    throw failure(
      `can only use local files by -f ${example}.yaml or --filename=${example}.json when --local=true is set`,
    );
  if (!files) throw failure(`one or more files must be specified as -f ${example}.yaml or --filename=${example}.json`);
}

function labelOne(
  env: Env,
  p: Parsed,
  info: Info,
  change: Change,
  dryRun: DryRun,
  printer: ResultPrinter,
  single: boolean,
): void {
  const object = info.object!;
  const old = object.metadata.labels ?? {};
  const quiet = dryRun === 'client' || p.bool('local') || p.bool('list');
  if (!quiet) for (const key of change.remove) if (old[key] === undefined) env.out(`label ${quote(key)} not found.\n`);
  if (!p.bool('overwrite')) refuseOverwrites(old, change.set);
  const added = [...change.set].filter(([k, v]) => old[k] !== v);
  const removed = change.remove.filter((k) => old[k] !== undefined);
  const labels = Object.fromEntries([...Object.entries(old).filter(([k]) => !removed.includes(k)), ...added]);
  const changed: AnyObject = { ...object, metadata: { ...object.metadata, labels } };
  if (!quiet && (added.length || removed.length)) {
    const patch = { ...Object.fromEntries(added), ...Object.fromEntries(removed.map((k) => [k, null])) };
    const metadata = {
      labels: patch,
      ...(p.str('resource-version') ? { resourceVersion: p.str('resource-version') } : {}),
    };
    send(env, { ...requestOf(info, 'patch'), ...writeOptions(p, dryRun), patchType: 'merge', body: { metadata } });
  }
  if (p.bool('list')) listPairs(env, changed, 'labels', labels, single);
  else printer.print(changed, info.mapping, message(added.length, removed.length));
}

const message = (added: number, removed: number): string =>
  added && removed ? 'modified' : added ? 'labeled' : removed ? 'unlabeled' : 'not labeled';

function refuseOverwrites(old: Record<string, string>, set: ReadonlyMap<string, string>): void {
  const clashes = [...set]
    .filter(([k, v]) => old[k] !== undefined && old[k] !== v)
    .map(([k]) => new Failure(`'${k}' already has a value (${old[k]}), and --overwrite is false`));
  const problem = aggregate(clashes);
  if (problem) throw problem;
}

export function listPairs(env: Env, o: AnyObject, what: string, pairs: Record<string, string>, single: boolean): void {
  const group = o.apiVersion.includes('/') ? o.apiVersion.split('/')[0] : '';
  if (!single) env.out(`Listing ${what} for ${o.kind}.${group}/${o.metadata.name}:\n`);
  for (const key of Object.keys(pairs).sort()) env.out(`${single ? '' : ' '}${key}=${pairs[key]}\n`);
}
