/** Paths inside volumes. Upstream: pkg/apis/core/validation/validation.go validatePathNoBacksteps, ValidateLocalNonReservedPath */
import { type Errors, invalid } from './errors.ts';

/** No part of the path may be `..`. */
export function noBacksteps(errors: Errors, value: string, path: string): void {
  if (value.includes('..') && value.split('/').includes('..')) invalid(errors, path, value, "must not contain '..'");
}

/** A relative path that stays below where it starts. */
export function localDescendingPath(errors: Errors, value: string, path: string): void {
  if (value.startsWith('/')) invalid(errors, path, value, 'must be a relative path');
  noBacksteps(errors, value, path);
}

/** As above, and not beginning with `..`, which the kubelet keeps for itself. */
export function localNonReservedPath(errors: Errors, value: string, path: string): void {
  localDescendingPath(errors, value, path);
  if (value.startsWith('..') && !value.startsWith('../')) invalid(errors, path, value, "must not start with '..'");
}
