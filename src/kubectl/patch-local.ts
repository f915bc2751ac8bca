/** A merge patch applied by kubectl itself (`--overrides`, `patch --local`). */
import { listRule } from '../engine/api/list-rules.ts';
import { copy, equal, isMap } from './values.ts';

/** The patched copy. With `strategic`, lists that have a merge key are merged by it, others are replaced. */
export function applyLists(
  kind: string,
  target: unknown,
  patch: unknown,
  strategic: boolean,
  path: readonly string[] = [],
): unknown {
  if (!isMap(patch)) return copy(patch);
  const out: Record<string, unknown> = isMap(target) ? { ...target } : {};
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    const here = [...path, key];
    if (value === null) delete out[key];
    else if (Array.isArray(value) && strategic && Array.isArray(out[key]))
      out[key] = mergeList(kind, out[key], value, here);
    else out[key] = applyLists(kind, out[key], value, strategic, here);
  }
  return out;
}

function mergeList(
  kind: string,
  target: readonly unknown[],
  patch: readonly unknown[],
  path: readonly string[],
): unknown[] {
  const by = listRule(kind, path)?.by;
  if (!by) return copy([...patch]);
  const out = [...target];
  for (const element of patch) {
    const at = out.findIndex((e) => isMap(e) && isMap(element) && equal(e[by], element[by]));
    if (at < 0) out.push(copy(element));
    else out[at] = applyLists(kind, out[at], element, true, path);
  }
  return out;
}
