/** Hashes of pod templates in Kubernetes' alphabet. Upstream: pkg/controller/controller_utils.go ComputeHash, util/rand SafeEncodeString */

const DIGITS = '456789bcdf';

/** Each decimal digit of the number in the alphabet of generated names. */
const safeEncode = (n: number): string => [...String(n)].map((d) => DIGITS[Number(d)]!).join('');

/** JSON with sorted keys and without undefined fields: equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const o = value as Record<string, unknown>;
  const parts: string[] = [];
  for (const key of Object.keys(o).sort())
    if (o[key] !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(o[key])}`);
  return `{${parts.join(',')}}`;
}

function fnv32a(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/**
 * The hash that names a ReplicaSet or ControllerRevision: 1 to 10 characters of `456789bcdf`. The input is canonical JSON,
 * not Go's dump, so the digits differ from a real cluster's while their shape is the same.
 */
export function templateHash(template: unknown, collisionCount?: number): string {
  return safeEncode(fnv32a(canonicalJson(template) + (collisionCount === undefined ? '' : `#${collisionCount}`)));
}
