/** Data that survives a snapshot: JSON values, plus `undefined` fields, `Map` and `Set` of the same. */
export type Plain = unknown;

/** Deep copy of plain data. Class instances, functions and symbols are bugs in the caller's state. */
export function clonePlain<T extends Plain>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(clonePlain) as T;
  if (value instanceof Map) return new Map([...value].map(([k, v]) => [clonePlain(k), clonePlain(v)])) as T;
  if (value instanceof Set) return new Set([...value].map(clonePlain)) as T;
  const out: Record<string, unknown> = {};
  for (const key in value) out[key] = clonePlain((value as Record<string, unknown>)[key]);
  return out as T;
}

/** Structural equality of JSON values; a field that is `undefined` equals an absent one. */
export function equalPlain(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((x, i) => equalPlain(x, b[i]));
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  for (const key in left) if (left[key] !== undefined && !equalPlain(left[key], right[key])) return false;
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false;
  return true;
}

/** Freezes plain data to the bottom; used in tests to catch writes into stored objects. */
export function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const key in value) deepFreeze(value[key]);
  }
  return value;
}
