/** JSON Merge Patch, RFC 7386. */
import { clonePlain } from '../../sim/plain.ts';

const isMap = (v: unknown): v is Record<string, unknown> => v !== null && typeof v === 'object' && !Array.isArray(v);

/** The patched document: maps merge, `null` deletes, everything else replaces. Shares what the patch does not touch. */
export function applyMergePatch(doc: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return clonePlain(patch);
  const out: Record<string, unknown> = isMap(doc) ? { ...doc } : {};
  for (const key of Object.keys(patch)) {
    if (patch[key] === null) delete out[key];
    else out[key] = applyMergePatch(out[key], patch[key]);
  }
  return out;
}
