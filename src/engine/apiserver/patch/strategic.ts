/** Strategic merge patch. Upstream: k8s.io/apimachinery/pkg/util/strategicpatch/patch.go */

import { type ListRule, listRule } from '../../api/list-rules.ts';
import { clonePlain } from '../../sim/plain.ts';

type Bag = Record<string, unknown>;
const isMap = (v: unknown): v is Bag => v !== null && typeof v === 'object' && !Array.isArray(v);

const DIRECTIVE = '$patch';
const RETAIN = '$retainKeys';
const ORDER = '$setElementOrder/';
const DELETE_PRIMITIVE = '$deleteFromPrimitiveList/';

/** Why a patch cannot be applied; caught where the patch enters. */
export class PatchError extends Error {}

/** The patched object; shares what the patch does not touch. Throws `PatchError` for a patch that makes no sense. */
export function applyStrategicPatch(kind: string, doc: Bag, patch: Bag): Bag {
  return mergeMap(kind, [], doc, patch);
}

function mergeMap(kind: string, path: readonly string[], doc: Bag | undefined, patch: Bag): Bag {
  const directive = patch[DIRECTIVE];
  if (directive === 'replace') return withoutDirectives(patch) as Bag;
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge')
    throw new PatchError(`unknown patch type found: ${String(directive)}`);
  let out: Bag = { ...doc };
  const retain = patch[RETAIN];
  if (Array.isArray(retain)) out = Object.fromEntries(Object.entries(out).filter(([k]) => retain.includes(k)));
  for (const key of Object.keys(patch)) {
    if (key === DIRECTIVE || key === RETAIN || key.startsWith(ORDER)) continue;
    if (key.startsWith(DELETE_PRIMITIVE)) {
      deletePrimitives(out, key.slice(DELETE_PRIMITIVE.length), patch[key]);
      continue;
    }
    const merged = mergeField(kind, [...path, key], out[key], patch[key], patch[`${ORDER}${key}`]);
    if (merged === undefined) delete out[key];
    else out[key] = merged;
  }
  for (const key of Object.keys(patch)) {
    if (!key.startsWith(ORDER)) continue;
    const field = key.slice(ORDER.length);
    if (patch[field] === undefined && Array.isArray(out[field]) && Array.isArray(patch[key]))
      out[field] = order(out[field], patch[key], listRule(kind, [...path, field]), out[field]);
  }
  return out;
}

function deletePrimitives(out: Bag, field: string, values: unknown): void {
  const list = out[field];
  if (Array.isArray(list) && Array.isArray(values)) out[field] = list.filter((v) => !values.includes(v));
}

function mergeField(kind: string, path: readonly string[], old: unknown, patch: unknown, wanted: unknown): unknown {
  if (patch === null) return undefined;
  if (isMap(patch)) {
    if (patch[DIRECTIVE] === 'delete') return undefined;
    return mergeMap(kind, path, isMap(old) ? old : undefined, patch);
  }
  if (!Array.isArray(patch)) return patch;
  const rule = listRule(kind, path);
  if (rule?.set) {
    const have = Array.isArray(old) ? old : [];
    const all = [...have, ...patch.filter((v) => !have.includes(v))];
    return Array.isArray(wanted) ? order(all, wanted, rule, have) : all;
  }
  if (rule?.by === undefined) return withoutDirectives(patch);
  return mergeList(kind, path, rule, Array.isArray(old) ? old : [], patch, wanted);
}

function mergeList(
  kind: string,
  path: readonly string[],
  rule: ListRule,
  old: readonly unknown[],
  patch: readonly unknown[],
  wanted: unknown,
): unknown[] {
  const key = rule.by!;
  if (patch.some((e) => isMap(e) && e[DIRECTIVE] === 'replace' && Object.keys(e).length === 1))
    return withoutDirectives(patch.filter((e) => !(isMap(e) && e[DIRECTIVE] !== undefined))) as unknown[];
  let out = [...old];
  for (const element of patch) {
    if (!isMap(element)) throw new PatchError('expected an object in a list of objects');
    const id = element[key];
    if (id === undefined) throw new PatchError(`map: ${goMap(element)} does not contain declared merge key: ${key}`);
    const at = out.findIndex((e) => isMap(e) && e[key] === id);
    if (element[DIRECTIVE] === 'delete') out = out.filter((e) => !(isMap(e) && e[key] === id));
    else if (at >= 0) out[at] = mergeMap(kind, path, out[at] as Bag, element);
    else out.push(mergeMap(kind, path, undefined, element));
  }
  return order(out, Array.isArray(wanted) ? wanted : patch, rule, old);
}

const identity = (rule: ListRule | undefined, e: unknown): unknown => (rule?.by && isMap(e) ? e[rule.by] : e);

/**
 * Elements that `wanted` names come in its order; each of the others goes in front of the first wanted one that follows
 * it in the live list. Upstream: normalizeElementOrder, mergeSortedSlice.
 */
function order(
  list: readonly unknown[],
  wanted: readonly unknown[],
  rule: ListRule | undefined,
  live: readonly unknown[],
): unknown[] {
  const id = (e: unknown): unknown => identity(rule, e);
  const rank = new Map(wanted.map((e, i) => [id(e), i]));
  const liveAt = new Map(live.map((e, i) => [id(e), i]));
  const named = list.filter((e) => rank.has(id(e))).sort((a, b) => rank.get(id(a))! - rank.get(id(b))!);
  const others = list.filter((e) => !rank.has(id(e)));
  const out: unknown[] = [];
  let o = 0;
  for (const e of named) {
    const at = liveAt.get(id(e));
    while (o < others.length && at !== undefined && (liveAt.get(id(others[o])) ?? Infinity) < at) out.push(others[o++]);
    out.push(e);
  }
  return [...out, ...others.slice(o)];
}

/** A value of the patch on its own: directives left out, `null` fields absent. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives);
  if (!isMap(value)) return clonePlain(value);
  const out: Bag = {};
  for (const key of Object.keys(value)) {
    if (key.startsWith('$') || value[key] === null) continue;
    out[key] = withoutDirectives(value[key]);
  }
  return out;
}

/** A map as Go's `%v` prints it. */
export function goMap(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`;
  if (value === null || value === undefined) return '<nil>';
  if (!isMap(value)) return String(value);
  return `map[${Object.keys(value)
    .sort()
    .map((k) => `${k}:${goMap(value[k])}`)
    .join(' ')}]`;
}
