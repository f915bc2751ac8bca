/** `kubectl describe`. Upstream: k8s.io/kubectl/pkg/cmd/describe/describe.go */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { describeObject } from '../describe/index.ts';
import { type Failure, failure } from '../failure.ts';
import { FILES, flags, SELECT } from '../flags.ts';
import { find, flatten, type Info, listOf, needMapping, queryOf, throwAll } from '../resource.ts';

export const describe: Command = {
  name: 'describe',
  use: 'kubectl describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  short: 'Show details of a specific resource or group of resources',
  flags: flags(FILES, SELECT, 'A,all-namespaces:bool chunk-size:int=500 show-events:bool=true'),
  run,
};

function* run(env: Env, p: Parsed): Running {
  if (p.args.length === 0 && p.list('filename').length === 0 && !p.str('kustomize'))
    throw failure(
      'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  const q = queryOf(p, p.args, { emptySelects: true, latest: true });
  const found = yield* find(env, q);
  const infos = flatten(found.infos);
  const prefixed = infos.length === 0 && found.errors.length > 0 ? withPrefix(env, p, found.errors) : undefined;
  const shown = prefixed ?? infos;
  let first = true;
  for (const info of shown) {
    if (!info.object) continue;
    env.out(`${first ? '' : '\n\n'}${describeObject(env, info.object, p.bool('show-events'))}`);
    first = false;
  }
  if (prefixed) return 0;
  throwAll(found.errors);
  if (first) {
    const where = q.allNamespaces ? '' : ` in ${p.namespace} namespace`;
    const namespaced = found.infos.some((i) => i.mapping.namespaced);
    env.err(`No resources found${namespaced ? where : ''}${namespaced && where ? '.' : ''}\n`);
  }
  return 0;
}

/** `TYPE PREFIX`: the objects whose names begin so, when none has that very name. */
function withPrefix(env: Env, p: Parsed, errors: readonly Failure[]): Info[] | undefined {
  const [type, prefix] = p.args;
  const missing = errors.length === 1 && errors[0]!.status?.reason === 'NotFound';
  if (p.args.length !== 2 || !missing || type!.includes('/') || type!.includes(',')) return undefined;
  const mapping = needMapping(type!);
  const list = listOf(env, { words: [], namespace: p.namespace }, mapping);
  const matches = (list.items ?? []).filter((o) => o.metadata.name.startsWith(prefix!));
  if (!matches.length) return undefined;
  return matches.map(
    (object: AnyObject): Info => ({
      mapping,
      namespace: object.metadata.namespace,
      name: object.metadata.name,
      source: '',
      object,
    }),
  );
}
