/** `kubectl create token`. Upstream: k8s.io/kubectl/pkg/cmd/create/create_token.go */
import type { Command, Env, Parsed, Running } from '../../command.ts';
import { failure, quote, statusFailure } from '../../failure.ts';
import { flags, PRINT } from '../../flags.ts';
import { base64, goJson } from '../../values.ts';

const TEN_MINUTES_MS = 600_000;
const HOUR_MS = 3_600_000;

export const token: Command = {
  name: 'token',
  use: 'kubectl create token SERVICE_ACCOUNT_NAME',
  short: 'Request a service account token',
  flags: flags(PRINT, 'audience:array bound-object-kind bound-object-name bound-object-uid duration:dur'),
  run,
};

function* run(env: Env, p: Parsed): Running {
  if (p.args.length !== 1)
    throw failure(
      `exactly one NAME is required, got ${p.args.length}\nSee 'kubectl create token -h' for help and examples`,
    );
  const name = p.args[0]!;
  const ms = p.duration('duration');
  if (ms < 0) throw failure('--duration must be greater than or equal to 0');
  if (ms % 1000) throw failure('--duration cannot be expressed in units less than seconds');
  if (ms && ms < TEN_MINUTES_MS)
    throw failure(
      `failed to create token: TokenRequest.authentication.k8s.io ${quote('')} is invalid: spec.expirationSeconds: Invalid value: ${ms / 1000}: may not specify a duration less than 10 minutes`,
    );
  const got = env.request({ verb: 'get', apiVersion: 'v1', resource: 'serviceaccounts', namespace: p.namespace, name });
  if (!got.ok) throw failure(`failed to create token: ${statusFailure(got.status).message}`);
  const issued = Math.floor(env.now() / 1000);
  const claims = {
    aud: p.list('audience').length ? p.list('audience') : ['https://kubernetes.default.svc.cluster.local'],
    exp: issued + (ms || HOUR_MS) / 1000,
    iat: issued,
    iss: 'https://kubernetes.default.svc.cluster.local',
    sub: `system:serviceaccount:${p.namespace}:${name}`,
  };
  env.out(`${url(goJson({ alg: 'none', typ: 'JWT' }))}.${url(goJson(claims))}.\n`);
  return 0;
}

const url = (text: string): string => base64(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
