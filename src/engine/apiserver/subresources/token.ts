/** serviceaccounts/token: a bearer token for an account. It has the form of a signed one; nothing here checks it. */
import type { AnyObject } from '../../api/meta.ts';
import type { ApiResponse } from '../../api/request.ts';
import { rfc3339 } from '../../sim/time.ts';
import { invalid, notFound } from '../errors.ts';
import { bag, reply, type Scope } from '../scope.ts';

const HOUR_SECONDS = 3600;
const LEAST_SECONDS = 600;
/** `{"alg":"RS256"}` */
const HEADER = 'eyJhbGciOiJSUzI1NiJ9';

export function createToken(s: Scope): ApiResponse {
  const account = s.server.store.get<AnyObject>('ServiceAccount', s.namespace, s.r.name ?? '');
  if (!account) return notFound(s.info, s.r.name ?? '');
  const asked = bag(bag(s.r.body).spec).expirationSeconds;
  const seconds = typeof asked === 'number' && asked > 0 ? asked : HOUR_SECONDS;
  if (seconds < LEAST_SECONDS)
    return invalid({ kind: 'TokenRequest', group: 'authentication.k8s.io' }, account.metadata.name, [
      {
        reason: 'FieldValueInvalid',
        field: 'spec.expirationSeconds',
        message: `Invalid value: ${seconds}: may not specify a duration less than 10 minutes`,
      },
    ]);
  const { random } = s.server;
  const now = s.server.now();
  const object = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    metadata: { name: account.metadata.name, namespace: account.metadata.namespace!, creationTimestamp: rfc3339(now) },
    spec: { expirationSeconds: seconds },
    status: {
      token: `${HEADER}.${random.hex(200)}.${random.hex(340)}`,
      expirationTimestamp: rfc3339(now + seconds * 1000),
    },
  } as unknown as AnyObject;
  return reply(s, object, 201);
}
