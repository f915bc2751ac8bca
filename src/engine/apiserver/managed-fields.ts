/**
 * Who last set which field. A component's entries are kept without their field sets, which would cost more than the
 * writes themselves; they are filled in when somebody looks, or when a person's write needs them.
 * Upstream: structured-merge-diff/merge/update.go, apimachinery/pkg/util/managedfields
 */
import { apiVersionOf } from '../api/discovery.ts';
import type { AnyObject, ManagedFieldsEntry } from '../api/meta.ts';
import { rfc3339 } from '../sim/time.ts';
import { compare, rootSpot, type Spot } from './fields/compare.ts';
import { FieldSet } from './fields/field-set.ts';
import { rootType } from './schema/schema.ts';
import type { Scope } from './scope.ts';

/** Entries with their sets, as they are worked with. */
export interface Manager {
  entry: ManagedFieldsEntry;
  set: FieldSet;
}

/** The name in managedFields of whoever writes. */
export function managerOf(s: Scope): string {
  if (s.r.fieldManager) return s.r.fieldManager;
  const user = s.r.user ?? '';
  let manager = managerNames.get(user);
  if (manager === undefined) {
    manager = user.startsWith('system:') ? binaryOf(user.slice('system:'.length)) : 'kubectl';
    managerNames.set(user, manager);
  }
  return manager;
}

const managerNames = new Map<string, string>();

/** The program in which a component runs: managers are named by programs, and one holds all controllers. */
function binaryOf(component: string): string {
  if (component === 'kubelet' || component === 'kwok') return component;
  if (component.includes('scheduler')) return 'kube-scheduler';
  return component === 'apiserver' ? 'kube-apiserver' : 'kube-controller-manager';
}

/** A component's Events are many, and the Event itself says who wrote it. */
const saysItself = (s: Scope): boolean => s.trusted && s.info.kind === 'Event';

function newEntry(s: Scope, subresource?: string): ManagedFieldsEntry {
  return {
    manager: managerOf(s),
    operation: 'Update',
    apiVersion: subresource === 'scale' ? apiVersionOf(s.info) : (s.r.apiVersion ?? apiVersionOf(s.info)),
    time: rfc3339(s.server.now()),
    fieldsType: 'FieldsV1',
    ...(subresource ? { subresource } : {}),
  };
}

/** Where an object's root stands in the schema; `undefined` for kinds without one. */
export function spotOf(o: { apiVersion: string; kind: string }): Spot | undefined {
  const root = rootType(o.apiVersion, o.kind);
  return root && rootSpot(root, root.name);
}

const NEVER = [
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'generation',
  'managedFields',
  'resourceVersion',
];
const stripped = new FieldSet();
for (const path of [['f:apiVersion'], ['f:kind'], ['f:metadata'], ...NEVER.map((f) => ['f:metadata', `f:${f}`])])
  stripped.insert(path);

/** Without what nobody can own, and without the half that this write cannot reach. */
export function ownable(set: FieldSet, subresource: string | undefined): FieldSet {
  const out = set.minus(stripped);
  if (subresource === 'status') out.children.delete('f:spec');
  else out.children.delete('f:status');
  return out;
}

/** The entries of a new object. */
export function noteCreate(s: Scope, o: AnyObject): ManagedFieldsEntry[] {
  if (s.managed) return s.managed;
  if (saysItself(s)) return [];
  const entry = newEntry(s);
  const known = s.form?.fields;
  if (known) return [{ ...entry, fieldsV1: known }];
  const spot = s.trusted ? undefined : spotOf(o);
  if (!spot) return [entry];
  const entries = encode([{ entry, set: ownable(compare(undefined, o, spot).changed, undefined) }]);
  const fields = entries[0]?.fieldsV1;
  if (s.form && fields) s.form.fields = fields;
  return entries;
}

/** Notes an update of `o`, whose metadata is not shared yet. */
export function noteUpdate(s: Scope, o: AnyObject, old: AnyObject, subresource?: string): void {
  if (saysItself(s)) return;
  if (s.managed) o.metadata.managedFields = s.managed;
  else if (s.trusted && (subresource || s.info.kind === 'Lease')) noteCheaply(s, o, old, subresource);
  else noteExactly(s, o, old, subresource);
}

const isMine = (e: ManagedFieldsEntry, mine: ManagedFieldsEntry): boolean =>
  e.manager === mine.manager &&
  e.operation === mine.operation &&
  e.subresource === mine.subresource &&
  e.apiVersion === mine.apiVersion;

function noteCheaply(s: Scope, o: AnyObject, old: AnyObject, subresource?: string): void {
  const entries = old.metadata.managedFields ?? [];
  const mine = newEntry(s, subresource);
  const at = entries.findIndex((e) => isMine(e, mine));
  if (at < 0) o.metadata.managedFields = [...entries, mine];
  else if (entries[at]!.time === mine.time) o.metadata.managedFields = entries;
  else o.metadata.managedFields = entries.with(at, { ...entries[at]!, time: mine.time! });
}

