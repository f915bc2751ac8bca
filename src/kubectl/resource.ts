/**
 * From words and files to objects: the rules and sentences of kubectl's resource builder.
 * Upstream: k8s.io/cli-runtime/pkg/resource/{builder,visitor,helper}.go
 */
import { ageOf } from '../engine/api/duration.ts';
import type { AnyObject, ApiStatus } from '../engine/api/meta.ts';
import type { ApiRequest, ApiResponse, Table } from '../engine/api/request.ts';
import type { Env, Parsed } from './command.ts';
import { expandCategory, type Mapping, mappingOfWord, resourceName } from './discovery.ts';
import { aggregate, Failure, failure, quote, statusFailure } from './failure.ts';
import { type Origin, readManifests } from './manifest.ts';

/** One object (or one list) that a command works on. */
export interface Info {
  mapping: Mapping;
  namespace: string | undefined;
  name: string;
  /** The file, `STDIN`, or empty for words on the command line. */
  source: string;
  origin?: Origin;
  /** The object as in the file, or as the server answered. */
  object?: AnyObject;
  /** Filled for a list: what the server answered. */
  items?: AnyObject[];
  table?: Table;
  revision?: number;
}

export interface Query {
  /** TYPE NAME, TYPE/NAME … */
  words: readonly string[];
  namespace: string;
  allNamespaces?: boolean;
  labelSelector?: string;
  fieldSelector?: string;
  /** `--all` */
  all?: boolean;
  /** A type alone selects everything (get, describe). */
  emptySelects?: boolean;
  files?: readonly string[];
  recursive?: boolean;
  kustomize?: string;
  /** `-n` was given: objects in files must not say another namespace. */
  enforceNamespace?: boolean;
  singleType?: boolean;
  table?: boolean;
  /** `--show-managed-fields`: the server is asked for complete ones. */
  managedFields?: boolean;
  /** Names on the command line are not fetched (delete, label with --local …). */
  lazy?: boolean;
  subresource?: string;
  /** Objects of files are fetched, too (get -f, describe -f, delete does not). */
  latest?: boolean;
  /** `--validate` is off: files are not looked at before decoding. */
  unchecked?: boolean;
}

export interface Found {
  infos: Info[];
  /** What could not be found or read; the rest is still worked on. */
  errors: Failure[];
  /** Objects of files and what was wrong with others, in the order of the files. */
  order?: (Info | Failure)[];
  /** Whether exactly one thing was named. */
  single: boolean;
}

export const MISSING_RESOURCE =
  "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'";

export const needMapping = (word: string): Mapping => {
  const found = mappingOfWord(word);
  if (!found) throw failure(`the server doesn't have a resource type ${quote(word.split('.')[0]!)}`);
  return found;
};

/** Warnings that a command has printed; each is printed once. */
const warned = new WeakMap<Env, Set<string>>();

function warn(env: Env, warnings: readonly string[]): void {
  if (warnings.length === 0) return;
  const known = warned.get(env) ?? new Set();
  warned.set(env, known);
  for (const w of warnings) {
    if (!known.has(w)) env.err(`Warning: ${w}\n`);
    known.add(w);
  }
}

/** Sends a request; prints its warnings; a refusal is thrown. */
export function send(env: Env, r: ApiRequest): Extract<ApiResponse, { ok: true }> {
  const answer = env.request(r);
  warn(env, answer.warnings);
  if (!answer.ok) throw statusFailure(answer.status);
  return answer;
}

/** Runs `f`; a failure lands in `errors`. */
export function collect<T>(errors: Failure[], f: () => T): T | undefined {
  try {
    return f();
  } catch (e) {
    if (!(e instanceof Failure)) throw e;
    errors.push(e);
    return undefined;
  }
}

/** The usual query of a command with `-n -A -l --field-selector --all -f -k -R`. */
export function queryOf(p: Parsed, words: readonly string[], more: Partial<Query> = {}): Query {
  return {
    words,
    namespace: p.namespace,
    enforceNamespace: p.given('namespace'),
    files: p.list('filename'),
    recursive: p.bool('recursive'),
    kustomize: p.str('kustomize'),
    ...(p.bool('all-namespaces') ? { allNamespaces: true } : {}),
    ...(p.given('selector') && p.str('selector') ? { labelSelector: p.str('selector') } : {}),
    ...(p.str('field-selector') ? { fieldSelector: p.str('field-selector') } : {}),
    ...(p.bool('all') ? { all: true } : {}),
    ...more,
  };
}

