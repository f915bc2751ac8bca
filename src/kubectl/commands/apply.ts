/** `kubectl apply`. Upstream: k8s.io/kubectl/pkg/cmd/apply/{apply,patcher}.go */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running, Wait } from '../command.ts';
import { Failure, failure, usageFailure, withSource } from '../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT, SELECT, VALIDATE } from '../flags.ts';
import { LAST_APPLIED, lastApplied, withLastApplied } from '../last-applied.ts';
import { cascadeOf, type DryRun, dryRunOf, validationOf } from '../options.ts';
import { ResultPrinter } from '../print/output.ts';
import { fetchInfo, find, type Info, queryOf, requestOf, send, throwAll } from '../resource.ts';
import { threeWayPatch } from '../three-way.ts';
import { copy, goJson } from '../values.ts';
import { createObject, deleteObject, pace, point, type WriteOptions, waitGone } from '../write.ts';
import { editLastApplied, setLastApplied, viewLastApplied } from './apply-last-applied.ts';
import { prune } from './apply-prune.ts';

export const apply: Command = {
  name: 'apply',
  use: 'kubectl apply (-f FILENAME | -k DIRECTORY)',
  short: 'Apply a configuration to a resource by file name or stdin',
  flags: flags(
    PRINT,
    FILES,
    SELECT,
    DRY_RUN,
    VALIDATE,
    manager('kubectl-client-side-apply'),
    'all:bool cascade=background force:bool force-conflicts:bool grace-period:int=-1 openapi-patch:bool=true overwrite:bool=true',
    'prune:bool prune-allowlist:array applyset server-side:bool subresource timeout:dur wait:bool',
  ),
  commands: [viewLastApplied, setLastApplied, editLastApplied],
  run,
};

interface Options {
  dryRun: DryRun;
  write: WriteOptions;
  serverSide: boolean;
  force: boolean;
  forceConflicts: boolean;
  parsed: Parsed;
}

function* run(env: Env, p: Parsed): Running {
  if (p.args.length) throw usageFailure('apply', `Unexpected args: [${p.args.join(' ')}]`);
  const o = optionsOf(env, p);
  if (p.list('filename').length === 0 && !p.str('kustomize')) throw failure('must specify one of -f and -k');
  if (p.bool('prune') && !p.bool('all') && !p.str('selector'))
    throw failure(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    );
  const found = yield* find(env, { ...queryOf(p, []), unchecked: o.write.fieldValidation === 'Ignore' });
  const errors = [...found.errors];
  const wanted = p.str('selector') ? found.infos.filter((i) => hasLabels(i.object!, p.str('selector'))) : found.infos;
  if (wanted.length === 0 && errors.length === 0) throw failure('no objects passed to apply');
  const printer = new ResultPrinter(env, p, o.dryRun);
  const visited: Info[] = [];
  for (const info of wanted) {
    try {
      visited.push(yield* applyOne(env, info, o, printer));
      yield* pace(env);
    } catch (e) {
      if (!(e instanceof Failure)) throw e;
      errors.push(e);
    }
  }
  throwAll(errors);
  if (p.bool('prune')) prune(env, p, visited, o.dryRun);
  return 0;
}

