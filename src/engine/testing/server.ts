/** An API server on its own, for tests of rules: no components, a clock that stands where it is put. */

import { resourceOfKind } from '../api/discovery.ts';
import type { AnyObject, ApiStatus } from '../api/meta.ts';
import type { NodeProxy } from '../api/node-proxy.ts';
import type { ApiRequest, ApiResponse, WatchEvent } from '../api/request.ts';
import { ApiServer } from '../apiserver/server.ts';
import { Store } from '../apiserver/store.ts';
import { deepFreeze } from '../sim/plain.ts';
import { RandomSource } from '../sim/random.ts';
import type { Ms } from '../sim/time.ts';

export const START_MS: Ms = Date.UTC(2026, 0, 1);

export interface TestServer {
  server: ApiServer;
  store: Store;
  events: WatchEvent[];
  clock: { now: Ms };
  handle(r: ApiRequest): ApiResponse;
  /** Creates an object the way kubectl does; throws on a refusal. */
  create(o: object, more?: Partial<ApiRequest>): AnyObject;
  /** Creates an object the way kubectl does, or says why not: `422 Invalid: …`, `ok`. */
  tryCreate(o: object): string;
  get(kind: string, name: string, namespace?: string): AnyObject | undefined;
  /** The refusal's words, or `ok`. */
  say(r: ApiRequest): string;
}

export function testServer(
  options: { namespaces?: readonly string[]; seed?: number; nodes?: NodeProxy } = {},
): TestServer {
  const store = new Store();
  const clock = { now: START_MS };
  const events: WatchEvent[] = [];
  const server = new ApiServer({
    store,
    random: new RandomSource(options.seed ?? 1).fork('apiserver'),
    now: () => clock.now,
    committed: (e) => {
      // a write into a stored object is a bug: here it throws
      deepFreeze(e.object);
      events.push(e);
    },
    wake: () => {},
    nodes: options.nodes,
  });
  const handle = (r: ApiRequest): ApiResponse => server.handle(r);
  const say = (r: ApiRequest): string => {
    const answer = handle(r);
    return answer.ok ? 'ok' : words(answer.status);
  };
  const create = (o: object, more: Partial<ApiRequest> = {}): AnyObject => {
    const body = o as AnyObject;
    const r = handle({ ...createRequest(body), ...more });
    if (!r.ok) throw new Error(r.status.message);
    return r.object!;
  };
  for (const name of options.namespaces ?? ['default']) {
    create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } });
  }
  return {
    server,
    store,
    events,
    clock,
    handle,
    create,
    get: (kind, name, namespace) => {
      const info = resourceOfKind(kind)!;
      return store.get<AnyObject>(kind, info.namespaced ? (namespace ?? 'default') : undefined, name);
    },
    say,
    tryCreate: (o) => say(createRequest(o as AnyObject)),
  };
}

/** The request with which kubectl creates an object. */
export function createRequest(o: AnyObject): ApiRequest {
  const info = resourceOfKind(o.kind);
  return {
    verb: 'create',
    apiVersion: o.apiVersion,
    resource: info?.plural ?? o.kind.toLowerCase(),
    ...(info?.namespaced ? { namespace: o.metadata?.namespace ?? 'default' } : {}),
    body: o,
    fieldValidation: 'Strict',
    fieldManager: 'kubectl-create',
  };
}

/** `422 Invalid: …` */
export const words = (s: ApiStatus): string => `${s.code} ${s.reason}: ${s.message}`;
