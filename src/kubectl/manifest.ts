/**
 * Files of manifests: YAML and JSON, several documents, lists, folders and standard input, with kubectl's words for what is
 * wrong. Upstream: k8s.io/cli-runtime/pkg/resource/visitor.go, k8s.io/apimachinery/pkg/util/yaml/decoder.go
 */
import type { AnyObject } from '../engine/api/meta.ts';
import type { Env } from './command.ts';
import { mappingOfKind } from './discovery.ts';
import { Failure, failure, quote } from './failure.ts';
import { readJson } from './read-json.ts';
import { locate, type Range, readYaml, splitDocuments, type YamlDocument } from './read-yaml.ts';
import type { Info, Query } from './resource.ts';
import { goJson, isMap } from './values.ts';

/** Where an object of a file came from; lets a refusal be shown at its line. */
export interface Origin {
  file: string;
  document: YamlDocument;
}

/** Standard input as a whole, also from a pipe that is still being written. */
export function* stdinText(env: Env): Generator<{ input: true }, string, void> {
  if (!env.input) return env.stdin;
  let text = '';
  for (;;) {
    const chunk = env.input.read();
    if (chunk === undefined) return text;
    text += chunk;
    if (chunk === '') yield { input: true };
  }
}

interface Source {
  /** As messages name it. */
  name: string;
  text: string;
}

/** All objects of the files of a query, in order; what is wrong with one does not stop the others. */
export function* readManifests(
  env: Env,
  q: Query,
): Generator<{ input: true }, { infos: Info[]; errors: Failure[]; order: (Info | Failure)[] }, void> {
  const order: (Info | Failure)[] = [];
  for (const source of yield* sources(env, q)) {
    try {
      readSource(env, q, source, order);
    } catch (e) {
      if (!(e instanceof Failure)) throw e;
      order.push(e);
    }
  }
  const isFailure = (x: Info | Failure): x is Failure => x instanceof Failure;
  return { infos: order.filter((x): x is Info => !isFailure(x)), errors: order.filter(isFailure), order };
}

