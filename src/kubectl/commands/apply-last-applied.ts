/** `kubectl apply view-last-applied|set-last-applied|edit-last-applied`. Upstream: k8s.io/kubectl/pkg/cmd/apply/apply_*_last_applied.go */
import type { Command, Env, Parsed, Running } from '../command.ts';
import { failure } from '../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT, SELECT } from '../flags.ts';
import { LAST_APPLIED, lastApplied, withLastApplied } from '../last-applied.ts';
import { dryRunOf, writeOptions } from '../options.ts';
import { ResultPrinter } from '../print/output.ts';
import { printYaml } from '../print/yaml.ts';
import { fetchInfo, find, flatten, MISSING_RESOURCE, queryOf, requestOf, send, throwAll } from '../resource.ts';
import { goJson, prettyJson } from '../values.ts';

export const viewLastApplied: Command = {
  name: 'view-last-applied',
  use: 'kubectl apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  short: 'View the latest last-applied-configuration annotations of a resource/object',
  flags: flags(FILES, SELECT, 'all:bool o,output=yaml'),
  run: view,
};

function* view(env: Env, p: Parsed): Running {
  const found = yield* find(env, queryOf(p, p.args, { latest: true, emptySelects: false }));
  throwAll(found.errors);
  for (const info of flatten(found.infos)) {
    const last = lastApplied(info.object!);
    if (!last) throw failure(`no last-applied-configuration annotation found on resource: ${info.name}`);
    if (p.str('output') === 'json') env.out(prettyJson(last).replaceAll('    ', '  '));
    else if (p.str('output') === 'yaml') env.out(printYaml(last));
    else
      throw failure(
        `Unexpected -o output mode: ${p.str('output')}, the flag 'output' must be one of yaml|json\nSee 'view-last-applied -h' for help and examples`,
      );
  }
  return 0;
}

export const setLastApplied: Command = {
  name: 'set-last-applied',
  use: 'kubectl apply set-last-applied -f FILENAME',
  short: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
  flags: flags(PRINT, DRY_RUN, 'f,filename:list create-annotation:bool'),
  run: set,
};

function* set(env: Env, p: Parsed): Running {
  const dryRun = dryRunOf(env, p);
  if (p.list('filename').length === 0) throw failure(MISSING_RESOURCE);
  const found = yield* find(env, queryOf(p, []));
  throwAll(found.errors);
  const printer = new ResultPrinter(env, p, dryRun);
  for (const info of found.infos) {
    const live = fetchInfo(env, info).object!;
    if (!live.metadata.annotations?.[LAST_APPLIED] && !p.bool('create-annotation'))
      throw failure(
        `no last-applied-configuration annotation found on resource: ${info.name}, to create the annotation, run the command with --create-annotation`,
      );
    const wanted = withLastApplied(info.object!).metadata.annotations![LAST_APPLIED];
    const body = { metadata: { annotations: { [LAST_APPLIED]: wanted } } };
    const patched =
      dryRun === 'client'
        ? live
        : send(env, { ...requestOf(info, 'patch'), ...writeOptions(p, dryRun), patchType: 'merge', body }).object!;
    printer.print(patched, info.mapping, 'configured');
  }
  return 0;
}

export const editLastApplied: Command = {
  name: 'edit-last-applied',
  use: 'kubectl apply edit-last-applied (RESOURCE/NAME | -f FILENAME)',
  short: 'Edit latest last-applied-configuration annotations of a resource/object',
  flags: flags(FILES, PRINT, manager('kubectl-client-side-apply'), 'validate=strict windows-line-endings:bool'),
  run: edit,
};

function* edit(env: Env, p: Parsed): Running {
  const found = yield* find(env, queryOf(p, p.args, { latest: true }));
  throwAll(found.errors);
  if (!env.edit) throw failure('unable to launch the editor "vi": there is none here');
  for (const info of flatten(found.infos)) {
    const last = lastApplied(info.object!);
    if (!last)
      throw failure(
        `no last-applied-configuration annotation found on resource: ${info.name}, to create the annotation, use the command with --save-config: ${goJson({})}`,
      );
    env.edit(`${info.mapping.kind.toLowerCase()}-${info.name}.yaml`, printYaml(last));
  }
  return 0;
}
