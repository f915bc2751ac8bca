// Builds src/ui/editor/k8s.schema.json (strict draft-07 schema with descriptions) from the declaration files of
// kubernetes-models, for every kind that src/engine/api/discovery.ts serves. No TypeScript API needed: Vite's own
// parser reads the files. `node tools/gen-schema.mjs`
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, runnerImport } from 'vite';

const OUT = 'src/ui/editor/k8s.schema.json';
/** kubernetes-models leaves this one text out. */
const QUANTITY = readFileSync(path.resolve('tools/quantity.txt'), 'utf8').trim();
const MODULES = path.resolve('node_modules');
/** @typedef {{ file: string, ast: any, comments: any[], src: string }} Source */
/** @type {Map<string, Source>} */
const sources = new Map();
/** @type {Record<string, any>} */
const definitions = {};

/** @param {string} file @returns {Source} */
function load(file) {
  let s = sources.get(file);
  if (!s) {
    const src = readFileSync(file, 'utf8');
    const r = parseSync(file, src, { lang: 'dts', sourceType: 'module' });
    s = { file, src, ast: r.program, comments: r.comments.filter((c) => c.value.startsWith('*')) };
    sources.set(file, s);
  }
  return s;
}
/** The doc comment that ends just before an offset. @param {Source} s @param {number} at */
function docBefore(s, at) {
  const c = s.comments.findLast((c) => c.end <= at && /^\s*(export\s+(declare\s+)?)?$/.test(s.src.slice(c.end, at)));
  return (
    c?.value
      .replace(/^\*+/, '')
      .replace(/^[ \t]*\*[ \t]?/gm, '')
      .replace(/\r/g, '')
      .trim() ?? ''
  );
}
/** @param {Source} s @param {string} name @returns {{ source: Source, node: any }} */
function resolve(s, name) {
  for (const n of s.ast.body) {
    const d = n.declaration ?? n;
    if ((d.type === 'TSInterfaceDeclaration' || d.type === 'TSTypeAliasDeclaration') && d.id.name === name)
      return { source: s, node: d };
    if (n.type === 'ExportNamedDeclaration' && !n.source)
      for (const e of n.specifiers)
        if (e.exported.name === name && e.local.name !== name) return resolve(s, e.local.name);
    if (n.type === 'ImportDeclaration')
      for (const i of n.specifiers)
        if (i.local.name === name) {
          const from = n.source.value.replace(/(\.js)?$/, '.d.ts');
          const file = from.startsWith('.') ? path.resolve(path.dirname(s.file), from) : path.join(MODULES, from);
          return resolve(load(file), i.imported.name);
        }
  }
  throw new Error(`${name} not found from ${s.file}`);
}
/** @param {Source} s @param {any} n @returns {any} */
function type(s, n) {
  switch (n.type) {
    case 'TSStringKeyword':
      return { type: 'string' };
    case 'TSNumberKeyword':
      return { type: 'integer' };
    case 'TSBooleanKeyword':
      return { type: 'boolean' };
    case 'TSObjectKeyword':
      return { type: 'object' };
    case 'TSAnyKeyword':
    case 'TSUnknownKeyword':
      return {};
    case 'TSNullKeyword':
      return { type: 'null' };
    case 'TSLiteralType':
      return { const: n.literal.value };
    case 'TSParenthesizedType':
      return type(s, n.typeAnnotation);
    case 'TSArrayType':
      return { type: 'array', items: type(s, n.elementType) };
    case 'TSUnionType': {
      const parts = n.types.map((/** @type {any} */ t) => type(s, t));
      if (parts.every((/** @type {any} */ p) => 'const' in p))
        return { type: 'string', enum: parts.map((/** @type {any} */ p) => p.const) };
      return { type: parts.map((/** @type {any} */ p) => p.type) };
    }
    case 'TSTypeLiteral': {
      const [m] = n.members;
      if (n.members.length === 1 && m.type === 'TSIndexSignature')
        return { type: 'object', additionalProperties: type(s, m.typeAnnotation.typeAnnotation) };
      return object(s, n.members);
    }
    case 'TSTypeReference': {
      if (n.typeName.name === 'Array') return { type: 'array', items: type(s, n.typeArguments.params[0]) };
      const r = resolve(s, n.typeName.name);
      return { $ref: `#/definitions/${define(r.source, r.node)}` };
    }
  }
  throw new Error(`${n.type} in ${s.file}`);
}
/** @param {Source} s @param {any[]} members */
function object(s, members) {
  /** @type {any} */
  const out = { type: 'object', properties: {}, additionalProperties: false };
  const required = [];
  for (const m of members) {
    if (m.type === 'TSIndexSignature') out.additionalProperties = type(s, m.typeAnnotation.typeAnnotation);
    if (m.type !== 'TSPropertySignature') continue;
    const name = m.key.value ?? m.key.name;
    const p = type(s, m.typeAnnotation.typeAnnotation);
    const doc = docBefore(s, m.start);
    if (doc) p.description = doc;
    out.properties[name] = p;
    if (!m.optional) required.push(name);
  }
  if (required.length) out.required = required;
  return out;
}
/** @param {Source} s @param {any} d */
function define(s, d) {
  const dir = path.relative(MODULES, path.dirname(s.file)).split(path.sep).join('.');
  const name = `${dir.replace(/^(kubernetes-models|@kubernetes-models\.apimachinery(\.apis)?)\.?/, '')}.${d.id.name.replace(/^I(?=[A-Z])/, '')}`;
  if (definitions[name]) return name;
  definitions[name] = {};
  const body = d.type === 'TSInterfaceDeclaration' ? object(s, d.body.body) : type(s, d.typeAnnotation);
  if (name.endsWith('.Quantity')) Object.assign(body, { type: ['number', 'string'], description: QUANTITY });
  const doc = docBefore(s, d.start);
  if (doc) body.description = doc;
  definitions[name] = body;
  return name;
}

