/** What ConfigMaps and Secrets share. Upstream: pkg/apis/core/validation/validation.go */
import { sameValue } from './equal.ts';
import { type Errors, forbidden } from './errors.ts';

/** The most that all values together may take. */
export const MAX_DATA_BYTES = 1024 * 1024;

/** How many bytes a base64 text stands for. */
export function base64Bytes(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return Math.max(0, (text.length / 4) * 3 - padding);
}

interface Freezable {
  immutable?: boolean;
}

/** Once `immutable` is set neither it nor the data may change. */
export function frozenData<T extends Freezable>(
  errors: Errors,
  o: T,
  old: T,
  fields: readonly (keyof T & string)[],
): void {
  if (!old.immutable) return;
  const message = 'field is immutable when `immutable` is set';
  if (!o.immutable) forbidden(errors, 'immutable', message);
  for (const field of fields) if (!sameValue(o[field], old[field])) forbidden(errors, field, message);
}
