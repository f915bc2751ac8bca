/** `kubectl set env`. Upstream: k8s.io/kubectl/pkg/cmd/set/set_env.go */
import type { Container, EnvVar } from '../../../engine/api/core.ts';
import type { Command, Env, Parsed, Running } from '../../command.ts';
import { failure } from '../../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT, SELECT } from '../../flags.ts';
import { templateIn } from '../../pod-template.ts';
import type { Info } from '../../resource.ts';
import { send } from '../../resource.ts';
import { namePattern } from './resources.ts';
import { findInfos, patchAll, podSpecChange, splitPairs } from './shared.ts';

export const setEnv: Command = {
  name: 'env',
  use: 'kubectl set env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
  short: 'Update environment variables on a pod template',
  flags: flags(
    PRINT,
    FILES,
    SELECT,
    DRY_RUN,
    manager('kubectl-set'),
    'all:bool local:bool c,containers=* e,env:array from keys:list list:bool overwrite:bool=true prefix resolve:bool',
  ),
  run,
};

const isPair = (w: string): boolean => w.includes('=') || w.endsWith('-');

interface Update {
  set: EnvVar[];
  remove: Set<string>;
}

function updateOf(words: readonly string[]): Update {
  const update: Update = { set: [], remove: new Set() };
  for (const w of words) {
    const at = w.indexOf('=');
    if (at > 0) update.set.push({ name: w.slice(0, at), value: w.slice(at + 1) });
    else if (w.endsWith('-')) update.remove.add(w.slice(0, -1));
    else throw failure(`environment variables must be of the form key=value`);
  }
  return update;
}

/** The keys of a ConfigMap or Secret as variables. */
function fromSource(env: Env, p: Parsed): EnvVar[] {
  const [type, name] = p.str('from').split('/');
  const kind = /^(cm|configmaps?)$/.test(type ?? '')
    ? 'configmaps'
    : /^secrets?$/.test(type ?? '')
      ? 'secrets'
      : undefined;
  if (!kind || !name) throw failure(`unsupported resource specified in --from`);
  const source = send(env, { verb: 'get', resource: kind, namespace: p.namespace, name }).object as unknown as {
    data?: Record<string, string>;
  };
  const wanted = p.list('keys');
  const ref = kind === 'secrets' ? 'secretKeyRef' : 'configMapKeyRef';
  return Object.keys(source.data ?? {})
    .filter((k) => !wanted.length || wanted.includes(k))
    .sort()
    .map((key) => ({
      name: `${p.str('prefix')}${key.toUpperCase().replace(/[^A-Z0-9_]/g, '_')}`,
      valueFrom: { [ref]: { name, key } },
    }));
}

function listLine(e: EnvVar): string {
  const from = e.valueFrom as
    | Record<string, { name?: string; key?: string; fieldPath?: string; resource?: string }>
    | undefined;
  if (!from) return `${e.name}=${e.value ?? ''}`;
  if (from.fieldRef) return `# ${e.name} from field path ${from.fieldRef.fieldPath}`;
  if (from.secretKeyRef) return `# ${e.name} from secret ${from.secretKeyRef.name}, key ${from.secretKeyRef.key}`;
  if (from.configMapKeyRef)
    return `# ${e.name} from configmap ${from.configMapKeyRef.name}, key ${from.configMapKeyRef.key}`;
  return `# ${e.name} from a resource field`;
}

function list(env: Env, infos: readonly Info[], pattern: RegExp): void {
  for (const info of infos) {
    const spec = templateIn(info.object!)?.spec;
    for (const c of [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])]) {
      if (!pattern.test(c.name)) continue;
      env.out(`# ${info.object!.kind} ${info.name}, container ${c.name}\n`);
      for (const e of c.env ?? []) env.out(`${listLine(e)}\n`);
    }
  }
}

function updateContainer(c: Container, update: Update, overwrite: boolean): void {
  const taken = update.set.find((e) => c.env?.some((x) => x.name === e.name));
  if (!overwrite && taken)
    throw failure(`'${taken.name}' already has a value (${taken.value ?? ''}), and --overwrite is false`);
  const kept = (c.env ?? [])
    .filter((e) => !update.remove.has(e.name))
    .map((e) => update.set.find((u) => u.name === e.name) ?? e);
  const added = update.set.filter((u) => !kept.some((e) => e.name === u.name));
  const next = [...kept, ...added];
  if (next.length) c.env = next;
  else delete c.env;
}

function* run(env: Env, p: Parsed): Running {
  const { resources, pairs } = splitPairs(p.args, isPair);
  const infos = yield* findInfos(env, p, resources);
  const pattern = namePattern(p.str('containers'));
  if (p.bool('list')) {
    list(env, infos, pattern);
    return 0;
  }
  const update = updateOf([...pairs, ...p.list('env')]);
  if (p.str('from')) update.set.push(...fromSource(env, p));
  if (!update.set.length && !update.remove.size) throw failure('at least one environment variable must be provided');
  const change = podSpecChange((spec) => {
    const chosen = [...spec.containers, ...(spec.initContainers ?? [])].filter((c) => pattern.test(c.name));
    for (const c of chosen) updateContainer(c, update, p.bool('overwrite'));
  });
  return patchAll(env, p, infos, change, 'env updated');
}
