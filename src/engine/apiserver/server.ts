/** The API server: route → decode → default → admit → validate → commit → watch. Upstream: k8s.io/apiserver */
import { apiVersionOf, type ResourceInfo, resourceOfPlural } from '../api/discovery.ts';
import { type Gates, NO_GATES } from '../api/gates.ts';
import type { AnyObject } from '../api/meta.ts';
import type { NodeProxy } from '../api/node-proxy.ts';
import type { ApiRequest, ApiResponse, WatchEvent } from '../api/request.ts';
import type { Random } from '../sim/random.ts';
import type { Ms } from '../sim/time.ts';
import { methodNotAllowed, unknownPath } from './errors.ts';
import type { Kind } from './kind.ts';
import { KINDS } from './kinds/index.ts';
import { loadObject } from './load.ts';
import type { Backend, Scope } from './scope.ts';
import type { Store } from './store.ts';
import { subresource } from './subresources/index.ts';
import { create } from './verbs/create.ts';
import { remove, removeCollection } from './verbs/delete.ts';
import { patch } from './verbs/patch.ts';
import { get, list, shown } from './verbs/read.ts';
import { replace, update } from './verbs/update.ts';

export interface ServerOptions {
  store: Store;
  random: Random;
  now: () => Ms;
  /** Told of each change right after its commit. */
  committed: (event: WatchEvent) => void;
  wake: (component: string, key: string, at: Ms) => void;
  /** The machines, for logs and exec; absent: nobody answers. */
  readonly nodes?: NodeProxy | undefined;
  /** What-ifs of the playground that are open. */
  readonly gates?: Gates;
}

export class ApiServer implements Backend {
  readonly #options: ServerOptions;
  constructor(options: ServerOptions) {
    this.#options = options;
  }

  get store(): Store {
    return this.#options.store;
  }
  get random(): Random {
    return this.#options.random;
  }
  get nodes(): NodeProxy | undefined {
    return this.#options.nodes;
  }
  get gates(): Gates {
    return this.#options.gates ?? NO_GATES;
  }
  now(): Ms {
    return this.#options.now();
  }
  kindOf(kind: string): Kind | undefined {
    return KINDS.get(kind);
  }

  put(object: AnyObject): AnyObject {
    this.#options.committed(this.store.put(object));
    return object;
  }

  remove(kind: string, key: string): AnyObject {
    const event = this.store.remove(kind, key);
    this.#options.committed(event);
    return event.object;
  }

  /** Answers one request. Never throws for anything a user may send. */
  handle(r: ApiRequest): ApiResponse {
    const info = resourceOfPlural(r.resource);
    if (!info || !this.#serves(info, r)) return unknownPath();
    const scope = this.#scope(r, info);
    const response = presented(scope, dispatch(scope));
    return response.ok || !scope.warnings.length ? response : { ...response, warnings: scope.warnings };
  }

  /** Stores objects as they are (a scenario's nodes, a dump): defaulted, with status and times kept. */
  load(objects: readonly AnyObject[]): void {
    for (const o of objects) loadObject(this, o);
  }

  #serves(info: ResourceInfo, r: ApiRequest): boolean {
    const version = r.apiVersion;
    if (version && !info.versions.some((v) => apiVersionOf(info, v) === version)) {
      // subresources of other groups: policy/v1 evictions, autoscaling/v1 scales
      if (!r.subresource) return false;
    }
    // the playground's own group is there from its first object on, as a CRD would be
    return info.group !== 'berth.sim' || r.verb === 'create' || this.store.count(info.kind) > 0;
  }

  #scope(r: ApiRequest, info: ResourceInfo): Scope {
    const body = r.body as AnyObject | undefined;
    const namespaced = info.namespaced;
    const trusted = r.user?.startsWith('system:') ?? false;
    const all = r.verb === 'list' || r.verb === 'deletecollection';
    return {
      r,
      info,
      kind: this.kindOf(info.kind),
      namespace: namespaced ? (r.namespace ?? (all ? undefined : (body?.metadata?.namespace ?? 'default'))) : undefined,
      // a dry run leaves no trace: who only looks (kubectl diff) moves no name or address of what comes later
      server: r.dryRun ? new ApiServer({ ...this.#options, random: this.random.copy() }) : this,
      warnings: trusted ? [] : deprecations(info),
      trusted,
    };
  }
}

function dispatch(s: Scope): ApiResponse {
  if (s.r.subresource) return subresource(s);
  switch (s.r.verb) {
    case 'get':
      return get(s);
    case 'list':
      return list(s);
    case 'create':
      return create(s);
    case 'update':
      return update(s);
    case 'patch':
      return patch(s, replace);
    case 'delete':
      return remove(s);
    case 'deletecollection':
      return removeCollection(s);
    default:
      return methodNotAllowed();
  }
}

/** What a person's write answers with is shown as a read would show it; components get the stored object itself. */
function presented(s: Scope, response: ApiResponse): ApiResponse {
  if (s.trusted || !response.ok || !response.object || s.r.subresource || s.r.verb === 'get') return response;
  return { ...response, object: shown(s, response.object) };
}

/** What every request of a person for an outdated API is told. */
function deprecations(info: ResourceInfo): string[] {
  if (info.kind === 'Endpoints') return ['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'];
  if (info.kind === 'ComponentStatus') return ['v1 ComponentStatus is deprecated in v1.19+'];
  return [];
}
