/** What tests of kinds share: an object through the server's steps, as text. */
import { resourceOfKind } from '../../api/discovery.ts';
import type { KubeObject } from '../../api/meta.ts';
import { clonePlain } from '../../sim/plain.ts';
import type { FieldError } from '../kind.ts';
import { Store } from '../store.ts';
import { KINDS } from './index.ts';

/** An object as people write it: metadata may lack anything, the rest is whatever the test is about. */
export type Written = { metadata?: object; [field: string]: unknown };

export const UID = '00000000-0000-0000-0000-000000000000';
/** 2026-01-01T00:10:00Z: ten minutes after everything in tests was made. */
export const NOW = Date.UTC(2026, 0, 1, 0, 10);

const noLister = new Store();

const kindOf = (kind: string) => {
  const found = KINDS.get(kind);
  if (!found) throw new Error(`no kind ${kind}`);
  return found;
};

/** A new object of the kind as the server would store it. */
export function created<T extends KubeObject>(kind: string, written: Written): T {
  const info = resourceOfKind(kind)!;
  const version = info.group ? `${info.group}/${info.versions[0]}` : info.versions[0]!;
  const metadata = {
    name: 'x',
    ...(info.namespaced ? { namespace: 'default' } : {}),
    uid: UID,
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...written.metadata,
  };
  const o = clonePlain({ apiVersion: version, kind, ...written, metadata }) as unknown as T;
  kindOf(kind).default?.(o);
  kindOf(kind).prepareCreate?.(o, noLister, NOW - 600_000);
  return o;
}

const text = (errors: readonly FieldError[]): string[] => errors.map((e) => `${e.field}: ${e.message}`);

/** What is wrong with a new object. */
export const complaints = (kind: string, written: Written): string[] =>
  text(kindOf(kind).validate?.(created(kind, written), noLister) ?? []);

/** What is wrong with changing one written object into another. */
export function changeComplaints(kind: string, before: Written, after: Written): string[] {
  const old = created(kind, before);
  return text(kindOf(kind).validateUpdate?.(updated(kind, old, after), old, noLister) ?? []);
}

/** The stored object after an update that sends `after`. */
export function updated<T extends KubeObject>(kind: string, old: T, after: Written): T {
  const metadata = { ...old.metadata, ...after.metadata };
  const o = clonePlain({ apiVersion: old.apiVersion, kind, ...after, metadata }) as unknown as T;
  kindOf(kind).default?.(o);
  kindOf(kind).prepareUpdate?.(o, old, noLister, NOW);
  return o;
}

export const warningsOf = (kind: string, written: Written): string[] =>
  kindOf(kind).warnings?.(created(kind, written)) ?? [];

/** One row of `kubectl get`, cells joined by ` | `; with `-o wide` on request. `status` is put on the stored object. */
export function row(kind: string, written: Written, wide = false): string {
  const o = created<KubeObject & { status?: unknown }>(kind, written);
  if (written.status !== undefined) o.status = written.status;
  return kindOf(kind)
    .columns.filter((c) => wide || c.priority === 0)
    .map((c) => c.cell(o, NOW))
    .join(' | ');
}

/** The headers as `kubectl get` prints them. */
export const headers = (kind: string, wide = false): string =>
  kindOf(kind)
    .columns.filter((c) => wide || c.priority === 0)
    .map((c) => c.name.toUpperCase())
    .join(' | ');
