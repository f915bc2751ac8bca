/** What the server says it serves: `/api`, `/apis`, their resources, and all of it in one (aggregated discovery v2). */
import type { ResourceInfo } from '../../engine/api/discovery.ts';
import { verbsOf } from '../../kubectl/commands/discovery.ts';
import { ALL_RESOURCES } from '../../kubectl/discovery.ts';

type Json = Record<string, unknown>;

export const VERSION = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.3',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: '',
  compiler: 'berth',
  platform: 'linux/amd64',
};

/** Kind, group and version of what a subresource takes, where it is not the resource itself; and its verbs. */
const SUBRESOURCES: Readonly<Record<string, { kind?: string; group?: string; version?: string; verbs: string }>> = {
  attach: { kind: 'PodAttachOptions', verbs: 'create get' },
  binding: { kind: 'Binding', verbs: 'create' },
  ephemeralcontainers: { verbs: 'get patch update' },
  eviction: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: 'create' },
  exec: { kind: 'PodExecOptions', verbs: 'create get' },
  finalize: { verbs: 'update' },
  log: { verbs: 'get' },
  portforward: { kind: 'PodPortForwardOptions', verbs: 'create get' },
  proxy: { kind: 'ProxyOptions', verbs: 'create delete get patch update' },
  resize: { verbs: 'get patch update' },
  scale: { kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: 'get patch update' },
  status: { verbs: 'get patch update' },
  token: { kind: 'TokenRequest', group: 'authentication.k8s.io', version: 'v1', verbs: 'create' },
};

function subresource(
  r: ResourceInfo,
  name: string,
): { kind: string; group?: string; version?: string; verbs: string[] } {
  const { verbs, kind, ...gv } = SUBRESOURCES[name]!;
  const own = kind === 'ProxyOptions' ? `${r.kind}ProxyOptions` : (kind ?? r.kind);
  return { kind: own, ...gv, verbs: verbs.split(' ') };
}

const gvOf = (group: string, version: string): string => (group ? `${group}/${version}` : version);

const servedIn = (resources: readonly ResourceInfo[], group: string, version: string): ResourceInfo[] =>
  resources.filter((r) => r.group === group && r.versions.includes(version));

/** All that is served: the playground's own group only once it is used, as a custom resource would be. */
export const servedResources = (withOwn: boolean): readonly ResourceInfo[] =>
  ALL_RESOURCES.filter((r) => withOwn || r.group !== 'berth.sim');

/** Groups with their versions, preferred first. */
function groupsOf(resources: readonly ResourceInfo[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const r of resources) {
    const versions = groups.get(r.group) ?? [];
    groups.set(r.group, [...versions, ...r.versions.filter((v) => !versions.includes(v))]);
  }
  return groups;
}

/** `/api/v1`, `/apis/GROUP/VERSION`. */
export function resourceList(resources: readonly ResourceInfo[], group: string, version: string): Json | undefined {
  const inside = servedIn(resources, group, version);
  if (!inside.length) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: gvOf(group, version),
    resources: inside.flatMap((r) => [
      {
        name: r.plural,
        singularName: r.singular,
        namespaced: r.namespaced,
        kind: r.kind,
        verbs: verbsOf(r),
        ...(r.shortNames.length ? { shortNames: r.shortNames } : {}),
        ...(r.categories.length ? { categories: r.categories } : {}),
      },
      ...r.subresources.map((s) => ({
        name: `${r.plural}/${s}`,
        singularName: '',
        namespaced: r.namespaced,
        ...subresource(r, s),
      })),
    ]),
  };
}

const apiGroup = (name: string, versions: readonly string[]): Json => {
  const all = versions.map((version) => ({ groupVersion: gvOf(name, version), version }));
  return { name, versions: all, preferredVersion: all[0] };
};

/** `/api` */
export const coreVersions = (address: string): Json => ({
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: address }],
});

/** `/apis` */
export const groupList = (resources: readonly ResourceInfo[]): Json => ({
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: [...groupsOf(resources)].filter(([name]) => name).map(([name, versions]) => apiGroup(name, versions)),
});

/** `/apis/GROUP` */
export function group(resources: readonly ResourceInfo[], name: string): Json | undefined {
  const versions = name ? groupsOf(resources).get(name) : undefined;
  return versions && { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(name, versions) };
}

/** Group, version and kind of what a resource takes, as aggregated discovery names them. */
const responseKind = (group: string, version: string, kind: string): Json => ({ group, version, kind });

function aggregatedResource(r: ResourceInfo, version: string): Json {
  return {
    resource: r.plural,
    responseKind: responseKind(r.group, version, r.kind),
    scope: r.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: r.singular,
    verbs: verbsOf(r),
    ...(r.shortNames.length ? { shortNames: r.shortNames } : {}),
    ...(r.categories.length ? { categories: r.categories } : {}),
    ...(r.subresources.length
      ? {
          subresources: r.subresources.map((name) => {
            const s = subresource(r, name);
            return {
              subresource: name,
              responseKind: responseKind(s.group ?? r.group, s.version ?? version, s.kind),
              verbs: s.verbs,
            };
          }),
        }
      : {}),
  };
}

/** `/api` or `/apis` in one document with all resources. Upstream: apiserver/pkg/endpoints/discovery/aggregated */
export const aggregated = (resources: readonly ResourceInfo[], core: boolean): Json => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: 'apidiscovery.k8s.io/v2',
  metadata: {},
  items: [...groupsOf(resources)]
    .filter(([name]) => (name === '') === core)
    .map(([name, versions]) => ({
      metadata: { ...(name ? { name } : {}), creationTimestamp: null },
      versions: versions.map((version) => ({
        version,
        resources: servedIn(resources, name, version).map((r) => aggregatedResource(r, version)),
        freshness: 'Current',
      })),
    })),
});