function optionsOf(env: Env, p: Parsed): Options {
  const dryRun = dryRunOf(env, p);
  const serverSide = p.bool('server-side');
  if (p.bool('force-conflicts') && !serverSide) throw failure('--force-conflicts only works with --server-side');
  if (dryRun === 'client' && serverSide)
    throw failure("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  if (p.bool('force') && serverSide) throw failure('--force cannot be used with --server-side');
  cascadeOf(env, p);
  const fieldManager = serverSide && !p.given('field-manager') ? 'kubectl' : p.str('field-manager');
  return {
    dryRun,
    serverSide,
    force: p.bool('force'),
    forceConflicts: p.bool('force-conflicts'),
    write: { fieldManager, fieldValidation: validationOf(p), ...(dryRun === 'server' ? { dryRun: true } : {}) },
    parsed: p,
  };
}

/** A label selector of `k=v` parts, as --prune uses it on files. */
const hasLabels = (o: AnyObject, selector: string): boolean =>
  selector.split(',').every((part) => {
    const [key, value] = part.split(/==?/) as [string, string | undefined];
    return o.metadata.labels?.[key] !== undefined && (value === undefined || o.metadata.labels[key] === value);
  });

function* applyOne(env: Env, info: Info, o: Options, printer: ResultPrinter): Generator<Wait, Info, void> {
  const object = info.object!;
  if (!info.name && object.metadata.generateName)
    throw failure(`from ${object.metadata.generateName}: cannot use generate name with apply`);
  if (o.serverSide) return applyServerSide(env, info, o, printer);
  const current = currentOf(env, info);
  if (!current) {
    const fresh = withoutNulls(withLastApplied(object)) as AnyObject;
    const created = o.dryRun === 'client' ? fresh : createObject(env, info, fresh, o.write);
    printer.print(created, info.mapping, 'created');
    return { ...info, object: created };
  }
  if (!current.metadata.annotations?.[LAST_APPLIED]) env.err(missingAnnotation(info));
  const patch = threeWayPatch(
    info.mapping.kind,
    lastApplied(current) ?? {},
    withLastApplied(object) as unknown as Record<string, unknown>,
    current as unknown as Record<string, unknown>,
  );
  const nothing = Object.keys(patch).length === 0;
  const patched = nothing || o.dryRun === 'client' ? current : yield* sendPatch(env, info, o, patch, object);
  if (patched.metadata.deletionTimestamp)
    env.err(`Warning: Detected changes to resource ${info.name} which is currently being deleted.\n`);
  printer.print(patched, info.mapping, nothing ? 'unchanged' : 'configured');
  return { ...info, object: patched };
}

function currentOf(env: Env, info: Info): AnyObject | undefined {
  try {
    if (!info.name) throw failure('resource name may not be empty');
    return fetchInfo(env, info).object;
  } catch (e) {
    if (!(e instanceof Failure)) throw e;
    if (e.status?.reason === 'NotFound') return undefined;
    point(env, info, e);
    throw withSource(`retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`, info.source, e);
  }
}

/** How an info is named in long messages. */
export function describeInfo(info: Info): string {
  const m = info.mapping;
  const gv = m.group ? `${m.group}/${m.version}` : `/${m.version}`;
  return `Resource: "${gv}, Resource=${m.plural}", GroupVersionKind: "${gv}, Kind=${m.kind}"\nName: "${info.name}", Namespace: "${info.namespace ?? ''}"`;
}

const missingAnnotation = (info: Info): string =>
  `Warning: resource ${info.mapping.plural}/${info.name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`;

function* sendPatch(
  env: Env,
  info: Info,
  o: Options,
  patch: Record<string, unknown>,
  object: AnyObject,
): Generator<Wait, AnyObject, void> {
  try {
    return send(env, { ...requestOf(info, 'patch'), ...o.write, patchType: 'strategic', body: patch }).object!;
  } catch (e) {
    if (!(e instanceof Failure)) throw e;
    if (o.force && (e.status?.reason === 'Conflict' || e.status?.reason === 'Invalid') && o.dryRun === 'none')
      return yield* recreate(env, info, o, object);
    point(env, info, e);
    const inner = withSource('patching', info.source, e);
    throw withSource(`applying patch:\n${goJson(patch)}\nto:\n${describeInfo(info)}\nfor:`, info.source, inner);
  }
}

function* recreate(env: Env, info: Info, o: Options, object: AnyObject): Generator<Wait, AnyObject, void> {
  const grace = o.parsed.int('grace-period');
  const options = { propagationPolicy: cascadeOf(env, o.parsed), ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}) };
  yield* waitGone(env, [deleteObject(env, info, options)], Number.MAX_SAFE_INTEGER);
  return createObject(env, info, withLastApplied(object), o.write);
}

const CONFLICT_HELP = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

function applyServerSide(env: Env, info: Info, o: Options, printer: ResultPrinter): Info {
  try {
    const answer = send(env, {
      ...requestOf(info, 'patch'),
      ...o.write,
      patchType: 'apply',
      body: copy(info.object!),
      ...(o.forceConflicts ? { force: true } : {}),
    });
    const object = answer.object!;
    if (object.metadata.deletionTimestamp)
      env.err(`Warning: Detected changes to resource ${info.name} which is currently being deleted.\n`);
    printer.print(object, info.mapping, 'serverside-applied');
    return { ...info, object };
  } catch (e) {
    if (!(e instanceof Failure)) throw e;
    point(env, info, e);
    if (e.status?.reason === 'Conflict') throw failure(`${e.message}\n${CONFLICT_HELP}`);
    throw e;
  }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([k, v]) => (v === null ? [] : [[k, withoutNulls(v)]])));
}
