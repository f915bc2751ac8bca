/** `kubectl delete`. Upstream: k8s.io/kubectl/pkg/cmd/delete/delete.go */
import type { Propagation } from '../../engine/api/request.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { kindName } from '../discovery.ts';
import { Failure, failure } from '../failure.ts';
import { DRY_RUN, FILES, flags, SELECT } from '../flags.ts';
import { cascadeOf, type DryRun, dryRunOf, drySuffix } from '../options.ts';
import { collect, find, flatten, type Info, type Query, queryOf, throwAll } from '../resource.ts';
import { type Doomed, deleteObject, waitGone } from '../write.ts';

const WEEK_MS = 168 * 3_600_000;

export const remove: Command = {
  name: 'delete',
  use: 'kubectl delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])',
  short: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  flags: flags(
    FILES,
    SELECT,
    DRY_RUN,
    'all:bool A,all-namespaces:bool cascade=background field-selector force:bool grace-period:int=-1 ignore-not-found:bool',
    'i,interactive:bool now:bool o,output raw timeout:dur wait:bool=true',
  ),
  run,
};

export interface Deletion {
  graceSeconds: number;
  propagation: Propagation;
  dryRun: DryRun;
  output: string;
}

const FORCE_WARNING =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n';

function* run(env: Env, p: Parsed): Running {
  const dryRun = dryRunOf(env, p);
  const propagation = cascadeOf(env, p);
  const selecting = p.bool('all') || p.str('selector') !== '' || p.str('field-selector') !== '';
  const ignoreMissing = p.bool('ignore-not-found') || (selecting && !p.given('ignore-not-found'));
  const graceSeconds = graceOf(p);
  const q: Query = queryOf(p, p.args, { lazy: true, unchecked: true });
  if (p.args.length === 0 && !q.files?.length && (selecting || q.allNamespaces)) q.words = [];
  checkSelection(p);
  const found = yield* find(env, q);
  validate(env, p, graceSeconds);
  const infos = flatten(found.infos);
  const d: Deletion = { graceSeconds, propagation, dryRun, output: p.str('output') };
  const errors = [...found.errors];
  const doomed: Doomed[] = [];
  let some = 0;
  let warn = p.given('namespace') && !p.bool('all-namespaces');
  for (const info of infos) {
    if (warn && !info.mapping.namespaced) {
      env.err('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
      warn = false;
    }
    const one = collect(errors, () => deleteOne(env, info, d, ignoreMissing));
    if (one && one !== 'nothing to wait for') doomed.push(one);
    if (one !== undefined) some++;
  }
  throwAll(errors);
  if (some === 0) {
    env.out('No resources found\n');
    return 0;
  }
  if (!p.bool('wait') || dryRun !== 'none') return 0;
  return yield* waitForAll(env, doomed, p.duration('timeout'));
}

function graceOf(p: Parsed): number {
  let grace = p.int('grace-period');
  if (p.bool('now')) {
    if (grace !== -1) throw failure('--now and --grace-period cannot be specified together');
    grace = 1;
  }
  if (grace === 0 && !p.bool('force')) return 1;
  return p.bool('force') && grace < 0 ? 0 : grace;
}

function checkSelection(p: Parsed): void {
  const output = p.str('output');
  if (output !== '' && output !== 'name')
    throw failure(`unexpected -o output mode: ${output}. We only support '-o name'`);
  if (p.bool('all') && p.str('selector') !== '')
    throw failure("setting 'all' parameter but found a non empty selector.");
}

function validate(env: Env, p: Parsed, graceSeconds: number): void {
  if (p.bool('force') && graceSeconds > 0)
    throw failure('--force and --grace-period greater than 0 cannot be specified together');
  if (p.bool('force') && dryRunOf(env, p) === 'none') env.err(FORCE_WARNING);
}

function deleteOne(env: Env, info: Info, d: Deletion, ignoreMissing: boolean): Doomed | 'nothing to wait for' {
  if (d.dryRun === 'client') {
    printDeleted(env, info, d);
    return 'nothing to wait for';
  }
  try {
    const options = {
      propagationPolicy: d.propagation,
      ...(d.graceSeconds >= 0 ? { gracePeriodSeconds: d.graceSeconds } : {}),
    };
    const doomed = deleteObject(env, info, options, d.dryRun === 'server');
    printDeleted(env, info, d);
    return doomed;
  } catch (e) {
    if (ignoreMissing && e instanceof Failure && e.status?.reason === 'NotFound') return 'nothing to wait for';
    throw e;
  }
}

/** `pod "x" deleted from default namespace` */
export function printDeleted(env: Env, info: Info, d: Deletion): void {
  const kind = kindName(info.mapping);
  if (d.output === 'name') {
    env.out(`${kind}/${info.name}\n`);
    return;
  }
  const force = d.graceSeconds === 0 ? 'force deleted' : 'deleted';
  const where = info.mapping.namespaced ? ` from ${info.namespace} namespace` : '';
  env.out(`${kind} "${info.name}" ${force}${where}${drySuffix(d.dryRun)}\n`);
}

/** Waits as `delete` does; 0 for a timeout means a week. */
export function* waitForAll(env: Env, doomed: readonly Doomed[], timeoutMs: number): Running {
  const left = yield* waitGone(env, doomed, env.now() + (timeoutMs > 0 ? timeoutMs : WEEK_MS));
  if (env.interrupted()) return 130;
  if (left.length)
    throwAll(
      left.map((d) => failure(`timed out waiting for the condition on ${d.info.mapping.plural}/${d.info.name}`)),
    );
  return 0;
}
