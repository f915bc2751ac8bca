// Builds src/cli/serve/protobuf.json: which field of a Kubernetes object has which protobuf number, from the Go types
// of k8s.io/api and k8s.io/apimachinery. `node tools/gen-protobuf.mjs GOSRC`, where GOSRC holds k8s.io/api and
// k8s.io/apimachinery of the release that Berth serves.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runnerImport } from 'vite';

const OUT = 'src/cli/serve/protobuf.json';
const META = 'k8s.io/apimachinery/pkg/apis/meta/v1';
/** Messages that are read by rules of their own: texts, times, numbers with units. */
const SPECIAL = {
  [`${META}.Time`]: 'Time',
  [`${META}.MicroTime`]: 'MicroTime',
  [`${META}.FieldsV1`]: 'Raw',
  [`${META}.Duration`]: 'Duration',
  'k8s.io/apimachinery/pkg/api/resource.Quantity': 'Quantity',
  'k8s.io/apimachinery/pkg/util/intstr.IntOrString': 'IntOrString',
  'k8s.io/apimachinery/pkg/runtime.RawExtension': 'Raw',
};
/** What is posted and kept nowhere. */
const POSTED = [
  ['core/v1', 'Binding'],
  ['policy/v1', 'Eviction'],
  ['autoscaling/v1', 'Scale'],
  ['authentication/v1', 'TokenRequest'],
  ['authentication/v1', 'SelfSubjectReview'],
  ['authorization/v1', 'SelfSubjectAccessReview'],
  ['authorization/v1', 'SelfSubjectRulesReview'],
  ['authorization/v1', 'SubjectAccessReview'],
  ['authorization/v1', 'LocalSubjectAccessReview'],
];

const root = process.argv[2];
if (!root) throw new Error('usage: node tools/gen-protobuf.mjs GOSRC');

/** @typedef {{ structs: Map<string, string>, names: Map<string, string>, imports: Map<string, string> }} Package */
/** @type {Map<string, Package>} */
const packages = new Map();

/** @param {string} pkg @returns {Package} */
function load(pkg) {
  let p = packages.get(pkg);
  if (p) return p;
  p = { structs: new Map(), names: new Map(), imports: new Map() };
  packages.set(pkg, p);
  const dir = path.join(/** @type {string} */ (root), pkg);
  for (const file of readdirSync(dir).filter(
    (f) => f.endsWith('.go') && !f.includes('_test') && !f.includes('generated'),
  )) {
    const text = readFileSync(path.join(dir, file), 'utf8').replace(/^\s*\/\/.*$/gm, '');
    for (const [, alias, from] of text.matchAll(/^\s*(?:import\s+)?(\w+)?\s*"(k8s\.io\/[^"]+)"\s*$/gm))
      p.imports.set(alias ?? path.posix.basename(/** @type {string} */ (from)), /** @type {string} */ (from));
    for (const [, name, body] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm))
      p.structs.set(name ?? '', body ?? '');
    for (const [, name, type] of text.matchAll(
      /^\s*(?:type )?(\w+) (string|bool|int32|int64|map\[\S+\]\S+|\[\]\S+)$/gm,
    ))
      p.names.set(name ?? '', type ?? '');
  }
  return p;
}

/** @type {Record<string, string>} */
const messages = {};

/** The short name of a message: `core/v1.Pod`, `meta/v1.ObjectMeta`. @param {string} full */
const short = (full) => full.replace('k8s.io/apimachinery/pkg/apis/', '').replace('k8s.io/api/', '');

/** A Go type as flags and a scalar or message. @param {string} pkg @param {string} type @returns {string} */
function typeOf(pkg, type) {
  if (type.startsWith('*')) return `?${typeOf(pkg, type.slice(1)).replace(/^\?/, '')}`;
  if (type === '[]byte') return 'bytes';
  if (type.startsWith('[]')) return `[${typeOf(pkg, type.slice(2)).replace(/^\?/, '')}`;
  const map = /^map\[\S+?\](.+)$/.exec(type);
  if (map) return `{${typeOf(pkg, /** @type {string} */ (map[1]))}`;
  if (type === 'string' || type === 'bool') return type;
  if (/^u?int(32|64)?$/.test(type)) return 'int';
  if (type === 'float64') return 'double';
  const [alias, name] = type.includes('.') ? type.split('.') : ['', type];
  const from = alias ? load(pkg).imports.get(alias) : pkg;
  if (!from) throw new Error(`${type} in ${pkg}`);
  const full = `${from}.${name}`;
  const special = SPECIAL[/** @type {keyof typeof SPECIAL} */ (full)];
  if (special) return special;
  // types.UID and the like
  if (from === 'k8s.io/apimachinery/pkg/types' || from === 'k8s.io/apimachinery/pkg/runtime') return 'string';
  const p = load(from);
  if (p.structs.has(name ?? '')) {
    define(from, name ?? '');
    return short(full);
  }
  const named = p.names.get(name ?? '');
  if (!named) throw new Error(`${full} is not found`);
  return typeOf(from, named);
}

/** @param {string} pkg @param {string} name */
function define(pkg, name) {
  const key = short(`${pkg}.${name}`);
  if (key in messages) return;
  messages[key] = '';
  const fields = [];
  const body = load(pkg).structs.get(name) ?? '';
  for (const [, type, json, number] of body.matchAll(
    /^\s*(?:\w+[ \t]+)?([*\w[\].]+)[ \t]+`json:"([^"]*)"[^`]*? protobuf:"\w+,(\d+),[^"]*"/gm,
  )) {
    const [field, omitempty] = (json ?? '').split(',');
    const typed = typeOf(pkg, type ?? '');
    // a field without omitempty stands in JSON even when it is zero, as a pointer to zero does
    const kept = omitempty || !/^(string|bool|int)$/.test(typed) ? typed : `?${typed}`;
    fields.push(`${number}${field ? ` ${field} ` : ' ^ '}${kept}`);
  }
  messages[key] = fields.join('|');
}

/** @type {{ module: { RESOURCES: readonly { kind: string, group: string, versions: readonly string[] }[] } }} */
const { module } = await runnerImport(path.resolve('src/engine/api/discovery.ts'));
for (const { kind, group, versions } of module.RESOURCES)
  for (const v of versions) if (group !== 'berth.sim') define(`k8s.io/api/${group.split('.')[0] || 'core'}/${v}`, kind);
for (const [pkg, kind] of POSTED) define(`k8s.io/api/${pkg}`, /** @type {string} */ (kind));
define(META, 'DeleteOptions');
const sorted = Object.fromEntries(Object.entries(messages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(OUT, `${JSON.stringify(sorted, null, 1)}\n`);
console.log(`${OUT}: ${Object.keys(sorted).length} messages`);
