/** `kubectl patch`. Upstream: k8s.io/kubectl/pkg/cmd/patch/patch.go */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { PatchType } from '../../engine/api/request.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { type Mapping, mappingOfKind } from '../discovery.ts';
import { Failure, failure, quote } from '../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT } from '../flags.ts';
import { type DryRun, dryRunOf, writeOptions } from '../options.ts';
import { applyLists } from '../patch-local.ts';
import { ResultPrinter } from '../print/output.ts';
import { readJson } from '../read-json.ts';
import { readYaml } from '../read-yaml.ts';
import { collect, find, flatten, type Info, queryOf, requestOf, send, throwAll } from '../resource.ts';
import { equal } from '../values.ts';

export const patch: Command = {
  name: 'patch',
  use: 'kubectl patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  short: 'Update fields of a resource',
  flags: flags(
    PRINT,
    FILES,
    DRY_RUN,
    manager('kubectl-patch'),
    'local:bool p,patch patch-file subresource type=strategic',
  ),
  run,
};

const TYPES = ['json', 'merge', 'strategic'];

function validate(p: Parsed, dryRun: DryRun): void {
  if (p.str('patch') && p.str('patch-file')) throw failure('cannot specify --patch and --patch-file together');
  if (!p.str('patch') && !p.str('patch-file'))
    throw failure('must specify --patch or --patch-file containing the contents of the patch');
  if (p.bool('local') && p.args.length) throw failure('cannot specify --local and server resources');
  if (p.bool('local') && dryRun === 'server')
    throw failure('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  if (p.str('type') && !TYPES.includes(p.str('type').toLowerCase()))
    throw failure(`--type must be one of [${TYPES.join(' ')}], not ${quote(p.str('type'))}`);
}

function patchText(env: Env, p: Parsed): string {
  const file = p.str('patch-file');
  const text = file ? env.files.read(file) : p.str('patch');
  if (text === undefined) throw failure(`unable to read patch file: open ${file}: no such file or directory`);
  return text;
}

/** The patch as a value: JSON or YAML. A text that begins as JSON goes to the server as it is, which then refuses it. */
function patchBody(p: Parsed, text: string): unknown {
  if (/^\s*[{[]/.test(text)) {
    const json = readJson(text);
    if ('value' in json && text.slice(json.end).trim() === '') return json.value;
    const why =
      'problem' in json
        ? json.problem.message
        : `invalid character ${quote(text.slice(json.end).trim()[0]!).replaceAll('"', "'")} after top-level value`;
    throw new Failure(why, {
      status: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 400, reason: 'BadRequest', message: why },
    });
  }
  const yaml = readYaml(text);
  if ('message' in yaml) throw failure(`unable to parse ${quote(p.str('patch'))}: ${yaml.message}`);
  return yaml.value;
}

function* run(env: Env, p: Parsed): Running {
  const dryRun = dryRunOf(env, p);
  validate(p, dryRun);
  const type = (p.str('type').toLowerCase() || 'strategic') as PatchType;
  const text = patchText(env, p);
  const found = yield* find(env, {
    ...queryOf(p, p.args, { latest: !p.bool('local') }),
    ...(p.str('subresource') ? { subresource: p.str('subresource') } : {}),
  });
  const infos = flatten(found.infos);
  const errors = [...found.errors];
  throwAll(errors);
  const body = patchBody(p, text);
  const printer = new ResultPrinter(env, p, 'none');
  for (const info of infos)
    collect(errors, () => {
      const patched =
        p.bool('local') || dryRun === 'client' ? locally(info, type, body) : onServer(env, p, info, type, body, dryRun);
      printer.print(
        patched,
        mappingOfKind(patched.apiVersion, patched.kind) ?? scaleMapping(info),
        equal(patched, info.object) ? 'patched (no change)' : 'patched',
      );
    });
  throwAll(errors);
  if (infos.length === 0) throw failure('no objects passed to patch');
  return 0;
}

/** What a patched subresource is named as. */
const scaleMapping = (info: Info): Mapping => ({
  ...info.mapping,
  kind: 'Scale',
  group: 'autoscaling',
  plural: 'scales',
});

function onServer(env: Env, p: Parsed, info: Info, patchType: PatchType, body: unknown, dryRun: DryRun): AnyObject {
  const sub = p.str('subresource');
  const request = { ...requestOf(info, 'patch'), ...writeOptions(p, dryRun), patchType, body };
  return send(env, sub ? { ...request, subresource: sub } : request).object!;
}

function locally(info: Info, type: PatchType, body: unknown): AnyObject {
  if (type === 'json')
    throw failure('a JSON patch cannot be applied with --local or --dry-run=client here; use --dry-run=server');
  return applyLists(info.mapping.kind, info.object, body, type === 'strategic') as AnyObject;
}
