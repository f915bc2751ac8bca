/** Requests about resources: from HTTP to the API server's own terms and back. */
import type { ServerResponse } from 'node:http';
import type { AnyObject, ApiStatus } from '../../engine/api/meta.ts';
import type { LogAnswer } from '../../engine/api/node-proxy.ts';
import type { ApiRequest, ApiResponse, DeleteOptions, Propagation, Verb } from '../../engine/api/request.ts';
import type { Cluster } from '../../engine/index.ts';
import { CREATE_ONLY, mappingOfKind, resourceName } from '../../kubectl/discovery.ts';
import { bodyBytes, bodyOf } from './body.ts';
import { type Exchange, Refused, refused, send, sendText, setWarnings, statusObject } from './exchange.ts';
import { LogStream } from './log.ts';
import { ACCEPTED_TYPES, type Accepted, negotiate, patchTypeOf } from './negotiate.ts';
import { includeObject, listObject, metadataOnly, tableObject } from './represent.ts';
import { reviewed } from './reviews.ts';
import type { Route } from './route.ts';
import type { Stream, Streams } from './streams.ts';
import { bag } from './values.ts';
import { Watch } from './watch.ts';

/** What needs a connection that carries bytes both ways. */
const CONNECTIONS = new Set(['exec', 'attach', 'portforward', 'proxy']);

export interface Target {
  cluster: Cluster;
  streams: Streams;
}

/** Answers one request about a resource. */
export async function answerResource(x: Exchange, route: Route, target: Target): Promise<void> {
  const accepted = negotiate(x.req.headers.accept, ['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList']);
  const bytes = await bodyBytes(x.req);
  if (route.subresource && CONNECTIONS.has(route.subresource)) throw noConnection(route.subresource);
  // a log is text, whatever form of an object the client would take
  if (!accepted && route.subresource !== 'log')
    throw refused(406, 'NotAcceptable', `only the following media types are accepted: ${ACCEPTED_TYPES}`);
  const form = accepted ?? { media: 'application/json' };
  const q = x.url.searchParams;
  if (x.req.method === 'GET' && route.name === undefined && isTrue(q.get('watch')))
    return watch(x, route, target, form);
  const request = await requestOf(x, route, bytes, form);
  if (!isStored(route)) {
    const { code, object } = answerUnstored(x, route, request, target, form);
    return send(x.res, code, object, form.media);
  }
  const answer = agreed(x, target.cluster.request(request));
  if (route.subresource === 'log') return log(x, request, answer.data as LogAnswer, target);
  send(x.res, answer.code, represented(x, route, answer, form), form.media);
}

const isTrue = (text: string | null): boolean => text === 'true' || text === '1';
const seconds = (text: string | null): number | undefined =>
  text !== null && /^\d+$/.test(text) ? Number(text) : undefined;

const noConnection = (what: string): Refused =>
  refused(
    400,
    'BadRequest',
    `berth serve does not carry ${what} streams; the playground's own console and \`berth run\` do`,
  );

