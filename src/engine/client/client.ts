import { apiVersionOf, type ResourceInfo, resourceOfKind } from '../api/discovery.ts';
import type { KubeObject } from '../api/meta.ts';
import type { ApiRequest, ApiResponse, DeleteOptions, PatchType, RequestFn } from '../api/request.ts';
import { invariant } from '../sim/invariant.ts';

/** A new object as a component writes it: the server fills the rest of the metadata. */
export type Draft<T extends KubeObject> = Omit<T, 'metadata' | 'status'> & {
  metadata: Partial<T['metadata']>;
  status?: unknown;
};

function resource(kind: string): ResourceInfo {
  const info = resourceOfKind(kind);
  invariant(info, `the kind ${kind} is served`);
  return info;
}

/** Typed verbs over the request function. Refusals come back as values; components decide what to do with them. */
export class Client {
  readonly #send: RequestFn;
  readonly #user: string;
  constructor(send: RequestFn, user: string) {
    this.#send = send;
    this.#user = user;
  }

  request<T = KubeObject>(r: ApiRequest): ApiResponse<T> {
    return this.#send({ user: this.#user, ...r }) as ApiResponse<T>;
  }

  create<T extends KubeObject>(object: Draft<T>): ApiResponse<T> {
    const o = object as unknown as KubeObject;
    return this.request<T>({ ...this.#target(o), verb: 'create', body: o });
  }

  /** Replaces the object; a stale `metadata.resourceVersion` is a Conflict. */
  update<T extends KubeObject>(object: T): ApiResponse<T> {
    return this.request<T>({ ...this.#target(object), verb: 'update', body: object });
  }

  /** Replaces `status` (and nothing else). */
  updateStatus<T extends KubeObject>(object: T): ApiResponse<T> {
    return this.request<T>({ ...this.#target(object), verb: 'update', subresource: 'status', body: object });
  }

  patch<T extends KubeObject>(
    kind: string,
    namespace: string | undefined,
    name: string,
    patch: unknown,
    type: PatchType = 'strategic',
    subresource?: string,
  ): ApiResponse<T> {
    const target = this.#named(kind, namespace, name);
    return this.request<T>({
      ...target,
      verb: 'patch',
      patchType: type,
      body: patch,
      ...(subresource ? { subresource } : {}),
    });
  }

  delete(kind: string, namespace: string | undefined, name: string, options: DeleteOptions = {}): ApiResponse {
    return this.request({ ...this.#named(kind, namespace, name), verb: 'delete', options }) as ApiResponse;
  }

  /** Binds a pod to a node. */
  bind(namespace: string, name: string, uid: string, nodeName: string): ApiResponse {
    return this.request({
      ...this.#named('Pod', namespace, name),
      verb: 'create',
      subresource: 'binding',
      body: {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name, namespace, uid },
        target: { kind: 'Node', name: nodeName },
      },
    }) as ApiResponse;
  }

  #target(o: KubeObject): Pick<ApiRequest, 'apiVersion' | 'resource' | 'namespace' | 'name'> {
    return { ...this.#named(o.kind, o.metadata.namespace, o.metadata.name), apiVersion: o.apiVersion };
  }

  #named(
    kind: string,
    namespace: string | undefined,
    name: string,
  ): { apiVersion: string; resource: string; namespace?: string; name: string } {
    const info = resource(kind);
    return {
      apiVersion: apiVersionOf(info),
      resource: info.plural,
      ...(namespace === undefined ? {} : { namespace }),
      name,
    };
  }
}
