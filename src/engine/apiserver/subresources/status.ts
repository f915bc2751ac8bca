/** The status subresource: only `status` is written, everything else stays. */
import type { PodStatus } from '../../api/core.ts';
import type { AnyObject } from '../../api/meta.ts';
import type { ApiResponse } from '../../api/request.ts';
import { decode } from '../decode.ts';
import { invalid, notFound } from '../errors.ts';
import { noteUpdate } from '../managed-fields.ts';
import { reply, type Scope } from '../scope.ts';
import { precondition } from '../verbs/update.ts';
import { store } from '../write.ts';

/** Kinds whose status writers may also set labels and annotations. */
const METADATA_TOO = new Set(['Deployment', 'Node', 'Pod']);

export function updateStatus(s: Scope): ApiResponse {
  const old = s.server.store.get<AnyObject>(s.info.kind, s.namespace, s.r.name ?? '');
  if (!old) return notFound(s.info, s.r.name ?? '');
  const decoded = s.trusted ? undefined : decode(s, s.r.body, old);
  if (decoded && !decoded.ok) return decoded;
  return replaceStatus(s, decoded?.value ?? (s.r.body as AnyObject), old);
}

export function replaceStatus(s: Scope, given: AnyObject, old: AnyObject): ApiResponse {
  const stale = precondition(s, given, old);
  if (stale) return stale;
  const o: AnyObject = { ...old, metadata: { ...old.metadata } };
  if (given.status === undefined) delete o.status;
  else o.status = o.kind === 'Pod' ? withProbeTimes(given.status as PodStatus) : given.status;
  if (METADATA_TOO.has(o.kind)) {
    const { annotations, labels } = given.metadata;
    if (annotations !== undefined) o.metadata.annotations = annotations;
    if (labels !== undefined) o.metadata.labels = labels;
  }
  const errors = s.kind?.validateStatusUpdate?.(o, old, s.server.store) ?? [];
  if (errors.length) return invalid(s.info, o.metadata.name, errors);
  noteUpdate(s, o, old, 'status');
  return reply(s, store(s, o, old));
}

/** Go writes the probe time of a pod's condition even where there is none. */
function withProbeTimes(status: PodStatus): PodStatus {
  const { conditions } = status ?? {};
  if (!Array.isArray(conditions) || !conditions.some((c) => c.lastProbeTime === undefined)) return status;
  return {
    ...status,
    conditions: conditions.map((c) => (c.lastProbeTime === undefined ? { ...c, lastProbeTime: null } : c)),
  };
}
