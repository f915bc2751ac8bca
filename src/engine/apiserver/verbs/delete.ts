/** DELETE: grace, finalizers, propagation. Upstream: apiserver/pkg/registry/{rest/delete.go,generic/registry/store.go} */
import type { Namespace, Pod } from '../../api/core.ts';
import { type AnyObject, keyOf } from '../../api/meta.ts';
import type { ApiResponse, DeleteOptions } from '../../api/request.ts';
import { parseTime, rfc3339 } from '../../sim/time.ts';
import { admit, admitValidated } from '../admission/index.ts';
import { conflict, notFound, type Refusal, success } from '../errors.ts';
import { reply, type Scope } from '../scope.ts';
import { select } from './read.ts';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

const JOB_WARNING =
  'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning';

export function remove(s: Scope): ApiResponse {
  const o = s.server.store.get<AnyObject>(s.info.kind, s.namespace, s.r.name ?? '');
  if (!o) return notFound(s.info, s.r.name ?? '');
  return removeObject(s, o);
}

/** Deletes all that a selector names; answers with what was there. */
export function removeCollection(s: Scope): ApiResponse {
  const selected = select(s);
  if (!selected.ok) return selected;
  for (const o of selected.value) {
    const one = removeObject({ ...s, namespace: o.metadata.namespace }, o);
    if (!one.ok && one.status.code !== 404) return one;
  }
  return { ok: true, code: 200, items: selected.value, warnings: s.warnings, revision: s.server.store.revision };
}

/** Deletes one stored object: at once, or marks it and leaves it to its grace period and finalizers. */
export function removeObject(s: Scope, o: AnyObject): ApiResponse {
  const options = s.r.options ?? {};
  const refused = precondition(s, o, options) ?? admit(s, 'DELETE', o, o) ?? admitValidated(s, 'DELETE', o, o);
  if (refused) return refused;
  if (s.info.kind === 'Job' && !options.propagationPolicy && !s.trusted) s.warnings.push(JOB_WARNING);
  const finalizers = finalizersAfter(s, o, options);
  const grace = s.info.kind === 'Pod' ? podGrace(o as unknown as Pod, options) : 0;
  const waits = grace > 0 || finalizers.length > 0 || hasSpecFinalizers(o);
  if (!waits) return gone(s, o);
  const marked = o.metadata.deletionTimestamp ? shorten(o, grace, finalizers) : mark(s, o, grace, finalizers);
  if (marked === o || s.r.dryRun) return reply(s, marked);
  return reply(s, s.server.put(marked));
}

function gone(s: Scope, o: AnyObject): ApiResponse {
  if (!s.r.dryRun) s.server.remove(o.kind, keyOf(o));
  const details = {
    name: o.metadata.name,
    ...(s.info.group ? { group: s.info.group } : {}),
    kind: s.info.plural,
    uid: o.metadata.uid,
  };
  return {
    ok: true,
    code: 200,
    status: success(200, details),
    warnings: s.warnings,
    revision: s.server.store.revision,
  };
}

function precondition(s: Scope, o: AnyObject, options: DeleteOptions): Refusal | undefined {
  const p = options.preconditions;
  const fail = (what: string, wanted: string, is: string): Refusal =>
    conflict(
      s.info,
      o.metadata.name,
      `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${is}`,
    );
  if (p?.uid && p.uid !== o.metadata.uid) return fail('UID', p.uid, o.metadata.uid);
  if (p?.resourceVersion && p.resourceVersion !== o.metadata.resourceVersion)
    return fail('ResourceVersion', p.resourceVersion, o.metadata.resourceVersion);
  return undefined;
}

/** Orphan and foreground are finalizers for the garbage collector; without a policy the kind's default holds. */
function finalizersAfter(s: Scope, o: AnyObject, options: DeleteOptions): readonly string[] {
  const have = o.metadata.finalizers ?? [];
  if (s.info.kind === 'Event') return have;
  const kept = have.includes(ORPHAN) ? 'Orphan' : have.includes(FOREGROUND) ? 'Foreground' : undefined;
  const standard = s.info.kind === 'Job' || s.info.kind === 'ReplicationController' ? 'Orphan' : 'Background';
  const policy = options.propagationPolicy ?? kept ?? standard;
  if (policy === 'Background' && !kept) return have;
  const others = have.filter((f) => f !== ORPHAN && f !== FOREGROUND);
  if (policy === 'Orphan') return [...others, ORPHAN];
  return policy === 'Foreground' ? [...others, FOREGROUND] : others;
}

const isFinished = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** Seconds until the pod may be dropped: nothing for one that no kubelet runs; a second delete can only shorten. */
function podGrace(pod: Pod, options: DeleteOptions): number {
  const pending = pod.metadata.deletionTimestamp ? (pod.metadata.deletionGracePeriodSeconds ?? 0) : undefined;
  let grace = options.gracePeriodSeconds ?? pending ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  if (!pod.spec.nodeName || isFinished(pod)) grace = 0;
  if (grace < 0) grace = 1;
  return pending === undefined ? grace : Math.min(grace, pending);
}

function mark(s: Scope, o: AnyObject, grace: number, finalizers: readonly string[]): AnyObject {
  const generation = o.metadata.generation;
  const next: AnyObject = {
    ...o,
    metadata: {
      ...o.metadata,
      deletionTimestamp: rfc3339(s.server.now() + grace * 1000),
      deletionGracePeriodSeconds: grace,
      ...(generation === undefined ? {} : { generation: generation + 1 }),
    },
  };
  withFinalizers(next, finalizers);
  if (o.kind === 'Namespace') next.status = { ...(o as unknown as Namespace).status, phase: 'Terminating' };
  return next;
}

function shorten(o: AnyObject, grace: number, finalizers: readonly string[]): AnyObject {
  const had = o.metadata.deletionGracePeriodSeconds ?? 0;
  const same =
    finalizers.length === (o.metadata.finalizers?.length ?? 0) &&
    finalizers.every((f) => o.metadata.finalizers!.includes(f));
  if (grace >= had && same) return o;
  const next: AnyObject = { ...o, metadata: { ...o.metadata } };
  if (grace < had) {
    const start = parseTime(o.metadata.deletionTimestamp)! - had * 1000;
    next.metadata.deletionTimestamp = rfc3339(start + grace * 1000);
    next.metadata.deletionGracePeriodSeconds = grace;
  }
  withFinalizers(next, finalizers);
  return next;
}

function withFinalizers(o: AnyObject, finalizers: readonly string[]): void {
  if (finalizers.length) o.metadata.finalizers = [...finalizers];
  else delete o.metadata.finalizers;
}

const hasSpecFinalizers = (o: AnyObject): boolean =>
  o.kind === 'Namespace' && ((o as unknown as Namespace).spec?.finalizers?.length ?? 0) > 0;
