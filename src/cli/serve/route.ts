/** From a path of the API to the resource it names. */
import type { ResourceInfo } from '../../engine/api/discovery.ts';
import { ALL_RESOURCES } from '../../kubectl/discovery.ts';

export interface Route {
  info: ResourceInfo;
  /** `v1`, `apps/v1` */
  apiVersion: string;
  namespace?: string;
  name?: string;
  subresource?: string;
}

/** What stands below a namespace's own name and is no resource in it. */
const OF_NAMESPACES = new Set(['status', 'finalize']);

/** The resource, namespace, name and subresource in a path, or `undefined` when nobody serves it. */
export function routeOf(path: string): Route | undefined {
  let parts: string[];
  try {
    parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined; // a broken percent sign
  }
  const core = parts[0] === 'api';
  if (!core && parts[0] !== 'apis') return undefined;
  const group = core ? '' : (parts[1] ?? '');
  const version = parts[core ? 1 : 2];
  const rest = parts.slice(core ? 2 : 3);
  if (!version || !rest.length) return undefined;
  const inside = rest[0] === 'namespaces' && rest[2] !== undefined && !OF_NAMESPACES.has(rest[2]);
  const [plural, name, subresource, ...more] = inside ? rest.slice(2) : rest;
  const info = ALL_RESOURCES.find((r) => r.plural === plural && r.group === group && r.versions.includes(version));
  if (!info || more.length || (inside && !info.namespaced) || (name && info.namespaced && !inside)) return undefined;
  return {
    info,
    apiVersion: group ? `${group}/${version}` : version,
    ...(inside ? { namespace: rest[1]! } : {}),
    ...(name === undefined ? {} : { name }),
    ...(subresource === undefined ? {} : { subresource }),
  };
}
