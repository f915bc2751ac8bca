/** `kubectl api-resources`, `api-versions`, `version`, `cluster-info`, `options`. Upstream: k8s.io/kubectl/pkg/cmd/{apiresources,version,clusterinfo} */
import type { ResourceInfo } from '../../engine/api/discovery.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { ALL_RESOURCES, CREATE_ONLY, resourceName } from '../discovery.ts';
import { failure, quote, usageFailure } from '../failure.ts';
import { flags, GLOBAL_FLAGS } from '../flags.ts';
import { optionsText } from '../help.ts';
import { TabWriter } from '../print/table.ts';
import { printYaml } from '../print/yaml.ts';
import { byText, prettyJson } from '../values.ts';

const ALL_VERBS = 'create delete deletecollection get list patch update watch'.split(' ');

/** What discovery says can be done with a resource. */
export function verbsOf(r: ResourceInfo): string[] {
  if (CREATE_ONLY.has(r.kind)) return ['create'];
  if (r.kind === 'ComponentStatus') return ['get', 'list'];
  if (r.kind === 'Namespace') return ALL_VERBS.filter((v) => v !== 'deletecollection');
  return ALL_VERBS;
}

/** Events are listed in their own group, too. */
const EVENTS_GROUP = 'events.k8s.io';

function shown(env: Env): ResourceInfo[] {
  const own = env.request({ verb: 'list', apiVersion: 'berth.sim/v1alpha1', resource: 'images' });
  const hasOwn = own.ok && (own.items?.length ?? 0) > 0;
  const rows = ALL_RESOURCES.filter((r) => r.group !== 'berth.sim' || hasOwn);
  const events = rows.find((r) => r.kind === 'Event')!;
  return [...rows, { ...events, group: EVENTS_GROUP }].sort(
    (a, b) => byText(a.group, b.group) || byText(a.plural, b.plural),
  );
}

export const apiResources: Command = {
  name: 'api-resources',
  use: 'kubectl api-resources [flags]',
  short: 'Print the supported API resources on the server',
  flags: flags(
    'api-group cached:bool categories:list namespaced:bool=true no-headers:bool o,output show-managed-fields:bool sort-by verbs:list',
  ),
  run: runResources,
};

const RESOURCE_FORMATS = ['', 'wide', 'name', 'json', 'yaml', 'kyaml'];

function chosen(env: Env, p: Parsed): ResourceInfo[] {
  const rows = shown(env)
    .filter((r) => !p.given('api-group') || r.group === p.str('api-group'))
    .filter((r) => !p.given('namespaced') || r.namespaced === p.bool('namespaced'))
    .filter((r) => p.list('verbs').every((v) => verbsOf(r).includes(v)))
    .filter((r) => p.list('categories').every((c) => r.categories.includes(c)));
  const by = p.str('sort-by');
  if (by === 'name') rows.sort((a, b) => byText(a.plural, b.plural));
  if (by === 'kind') rows.sort((a, b) => byText(a.kind, b.kind));
  return rows;
}

/** A resource as discovery describes it. */
const apiResource = (r: ResourceInfo) => ({
  name: r.plural,
  singularName: r.singular,
  namespaced: r.namespaced,
  ...(r.group ? { group: r.group } : {}),
  version: r.versions[0],
  kind: r.kind,
  verbs: verbsOf(r),
  ...(r.shortNames.length ? { shortNames: r.shortNames } : {}),
  ...(r.categories.length ? { categories: r.categories } : {}),
});

