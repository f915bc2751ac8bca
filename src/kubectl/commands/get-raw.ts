/** `kubectl get --raw PATH`: the few paths that people ask. */
import type { Env, Parsed } from '../command.ts';
import { ALL_RESOURCES } from '../discovery.ts';
import { statusFailure } from '../failure.ts';
import { send } from '../resource.ts';
import { goJson } from '../values.ts';

const HEALTH = /^\/(healthz|livez|readyz)$/;
const LIST = /^\/(?:api|apis\/([^/]+))\/(v\w+)(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/?]+))?$/;

export function getRaw(env: Env, p: Parsed): number {
  const path = p.str('raw').split('?')[0]!;
  if (HEALTH.test(path)) env.out('ok');
  else if (path === '/version')
    env.out(`${JSON.stringify({ major: '1', minor: '36', gitVersion: 'v1.36.3' }, null, 2)}\n`);
  else env.out(`${goJson(rawObject(env, path))}\n`);
  return 0;
}

function rawObject(env: Env, path: string): unknown {
  const m = LIST.exec(path);
  const info =
    m && ALL_RESOURCES.find((r) => r.plural === m[4] && r.group === (m[1] ?? '') && r.versions.includes(m[2]!));
  if (!m || !info)
    throw statusFailure({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code: 404,
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    });
  const answer = send(env, {
    verb: m[5] ? 'get' : 'list',
    apiVersion: m[1] ? `${m[1]}/${m[2]}` : m[2]!,
    resource: info.plural,
    ...(m[3] ? { namespace: m[3] } : {}),
    ...(m[5] ? { name: m[5] } : {}),
  });
  if (answer.object) return answer.object;
  return {
    kind: `${info.kind}List`,
    apiVersion: m[1] ? `${m[1]}/${m[2]}` : m[2],
    metadata: { resourceVersion: String(answer.revision) },
    items: answer.items ?? [],
  };
}
