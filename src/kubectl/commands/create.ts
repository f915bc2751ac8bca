/** `kubectl create -f`, and the shelf of its generators. Upstream: k8s.io/kubectl/pkg/cmd/create/create.go */
import type { Command, Env, Parsed, Running } from '../command.ts';
import { Failure, failure, usageFailure } from '../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT, SAVE, SELECT, VALIDATE } from '../flags.ts';
import { savedConfig } from '../last-applied.ts';
import { dryRunOf, validationOf, writeOptions } from '../options.ts';
import { ResultPrinter } from '../print/output.ts';
import { collect, find, queryOf, throwAll } from '../resource.ts';
import { createObject, pace } from '../write.ts';
import { GENERATORS } from './create/index.ts';
import { createRaw } from './get-raw.ts';

export const create: Command = {
  name: 'create',
  use: 'kubectl create -f FILENAME',
  short: 'Create a resource from a file or from stdin',
  flags: flags(
    PRINT,
    FILES,
    SELECT,
    DRY_RUN,
    SAVE,
    VALIDATE,
    manager('kubectl-create'),
    'edit:bool raw windows-line-endings:bool',
  ),
  commands: GENERATORS,
  run,
};

function* run(env: Env, p: Parsed): Running {
  if (p.str('raw')) return yield* createRaw(env, p);
  if (p.list('filename').length === 0 && !p.str('kustomize')) {
    if (p.args.length) throw usageFailure('create', `Unexpected args: [${p.args.join(' ')}]`);
    throw failure('must specify one of -f and -k');
  }
  if (p.args.length) throw usageFailure('create', `Unexpected args: [${p.args.join(' ')}]`);
  const dryRun = dryRunOf(env, p);
  const validation = validationOf(p);
  const found = yield* find(env, queryOf(p, [], { unchecked: validation === 'Ignore' }));
  const printer = new ResultPrinter(env, p, dryRun);
  const errors: Failure[] = [];
  let count = 0;
  for (const info of found.order ?? []) {
    if (info instanceof Failure) {
      errors.push(info);
      continue;
    }
    collect(errors, () => {
      const object = savedConfig(info.object!, p.bool('save-config'));
      const created =
        dryRun === 'client'
          ? object
          : createObject(env, info, object, { ...writeOptions(p, dryRun), fieldValidation: validation });
      count++;
      printer.print(created, info.mapping, 'created');
    });
    yield* pace(env);
  }
  throwAll(errors);
  if (count === 0) throw failure('no objects passed to create');
  return 0;
}
