/** What one request works with while it passes through the server. */
import type { ResourceInfo } from '../api/discovery.ts';
import type { Gates } from '../api/gates.ts';
import type { AnyObject, ManagedFieldsEntry } from '../api/meta.ts';
import type { NodeProxy } from '../api/node-proxy.ts';
import type { ApiRequest, ApiResponse } from '../api/request.ts';
import type { Random } from '../sim/random.ts';
import type { Ms } from '../sim/time.ts';
import type { Refusal } from './errors.ts';
import type { Form } from './form.ts';
import type { Kind } from './kind.ts';
import type { Store } from './store.ts';

/** A value or the reason why there is none. */
export type Or<T> = { ok: true; value: T } | Refusal;

export const value = <T>(v: T): Or<T> => ({ ok: true, value: v });

/** The server as its verbs see it. */
export interface Backend {
  readonly store: Store;
  readonly random: Random;
  readonly nodes: NodeProxy | undefined;
  /** What-ifs of the playground that are open. */
  readonly gates: Gates;
  now(): Ms;
  kindOf(kind: string): Kind | undefined;
  /** Commits an object and tells the watchers. */
  put(object: AnyObject): AnyObject;
  remove(kind: string, key: string): AnyObject;
  /** Another request of the same user, inside the server (eviction deletes, scale updates). */
  handle(r: ApiRequest): ApiResponse;
}

export interface Scope {
  readonly r: ApiRequest;
  readonly info: ResourceInfo;
  readonly kind: Kind | undefined;
  readonly namespace: string | undefined;
  readonly server: Backend;
  readonly warnings: string[];
  /** Components' requests are well formed: no strict decoding, no copies without need. */
  readonly trusted: boolean;
  /** The managers after this write, where they are known before (server-side apply). */
  readonly managed?: ManagedFieldsEntry[];
  /** True when ownership changes although no field does. */
  readonly transfer?: boolean;
  /** What is known of bodies like this one. */
  form?: Form;
}

export const reply = (s: Scope, object: AnyObject, code = 200): ApiResponse => ({
  ok: true,
  code,
  object,
  warnings: s.warnings,
  revision: s.server.store.revision,
});

/** A value as a map to look into; anything else counts as an empty one. */
export const bag = (v: unknown): Record<string, unknown> =>
  v !== null && typeof v === 'object' && !Array.isArray(v) ? (v as Record<string, unknown>) : {};

const textOf = (v: unknown): string | undefined => (typeof v === 'string' && v !== '' ? v : undefined);

/** The text under a key of a value from outside, if there is one. */
export const textIn = (v: unknown, key: string): string | undefined => textOf(bag(v)[key]);
