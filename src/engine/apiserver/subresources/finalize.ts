/** namespaces/finalize: the only way to drop a finalizer of a Namespace's spec. Upstream: pkg/registry/core/namespace */
import type { Namespace } from '../../api/core.ts';
import type { AnyObject } from '../../api/meta.ts';
import type { ApiResponse } from '../../api/request.ts';
import { decode } from '../decode.ts';
import { notFound } from '../errors.ts';
import { reply, type Scope } from '../scope.ts';
import { precondition } from '../verbs/update.ts';
import { store } from '../write.ts';

export function finalize(s: Scope): ApiResponse {
  const old = s.server.store.get<Namespace>('Namespace', undefined, s.r.name ?? '');
  if (!old) return notFound(s.info, s.r.name ?? '');
  const decoded = decode(s, s.r.body, old as unknown as AnyObject);
  if (!decoded.ok) return decoded;
  const given = decoded.value as unknown as Namespace;
  const stale = precondition(s, given as unknown as AnyObject, old as unknown as AnyObject);
  if (stale) return stale;
  const finalizers = given.spec?.finalizers ?? [];
  const { finalizers: _, ...spec } = old.spec ?? {};
  const next = {
    ...old,
    metadata: { ...old.metadata },
    spec: finalizers.length ? { ...spec, finalizers } : spec,
  } as unknown as AnyObject;
  return reply(s, store(s, next, old as unknown as AnyObject));
}