function* sources(env: Env, q: Query): Generator<{ input: true }, Source[], void> {
  const out: Source[] = [];
  for (const path of q.files ?? []) {
    if (path === '-') {
      out.push({ name: 'STDIN', text: yield* stdinText(env) });
      continue;
    }
    if (/^https?:\/\//.test(path))
      throw failure(
        `unable to read URL ${quote(path)}: this cluster lives in your browser tab and has no way out; paste the file instead`,
      );
    out.push(...fromPath(env, path, q.recursive ?? false));
  }
  return out;
}

const EXTENSIONS = /\.(json|yaml|yml)$/;

function fromPath(env: Env, path: string, recursive: boolean): Source[] {
  const text = env.files.read(path);
  if (text !== undefined) return [{ name: path, text }];
  const names = env.files.list(path.replace(/\/+$/, '') || '.');
  if (!names) throw failure(`the path ${quote(path)} does not exist`);
  const out: Source[] = [];
  for (const name of [...names].sort()) {
    const full = `${path.replace(/\/+$/, '')}/${name}`;
    const inner = env.files.read(full);
    if (inner !== undefined && EXTENSIONS.test(name)) out.push({ name: full, text: inner });
    else if (inner === undefined && recursive) out.push(...fromPath(env, full, true));
  }
  if (out.length === 0 && !recursive)
    throw failure(`error reading [${path}]: recognized file extensions are [.json .yaml .yml]`);
  return out;
}

function readSource(env: Env, q: Query, source: Source, order: (Info | Failure)[]): void {
  for (const { value, document } of values(env, source)) {
    const origin: Origin = { file: source.name, document };
    if (value === null || value === undefined) continue;
    if (!q.unchecked) checkShape(env, value, origin);
    try {
      addObject(q, value, origin, order);
    } catch (e) {
      if (!(e instanceof Failure)) throw e;
      env.problem?.({ file: source.name, ...locate(document, 'kind'), message: e.message });
      order.push(e);
    }
  }
}

function* values(env: Env, source: Source): Generator<{ value: unknown; document: YamlDocument }> {
  if (source.text.trimStart().startsWith('{')) {
    const whole = { line: 0, text: source.text };
    let end = 0;
    while (source.text.slice(end).trim() !== '') {
      const json = readJson(source.text, end);
      if ('problem' in json) {
        const yaml = end === 0 ? readYaml(source.text) : undefined;
        if (yaml && 'value' in yaml) {
          yield { value: yaml.value, document: whole };
          return;
        }
        report(env, source.name, offsetRange(source.text, json.problem.offset - 1), json.problem.message);
        throw failure(`error parsing ${source.name}: json: offset ${json.problem.offset}: ${json.problem.message}`);
      }
      end = json.end;
      yield { value: json.value, document: whole };
    }
    return;
  }
  for (const document of splitDocuments(source.text)) {
    if (document.text.trim() === '') continue;
    const yaml = readYaml(document.text);
    if ('message' in yaml) {
      const line = document.line + yaml.line + 1;
      const range = { line, column: yaml.column + 1, endLine: line, endColumn: yaml.column + 2 };
      report(env, source.name, range, yaml.message);
      throw failure(`error parsing ${source.name}: error converting YAML to JSON: ${yaml.message}`);
    }
    yield { value: yaml.value, document };
  }
}

const report = (env: Env, file: string, range: Range, message: string): void =>
  env.problem?.({ file, ...range, message });

function offsetRange(text: string, offset: number): Range {
  const before = text.slice(0, offset).split('\n');
  const column = before.at(-1)!.length + 1;
  return { line: before.length, column, endLine: before.length, endColumn: column + 1 };
}

/** What is checked before anything is sent: that it is an object with apiVersion and kind. */
function checkShape(env: Env, value: unknown, origin: Origin): void {
  const wrong: string[] = [];
  if (!isMap(value)) wrong.push('invalid object to validate');
  else {
    if (value.apiVersion === undefined || value.apiVersion === null) wrong.push('apiVersion not set');
    else if (typeof value.apiVersion !== 'string') wrong.push("apiVersion isn't string type");
    if (value.kind === undefined || value.kind === null) wrong.push('kind not set');
    else if (typeof value.kind !== 'string') wrong.push("kind isn't string type");
  }
  if (wrong.length === 0) return;
  const why = wrong.length > 1 ? `[${wrong.join(', ')}]` : wrong[0];
  report(env, origin.file, locate(origin.document, 'kind'), why!);
  throw failure(
    `error validating ${quote(origin.file)}: error validating data: ${why}; if you choose to ignore these errors, turn validation off with --validate=false`,
  );
}

function addObject(q: Query, value: unknown, origin: Origin, order: (Info | Failure)[]): void {
  if (!isMap(value) || typeof value.kind !== 'string' || value.kind === '')
    throw failure(`unable to decode ${quote(origin.file)}: Object 'Kind' is missing in '${goJson(value)}'`);
  if (typeof value.apiVersion !== 'string')
    throw failure(`unable to decode ${quote(origin.file)}: Object 'apiVersion' is missing in '${goJson(value)}'`);
  if (value.kind.endsWith('List') && Array.isArray(value.items)) {
    for (const item of value.items) addObject(q, item, origin, order);
    return;
  }
  const metadata = isMap(value.metadata) ? value.metadata : {};
  const wrong = metadataProblem(value.metadata);
  if (wrong) throw failure(`unable to decode ${quote(origin.file)}: ${wrong}`);
  const text = (v: unknown): string => (typeof v === 'string' ? v : '');
  const mapping = mappingOfKind(value.apiVersion, value.kind);
  if (!mapping)
    throw failure(
      `resource mapping not found for name: ${quote(text(metadata.name))} namespace: ${quote(text(metadata.namespace))} from ${quote(origin.file)}: no matches for kind ${quote(value.kind)} in version ${quote(value.apiVersion)}\nensure CRDs are installed first`,
    );
  const own = text(metadata.namespace);
  const namespace = mapping.namespaced ? own || q.namespace : undefined;
  if (mapping.namespaced && own && q.enforceNamespace && own !== q.namespace)
    throw failure(
      `the namespace from the provided object ${quote(own)} does not match the namespace ${quote(q.namespace)}. You must pass '--namespace=${own}' to perform this operation.`,
    );
  const object = {
    ...value,
    metadata: { ...metadata, ...(namespace === undefined ? {} : { namespace }) },
  } as unknown as AnyObject;
  order.push({ mapping, namespace, name: text(metadata.name), source: origin.file, object, origin });
}

const TEXTS = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion'];
const goType = (v: unknown): string =>
  Array.isArray(v) ? 'array' : isMap(v) ? 'object' : typeof v === 'boolean' ? 'bool' : (typeof v as string);

/** What Go's decoder says of metadata with a value of the wrong type; kubectl reads that much of an object itself. */
function metadataProblem(metadata: unknown): string | undefined {
  const cannot = (v: unknown, field: string, type: string): string =>
    `json: cannot unmarshal ${goType(v)} into Go struct field ${field} of type ${type}`;
  if (metadata === undefined || metadata === null) return undefined;
  if (!isMap(metadata)) return cannot(metadata, 'PartialObjectMetadata.metadata', 'v1.ObjectMeta');
  const field = (name: string): string => `ObjectMeta.metadata.${name}`;
  for (const [name, value] of Object.entries(metadata)) {
    if (value === null || value === undefined) continue;
    if (TEXTS.includes(name) && typeof value !== 'string') return cannot(value, field(name), 'string');
    if (name !== 'labels' && name !== 'annotations') continue;
    if (!isMap(value)) return cannot(value, field(name), 'map[string]string');
    const wrong = Object.values(value).find((v) => v !== null && typeof v !== 'string');
    if (wrong !== undefined) return cannot(wrong, field(name), 'string');
  }
  return undefined;
}
