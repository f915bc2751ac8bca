/** `--overrides` and `--override-type` of run and expose. Upstream: k8s.io/kubectl/pkg/cmd/util/override_options.go */
import type { AnyObject } from '../engine/api/meta.ts';
import type { Parsed } from './command.ts';
import { failure } from './failure.ts';
import { applyLists } from './patch-local.ts';
import { readJson } from './read-json.ts';
import { isMap } from './values.ts';

export function withOverrides(object: AnyObject, p: Parsed): AnyObject {
  const text = p.str('overrides');
  if (!text) return object;
  const type = p.str('override-type');
  if (!['json', 'merge', 'strategic'].includes(type)) throw failure(`invalid override type: ${type}`);
  const parsed = readJson(text);
  if ('problem' in parsed) throw failure('Invalid JSON Patch');
  if (type === 'json')
    throw failure('a JSON patch as override is not supported here; use --override-type=merge or strategic');
  if (!isMap(parsed.value)) throw failure('json: cannot unmarshal into Go value of type map[string]interface {}');
  return withResources(applyLists(object.kind, object, parsed.value, type === 'strategic') as AnyObject);
}

/** Containers always carry their resources, as Go's type does. */
function withResources(object: AnyObject): AnyObject {
  const spec = object.spec as { containers?: Record<string, unknown>[] } | undefined;
  if (object.kind !== 'Pod' || !spec?.containers) return object;
  return { ...object, spec: { ...spec, containers: spec.containers.map((c) => ({ resources: {}, ...c })) } };
}
