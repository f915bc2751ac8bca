/** Server-side apply. Upstream: structured-merge-diff/merge/update.go, apimachinery/pkg/util/managedfields/internal/structuredmerge.go */
import { apiVersionOf } from '../api/discovery.ts';
import type { AnyObject, ManagedFieldsEntry } from '../api/meta.ts';
import type { ApiResponse } from '../api/request.ts';
import { clonePlain } from '../sim/plain.ts';
import { rfc3339 } from '../sim/time.ts';
import { applyConflict, badRequest, type Conflict, plainFailure, requestInvalid } from './errors.ts';
import { compare, fieldsOf, type Spot } from './fields/compare.ts';
import { FieldSet, pathText } from './fields/field-set.ts';
import { merged, without } from './fields/merge.ts';
import { elementKey, listOwnership } from './fields/rules.ts';
import { parseJson } from './json.ts';
import { decode, encode, type Manager, ownable, spotOf } from './managed-fields.ts';
import { rootType } from './schema/schema.ts';
import { type Or, type Scope, value } from './scope.ts';
import { typed } from './strict.ts';
import { createObject } from './verbs/create.ts';
import type { Replace } from './verbs/patch.ts';

export function applyPatch(s: Scope, replace: Replace): ApiResponse {
  const config = readConfig(s);
  if (!config.ok) return config;
  const spot = spotOf(config.value)!;
  const live = s.server.store.get<AnyObject>(s.info.kind, s.namespace, s.r.name ?? '');
  const set = ownable(fieldsOf(config.value, spot), s.r.subresource);
  const mine = entryOf(s);
  if (!live) return createObject({ ...s, managed: encode([{ entry: mine, set }]) }, clonePlain(config.value));
  const managers = decode(live);
  const next = merged(live, config.value, spot) as AnyObject;
  const d = compare(live, next, spot);
  const taken = conflictsOf(managers, mine, ownable(d.changed, s.r.subresource));
  if (taken.length && !s.r.force) return applyConflict(taken.flatMap(conflictCauses));
  const others = managers
    .filter((m) => !isApplier(m.entry, mine))
    .map((m) => ({ entry: m.entry, set: m.set.minus(taken.find((t) => t.manager === m)?.set ?? new FieldSet()) }));
  const before = managers.find((m) => isApplier(m.entry, mine));
  const result = before ? pruned(next, before.set.minus(set), others, spot) : next;
  const after = encode([...others, { entry: before?.set.equals(set) ? before.entry : mine, set }]);
  const same = sameManagers(after, encode(managers));
  const given = {
    ...result,
    metadata: { ...result.metadata, resourceVersion: config.value.metadata.resourceVersion ?? '' },
  };
  return replace(
    same ? { ...s, managed: live.metadata.managedFields ?? [] } : { ...s, managed: after, transfer: true },
    clonePlain(given),
    live,
  );
}

function readConfig(s: Scope): Or<AnyObject> {
  if (!s.r.fieldManager)
    return requestInvalid(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      [{ reason: 'FieldValueRequired', message: 'Required value: is required for apply patch', field: 'fieldManager' }],
    );
  const read = typeof s.r.body === 'string' ? parseJson(s.r.body) : { value: s.r.body };
  if ('error' in read) return badRequest(`error decoding YAML: error converting YAML to JSON: ${read.error}`);
  const body = read.value as AnyObject;
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    return badRequest('error decoding YAML: error unmarshaling JSON: while decoding JSON: not an object');
  const apiVersion = apiVersionOf(s.info);
  if (body.metadata?.managedFields) return badRequest('metadata.managedFields must be nil');
  if (body.metadata?.name && s.r.name && body.metadata.name !== s.r.name)
    return badRequest(
      `the name of the object (${body.metadata.name}) does not match the name on the URL (${s.r.name})`,
    );
  const root = rootType(apiVersion, s.info.kind);
  if (!root) return value(clonePlain(body));
  const t = typed(body, root, false, s.server.gates);
  const problem = t.error?.json ?? undeclared(t.unknown, body, spotOf({ apiVersion, kind: s.info.kind })!);
  if (problem) {
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
    const who = `${s.namespace ?? ''}/${s.r.name ?? ''}; ${group}/${version}, Kind=${s.info.kind}`;
    return plainFailure(`failed to create typed patch object (${who}): ${problem}`);
  }
  const config = t.value as AnyObject;
  config.apiVersion = apiVersion;
  config.kind = s.info.kind;
  config.metadata = { ...config.metadata, name: s.r.name ?? '', ...(s.namespace ? { namespace: s.namespace } : {}) };
  return value(config);
}

