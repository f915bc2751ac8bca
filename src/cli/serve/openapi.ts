/**
 * OpenAPI v3, generated from the editor's schema: what `kubectl explain` prints, and by which kubectl learns that the
 * server validates fields itself. Upstream: kube-openapi/pkg/builder3
 */
import { apiVersionOf, RESOURCES, type ResourceInfo } from '../../engine/api/discovery.ts';
import { type FieldDocs, type FieldSchema, schemaOfKind } from '../../kubectl/explain/field-docs.ts';

type Json = Record<string, unknown>;

const PLACES: readonly [prefix: string, place: string][] = [
  ['meta.v1.', 'io.k8s.apimachinery.pkg.apis.meta.v1.'],
  ['api.resource.', 'io.k8s.apimachinery.pkg.api.resource.'],
  ['util.intstr.', 'io.k8s.apimachinery.pkg.util.intstr.'],
  ['runtime.', 'io.k8s.apimachinery.pkg.runtime.'],
  ['v1.', 'io.k8s.api.core.v1.'],
  ['berth.sim.', 'sim.berth.'],
];

/** `apps.v1.Deployment` → `io.k8s.api.apps.v1.Deployment`, as upstream names it. */
function fullName(name: string): string {
  const place = PLACES.find(([prefix]) => name.startsWith(prefix));
  if (place) return place[1] + name.slice(place[0].length);
  const parts = name.split('.');
  return `io.k8s.api.${parts[0]}.${parts.slice(-2).join('.')}`;
}

const refName = (ref: string): string => ref.slice('#/definitions/'.length);

/** One schema in OpenAPI's form. */
function converted(s: FieldSchema, used: (name: string) => void): Json {
  const description = s.description ? { description: s.description } : {};
  if (s.$ref) {
    const name = refName(s.$ref);
    used(name);
    return { ...description, allOf: [{ $ref: `#/components/schemas/${fullName(name)}` }] };
  }
  if (typeof s.type === 'object') return { ...description, oneOf: s.type.map((type) => ({ type })) };
  const out: Json = { ...description };
  if (s.type) out.type = s.type;
  if (s.enum) out.enum = s.enum;
  if (s.items) out.items = converted(s.items, used);
  if (typeof s.additionalProperties === 'object') out.additionalProperties = converted(s.additionalProperties, used);
  if (s.properties) {
    out.properties = Object.fromEntries(Object.entries(s.properties).map(([k, v]) => [k, converted(v, used)]));
    if (s.required?.length) out.required = s.required;
  }
  return out;
}

const kindMark = (info: ResourceInfo, version: string, list = false): Json => {
  const gvk = { group: info.group, version, kind: info.kind };
  return { 'x-kubernetes-group-version-kind': list ? [gvk] : gvk };
};

const parameter = (name: string, description: string, type = 'string'): Json => ({
  name,
  in: 'query',
  description,
  schema: { type, uniqueItems: true },
});

const WRITE_PARAMETERS = [
  parameter('dryRun', 'When present, indicates that modifications should not be persisted. The only value is All.'),
  parameter('fieldManager', 'The name of the actor that makes these changes.'),
  parameter('fieldValidation', 'What the server does about unknown or duplicate fields: Ignore, Warn or Strict.'),
];
const FORCE = parameter('force', 'Whether an apply takes fields from other managers.', 'boolean');

function operations(info: ResourceInfo, version: string, schema: Json): { collection: Json; one: Json } {
  const content = { 'application/json': { schema } };
  const mark = kindMark(info, version);
  const answer = { responses: { '200': { description: 'OK', content } } };
  const operation = (action: string, more: Json = {}): Json => ({
    'x-kubernetes-action': action,
    ...mark,
    ...answer,
    ...more,
  });
  const body = { requestBody: { required: true, content }, parameters: WRITE_PARAMETERS };
  // without strategic-merge-patch among the types: kubectl knows the merge keys of these kinds itself
  const patchTypes = ['application/json-patch+json', 'application/merge-patch+json', 'application/apply-patch+yaml'];
  const patch = {
    requestBody: { required: true, content: Object.fromEntries(patchTypes.map((t) => [t, { schema: {} }])) },
    parameters: [...WRITE_PARAMETERS, FORCE],
  };
  return {
    collection: {
      get: operation('list'),
      post: operation('post', body),
      delete: operation('deletecollection'),
    },
    one: {
      get: operation('get'),
      put: operation('put', body),
      patch: operation('patch', patch),
      delete: operation('delete', { parameters: WRITE_PARAMETERS.slice(0, 1) }),
    },
  };
}

/** The documents of one server: an index, and one document a group and version. */
export class OpenApi {
  readonly #docs: FieldDocs;
  readonly #documents = new Map<string, Json>();

  constructor(docs: FieldDocs) {
    this.#docs = docs;
  }

  /** `/openapi/v3` */
  index(): Json {
    const versions = new Set(RESOURCES.flatMap((r) => r.versions.map((v) => apiVersionOf(r, v))));
    return {
      paths: Object.fromEntries(
        [...versions]
          .map((gv) => (gv.includes('/') ? `apis/${gv}` : `api/${gv}`))
          .map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}` }]),
      ),
    };
  }

  /** `/openapi/v3/api/v1`, `/openapi/v3/apis/GROUP/VERSION`; `path` is what follows `/openapi/v3/`. */
  document(path: string): Json | undefined {
    let document = this.#documents.get(path);
    if (!document) {
      document = this.#make(path);
      if (document) this.#documents.set(path, document);
    }
    return document;
  }

  #make(path: string): Json | undefined {
    const m = /^(?:api|apis\/([^/]+))\/([^/]+)$/.exec(path);
    const [group, version] = [m?.[1] ?? '', m?.[2] ?? ''];
    const resources = m ? RESOURCES.filter((r) => r.group === group && r.versions.includes(version)) : [];
    if (!resources.length) return undefined;
    const schemas: Json = {};
    const waiting: string[] = [];
    const used = (name: string): void => void waiting.push(name);
    const paths: Json = {};
    for (const r of resources) {
      const schema = schemaOfKind(this.#docs, apiVersionOf(r, version), r.kind);
      if (!schema) continue;
      const name = fullName(`${apiVersionOf(r, version).replace('/', '.')}.${r.kind}`);
      schemas[name] = { ...converted(schema, used), ...kindMark(r, version, true) };
      const ops = operations(r, version, { $ref: `#/components/schemas/${name}` });
      const base = `/${path}${r.namespaced ? '/namespaces/{namespace}' : ''}/${r.plural}`;
      paths[base] = ops.collection;
      paths[`${base}/{name}`] = ops.one;
    }
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const definition = this.#docs.definitions[name];
      if (definition && !schemas[fullName(name)]) schemas[fullName(name)] = converted(definition, used);
    }
    return {
      openapi: '3.0.0',
      info: { title: 'Kubernetes', version: 'v1.36.3' },
      paths,
      components: { schemas },
    };
  }
}
