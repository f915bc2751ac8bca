/** `kubectl diff`: what apply would change, as the server says. Exit code 1 when there is a difference. Upstream: k8s.io/kubectl/pkg/cmd/diff */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { unifiedDiff } from '../diff.ts';
import { Failure, failure, silentFailure, usageFailure, withSource } from '../failure.ts';
import { FILES, flags, manager, SELECT } from '../flags.ts';
import { lastApplied, withLastApplied } from '../last-applied.ts';
import { printYaml } from '../print/yaml.ts';
import { collect, fetchInfo, find, type Info, queryOf, requestOf, send, throwAll } from '../resource.ts';
import { threeWayPatch } from '../three-way.ts';
import { byText, isMap } from '../values.ts';

export const diff: Command = {
  name: 'diff',
  use: 'kubectl diff -f FILENAME',
  short: 'Diff the live version against a would-be applied version',
  flags: flags(
    FILES,
    SELECT,
    manager('kubectl-client-side-apply'),
    'concurrency:int=1 force-conflicts:bool prune:bool prune-allowlist:array server-side:bool show-managed-fields:bool',
  ),
  run,
};

function* run(env: Env, p: Parsed): Running {
  if (p.args.length) throw usageFailure('diff', `Unexpected args: [${p.args.join(' ')}]`);
  if (p.list('filename').length === 0 && !p.str('kustomize')) throw failure('must specify one of -f and -k');
  const found = yield* find(env, queryOf(p, []));
  const errors = [...found.errors];
  const texts: { name: string; text: string }[] = [];
  for (const info of found.infos) collect(errors, () => texts.push(compare(env, p, info)));
  let differs = false;
  const folder = (side: string): string => `/tmp/${side}-${1_000_000_000 + (env.revision() % 1_000_000)}`;
  const time = `${new Date(env.now()).toISOString().replace('T', ' ').slice(0, 19)}.000000000 +0000`;
  for (const { name, text } of texts.sort((a, b) => byText(a.name, b.name))) {
    if (text === '') continue;
    differs = true;
    const [live, merged] = [`${folder('LIVE')}/${name}`, `${folder('MERGED')}/${name}`];
    env.out(`diff -u -N ${live} ${merged}\n--- ${live}\t${time}\n+++ ${merged}\t${time}\n${text}`);
  }
  throwAll(errors);
  if (differs) throw silentFailure(1);
  return 0;
}

function compare(env: Env, p: Parsed, info: Info): { name: string; text: string } {
  const live = liveOf(env, info);
  const merged = p.bool('server-side') ? applied(env, p, info) : patched(env, info, live);
  const m = info.mapping;
  const name = [m.group, m.version, m.kind, info.namespace, info.name].filter(Boolean).join('.');
  const [a, b] = masked(m.kind, live, merged).map((o) =>
    o ? printYaml(p.bool('show-managed-fields') ? o : stripped(o)) : '',
  );
  return { name, text: unifiedDiff(a!, b!) };
}

function liveOf(env: Env, info: Info): AnyObject | undefined {
  try {
    return fetchInfo(env, info).object;
  } catch (e) {
    if (e instanceof Failure && e.status?.reason === 'NotFound') return undefined;
    throw e;
  }
}

function patched(env: Env, info: Info, live: AnyObject | undefined): AnyObject {
  const write = { fieldManager: 'kubectl-client-side-apply', fieldValidation: 'Strict' as const, dryRun: true };
  try {
    if (!live) {
      const { name: _, ...target } = requestOf(info, 'create');
      return send(env, { ...target, ...write, body: info.object! }).object!;
    }
    const bag = (o: AnyObject) => o as unknown as Record<string, unknown>;
    const patch = threeWayPatch(
      info.mapping.kind,
      lastApplied(live) ?? {},
      bag(withLastApplied(info.object!)),
      bag(live),
    );
    dropAnnotation(patch);
    return send(env, { ...requestOf(info, 'patch'), ...write, patchType: 'strategic', body: patch }).object!;
  } catch (e) {
    if (e instanceof Failure) throw withSource(live ? 'patching' : 'creating', info.source, e);
    throw e;
  }
}

/** The annotation with the last file is not part of what is compared. */
function dropAnnotation(patch: Record<string, unknown>): void {
  const metadata = patch.metadata;
  if (!isMap(metadata) || !isMap(metadata.annotations)) return;
  delete metadata.annotations['kubectl.kubernetes.io/last-applied-configuration'];
}

const applied = (env: Env, p: Parsed, info: Info): AnyObject =>
  send(env, {
    ...requestOf(info, 'patch'),
    fieldManager: p.given('field-manager') ? p.str('field-manager') : 'kubectl',
    dryRun: true,
    patchType: 'apply',
    body: info.object!,
    ...(p.bool('force-conflicts') ? { force: true } : {}),
  }).object!;

function stripped(o: AnyObject): AnyObject {
  const { managedFields: _, ...metadata } = o.metadata;
  return { ...o, metadata } as AnyObject;
}

type Data = Record<string, string>;

/** Values of Secrets are not shown, only whether they change. */
function masked(kind: string, a: AnyObject | undefined, b: AnyObject): [AnyObject | undefined, AnyObject] {
  if (kind !== 'Secret') return [a, b];
  const [x, y] = [(a?.data ?? {}) as Data, (b.data ?? {}) as Data];
  const hide = (data: Data, other: Data, mark: string): Data =>
    Object.fromEntries(
      Object.keys(data).map((k) => [k, other[k] === undefined || other[k] === data[k] ? '***' : `*** (${mark})`]),
    );
  return [a && { ...a, data: hide(x, y, 'before') }, { ...b, data: hide(y, x, 'after') }];
}