function* runResources(env: Env, p: Parsed): Running {
  if (p.args.length) throw usageFailure('api-resources', `unexpected arguments: [${p.args.join(' ')}]`);
  const output = p.str('output');
  if (!RESOURCE_FORMATS.includes(output))
    throw failure(
      `unable to match a printer suitable for the output format ${quote(output)}, allowed formats are: json,kyaml,name,wide,yaml`,
    );
  if (!['', 'name', 'kind'].includes(p.str('sort-by'))) throw failure('--sort-by accepts only name or kind');
  const rows = chosen(env, p);
  if (output === 'name') {
    for (const r of rows) env.out(`${resourceName(r)}\n`);
    return 0;
  }
  if (output && output !== 'wide') {
    const list = { kind: 'APIResourceList', groupVersion: '', resources: rows.map(apiResource) };
    env.out(output === 'json' ? `${prettyJson(list, Object.keys)}\n` : printYaml(list));
    return 0;
  }
  const writer = new TabWriter((t) => env.out(t));
  const wide = output === 'wide';
  if (!p.bool('no-headers'))
    writer.row(['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])]);
  for (const r of rows) {
    const version = r.group ? `${r.group}/${r.versions[0]}` : r.versions[0]!;
    const cells = [r.plural, r.shortNames.join(','), version, String(r.namespaced), r.kind];
    writer.row(wide ? [...cells, verbsOf(r).join(','), r.categories.join(',')] : cells);
  }
  writer.flush();
  return 0;
}

export const apiVersions: Command = {
  name: 'api-versions',
  use: 'kubectl api-versions',
  short: 'Print the supported API versions on the server, in the form of "group/version"',
  flags: [],
  *run(env, p) {
    if (p.args.length) throw usageFailure('api-versions', `unexpected arguments: [${p.args.join(' ')}]`);
    const versions = shown(env).flatMap((r) => r.versions.map((v) => (r.group ? `${r.group}/${v}` : v)));
    for (const v of [...new Set(versions)].sort(byText)) env.out(`${v}\n`);
    return 0;
  },
};

const VERSION = 'v1.36.3';
const KUSTOMIZE = 'v5.8.1';

export const version: Command = {
  name: 'version',
  use: 'kubectl version',
  short: 'Print the client and server version information',
  flags: flags('client:bool o,output'),
  *run(env, p) {
    if (p.args.length) throw failure(`extra arguments: [${p.args.join(' ')}]`);
    const info = { major: '1', minor: '36', gitVersion: VERSION, platform: 'linux/amd64' };
    const all = {
      clientVersion: info,
      kustomizeVersion: KUSTOMIZE,
      ...(p.bool('client') ? {} : { serverVersion: info }),
    };
    const output = p.str('output');
    if (output === 'yaml') env.out(printYaml(all));
    else if (output === 'json') env.out(`${prettyJson(all, Object.keys).replaceAll('    ', '  ')}\n`);
    else if (output) throw failure("--output must be 'yaml' or 'json'");
    else {
      env.out(`Client Version: ${VERSION}\nKustomize Version: ${KUSTOMIZE}\n`);
      if (!p.bool('client')) env.out(`Server Version: ${VERSION}\n`);
    }
    return 0;
  },
};

export const clusterInfo: Command = {
  name: 'cluster-info',
  use: 'kubectl cluster-info [flags]',
  short: 'Display cluster information',
  flags: [],
  *run(env, p) {
    if (p.args[0] === 'dump')
      throw failure('cluster-info dump is not part of this playground: kubectl get all -A -o yaml shows the objects');
    env.out('Kubernetes control plane is running at https://127.0.0.1:6443\n');
    const dns = env.request({
      verb: 'list',
      apiVersion: 'v1',
      resource: 'services',
      namespace: 'kube-system',
      labelSelector: 'kubernetes.io/cluster-service=true',
    });
    for (const s of dns.ok ? (dns.items ?? []) : []) {
      const name = s.metadata.labels?.['kubernetes.io/name'] ?? s.metadata.name;
      env.out(
        `${name} is running at https://127.0.0.1:6443/api/v1/namespaces/kube-system/services/${s.metadata.name}:dns/proxy\n`,
      );
    }
    env.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    return 0;
  },
};

export const options: Command = {
  name: 'options',
  use: 'kubectl options',
  short: 'Print the list of flags inherited by all commands',
  hidden: true,
  flags: [],
  *run(env) {
    env.out(`The following options can be passed to any command:\n\n${optionsText(GLOBAL_FLAGS)}`);
    return 0;
  },
};