const methodNotAllowed = (): Refused =>
  refused(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');

/** False for kinds that a real cluster has and Berth does not keep. */
const isStored = (r: Route): boolean => mappingOfKind(r.apiVersion, r.info.kind)?.stored ?? false;

function verbOf(method: string, named: boolean): Verb {
  const verb = (named ? NAMED : UNNAMED)[method];
  if (!verb) throw methodNotAllowed();
  return verb;
}
const NAMED: Readonly<Record<string, Verb>> = { GET: 'get', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };
const UNNAMED: Readonly<Record<string, Verb>> = { GET: 'list', POST: 'create', DELETE: 'deletecollection' };

/** Who writes, where the client does not say: the name of its program. Upstream: managerOrUserAgent */
const userAgent = (header: string | undefined): string => (header ?? '').split('/')[0]!.slice(0, 128) || 'unknown';

async function requestOf(x: Exchange, route: Route, bytes: Buffer, accepted: Accepted): Promise<ApiRequest> {
  const { method = 'GET', headers } = x.req;
  const q = x.url.searchParams;
  const posted = route.subresource !== undefined && method === 'POST';
  const verb = posted ? 'create' : verbOf(method, route.name !== undefined);
  // nothing is created in all namespaces at once
  if (verb === 'create' && route.info.namespaced && route.namespace === undefined) throw methodNotAllowed();
  const request: ApiRequest = {
    verb,
    apiVersion: route.apiVersion,
    resource: route.info.plural,
    subresource: route.subresource,
    namespace: route.namespace,
    name: route.name,
    labelSelector: q.get('labelSelector') ?? undefined,
    fieldSelector: q.get('fieldSelector') ?? undefined,
    table: accepted.as === 'Table',
    managedFields: accepted.as !== 'Table',
  };
  if (route.subresource === 'log') request.query = Object.fromEntries(q);
  if (verb === 'get' || verb === 'list') return request;
  if (verb === 'patch') request.patchType = patchTypeOf(headers['content-type']);
  const body = await bodyOf(x.req, bytes);
  const options = verb.startsWith('delete') ? bag(body) : undefined;
  if (options) request.options = deleteOptions(options, q);
  else request.body = body;
  const all = (v: unknown): boolean => v === 'All' || (Array.isArray(v) && v.includes('All'));
  request.dryRun = all(q.get('dryRun')) || all(options?.dryRun) || all(bag(bag(body).deleteOptions).dryRun);
  const validation = q.get('fieldValidation');
  if (validation === 'Strict' || validation === 'Warn' || validation === 'Ignore') request.fieldValidation = validation;
  const manager =
    q.get('fieldManager') || (request.patchType === 'apply' ? undefined : userAgent(headers['user-agent']));
  if (manager) request.fieldManager = manager;
  if (isTrue(q.get('force'))) request.force = true;
  return request;
}

const POLICIES = new Set(['Background', 'Foreground', 'Orphan']);

/** DeleteOptions of a body, or of the query where there is no body. */
function deleteOptions(body: Record<string, unknown>, q: URLSearchParams): DeleteOptions {
  const out: DeleteOptions = {};
  const grace = body.gracePeriodSeconds ?? seconds(q.get('gracePeriodSeconds'));
  if (typeof grace === 'number') out.gracePeriodSeconds = grace;
  const orphan = body.orphanDependents ?? q.get('orphanDependents') ?? undefined;
  const policy =
    body.propagationPolicy ??
    q.get('propagationPolicy') ??
    (orphan === undefined ? undefined : orphan === true || orphan === 'true' ? 'Orphan' : 'Background');
  if (typeof policy === 'string' && POLICIES.has(policy)) out.propagationPolicy = policy as Propagation;
  const { uid, resourceVersion } = bag(body.preconditions);
  if (typeof uid === 'string') out.preconditions = { uid };
  if (typeof resourceVersion === 'string') out.preconditions = { ...out.preconditions, resourceVersion };
  return out;
}

interface Reply {
  code: number;
  object: unknown;
}

/** Kinds that a real cluster has and Berth leaves empty; and those that are only ever posted. */
function answerUnstored(x: Exchange, route: Route, r: ApiRequest, { cluster }: Target, accepted: Accepted): Reply {
  const { kind } = route.info;
  if (r.verb === 'create' && kind === 'Binding') {
    const name = String(bag(bag(r.body).metadata).name ?? '');
    const answer = agreed(x, cluster.request({ ...r, resource: 'pods', subresource: 'binding', name }));
    return { code: answer.code, object: represented(x, route, answer, accepted) };
  }
  const review = r.verb === 'create' ? reviewed(kind, route.apiVersion, r.body) : undefined;
  if (review) return { code: 201, object: review };
  if (CREATE_ONLY.has(kind)) throw methodNotAllowed();
  if (r.verb === 'list') {
    const empty: Answer = { ok: true, code: 200, items: [], warnings: [], revision: cluster.list.revision };
    if (r.table) empty.table = { columns: [{ name: 'Name', type: 'string', priority: 0 }], rows: [] };
    return { code: 200, object: represented(x, route, empty, accepted) };
  }
  if (route.name === undefined || r.verb === 'update' || r.verb === 'patch') throw methodNotAllowed();
  throw refused(404, 'NotFound', `${resourceName(route.info)} "${route.name}" not found`);
}

type Answer = Extract<ApiResponse, { ok: true }>;

/** The answer of the API server with its warnings noted; a refusal goes to where refusals are answered. */
function agreed(x: Exchange, answer: ApiResponse): Answer {
  setWarnings(x.res, answer.warnings);
  if (!answer.ok) throw new Refused(answer.status);
  return answer;
}

/** What is sent for an answer: a Table, a list, metadata, the object, or a Status. */
function represented(x: Exchange, route: Route, answer: Answer, accepted: Accepted): unknown {
  const revision = String(answer.object?.metadata?.resourceVersion ?? answer.revision);
  if (accepted.as === 'Table' && answer.table)
    return tableObject(answer.table, revision, includeObject(x.url.searchParams.get('includeObject')));
  if (answer.items)
    return listObject(route.info, route.apiVersion, answer.items, answer.revision, metadataAs(accepted));
  if (answer.object) return metadataAs(accepted) ? metadataOnly(answer.object as AnyObject) : answer.object;
  return statusObject(answer.status ?? success(answer.code));
}

const metadataAs = (a: Accepted) => (a.as === 'Table' ? undefined : a.as);

const success = (code: number): ApiStatus => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Success',
  code,
  reason: '',
  message: '',
});

/** Keeps an answer open until it ends or its client goes. */
function keep(res: ServerResponse, streams: Streams, stream: Stream): void {
  res.on('close', () => streams.remove(stream));
  streams.add(stream);
}

function watch(x: Exchange, route: Route, { cluster, streams }: Target, accepted: Accepted): void {
  const q = x.url.searchParams;
  const labelSelector = q.get('labelSelector') ?? undefined;
  const fieldSelector = q.get('fieldSelector') ?? undefined;
  // a selector that cannot be read is refused before the stream begins
  const { apiVersion, info } = route;
  if (isStored(route))
    agreed(
      x,
      cluster.request({ verb: 'list', apiVersion, resource: info.plural, labelSelector, fieldSelector, from: [] }),
    );
  const revision = seconds(q.get('resourceVersion'));
  const initial = isTrue(q.get('sendInitialEvents'));
  const timeout = seconds(q.get('timeoutSeconds'));
  const stream = new Watch(cluster, x.res, {
    route,
    labelSelector,
    fieldSelector,
    ...(revision && !initial ? { revision } : {}),
    markInitial: initial,
    bookmarks: isTrue(q.get('allowWatchBookmarks')),
    ...(timeout ? { timeoutMs: timeout * 1000 } : {}),
    accepted,
    include: includeObject(q.get('includeObject')),
  });
  keep(x.res, streams, stream);
}

function log(x: Exchange, request: ApiRequest, first: LogAnswer, { cluster, streams }: Target): void {
  const follow = isTrue(x.url.searchParams.get('follow'));
  if (!follow || first.ended) sendText(x.res, 200, first.text);
  else keep(x.res, streams, new LogStream(cluster, x.res, request, first));
}
