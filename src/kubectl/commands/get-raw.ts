/** `kubectl get --raw PATH` and `kubectl create --raw PATH`: the few paths that people ask. */

import type { ApiStatus } from '../../engine/api/meta.ts';
import type { Env, Parsed, Running } from '../command.ts';
import { ALL_RESOURCES } from '../discovery.ts';
import { failure, statusFailure } from '../failure.ts';
import { stdinText } from '../manifest.ts';
import { readYaml } from '../read-yaml.ts';
import { send } from '../resource.ts';
import { goJson } from '../values.ts';

const HEALTH = /^\/(healthz|livez|readyz)$/;
const LIST = /^\/(?:api|apis\/([^/]+))\/(v\w+)(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/?]+))?(?:\/([a-z]+))?$/;

export function getRaw(env: Env, p: Parsed): number {
  const path = p.str('raw').split('?')[0]!;
  if (HEALTH.test(path)) env.out('ok');
  else if (path === '/version')
    env.out(`${JSON.stringify({ major: '1', minor: '36', gitVersion: 'v1.36.3' }, null, 2)}\n`);
  else env.out(`${goJson(rawObject(env, path))}\n`);
  return 0;
}

const UNKNOWN_PATH: ApiStatus = {
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  code: 404,
  reason: 'NotFound',
  message: 'the server could not find the requested resource',
};

const target = (m: RegExpExecArray, resource: string) => ({
  apiVersion: m[1] ? `${m[1]}/${m[2]}` : m[2]!,
  resource,
  ...(m[3] ? { namespace: m[3] } : {}),
  ...(m[5] ? { name: m[5] } : {}),
  ...(m[6] ? { subresource: m[6] } : {}),
});

/** POSTs a file to a path. */
export function* createRaw(env: Env, p: Parsed): Running {
  const files = p.list('filename');
  if (files.length !== 1) throw failure('--raw can only use a single local file or stdin');
  const text = files[0] === '-' ? yield* stdinText(env) : env.files.read(files[0]!);
  if (text === undefined) throw failure(`open ${files[0]}: no such file or directory`);
  const read = readYaml(text);
  const m = LIST.exec(p.str('raw').split('?')[0]!);
  const info =
    m && ALL_RESOURCES.find((r) => r.plural === m[4] && r.group === (m[1] ?? '') && r.versions.includes(m[2]!));
  if (!m || !info || 'message' in read) throw statusFailure(UNKNOWN_PATH);
  const answer = send(env, { verb: 'create', ...target(m, info.plural), body: read.value });
  if (answer.object) env.out(`${goJson(answer.object)}\n`);
  else env.out(`{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":${answer.code}}\n`);
  return 0;
}

function rawObject(env: Env, path: string): unknown {
  const m = LIST.exec(path);
  const info =
    m && ALL_RESOURCES.find((r) => r.plural === m[4] && r.group === (m[1] ?? '') && r.versions.includes(m[2]!));
  if (!m || !info) throw statusFailure(UNKNOWN_PATH);
  const answer = send(env, { verb: m[5] ? 'get' : 'list', ...target(m, info.plural) });
  if (answer.object) return answer.object;
  return {
    kind: `${info.kind}List`,
    apiVersion: m[1] ? `${m[1]}/${m[2]}` : m[2],
    metadata: { resourceVersion: String(answer.revision) },
    items: answer.items ?? [],
  };
}
