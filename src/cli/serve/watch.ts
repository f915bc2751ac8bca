/** Watches: a cursor over the cluster's log, written as a stream of events. Upstream: apiserver/pkg/endpoints/handlers/watch.go */
import type { ServerResponse } from 'node:http';
import type { AnyObject } from '../../engine/api/meta.ts';
import type { ApiRequest, WatchEvent } from '../../engine/api/request.ts';
import type { Cluster } from '../../engine/index.ts';
import { statusObject } from './exchange.ts';
import type { Accepted } from './negotiate.ts';
import { type IncludeObject, metadataOnly, tableObject } from './represent.ts';
import type { Route } from './route.ts';
import type { Stream } from './streams.ts';

/** How often a quiet watch is told the current revision. */
const BOOKMARK_MS = 60_000;
/** How long a watch lasts that names no time. */
const DEFAULT_TIMEOUT_MS = 3_600_000;
const INITIAL_END = 'k8s.io/initial-events-end';

export interface WatchOptions {
  route: Route;
  labelSelector?: string;
  fieldSelector?: string;
  /** From which revision on; absent: the present objects come first. */
  revision?: number;
  /** A bookmark after the present objects (streaming lists). */
  markInitial: boolean;
  bookmarks: boolean;
  timeoutMs?: number;
  accepted: Accepted;
  include: IncludeObject;
}

export class Watch implements Stream {
  readonly #cluster: Cluster;
  readonly #res: ServerResponse;
  readonly #o: WatchOptions;
  readonly #kinds: ReadonlySet<string>;
  readonly #untilMs: number;
  #revision: number;
  #markedMs = performance.now();
  #columnsSent = false;

  constructor(cluster: Cluster, res: ServerResponse, options: WatchOptions) {
    this.#cluster = cluster;
    this.#res = res;
    this.#o = options;
    this.#kinds = new Set([options.route.info.kind]);
    this.#untilMs = this.#markedMs + (options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    this.#revision = options.revision ?? cluster.list.revision;
    res.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private' });
    res.flushHeaders();
    if (options.revision === undefined) this.#initial();
  }

  pump(nowMs: number): boolean {
    const events = this.#cluster.list.since(this.#revision, this.#kinds);
    if (!events) return this.#expired();
    for (const e of events) this.#event(e);
    this.#revision = Math.max(this.#revision, this.#cluster.list.revision);
    const over = nowMs >= this.#untilMs;
    if (this.#o.bookmarks && (over || nowMs - this.#markedMs >= BOOKMARK_MS)) this.#bookmark(nowMs);
    if (over) this.end();
    return !over;
  }

  end(): void {
    this.#res.end();
  }

  #initial(): void {
    const { labelSelector, fieldSelector } = this.#o;
    const answer = this.#cluster.request({ ...this.#list(), labelSelector, fieldSelector });
    if (answer.ok) for (const o of answer.items ?? []) this.#write('ADDED', this.#shown(o));
    if (this.#o.markInitial) this.#bookmark(this.#markedMs, { [INITIAL_END]: 'true' });
  }

  /** One change as this watcher sees it: an object that begins or ceases to match its selectors comes or goes. */
  #event(e: WatchEvent): void {
    const { namespace } = this.#o.route;
    if (namespace !== undefined && e.object.metadata.namespace !== namespace) return;
    const was = e.old && this.#selects(e.old);
    if (e.type === 'DELETED') {
      if (was) this.#write('DELETED', this.#shown(e.object));
      return;
    }
    if (this.#selects(e.object)) this.#write(was ? 'MODIFIED' : 'ADDED', this.#shown(e.object));
    else if (was && e.old) {
      const metadata = { ...e.old.metadata, resourceVersion: String(e.revision) };
      this.#write('DELETED', this.#shown({ ...e.old, metadata }));
    }
  }

  #list(): ApiRequest {
    const { apiVersion, info, namespace } = this.#o.route;
    return { verb: 'list', apiVersion, resource: info.plural, namespace };
  }

  #selects(o: AnyObject): boolean {
    const { labelSelector, fieldSelector } = this.#o;
    if (!labelSelector && !fieldSelector) return true;
    const answer = this.#cluster.request({ ...this.#list(), labelSelector, fieldSelector, from: [o] });
    return answer.ok && (answer.items?.length ?? 0) > 0;
  }

  /** The object as this watcher asked for it: in its version, as a row, or as metadata. */
  #shown(o: AnyObject): unknown {
    const { accepted, include } = this.#o;
    const table = accepted.as === 'Table';
    const answer = this.#cluster.request({ ...this.#list(), from: [o], table, managedFields: !table });
    if (!answer.ok) return o;
    if (answer.table) return this.#table(answer.table, o.metadata.resourceVersion, include);
    const shown = answer.items?.[0] ?? o;
    return accepted.as ? metadataOnly(shown) : shown;
  }

  #table(table: Parameters<typeof tableObject>[0], revision: string, include: IncludeObject): unknown {
    const first = !this.#columnsSent;
    this.#columnsSent = true;
    return tableObject(table, revision, include, first);
  }

  #write(type: string, object: unknown): void {
    this.#res.write(`${JSON.stringify({ type, object })}\n`);
  }

  #bookmark(nowMs: number, annotations?: Record<string, string>): void {
    this.#markedMs = nowMs;
    const { info, apiVersion } = this.#o.route;
    const metadata = {
      resourceVersion: String(this.#revision),
      creationTimestamp: null,
      ...(annotations && { annotations }),
    };
    const object =
      this.#o.accepted.as === 'Table'
        ? this.#table({ columns: [], rows: [] }, String(this.#revision), 'None')
        : { kind: info.kind, apiVersion, metadata };
    this.#write('BOOKMARK', object);
  }

  /** The log no longer reaches back to the watcher's revision: it has to list anew. */
  #expired(): boolean {
    const oldest = this.#cluster.store.oldestRevision;
    const object = statusObject({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code: 410,
      reason: 'Expired',
      message: `too old resource version: ${this.#revision} (${oldest})`,
    });
    this.#write('ERROR', object);
    this.end();
    return false;
  }
}
