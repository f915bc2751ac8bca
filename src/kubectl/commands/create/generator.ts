/** What all generators of `kubectl create KIND` have in common. */
import type { AnyObject } from '../../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../../command.ts';
import { mappingOfKind } from '../../discovery.ts';
import { Failure, failure, usageFailure } from '../../failure.ts';
import { DRY_RUN, flags, manager, PRINT, SAVE, VALIDATE } from '../../flags.ts';
import { savedConfig } from '../../last-applied.ts';
import { dryRunOf, validationOf, writeOptions } from '../../options.ts';
import { ResultPrinter } from '../../print/output.ts';
import type { Info } from '../../resource.ts';
import { createObject } from '../../write.ts';

export type Spec = Record<string, unknown>;

export interface Generator {
  name: string;
  /** The command's words, for usage errors: `create service nodeport`. */
  path?: string;
  aliases?: readonly string[];
  use: string;
  short: string;
  flags?: string;
  /** Builds the object; `metadata` has the name, and the namespace when one was given. */
  build(c: BuildContext): Spec;
  /** What stands before a refusal; absent: the refusal as it is. */
  failed?: string;
}

export interface BuildContext {
  env: Env;
  p: Parsed;
  name: string;
  metadata: Spec;
}

/** A generator as a command. */
export function generator(g: Generator): Command {
  return {
    name: g.name,
    ...(g.aliases ? { aliases: g.aliases } : {}),
    use: `kubectl ${g.use}`,
    short: g.short,
    flags: flags(PRINT, DRY_RUN, SAVE, VALIDATE, manager('kubectl-create'), g.flags ?? ''),
    run: (env, p) => run(g, env, p),
  };
}

function* run(g: Generator, env: Env, p: Parsed): Running {
  const path = g.path ?? `create ${g.name}`;
  if (p.args.length !== 1) throw usageFailure(path, `exactly one NAME is required, got ${p.args.length}`);
  const name = p.args[0]!;
  const dryRun = dryRunOf(env, p);
  const printer = new ResultPrinter(env, p, dryRun, dryRun === 'client');
  const validation = validationOf(p);
  const metadata: Spec = { name };
  if (p.given('namespace')) metadata.namespace = p.namespace;
  const built = g.build({ env, p, name, metadata }) as unknown as AnyObject;
  const mapping = mappingOfKind(built.apiVersion, built.kind)!;
  if (!mapping.namespaced) delete metadata.namespace;
  const info: Info = { mapping, namespace: mapping.namespaced ? p.namespace : undefined, name, source: '' };
  const object = savedConfig(built, p.bool('save-config'), true);
  const created =
    dryRun === 'client'
      ? object
      : failing(g.failed, () =>
          createObject(env, info, inNamespace(object, info.namespace), {
            ...writeOptions(p, dryRun),
            fieldValidation: validation,
          }),
        );
  printer.print(created, mapping, 'created');
  return 0;
}

export const inNamespace = (o: AnyObject, namespace: string | undefined): AnyObject =>
  namespace === undefined ? o : { ...o, metadata: { ...o.metadata, namespace } };

/** Puts words before a refusal, which makes a plain sentence of it. */
export function failing<T>(words: string | undefined, f: () => T): T {
  if (!words) return f();
  try {
    return f();
  } catch (e) {
    if (e instanceof Failure) throw failure(`${words} ${e.message}`);
    throw e;
  }
}