/** `.spec.template.spec.containers[name="c"].imagee: field not declared in schema` */
function undeclared(unknown: readonly string[], body: AnyObject, spot: Spot): string | undefined {
  if (!unknown.length) return undefined;
  const texts = unknown.map((path) => `${keyedPath(path, body, spot)}: field not declared in schema`);
  return texts.length === 1 ? texts[0] : `errors:\n${texts.map((t) => `  ${t}`).join('\n')}`;
}

/** List indexes replaced by the keys of keyed lists. */
function keyedPath(path: string, body: AnyObject, _spot: Spot): string {
  let at: unknown = body;
  let field = '';
  let out = '';
  for (const [, name, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (name !== undefined) {
      field = name;
      out += `.${name}`;
      at = (at as Record<string, unknown> | undefined)?.[name];
      continue;
    }
    at = (at as unknown[] | undefined)?.[Number(index)];
    const key = ['PodSpec', 'Container', 'ServiceSpec']
      .map((struct) => elementKey(listOwnership(struct, field), at))
      .find(Boolean);
    out += key ? pathText([key]) : `[${index}]`;
  }
  return out;
}

const entryOf = (s: Scope): ManagedFieldsEntry => ({
  manager: s.r.fieldManager!,
  operation: 'Apply',
  apiVersion: apiVersionOf(s.info),
  time: rfc3339(s.server.now()),
  fieldsType: 'FieldsV1',
  ...(s.r.subresource ? { subresource: s.r.subresource } : {}),
});

/** An applier is known by its name alone: another version of the same configuration is still its own. */
const isApplier = (e: ManagedFieldsEntry, mine: ManagedFieldsEntry): boolean =>
  e.operation === 'Apply' && e.manager === mine.manager && e.subresource === mine.subresource;

interface Taken {
  manager: Manager;
  set: FieldSet;
}

/** Fields of other managers that the configuration would change. */
function conflictsOf(managers: readonly Manager[], mine: ManagedFieldsEntry, changed: FieldSet): Taken[] {
  return managers
    .filter((m) => !isApplier(m.entry, mine))
    .map((manager) => ({ manager, set: manager.set.intersect(changed) }))
    .filter((t) => !t.set.empty);
}

function conflictCauses({ manager: { entry }, set }: Taken): Conflict[] {
  const subresource = entry.subresource ? ` with subresource ${JSON.stringify(entry.subresource)}` : '';
  const using = entry.operation === 'Update' ? ` using ${entry.apiVersion}` : '';
  const manager = `${JSON.stringify(entry.manager)}${subresource}${using}`;
  return [...set.paths()].map((path) => ({ manager, field: pathText(path) }));
}

/** Takes out what this manager alone had set and no longer names. */
function pruned(o: AnyObject, dropped: FieldSet, others: readonly Manager[], spot: Spot): AnyObject {
  let kept = new FieldSet();
  for (const m of others) kept = kept.union(m.set);
  const gone = dropped.minus(kept);
  return gone.empty ? o : (without(o, spot, gone, kept) as AnyObject);
}

const untimed = (entries: readonly ManagedFieldsEntry[]): string =>
  JSON.stringify(entries.map(({ time: _, ...e }) => e).sort((a, b) => (a.manager < b.manager ? -1 : 1)));
const sameManagers = (a: readonly ManagedFieldsEntry[], b: readonly ManagedFieldsEntry[]): boolean =>
  untimed(a) === untimed(b);
