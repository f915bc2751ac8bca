/** What controllers do with the answers of the API. */
import type { ApiResponse } from '../../api/request.ts';
import type { Ms } from '../../sim/time.ts';

/** What a reconcile answers when it wants to run again. */
export type Requeue = { requeueAt: Ms } | undefined;

export const isNotFound = (r: ApiResponse): boolean => !r.ok && r.status.reason === 'NotFound';

/** The namespace is going away: nothing can be created in it, and nobody is told. */
export const isNamespaceTerminating = (r: ApiResponse): boolean =>
  !r.ok && (r.status.details?.causes?.some((c) => c.reason === 'NamespaceTerminating') ?? false);

/** Failures by key, for the queue's rate limit. Plain data. */
export type Failures = Record<string, number>;

/** The wait before a failed key is tried again: 5 ms doubled each time, at most 1000 s. Upstream: workqueue's default limiter. */
export function backoffMs(failures: Failures, key: string): Ms {
  const n = failures[key] ?? 0;
  failures[key] = n + 1;
  return Math.min(5 * 2 ** n, 1_000_000);
}

export function forget(failures: Failures, key: string): void {
  if (key in failures) delete failures[key];
}
