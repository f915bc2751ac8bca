/** Whether two plain values mean the same to the API: absent, null, empty list and empty map are one. Upstream: apiequality.Semantic */

const isEmpty = (v: unknown): boolean => {
  if (v === undefined || v === null) return true;
  if (Array.isArray(v)) return v.length === 0;
  return false;
};

export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isEmpty(a) || isEmpty(b)) return (isEmpty(a) || isEmptyMap(a)) && (isEmpty(b) || isEmptyMap(b));
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => sameValue(item, b[i]));
  }
  return sameMap(a as Record<string, unknown>, b as Record<string, unknown>);
}

const isEmptyMap = (v: unknown): boolean =>
  typeof v === 'object' && v !== null && !Array.isArray(v) && Object.keys(v).length === 0;

function sameMap(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  for (const key in a) if (!sameValue(a[key], b[key])) return false;
  for (const key in b) if (!(key in a) && !sameValue(undefined, b[key])) return false;
  return true;
}
