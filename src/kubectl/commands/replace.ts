/** `kubectl replace`. Upstream: k8s.io/kubectl/pkg/cmd/replace/replace.go */
import type { Command, Env, Parsed, Running } from '../command.ts';
import { Failure, failure } from '../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT, SAVE, VALIDATE } from '../flags.ts';
import { savedConfig } from '../last-applied.ts';
import { cascadeOf, dryRunOf, validationOf, writeOptions } from '../options.ts';
import { ResultPrinter } from '../print/output.ts';
import { collect, find, type Info, queryOf, requestOf, send, throwAll } from '../resource.ts';
import { createObject, type Doomed, deleteObject, naming, waitGone } from '../write.ts';
import { printDeleted } from './delete.ts';

export const replace: Command = {
  name: 'replace',
  use: 'kubectl replace -f FILENAME',
  short: 'Replace a resource by file name or stdin',
  flags: flags(
    PRINT,
    FILES,
    DRY_RUN,
    SAVE,
    VALIDATE,
    manager('kubectl-replace'),
    'cascade=background force:bool grace-period:int=-1 raw subresource timeout:dur wait:bool',
  ),
  run,
};

function* run(env: Env, p: Parsed): Running {
  if (p.list('filename').length === 0 && !p.str('kustomize')) throw failure('must specify one of -f and -k');
  const dryRun = dryRunOf(env, p);
  const fieldValidation = validationOf(p);
  const force = p.bool('force');
  if (p.int('grace-period') >= 0 && !force) throw failure('--grace-period must have --force specified');
  if (p.duration('timeout') && !force) throw failure('--timeout must have --force specified');
  if (force && dryRun !== 'none') throw failure('--dry-run can not be used when --force is set');
  const found = yield* find(env, { ...queryOf(p, []), unchecked: fieldValidation === 'Ignore' });
  const printer = new ResultPrinter(env, p, dryRun);
  if (force) return yield* recreate(env, p, found.infos, [...found.errors], printer);
  const errors: Failure[] = [];
  for (const info of found.order ?? []) {
    if (info instanceof Failure) {
      errors.push(info);
      continue;
    }
    collect(errors, () => {
      const object = savedConfig(info.object!, p.bool('save-config'));
      const request = { ...requestOf(info, 'update'), ...writeOptions(p, dryRun), fieldValidation, body: object };
      const sub = p.str('subresource');
      const done =
        dryRun === 'client'
          ? object
          : naming(env, info, 'replacing', () => send(env, sub ? { ...request, subresource: sub } : request).object!);
      printer.print(done, info.mapping, 'replaced');
    });
  }
  throwAll(errors);
  return 0;
}

/** `--force`: deletes at once, waits for the end, and creates anew. */
function* recreate(env: Env, p: Parsed, infos: readonly Info[], errors: Failure[], printer: ResultPrinter): Running {
  const grace = p.int('grace-period');
  const propagation = cascadeOf(env, p);
  const doomed: Doomed[] = [];
  for (const info of infos) {
    try {
      const options = { propagationPolicy: propagation, ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}) };
      doomed.push(deleteObject(env, info, options));
      printDeleted(env, info, { graceSeconds: grace, propagation, dryRun: 'none', output: '' });
    } catch (e) {
      if (!(e instanceof Failure)) throw e;
      if (e.status?.reason !== 'NotFound') throw e;
    }
  }
  const left = yield* waitGone(env, doomed, env.now() + (p.duration('timeout') || 300_000));
  if (env.interrupted()) return 130;
  if (left.length) throw failure('timed out waiting for the condition');
  for (const info of infos)
    collect(errors, () => {
      const object = savedConfig(info.object!, p.bool('save-config'));
      const made = createObject(env, info, object, { ...writeOptions(p, 'none'), fieldValidation: validationOf(p) });
      printer.print(made, info.mapping, 'replaced');
    });
  throwAll(errors);
  return 0;
}
