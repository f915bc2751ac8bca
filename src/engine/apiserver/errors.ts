/** Refusals in Kubernetes' words. Upstream: k8s.io/apimachinery/pkg/api/errors/errors.go */
import { qualifiedResource as qualified, type ResourceInfo } from '../api/discovery.ts';
import type { ApiStatus, StatusCause } from '../api/meta.ts';
import type { ApiResponse } from '../api/request.ts';
import type { FieldError } from './kind.ts';

export type Refusal = Extract<ApiResponse, { ok: false }>;

const refuse = (
  code: number,
  reason: string,
  message: string,
  details?: NonNullable<ApiStatus['details']>,
): Refusal => ({
  ok: false,
  status: {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code,
    reason,
    message,
    ...(details ? { details } : {}),
  },
  warnings: [],
});

const about = (r: ResourceInfo, name: string) => ({ name, ...(r.group ? { group: r.group } : {}), kind: r.plural });

export const notFound = (r: ResourceInfo, name: string): Refusal =>
  refuse(404, 'NotFound', `${qualified(r)} "${name}" not found`, about(r, name));

/** What a path answers that nobody serves. */
export const unknownPath = (): Refusal =>
  refuse(404, 'NotFound', 'the server could not find the requested resource', {});

export const alreadyExists = (r: ResourceInfo, name: string): Refusal =>
  refuse(409, 'AlreadyExists', `${qualified(r)} "${name}" already exists`, about(r, name));

export const STALE = 'the object has been modified; please apply your changes to the latest version and try again';

/** `resource` overrides the resource's own name (`pods/binding`). */
export const conflict = (r: ResourceInfo, name: string, why = STALE, resource = qualified(r)): Refusal =>
  refuse(409, 'Conflict', `Operation cannot be fulfilled on ${resource} "${name}": ${why}`, {
    ...about(r, name),
    kind: resource === qualified(r) ? r.plural : resource,
  });

export const forbidden = (r: ResourceInfo, name: string, why: string, causes?: StatusCause[]): Refusal =>
  refuse(
    403,
    'Forbidden',
    name ? `${qualified(r)} "${name}" is forbidden: ${why}` : `${qualified(r)} is forbidden: ${why}`,
    { ...about(r, name), ...(causes ? { causes } : {}) },
  );

export const badRequest = (message: string): Refusal => refuse(400, 'BadRequest', message);

export const methodNotAllowed = (): Refusal =>
  refuse(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {});

export const tooManyRequests = (message: string, causes: StatusCause[], retryAfterSeconds?: number): Refusal =>
  refuse(429, 'TooManyRequests', message, {
    causes,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });

export const internal = (message: string): Refusal =>
  refuse(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] });

/** An internal error whose message stands alone. */
export const internalPlain = (message: string): Refusal => refuse(500, 'InternalError', message);

/** A failure without a reason, which kubectl prints as `Error from server: …`. */
export const plainFailure = (message: string): Refusal => refuse(500, '', message);

/** An error as one line: `spec.containers[0].image: Required value`. */
export const errorText = (e: FieldError): string => (e.field ? `${e.field}: ${e.message}` : e.message);

/** Several errors as one text: equal ones once, more than one in brackets. */
export function aggregate(texts: readonly string[]): string {
  const once = [...new Set(texts)];
  return once.length === 1 ? once[0]! : `[${once.join(', ')}]`;
}

/** 422 with all complaints about one object. */
export function invalid(kind: { kind: string; group: string }, name: string, errors: readonly FieldError[]): Refusal {
  const who = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
  const text = errors.length ? `: ${aggregate(errors.map(errorText))}` : '';
  return refuse(422, 'Invalid', `${who} "${name}" is invalid${text}`, {
    name,
    ...(kind.group ? { group: kind.group } : {}),
    kind: kind.kind,
    causes: errors.map((e) => ({ reason: e.reason, message: e.message, field: e.field })),
  });
}

export interface Conflict {
  /** `"kubectl-client-side-apply" using apps/v1` */
  manager: string;
  field: string;
}

/** 409 of server-side apply: which fields belong to whom. */
export function applyConflict(conflicts: readonly Conflict[]): Refusal {
  const causes = conflicts.map((c) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${c.manager}`,
    field: c.field,
  }));
  const [first] = conflicts;
  if (conflicts.length === 1)
    return refuse(409, 'Conflict', `Apply failed with 1 conflict: conflict with ${first!.manager}: ${first!.field}`, {
      causes,
    });
  const lines: string[] = [];
  for (const manager of [...new Set(conflicts.map((c) => c.manager))].sort()) {
    lines.push(`conflicts with ${manager}:`);
    for (const c of conflicts) if (c.manager === manager) lines.push(`- ${c.field}`);
  }
  return refuse(409, 'Conflict', `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`, { causes });
}

/** 422 about the request itself (a patch that does not apply): kubectl prints `The request is invalid: …`. */
export const requestInvalid = (message: string, causes?: StatusCause[]): Refusal =>
  refuse(422, 'Invalid', message, causes ? { causes } : undefined);

/** The `Status` of success that deletes, evictions and bindings answer with. */
export const success = (code = 200, details?: ApiStatus['details']): ApiStatus => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Success',
  code,
  reason: '',
  message: '',
  ...(details ? { details } : {}),
});
