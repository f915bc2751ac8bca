/** Merges a configuration into an object, and takes fields out again. Upstream: structured-merge-diff/typed/{merge,remove}.go */
import { parts, type Spot } from './compare.ts';
import type { FieldSet, PathElement } from './field-set.ts';
import { elementKey, listOwnership } from './rules.ts';

type Bag = Record<string, unknown>;
const isMap = (v: unknown): v is Bag => v !== null && typeof v === 'object' && !Array.isArray(v);

/** The object with everything that the configuration says. */
export function merged(live: unknown, config: unknown, spot: Spot): unknown {
  if (live === undefined || config === undefined) return config === undefined ? live : config;
  const inner = parts(config, spot);
  if (!inner || !parts(live, spot)) return config;
  if (Array.isArray(config)) return mergedList(live as unknown[], config, spot);
  if (!isMap(live)) return config;
  const out: Bag = { ...live };
  for (const [e, part] of inner) {
    const key = e.slice(2);
    out[key] = merged(live[key], part.value, part.spot);
  }
  return out;
}

/** Elements of both in the order of the configuration; the rest of the live ones keep their place. */
function mergedList(live: readonly unknown[], config: readonly unknown[], spot: Spot): unknown[] {
  const how = listOwnership(spot.struct, spot.field);
  const of: Spot = { type: spot.type.is === 'list' ? spot.type.of : { is: 'any' }, struct: '', field: '' };
  const key = (e: unknown): string => elementKey(how, e) ?? '';
  const mine = new Map(config.map((e) => [key(e), e]));
  const theirs = new Map(live.map((e) => [key(e), e]));
  const out: unknown[] = [];
  let next = 0;
  for (const element of config) {
    const k = key(element);
    const at = live.findIndex((e) => key(e) === k);
    // live elements in front of this one that nobody names come first
    for (; next < at; next++) if (!mine.has(key(live[next]))) out.push(live[next]);
    if (at >= next) next = at + 1;
    out.push(theirs.has(k) ? merged(theirs.get(k), element, of) : element);
  }
  for (; next < live.length; next++) if (!mine.has(key(live[next]))) out.push(live[next]);
  return out;
}

/** The object without the fields of `gone`, except what lies above something in `kept`. */
export function without(value: unknown, spot: Spot, gone: FieldSet, kept: FieldSet | undefined): unknown {
  const inner = parts(value, spot);
  if (!inner) return value;
  const drop = (e: PathElement): boolean =>
    (gone.children.get(e)?.self ?? false) && (kept?.children.get(e)?.empty ?? true);
  const rest = (e: PathElement, v: unknown, at: Spot): unknown => {
    const below = gone.children.get(e);
    return below?.children.size ? without(v, at, below, kept?.children.get(e)) : v;
  };
  if (Array.isArray(value)) {
    const out: unknown[] = [];
    for (const [e, part] of inner) if (!drop(e)) out.push(rest(e, part.value, part.spot));
    return out;
  }
  const out: Bag = {};
  for (const [e, part] of inner) if (!drop(e)) out[e.slice(2)] = rest(e, part.value, part.spot);
  return out;
}
