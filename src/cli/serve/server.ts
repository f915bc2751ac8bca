/** The API server of a playground over HTTP on 127.0.0.1. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FieldDocs } from '../../kubectl/explain/field-docs.ts';
import type { Playground } from '../../playground/playground.ts';
import { aggregated, coreVersions, group, groupList, resourceList, servedResources, VERSION } from './discovery.ts';
import { type Exchange, Refused, refused, send, sendStatus, sendText } from './exchange.ts';
import { ACCEPTED_TYPES, negotiate } from './negotiate.ts';
import { OpenApi } from './openapi.ts';
import { Player } from './player.ts';
import { answerResource } from './resources.ts';
import { routeOf } from './route.ts';
import { Streams } from './streams.ts';

const HOST = '127.0.0.1';
/** Longer than clients keep an idle connection, so that none is closed under a request. */
const KEEP_ALIVE_MS = 120_000;
const HEALTH = /^\/(?:healthz|livez|readyz)(?:\/[\w-]+)?$/;
const UNKNOWN_PATH = 'the server could not find the requested resource';

export interface ServeOptions {
  /** 0: a free one. */
  port: number;
  /** Virtual seconds a second. */
  speed: number;
  /** Told once when the engine breaks an invariant of its own. */
  crashed(e: unknown): void;
}

export interface Serving {
  /** `http://127.0.0.1:PORT` */
  url: string;
  close(): Promise<void>;
}

/** Serves a playground and plays it until `close`. Rejects when the port cannot be had. */
export async function serve(playground: Playground, options: ServeOptions): Promise<Serving> {
  const streams = new Streams();
  const player = new Player(playground, {
    speed: options.speed,
    played: () => streams.pump(),
    crashed: options.crashed,
  });
  const handler = new Handler(playground, streams);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (req, res) => void handler.handle(req, res));
  await listening(server, options.port);
  player.start();
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        player.stop();
        streams.end();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve());
  });

class Handler {
  readonly #playground: Playground;
  readonly #streams: Streams;
  #openapi: OpenApi | undefined;

  constructor(playground: Playground, streams: Streams) {
    this.#playground = playground;
    this.#streams = streams;
  }

  /** Answers one request; nothing a client sends makes it throw. */
  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      const path = req.url?.startsWith('/') ? req.url : '/';
      const x = { req, res, url: new URL(`http://${HOST}${path}`) };
      await this.#answer(x);
      this.#streams.pump(); // watchers see a write at once, not after the next slice
    } catch (e) {
      if (res.headersSent) res.destroy();
      else if (e instanceof Refused) sendStatus(res, e.status);
      else sendStatus(res, internal(e));
    }
  }

  async #answer(x: Exchange): Promise<void> {
    const path = x.url.pathname.replace(/(.)\/+$/, '$1');
    if (HEALTH.test(path)) return sendText(x.res, 200, 'ok');
    if (path === '/version') return send(x.res, 200, VERSION);
    if (path.startsWith('/openapi/')) return this.#answerOpenApi(x, path);
    const document = this.#discovery(x, path);
    if (document) return send(x.res, 200, document.object, document.media);
    const route = routeOf(path);
    if (!route) throw refused(404, 'NotFound', UNKNOWN_PATH);
    await answerResource(x, route, { cluster: this.#playground.cluster, streams: this.#streams });
  }

  #discovery(x: Exchange, path: string) {
    const [root, ...rest] = path.slice(1).split('/');
    if (root !== 'api' && root !== 'apis') return root === '' ? asJson(ROOT) : undefined;
    const core = root === 'api';
    if (rest.length > (core ? 1 : 2)) return undefined;
    const accepted = negotiate(x.req.headers.accept, ['APIGroupDiscoveryList']);
    if (!accepted)
      throw refused(406, 'NotAcceptable', `only the following media types are accepted: ${ACCEPTED_TYPES}`);
    const { cluster } = this.#playground;
    const served = servedResources(cluster.list.count('Image') > 0);
    if (!rest.length) {
      if (accepted.as)
        return {
          object: aggregated(served, core),
          media: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' as const,
        };
      return asJson(core ? coreVersions(x.req.headers.host ?? HOST) : groupList(served));
    }
    const object = core
      ? resourceList(served, '', rest[0]!)
      : rest.length === 1
        ? group(served, rest[0]!)
        : resourceList(served, rest[0]!, rest[1]!);
    return object && asJson(object);
  }

  async #answerOpenApi(x: Exchange, path: string): Promise<void> {
    if (!negotiate(x.req.headers.accept, []))
      throw refused(406, 'NotAcceptable', `only the following media types are accepted: ${ACCEPTED_TYPES}`);
    this.#openapi ??= new OpenApi((await import('../../ui/editor/k8s.schema.json')).default as unknown as FieldDocs);
    const document =
      path === '/openapi/v3' ? this.#openapi.index() : this.#openapi.document(path.slice('/openapi/v3/'.length));
    if (!document || !path.startsWith('/openapi/v3')) throw refused(404, 'NotFound', UNKNOWN_PATH);
    send(x.res, 200, document);
  }
}

const ROOT = {
  paths: ['/api', '/api/v1', '/apis', '/healthz', '/livez', '/openapi/v3', '/readyz', '/version'],
};
const asJson = (object: object) => ({ object, media: 'application/json' as const });

const internal = (e: unknown) => ({
  kind: 'Status' as const,
  apiVersion: 'v1' as const,
  status: 'Failure' as const,
  code: 500,
  reason: 'InternalError',
  message: `Internal error occurred: ${e instanceof Error ? e.message : String(e)}`,
});
