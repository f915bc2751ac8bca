/**
 * The patch of `kubectl apply`: what the last file had and the new one lacks is removed, what the new file says and the live
 * object does not is set. Upstream: k8s.io/apimachinery/pkg/util/strategicpatch/patch.go
 */
import { type ListRule, listRule } from '../engine/api/list-rules.ts';
import { byText, copy, equal, isMap } from './values.ts';

type Bag = Record<string, unknown>;

interface Mode {
  kind: string;
  /** Only what is new or different. */
  additions: boolean;
  /** Only what is gone. */
  deletions: boolean;
}

/** A strategic merge patch from (last file, new file, live object); empty when nothing has to change. */
export function threeWayPatch(kind: string, original: Bag, modified: Bag, current: Bag): Bag {
  const delta = diffMaps({ kind, additions: true, deletions: false }, [], current, modified, false);
  const gone = diffMaps({ kind, additions: false, deletions: true }, [], original, modified, false);
  return mergePatches(kind, [], gone, delta);
}

/** A strategic merge patch that turns one object into another. */
export const twoWayPatch = (kind: string, from: Bag, to: Bag): Bag =>
  diffMaps({ kind, additions: true, deletions: true }, [], from, to, false);

function diffMaps(mode: Mode, path: readonly string[], from: Bag, to: Bag, retain: boolean): Bag {
  const patch: Bag = {};
  for (const key of Object.keys(to)) {
    const value = to[key];
    if (value === undefined) continue;
    if (!Object.hasOwn(from, key) || from[key] === undefined) {
      if (mode.additions) patch[key] = copy(value);
      continue;
    }
    diffField(mode, [...path, key], from[key], value, patch);
  }
  if (mode.deletions)
    for (const key of Object.keys(from)) if (from[key] !== undefined && to[key] === undefined) patch[key] = null;
  if (retain) {
    const kept = Object.keys(to).filter((k) => to[k] !== null && to[k] !== undefined);
    const extra = Object.keys(from).some((k) => from[k] !== undefined && to[k] === undefined);
    if (kept.length && (Object.keys(patch).length || extra)) patch.$retainKeys = kept.sort(byText);
  }
  return patch;
}

function diffField(mode: Mode, path: readonly string[], from: unknown, to: unknown, patch: Bag): void {
  const key = path.at(-1)!;
  const rule = listRule(mode.kind, path);
  if (isMap(from) && isMap(to)) {
    const inner = diffMaps(mode, path, from, to, rule?.retainKeys === true);
    if (Object.keys(inner).length) patch[key] = inner;
  } else if (Array.isArray(from) && Array.isArray(to) && (rule?.by || rule?.set)) {
    if (rule.by) diffObjects(mode, path, rule, from as Bag[], to as Bag[], patch);
    else diffPrimitives(mode, key, from, to, patch);
  } else if (mode.additions && !equal(from, to)) patch[key] = copy(to);
}

function diffPrimitives(mode: Mode, key: string, from: readonly unknown[], to: readonly unknown[], patch: Bag): void {
  const added = to.filter((v) => !from.includes(v));
  const gone = from.filter((v) => !to.includes(v));
  if (mode.additions && added.length) patch[key] = added;
  if (mode.deletions && gone.length) patch[`$deleteFromPrimitiveList/${key}`] = gone;
  if ((mode.additions && added.length) || (mode.deletions && gone.length)) patch[`$setElementOrder/${key}`] = [...to];
}

function diffObjects(
  mode: Mode,
  path: readonly string[],
  rule: ListRule,
  from: readonly Bag[],
  to: readonly Bag[],
  patch: Bag,
): void {
  const key = path.at(-1)!;
  const by = rule.by!;
  if (from.length === 0) {
    if (mode.additions && to.length) patch[key] = copy(to);
    return;
  }
  const list: Bag[] = [];
  for (const element of to) {
    const old = from.find((e) => equal(e[by], element[by]));
    if (!old) {
      if (mode.additions) list.push(copy(element));
      continue;
    }
    const inner = diffMaps(mode, path, old, element, rule.retainKeys === true);
    if (Object.keys(inner).length) list.push({ ...inner, [by]: element[by] });
  }
  if (mode.deletions)
    for (const old of from) if (!to.some((e) => equal(e[by], old[by]))) list.push({ $patch: 'delete', [by]: old[by] });
  if (list.length) patch[key] = list;
  if (list.length || !sameOrder(from, to, by)) patch[`$setElementOrder/${key}`] = to.map((e) => ({ [by]: e[by] }));
}

/** Whether the elements that both lists have come in the same order. */
function sameOrder(a: readonly Bag[], b: readonly Bag[], by: string): boolean {
  const shared = (list: readonly Bag[], other: readonly Bag[]): unknown[] =>
    list.filter((e) => other.some((o) => equal(o[by], e[by]))).map((e) => e[by]);
  return equal(shared(a, b), shared(b, a));
}

/** Both patches in one; where they speak of the same, the second (what is set) wins. */
function mergePatches(kind: string, path: readonly string[], gone: Bag, set: Bag): Bag {
  const out: Bag = { ...gone };
  for (const key of Object.keys(set)) {
    const [a, b] = [gone[key], set[key]];
    if (isMap(a) && isMap(b)) out[key] = mergePatches(kind, [...path, key], a, b);
    else if (Array.isArray(a) && Array.isArray(b) && !key.startsWith('$'))
      out[key] = mergeLists(kind, [...path, key], a, b);
    else out[key] = b;
  }
  return out;
}

function mergeLists(
  kind: string,
  path: readonly string[],
  gone: readonly unknown[],
  set: readonly unknown[],
): unknown[] {
  const by = listRule(kind, path)?.by;
  if (!by) return [...set];
  const same = (a: unknown, b: unknown): boolean => isMap(a) && isMap(b) && equal(a[by], b[by]);
  const out = set.map((e) => {
    const other = gone.find((g) => same(g, e));
    return isMap(other) && isMap(e) ? mergePatches(kind, path, other, e) : e;
  });
  return [...out, ...gone.filter((g) => !set.some((e) => same(g, e)))];
}

/** A JSON merge patch that turns one value into another. */
export function mergePatch(from: Bag, to: Bag): Bag {
  const patch: Bag = {};
  for (const key of Object.keys(to)) {
    const [a, b] = [from[key], to[key]];
    if (isMap(a) && isMap(b)) {
      const inner = mergePatch(a, b);
      if (Object.keys(inner).length) patch[key] = inner;
    } else if (b !== undefined && !equal(a, b)) patch[key] = copy(b);
  }
  for (const key of Object.keys(from)) if (from[key] !== undefined && to[key] === undefined) patch[key] = null;
  return patch;
}