/** Finds what a query names. Wrong words are thrown; what is missing on the server is in `errors`. */
export function* find(env: Env, q: Query): Generator<{ input: true }, Found, void> {
  if (q.kustomize)
    throw failure(`kustomize is not part of this playground: apply the files of ${quote(q.kustomize)} with -f`);
  if (q.files?.length) {
    if (q.words.length)
      throw failure('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
    const { infos, errors, order } = yield* readManifests(env, q);
    if (!q.latest) return { infos, errors, order, single: false };
    return { ...fetched(env, q, infos, errors), single: infos.length === 1 };
  }
  return findWords(env, q);
}

function findWords(env: Env, q: Query): Found {
  const tuples = combined(q.words);
  const selecting =
    q.all ||
    q.labelSelector !== undefined ||
    q.fieldSelector !== undefined ||
    (q.emptySelects && !tuples && q.words.length === 1);
  if (selecting) return bySelector(env, q, tuples !== undefined);
  if (tuples) return named(env, q, tuples);
  if (q.words.length === 0) throw failure(MISSING_RESOURCE);
  const types = typesOf(q.words[0]!);
  if (q.words.length === 1) {
    for (const t of types) needMapping(t);
    throw failure('resource(s) were provided, but no name was specified');
  }
  if (q.singleType && types.length > 1) throw failure('you may only specify a single resource type');
  return named(
    env,
    q,
    types.flatMap((type) => q.words.slice(1).map((name) => ({ type, name }))),
  );
}

interface Tuple {
  type: string;
  name: string;
}

/** TYPE/NAME words; `undefined` when none has a slash. */
function combined(words: readonly string[]): Tuple[] | undefined {
  const slashed = words.filter((w) => w.includes('/'));
  if (slashed.length === 0) return undefined;
  if (slashed.length !== words.length)
    throw failure(
      "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    );
  return words.map((w) => {
    const parts = w.split('/');
    if (parts.length !== 2) throw failure('arguments in resource/name form may not have more than one slash');
    const [type, name] = parts as [string, string];
    if (!type || !name || type.split(',').length !== 1)
      throw failure('arguments in resource/name form must have a single resource and name');
    return { type, name };
  });
}

const typesOf = (word: string): string[] => [...new Set(word.split(','))].flatMap((t) => expandCategory(t));

/** Mappings of types, each once. */
function mappingsOf(types: readonly string[]): Mapping[] {
  const out: Mapping[] = [];
  for (const t of types) {
    const m = needMapping(t);
    if (!out.some((o) => o.kind === m.kind && o.group === m.group)) out.push(m);
  }
  return out;
}

function bySelector(env: Env, q: Query, slashed: boolean): Found {
  if (slashed) throw failure('selectors and the all flag cannot be used when passing resource/name arguments');
  if (q.words.length > 1) throw failure('name cannot be provided when a selector is specified');
  if (q.words.length === 0) throw failure('at least one resource must be specified to use a selector');
  const types = typesOf(q.words[0]!);
  if (q.singleType && types.length > 1) throw failure('you may only specify a single resource type');
  const infos: Info[] = [];
  const errors: Failure[] = [];
  for (const mapping of mappingsOf(types)) {
    const info = collect(errors, () => listOf(env, q, mapping));
    if (info) infos.push(info);
  }
  return { infos, errors, single: false };
}

/** Lists one resource. */
export function listOf(env: Env, q: Query, mapping: Mapping): Info {
  const namespace = mapping.namespaced && !q.allNamespaces ? q.namespace : undefined;
  const info: Info = { mapping, namespace, name: '', source: '' };
  if (!mapping.stored) return { ...info, items: [], table: { columns: [], rows: [] }, revision: env.revision() };
  const answer = env.request({
    verb: 'list',
    apiVersion: mapping.apiVersion,
    resource: mapping.plural,
    ...(namespace === undefined ? {} : { namespace }),
    ...(q.labelSelector ? { labelSelector: q.labelSelector } : {}),
    ...(q.fieldSelector ? { fieldSelector: q.fieldSelector } : {}),
    ...(q.table ? { table: true } : {}),
    ...(q.managedFields ? { managedFields: true } : {}),
    ...(q.subresource ? { subresource: q.subresource } : {}),
  });
  warn(env, answer.warnings);
  if (!answer.ok) throw selectorFailure(q, mapping, statusFailure(answer.status));
  return {
    ...info,
    items: answer.items ?? [],
    ...(answer.table ? { table: answer.table } : {}),
    revision: answer.revision,
  };
}

/** A bad request of a list with selectors says which selectors it were. */
function selectorFailure(q: Query, m: Mapping, f: Failure): Failure {
  const status = f.status;
  if (status?.reason !== 'BadRequest' || (!q.labelSelector && !q.fieldSelector)) return f;
  const resource = `${m.group}/${m.version}, Resource=${m.plural}`;
  const message = `Unable to find ${quote(resource)} that match label selector ${quote(q.labelSelector ?? '')}, field selector ${quote(q.fieldSelector ?? '')}: ${status.message}`;
  return new Failure(message, { status: { ...status, message } });
}

function named(env: Env, q: Query, tuples: readonly Tuple[]): Found {
  const infos = tuples.map(({ type, name }): Info => {
    const mapping = needMapping(expandCategory(type)[0]!);
    if (mapping.namespaced && q.allNamespaces)
      throw failure('a resource cannot be retrieved by name across all namespaces');
    return { mapping, namespace: mapping.namespaced ? q.namespace : undefined, name, source: '' };
  });
  if (q.lazy) return { infos, errors: [], single: infos.length === 1 };
  return { ...fetched(env, q, infos, []), single: infos.length === 1 };
}

function fetched(env: Env, q: Query, infos: readonly Info[], errors: Failure[]): Omit<Found, 'single'> {
  const got: Info[] = [];
  for (const info of infos) {
    const full = collect(errors, () => fetchInfo(env, info, q));
    if (full) got.push(full);
  }
  return { infos: got, errors };
}

/** Gets the object of an info from the server. */
export function fetchInfo(
  env: Env,
  info: Info,
  q: { table?: boolean; managedFields?: boolean; subresource?: string } = {},
): Info {
  if (!info.mapping.stored) throw statusFailure(notFound(info));
  const answer = send(env, {
    ...requestOf(info, 'get'),
    ...(q.table ? { table: true } : {}),
    ...(q.managedFields ? { managedFields: true } : {}),
    ...(q.subresource ? { subresource: q.subresource } : {}),
  });
  return {
    ...info,
    ...(answer.object ? { object: answer.object } : {}),
    ...(q.table ? { table: answer.table ?? plainTable(env, answer.object) } : {}),
    revision: answer.revision,
  };
}

/** The rows of an answer that the server gave no table for (a Scale). */
function plainTable(env: Env, object: AnyObject | undefined): Table {
  if (!object) return { columns: [], rows: [] };
  const scale = object as unknown as { spec?: { replicas?: number }; status?: { replicas?: number } };
  const counts = object.kind === 'Scale' ? [scale.spec?.replicas ?? 0, scale.status?.replicas ?? 0] : [];
  const names = ['Name', ...(counts.length ? ['Desired', 'Available'] : []), 'Age'];
  return {
    columns: names.map((name) => ({ name, type: 'string', priority: 0 })),
    rows: [{ cells: [object.metadata.name, ...counts, ageOf(object.metadata.creationTimestamp, env.now())], object }],
  };
}

const notFound = (info: Info): ApiStatus => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  code: 404,
  reason: 'NotFound',
  message: `${resourceName(info.mapping)} ${quote(info.name)} not found`,
});

/** A request about an info's object. */
export const requestOf = (info: Info, verb: ApiRequest['verb']): ApiRequest => ({
  verb,
  apiVersion: info.mapping.apiVersion,
  resource: info.mapping.plural,
  ...(info.namespace === undefined ? {} : { namespace: info.namespace }),
  name: info.name,
});

/** One info an object: lists are taken apart. */
export function flatten(infos: readonly Info[]): Info[] {
  return infos.flatMap((info): Info[] => {
    if (info.object || !info.items) return [info];
    return info.items.map((object) => ({
      mapping: info.mapping,
      namespace: object.metadata.namespace,
      name: object.metadata.name,
      source: info.source,
      object,
    }));
  });
}

/** Throws what was collected, if anything. */
export function throwAll(errors: readonly Failure[]): void {
  const f = aggregate(errors);
  if (f) throw f;
}
