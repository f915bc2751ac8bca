/** Sets of field paths, and their FieldsV1 form. Upstream: structured-merge-diff/fieldpath */

/** `f:name`, `k:{"name":"c"}`, `v:"x"` */
export type PathElement = string;
export type FieldsV1 = Record<string, unknown>;

/** A set of paths as a tree: `self` when the path that leads here is in the set. */
export class FieldSet {
  self = false;
  readonly children = new Map<PathElement, FieldSet>();

  get empty(): boolean {
    return !this.self && this.children.size === 0;
  }

  child(e: PathElement): FieldSet {
    let c = this.children.get(e);
    if (!c) {
      c = new FieldSet();
      this.children.set(e, c);
    }
    return c;
  }

  insert(path: readonly PathElement[]): void {
    let at: FieldSet = this;
    for (const e of path) at = at.child(e);
    at.self = true;
  }

  has(path: readonly PathElement[]): boolean {
    let at: FieldSet | undefined = this;
    for (const e of path) at = at?.children.get(e);
    return at?.self ?? false;
  }

  /** Whether the set has this path or anything below it. */
  reaches(path: readonly PathElement[]): boolean {
    let at: FieldSet | undefined = this;
    for (const e of path) at = at?.children.get(e);
    return at !== undefined && !at.empty;
  }

  /** All paths, parents before children, in the order of insertion. */
  *paths(prefix: readonly PathElement[] = []): Generator<readonly PathElement[]> {
    if (this.self) yield prefix;
    for (const [e, c] of this.children) yield* c.paths([...prefix, e]);
  }

  union(other: FieldSet): FieldSet {
    const out = new FieldSet();
    out.self = this.self || other.self;
    for (const [e, c] of this.children) {
      const o = other.children.get(e);
      out.children.set(e, o ? c.union(o) : c);
    }
    for (const [e, c] of other.children) if (!this.children.has(e)) out.children.set(e, c);
    return out;
  }

  intersect(other: FieldSet): FieldSet {
    return this.#keep(other, (mine, theirs) => mine && theirs, true);
  }

  minus(other: FieldSet): FieldSet {
    return this.#keep(other, (mine, theirs) => mine && !theirs, false);
  }

  #keep(other: FieldSet, keep: (mine: boolean, theirs: boolean) => boolean, both: boolean): FieldSet {
    const out = new FieldSet();
    out.self = keep(this.self, other.self);
    for (const [e, c] of this.children) {
      const o = other.children.get(e);
      const kept = o ? c.#keep(o, keep, both) : both ? undefined : c;
      if (kept && !kept.empty) out.children.set(e, kept);
    }
    return out;
  }

  equals(other: FieldSet): boolean {
    return this.minus(other).empty && other.minus(this).empty;
  }

  /** The JSON form: `{"f:data":{".":{},"f:mode":{}}}`, keys in Go's order. */
  toFieldsV1(): FieldsV1 {
    const out: FieldsV1 = {};
    if (this.self && this.children.size) out['.'] = {};
    for (const e of [...this.children.keys()].sort(byElement)) out[e] = this.children.get(e)!.toFieldsV1();
    return out;
  }

  static fromFieldsV1(fields: FieldsV1 | undefined): FieldSet {
    const root = read(fields ?? {});
    root.self = false;
    return root;
  }
}

function read(fields: FieldsV1): FieldSet {
  const set = new FieldSet();
  const keys = Object.keys(fields);
  set.self = keys.length === 0 || '.' in fields;
  for (const key of keys) if (key !== '.') set.children.set(key, read(fields[key] as FieldsV1));
  return set;
}

/** Fields before keys before values, each by its text. */
function byElement(a: PathElement, b: PathElement): number {
  const order = 'fkvi'.indexOf(a[0]!) - 'fkvi'.indexOf(b[0]!);
  return order || (a < b ? -1 : a > b ? 1 : 0);
}

/** A path as conflicts print it: `.spec.template.spec.containers[name="c"].image`. */
export function pathText(path: readonly PathElement[]): string {
  return path
    .map((e) => {
      const rest = e.slice(2);
      if (e[0] === 'f') return `.${rest}`;
      if (e[0] === 'v') return `[=${rest}]`;
      const keys = JSON.parse(rest) as Record<string, unknown>;
      return `[${Object.keys(keys)
        .map((k) => `${k}=${JSON.stringify(keys[k])}`)
        .join(',')}]`;
    })
    .join('');
}