/** @param {string} gv @param {string} kind @param {any} def */
function asRoot(gv, kind, def) {
  def.title = kind;
  def.properties.apiVersion = { type: 'string', const: gv };
  def.properties.kind = { type: 'string', const: kind, description: def.description };
  def.required = [...new Set(['apiVersion', 'kind', 'metadata', ...(def.required ?? [])])];
}
/** Berth's own kind: what an image does (see the engine's registry). */
function image() {
  const meta = Object.keys(definitions).find((d) => d.endsWith('.ObjectMeta'));
  return {
    type: 'object',
    description: 'An image of the simulated registry. Berth only; a real cluster does not know this kind.',
    additionalProperties: false,
    properties: { metadata: { $ref: `#/definitions/${meta}` }, spec: { type: 'object' } },
  };
}

/** @type {{ module: { RESOURCES: readonly { kind: string, group: string, versions: readonly string[] }[] } }} */
const { module } = await runnerImport(path.resolve('src/engine/api/discovery.ts'));
const oneOf = [];
const absent = [];
for (const { kind, group, versions } of module.RESOURCES)
  for (const version of versions) {
    const gv = group ? `${group}/${version}` : version;
    const file = path.join(MODULES, 'kubernetes-models', gv, `${kind}.d.ts`);
    let name = `${gv.replaceAll('/', '.')}.${kind}`;
    if (existsSync(file)) {
      const s = load(file);
      name = define(s, resolve(s, `I${kind}`).node);
    } else if (group === 'berth.sim') definitions[name] = image();
    else {
      absent.push(`${gv} ${kind}`);
      continue;
    }
    asRoot(gv, kind, definitions[name]);
    oneOf.push({ $ref: `#/definitions/${name}` });
  }
writeFileSync(OUT, JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', oneOf, definitions }));
console.log(`${OUT}: ${oneOf.length} kinds, ${Object.keys(definitions).length} definitions`);
if (absent.length) console.log(`not described by kubernetes-models: ${absent.join(', ')}`);
