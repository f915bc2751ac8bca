/**
 * Complaints of validation, worded as upstream's `field.Error` words them. Validators push into one list, so that a valid
 * object costs no allocation. Upstream: apimachinery/pkg/util/validation/field/errors.go
 */
import type { FieldError } from '../../kind.ts';
import { escapeHtml } from '../internal-form.ts';

export type Errors = FieldError[];

export const NOT_NEGATIVE = 'must be greater than or equal to 0';
export const IMMUTABLE = 'field is immutable';
export const POSITIVE = 'must be greater than zero';

/** Go's `%q`: the quotes and escapes of a JSON string, but for control characters as Go writes them. */
const quote = (text: string): string =>
  JSON.stringify(text).replace(/\\u00([0-9a-f]{2})/g, (_, hex: string) => `\\x${hex}`);

/** A value as Go prints it inside an error: text quoted, numbers and booleans bare, everything else as JSON. */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (value === undefined || value === null) return 'null';
  return escapeHtml(JSON.stringify(value));
}

const withDetail = (head: string, detail: string): string => (detail ? `${head}: ${detail}` : head);

export function invalid(errors: Errors, field: string, value: unknown, detail: string): void {
  errors.push({
    reason: 'FieldValueInvalid',
    field,
    message: withDetail(`Invalid value: ${formatValue(value)}`, detail),
  });
}

export function required(errors: Errors, field: string, detail = ''): void {
  errors.push({ reason: 'FieldValueRequired', field, message: withDetail('Required value', detail) });
}

export function forbidden(errors: Errors, field: string, detail: string): void {
  errors.push({ reason: 'FieldValueForbidden', field, message: withDetail('Forbidden', detail) });
}

/** `supported` in the order in which it is printed: upstream sorts where it comes from a set. */
export function notSupported(errors: Errors, field: string, value: unknown, supported: readonly string[]): void {
  const detail = supported.length ? `supported values: ${supported.map(quote).join(', ')}` : '';
  errors.push({
    reason: 'FieldValueNotSupported',
    field,
    message: withDetail(`Unsupported value: ${formatValue(value)}`, detail),
  });
}

export function duplicate(errors: Errors, field: string, value: unknown, detail = ''): void {
  errors.push({
    reason: 'FieldValueDuplicate',
    field,
    message: withDetail(`Duplicate value: ${formatValue(value)}`, detail),
  });
}

export function notFound(errors: Errors, field: string, value: unknown): void {
  errors.push({ reason: 'FieldValueNotFound', field, message: `Not found: ${formatValue(value)}` });
}

/** The value is too long to be printed. */
export function tooLong(errors: Errors, field: string, mostBytes: number): void {
  errors.push({ reason: 'FieldValueTooLong', field, message: `Too long: may not be more than ${mostBytes} bytes` });
}

export function tooMany(errors: Errors, field: string, actual: number, most: number): void {
  const items = most === 1 ? 'item' : 'items';
  errors.push({
    reason: 'FieldValueTooMany',
    field,
    message: `Too many: ${actual}: must have at most ${most} ${items}`,
  });
}

/** One `invalid` for each of a format's complaints. */
export function invalidEach(errors: Errors, field: string, value: unknown, complaints: readonly string[]): void {
  for (const complaint of complaints) invalid(errors, field, value, complaint);
}

/** A number that may not be negative; absent is fine. */
export function notNegative(errors: Errors, field: string, value: number | undefined | null): void {
  if (value !== undefined && value !== null && value < 0) invalid(errors, field, value, NOT_NEGATIVE);
}
