/** Which fields an object has, and which differ between two. Upstream: structured-merge-diff/typed/{tofieldset,compare}.go */
import { equalPlain } from '../../sim/plain.ts';
import { type FieldType, type StructType, structType } from '../schema/schema.ts';
import { FieldSet, type PathElement } from './field-set.ts';
import { elementKey, isAtomicMap, isAtomicStruct, isInline, listOwnership } from './rules.ts';

type Bag = Record<string, unknown>;
const ANY: FieldType = { is: 'any' };
const isMap = (v: unknown): v is Bag => v !== null && typeof v === 'object' && !Array.isArray(v);

/** Where a value stands: the struct and field that hold it decide how lists and maps are owned. */
export interface Spot {
  type: FieldType;
  struct: string;
  field: string;
}

/** The granular parts of a value by path element, or `undefined` for a leaf. */
export function parts(value: unknown, spot: Spot): Map<PathElement, { value: unknown; spot: Spot }> | undefined {
  if (Array.isArray(value)) return listParts(value, spot);
  if (!isMap(value)) return undefined;
  const { type } = spot;
  if (type.is === 'map') {
    if (isAtomicMap(spot.struct, spot.field)) return undefined;
    return mapParts(value, () => ({ type: type.of, struct: spot.struct, field: spot.field }));
  }
  if (type.is === 'any') return mapParts(value, () => ({ type: ANY, struct: '', field: '' }));
  if (type.is !== 'struct' || isAtomicStruct(structType(type.name)?.name ?? type.name)) return undefined;
  const struct = structType(type.name);
  return mapParts(value, (key) => ({
    type: struct?.fields.get(key)?.type ?? ANY,
    struct: struct?.name ?? '',
    field: key,
  }));
}

function mapParts(value: Bag, spotOf: (key: string) => Spot): Map<PathElement, { value: unknown; spot: Spot }> {
  const out = new Map<PathElement, { value: unknown; spot: Spot }>();
  for (const key in value) if (value[key] !== undefined) out.set(`f:${key}`, { value: value[key], spot: spotOf(key) });
  return out;
}

function listParts(list: readonly unknown[], spot: Spot): Map<PathElement, { value: unknown; spot: Spot }> | undefined {
  const how = listOwnership(spot.struct, spot.field);
  if (how === 'atomic') return undefined;
  const of = spot.type.is === 'list' ? spot.type.of : ANY;
  const out = new Map<PathElement, { value: unknown; spot: Spot }>();
  for (const element of list) {
    const key = elementKey(how, element);
    if (key === undefined) return undefined;
    out.set(key, { value: element, spot: { type: of, struct: '', field: '' } });
  }
  return out;
}

export const rootSpot = (root: StructType, name: string): Spot => ({
  type: { is: 'struct', name },
  struct: '',
  field: root.name,
});

/** The set of fields that a configuration names. */
export function fieldsOf(value: unknown, spot: Spot): FieldSet {
  const set = new FieldSet();
  collect(value, spot, set);
  set.self = false;
  return set;
}

function collect(value: unknown, spot: Spot, set: FieldSet): void {
  const inner = parts(value, spot);
  if (!inner) {
    set.self = true;
    return;
  }
  const list = Array.isArray(value);
  if (inner.size === 0 && !list) set.self = true;
  for (const [e, part] of inner) {
    const child = new FieldSet();
    collect(part.value, part.spot, child);
    if (list) child.self = true;
    // an empty list of owned elements has nothing to own
    if (!child.empty) set.children.set(e, child);
  }
}

export interface Difference {
  /** Fields that are new or have another value. */
  changed: FieldSet;
  removed: FieldSet;
}

/** What differs between two states. `undefined` stands for an object that is not there yet. */
export function compare(before: unknown, after: unknown, spot: Spot): Difference {
  const d: Difference = { changed: new FieldSet(), removed: new FieldSet() };
  walk(before === undefined ? emptyStruct(spot.type) : before, after, spot, d.changed, d.removed);
  d.changed.self = false;
  d.removed.self = false;
  return d;
}

/** An empty Go object: structs without pointers are there, and lists that are always written. */
function emptyStruct(type: FieldType): unknown {
  if (type.is !== 'struct') return undefined;
  const out: Bag = {};
  for (const f of structType(type.name)?.fields.values() ?? []) {
    if (isInline(f.type, f.name)) out[f.name] = emptyStruct(f.type);
    else if (f.always && f.type.is === 'list') out[f.name] = [];
  }
  return out;
}

function walk(before: unknown, after: unknown, spot: Spot, changed: FieldSet, removed: FieldSet): void {
  if (before === after) return;
  const a = before === undefined ? undefined : parts(before, spot);
  const b = after === undefined ? undefined : parts(after, spot);
  const aGone = before === undefined || (a !== undefined && a.size === 0);
  const bGone = after === undefined || (b !== undefined && b.size === 0);
  const leaf = (before !== undefined && !a) || (after !== undefined && !b) || (aGone && bGone);
  if (leaf) {
    if (after === undefined) removed.self = true;
    else if (before === undefined || !equalPlain(before, after)) changed.self = true;
    return;
  }
  if (before === undefined) changed.self = true;
  else if (after === undefined) removed.self = true;
  for (const [e, part] of b ?? []) step(e, a?.get(e)?.value, part.value, part.spot, changed, removed);
  for (const [e, part] of a ?? []) if (!b?.has(e)) step(e, part.value, undefined, part.spot, changed, removed);
}

function step(e: PathElement, before: unknown, after: unknown, spot: Spot, changed: FieldSet, removed: FieldSet): void {
  if (before === after) return;
  const c = new FieldSet();
  const r = new FieldSet();
  walk(before, after, spot, c, r);
  if (!c.empty) changed.children.set(e, c);
  if (!r.empty) removed.children.set(e, r);
}
