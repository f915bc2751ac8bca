/** GET and LIST. Upstream: apiserver/pkg/endpoints/handlers/get.go */
import type { Node } from '../../api/core.ts';
import { leaseAsRead, NODE_LEASE_NAMESPACE, nodeAsRead } from '../../api/heartbeat.ts';
import type { AnyObject } from '../../api/meta.ts';
import type { Lease } from '../../api/policy.ts';
import type { ApiResponse } from '../../api/request.ts';
import { badRequest, notFound } from '../errors.ts';
import { matchesFields, parseFieldSelector, unsupportedField } from '../field-selectors.ts';
import { withManagedFields } from '../managed-fields.ts';
import type { Or, Scope } from '../scope.ts';
import { value } from '../scope.ts';
import { matchesRequirements, parseLabelSelector } from '../selectors.ts';
import { tableOf } from '../table.ts';

export function get(s: Scope): ApiResponse {
  const o = s.server.store.get<AnyObject>(s.info.kind, s.namespace, s.r.name ?? '');
  if (!o) return notFound(s.info, s.r.name ?? '');
  const object = s.trusted ? o : shown(s, o);
  return {
    ok: true,
    code: 200,
    object,
    ...(s.r.table ? { table: tableOf(s.kind, [object], s.server.now()) } : {}),
    warnings: s.warnings,
    revision: s.server.store.revision,
  };
}

export function list(s: Scope): ApiResponse {
  const selected = select(s);
  if (!selected.ok) return selected;
  const items = s.trusted ? selected.value : selected.value.map((o) => shown(s, o));
  return {
    ok: true,
    code: 200,
    items,
    ...(s.r.table ? { table: tableOf(s.kind, items, s.server.now()) } : {}),
    warnings: s.warnings,
    revision: s.server.store.revision,
  };
}

/** The objects that a list (or deletecollection) names, in storage order: by namespace, then name, byte-wise. */
export function select(s: Scope): Or<AnyObject[]> {
  const labels = s.r.labelSelector ? parseLabelSelector(s.r.labelSelector) : undefined;
  if (labels && 'error' in labels) return badRequest(labels.error);
  const fields = s.r.fieldSelector ? parseFieldSelector(s.r.fieldSelector) : undefined;
  if (fields && 'error' in fields) return badRequest(fields.error);
  if (fields) {
    const unknown = unsupportedField(fields.selector, s.info);
    if (unknown) return badRequest(unknown);
  }
  const out: AnyObject[] = [];
  for (const o of s.r.from ?? s.server.store.list<AnyObject>(s.info.kind, s.namespace)) {
    if (labels && !matchesRequirements(labels.selector, o.metadata.labels)) continue;
    if (fields && !matchesFields(fields.selector, o)) continue;
    out.push(o);
  }
  out.sort(s.namespace === undefined ? byStorageKey : byName);
  return value(out);
}

function byStorageKey(a: AnyObject, b: AnyObject): number {
  const x = a.metadata.namespace ?? '';
  const y = b.metadata.namespace ?? '';
  return x === y ? byName(a, b) : x < y ? -1 : 1;
}

function byName(a: AnyObject, b: AnyObject): number {
  const x = a.metadata.name;
  const y = b.metadata.name;
  return x === y ? 0 : x < y ? -1 : 1;
}

/** An object as it leaves the server: in the version asked for, with complete managedFields when they are asked for. */
export function shown(s: Scope, o: AnyObject): AnyObject {
  const full = s.r.managedFields ? withManagedFields(beating(s, o)) : beating(s, o);
  const version = s.r.apiVersion;
  return version && version !== o.apiVersion && s.kind?.toVersion ? s.kind.toVersion(full, version) : full;
}

/** Heartbeats of healthy machines are not stored; a reader sees them as of now. */
function beating(s: Scope, o: AnyObject): AnyObject {
  const now = s.server.now();
  if (o.kind === 'Lease') return leaseAsRead(o as unknown as Lease, now) as unknown as AnyObject;
  if (o.kind !== 'Node') return o;
  const lease = s.server.store.get<Lease>('Lease', NODE_LEASE_NAMESPACE, o.metadata.name);
  return nodeAsRead(o as unknown as Node, lease, now) as unknown as AnyObject;
}
