/** `kubectl taint`. Upstream: k8s.io/kubectl/pkg/cmd/taint/{taint,utils}.go */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { mappingOfWord } from '../discovery.ts';
import { aggregate, Failure, failure, noSuchResource, quote, usageFailure } from '../failure.ts';
import { DRY_RUN, flags, manager, PRINT, SELECT, VALIDATE } from '../flags.ts';
import { labelValueProblems, qualifiedNameProblems } from '../names.ts';
import { dryRunOf, validationOf, writeOptions } from '../options.ts';
import { ResultPrinter } from '../print/output.ts';
import { collect, find, flatten, type Info, requestOf, send, throwAll } from '../resource.ts';
import { equal } from '../values.ts';

export const taint: Command = {
  name: 'taint',
  use: 'kubectl taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  short: 'Update the taints on one or more nodes',
  flags: flags(PRINT, SELECT, DRY_RUN, VALIDATE, manager('kubectl-taint'), 'all:bool overwrite:bool'),
  run,
};

interface Taint {
  key: string;
  value?: string;
  effect: string;
  timeAdded?: string;
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function parseTaint(text: string): Taint {
  const parts = text.split(':');
  if (parts.length > 2) throw failure(`invalid taint spec: ${text}`);
  let [key, effect] = [parts[0]!, parts[1] ?? ''];
  let value = '';
  if (parts.length === 2) {
    if (!EFFECTS.includes(effect)) throw failure(`invalid taint effect: ${effect}, unsupported taint effect`);
    const pair = key.split('=');
    if (pair.length > 2) throw failure(`invalid taint spec: ${text}`);
    [key, value] = [pair[0]!, pair[1] ?? ''];
    const why = labelValueProblems(value);
    if (why.length) throw failure(`invalid taint spec: ${text}, ${why.join('; ')}`);
  }
  const why = qualifiedNameProblems(key);
  if (why.length) throw failure(`invalid taint spec: ${text}, ${why.join('; ')}`);
  return { key, effect, ...(value ? { value } : {}) };
}

interface Change {
  add: Taint[];
  remove: Taint[];
}

function parseTaints(specs: readonly string[]): Change {
  const add: Taint[] = [];
  const remove: Taint[] = [];
  for (const spec of specs) {
    if (spec.endsWith('-')) {
      const t = parseTaint(spec.slice(0, -1));
      remove.push({ key: t.key, effect: t.effect });
      continue;
    }
    const t = parseTaint(spec);
    if (t.effect === '') throw failure(`invalid taint spec: ${spec}`);
    if (add.some((o) => o.key === t.key && o.effect === t.effect))
      throw failure(`duplicated taints with the same key and effect: {${t.key} ${t.value ?? ''} ${t.effect} <nil>}`);
    add.push(t);
  }
  return { add, remove };
}

function* run(env: Env, p: Parsed): Running {
  const dryRun = dryRunOf(env, p);
  const fieldValidation = validationOf(p);
  const { resources, specs } = splitArgs(p.args);
  if (resources.length < 1) throw failure('one or more resources must be specified as <resource> <name>');
  if (specs.length < 1) throw failure('at least one taint update is required');
  const change = usage(() => parseTaints(specs));
  checkKind(resources[0]!);
  checkConflicts(change);
  if (p.bool('all') && p.str('selector'))
    throw failure("setting 'all' parameter with a non empty selector is prohibited");
  const select = p.bool('all') || p.str('selector') !== '';
  if (!select && resources.length < 2)
    throw failure("at least one resource name must be specified since 'all' parameter is not set");
  const found = yield* find(env, {
    words: select ? ['nodes'] : ['nodes', ...resources.slice(1)],
    namespace: p.namespace,
    ...(p.bool('all') ? { all: true } : {}),
    ...(p.str('selector') ? { labelSelector: p.str('selector') } : {}),
  });
  const printer = new ResultPrinter(env, p, 'none');
  const errors = [...found.errors];
  for (const info of flatten(found.infos))
    collect(errors, () => {
      const { operation, taints } = reorganize(info, change, p.bool('overwrite'));
      const object = info.object as AnyObject & { spec?: { taints?: Taint[] } };
      const body = { spec: { taints: taints.length ? taints : null } };
      const same = equal(taints, object.spec?.taints ?? []);
      if (dryRun !== 'client')
        send(env, {
          ...requestOf(info, 'patch'),
          ...writeOptions(p, dryRun),
          fieldValidation,
          patchType: 'strategic',
          body: same ? {} : body,
        });
      printer.print({ ...object, spec: { ...object.spec, taints } }, info.mapping, operation);
    });
  throwAll(errors);
  return 0;
}

function splitArgs(args: readonly string[]): { resources: string[]; specs: string[] } {
  const resources: string[] = [];
  const specs: string[] = [];
  for (const s of args) {
    if (s.includes('=') || s.includes(':') || s.endsWith('-')) specs.push(s);
    else if (specs.length) throw failure(`all resources must be specified before taint changes: ${s}`);
    else resources.push(s);
  }
  return { resources, specs };
}

function usage<T>(f: () => T): T {
  try {
    return f();
  } catch (e) {
    if (e instanceof Failure) throw usageFailure('taint', e.message);
    throw e;
  }
}

function checkKind(word: string): void {
  const type = word.toLowerCase();
  const mapping = mappingOfWord(type);
  if (!mapping) throw noSuchResource(type);
  if (mapping.kind !== 'Node') throw failure(`invalid resource type ${type}, only node types are supported`);
}

function checkConflicts({ add, remove }: Change): void {
  const conflicts = add.flatMap((a) =>
    remove
      .filter((r) => a.key === r.key && (r.effect === '' || r.effect === a.effect))
      .map((r) => `${r.key}=${r.effect}`),
  );
  if (conflicts.length)
    throw failure(`can not both modify and remove the following taint(s) in the same command: ${conflicts.join(', ')}`);
}

const matches = (a: Taint, b: Taint): boolean => a.key === b.key && a.effect === b.effect;

/** The node's taints after the change: new ones in front, then those that stay. */
function reorganize(info: Info, change: Change, overwrite: boolean): { operation: string; taints: Taint[] } {
  const old = (info.object as unknown as { spec?: { taints?: Taint[] } }).spec?.taints ?? [];
  if (!overwrite) {
    const exist = change.add.filter((t) => old.some((o) => matches(o, t))).map((t) => t.key);
    if (exist.length)
      throw failure(
        `node ${info.name} already has ${exist.join(',')} taint(s) with same effect(s) and --overwrite is false`,
      );
  }
  let taints = [...change.add, ...old.filter((o) => !change.add.some((t) => matches(t, o)))];
  const added = taints.length !== old.length;
  const errors: Failure[] = [];
  let removed = false;
  for (const r of change.remove) {
    const left = taints.filter((t) => t.key !== r.key || (r.effect !== '' && t.effect !== r.effect));
    removed = left.length !== taints.length;
    if (!removed) errors.push(failure(`taint ${quote(r.effect ? `${r.key}:${r.effect}` : r.key)} not found`));
    taints = left;
  }
  const problem = aggregate(errors);
  if (problem) throw problem;
  return { operation: (added && removed) || overwrite ? 'modified' : added ? 'tainted' : 'untainted', taints };
}