function noteExactly(s: Scope, o: AnyObject, old: AnyObject, subresource?: string): void {
  const spot = spotOf(o);
  const mine = newEntry(s, subresource);
  const kept = o.metadata.managedFields ?? [];
  const known = kept.find((e) => isMine(e, mine));
  if (!spot || (known && !known.fieldsV1)) {
    noteCheaply(s, o, old, subresource);
    return;
  }
  const d = compare(old, o, spot);
  const changed = ownable(d.changed, subresource);
  const removed = ownable(d.removed, subresource);
  if (changed.empty && removed.empty) {
    if (kept.length) o.metadata.managedFields = kept;
    return;
  }
  const managers = s.trusted ? exactOnly(kept) : decode({ ...old, metadata: { ...old.metadata, managedFields: kept } });
  const lazy = s.trusted ? kept.filter((e) => !e.fieldsV1) : [];
  o.metadata.managedFields = [...lazy, ...encode(updated(managers, mine, changed, removed))].sort(byEntry);
}

/** The managers after a write that changed and removed fields. */
export function updated(
  managers: readonly Manager[],
  mine: ManagedFieldsEntry,
  changed: FieldSet,
  removed: FieldSet,
): Manager[] {
  const out: Manager[] = [];
  let own: FieldSet | undefined;
  for (const m of managers) {
    if (isMine(m.entry, mine)) own = m.set;
    else out.push({ entry: m.entry, set: m.set.minus(changed).minus(removed) });
  }
  out.push({ entry: mine, set: (own ?? new FieldSet()).minus(removed).union(changed) });
  return out.filter((m) => !m.set.empty);
}

const exactOnly = (entries: readonly ManagedFieldsEntry[]): Manager[] =>
  entries.filter((e) => e.fieldsV1).map((entry) => ({ entry, set: FieldSet.fromFieldsV1(entry.fieldsV1) }));

/** The managers of an object, every set filled in. */
export function decode(o: AnyObject): Manager[] {
  const entries = o.metadata.managedFields ?? [];
  const exact = exactOnly(entries);
  const spot = spotOf(o);
  if (!spot || exact.length === entries.length) return exact;
  let taken = new FieldSet();
  for (const m of exact) taken = taken.union(m.set);
  return entries.map((entry) => {
    if (entry.fieldsV1) return { entry, set: FieldSet.fromFieldsV1(entry.fieldsV1) };
    const set = ownedByComponent(o, entry, spot).minus(taken);
    taken = taken.union(set);
    return { entry, set };
  });
}

/** What admission sets on a pod belongs to nobody, and neither does the node it is bound to. */
const UNOWNED = ['nodeName', 'priority', 'preemptionPolicy', 'serviceAccount', 'serviceAccountName', 'tolerations'];

const REVISION = 'deployment.kubernetes.io/revision';

function ownedByComponent(o: AnyObject, entry: ManagedFieldsEntry, spot: Spot): FieldSet {
  if (entry.subresource === 'status') {
    const set = new FieldSet();
    const all = compare(undefined, { status: o.status }, spot).changed.children.get('f:status');
    if (all) set.children.set('f:status', all);
    // the deployment controller writes the revision together with the status
    if (o.metadata.annotations?.[REVISION] !== undefined) {
      set.insert(['f:metadata', 'f:annotations', `f:${REVISION}`]);
    }
    return set;
  }
  const set = ownable(compare(undefined, o, spot).changed, undefined);
  if (o.kind !== 'Pod') return set;
  const spec = set.children.get('f:spec');
  for (const f of UNOWNED) spec?.children.delete(`f:${f}`);
  const token = (key: string): boolean =>
    key.includes('kube-api-access-') || key.includes('/kubernetes.io/serviceaccount');
  dropElements(spec, 'f:volumes', token);
  for (const list of ['f:containers', 'f:initContainers'])
    for (const c of spec?.children.get(list)?.children.values() ?? []) dropElements(c, 'f:volumeMounts', token);
  return set;
}

function dropElements(set: FieldSet | undefined, field: string, drop: (key: string) => boolean): void {
  const list = set?.children.get(field);
  for (const key of [...(list?.children.keys() ?? [])]) if (drop(key)) list!.children.delete(key);
  if (list && ![...list.children.keys()].length) set!.children.delete(field);
}

/** The entries in the order in which the server lists them. */
export function encode(managers: readonly Manager[]): ManagedFieldsEntry[] {
  return managers
    .filter((m) => !m.set.empty)
    .map(({ entry, set }) => ({ ...entry, fieldsV1: set.toFieldsV1() }))
    .sort(byEntry);
}

function byEntry(a: ManagedFieldsEntry, b: ManagedFieldsEntry): number {
  for (const key of ['operation', 'time', 'manager', 'apiVersion', 'subresource'] as const) {
    const x = a[key] ?? '';
    const y = b[key] ?? '';
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** The object with the field sets of all managers. */
export function withManagedFields(o: AnyObject): AnyObject {
  const entries = o.metadata.managedFields ?? writtenBy(o);
  if (!entries || entries.every((e) => e.fieldsV1)) return o;
  return {
    ...o,
    metadata: {
      ...o.metadata,
      managedFields: encode(decode({ ...o, metadata: { ...o.metadata, managedFields: entries } })),
    },
  };
}

/** The one entry of an Event whose reporter did not bother to note it. */
function writtenBy(o: AnyObject): ManagedFieldsEntry[] | undefined {
  if (o.kind !== 'Event' || typeof o.reportingComponent !== 'string') return undefined;
  return [
    {
      manager: o.reportingComponent,
      operation: 'Update',
      apiVersion: o.apiVersion,
      time: o.metadata.creationTimestamp,
      fieldsType: 'FieldsV1',
    },
  ];
}
