/** `pods/log` over HTTP: the text, or with `follow` the text as it grows. */
import type { ServerResponse } from 'node:http';
import type { LogAnswer } from '../../engine/api/node-proxy.ts';
import type { ApiRequest } from '../../engine/api/request.ts';
import type { Cluster } from '../../engine/index.ts';
import type { Stream } from './streams.ts';

/** How often a followed log is looked at, real time. */
const LOOK_MS = 100;

/** What only the first read of a follower asks. */
const ONCE = ['tailLines', 'sinceSeconds', 'sinceTime'];

export class LogStream implements Stream {
  readonly #cluster: Cluster;
  readonly #res: ServerResponse;
  readonly #request: ApiRequest;
  #offset: number;
  #lookedMs = 0;

  /** `first` is the answer to `request`, which the follower goes on from. */
  constructor(cluster: Cluster, res: ServerResponse, request: ApiRequest, first: LogAnswer) {
    this.#cluster = cluster;
    this.#res = res;
    const query = Object.fromEntries(Object.entries(request.query ?? {}).filter(([key]) => !ONCE.includes(key)));
    this.#request = { ...request, query };
    this.#offset = first.offset;
    res.writeHead(200, { 'Content-Type': 'text/plain' });
    res.flushHeaders();
    if (first.text) res.write(first.text);
  }

  pump(nowMs: number): boolean {
    if (nowMs - this.#lookedMs < LOOK_MS) return true;
    this.#lookedMs = nowMs;
    const answer = this.#cluster.request({
      ...this.#request,
      query: { ...this.#request.query, offset: this.#offset },
    });
    // a pod that went while it was followed ends the log
    const log = answer.ok ? (answer.data as LogAnswer) : undefined;
    if (log?.text) this.#res.write(log.text);
    if (log) this.#offset = log.offset;
    if (log && !log.ended) return true;
    this.end();
    return false;
  }

  end(): void {
    this.#res.end();
  }
}
