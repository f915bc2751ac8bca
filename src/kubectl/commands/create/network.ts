/** `create service …`, `create ingress`. Upstream: k8s.io/kubectl/pkg/cmd/create/create_{service,ingress}.go */
import type { Command } from '../../command.ts';
import { failure, quote } from '../../failure.ts';
import { subdomainProblems } from '../../names.ts';
import { type BuildContext, generator, type Spec } from './generator.ts';

const PORT_RANGE = 'must be between 1 and 65535, inclusive';

/** `80:8080`, `80:http`, `80` → port and target port. */
function parsePorts(text: string): { port: number; targetPort: number | string } {
  const [first, second] = text.split(':') as [string, string | undefined];
  if (!/^\d+$/.test(first)) throw failure(`strconv.ParseUint: parsing ${quote(first)}: invalid syntax`);
  const port = Number(first);
  if (port > 65535) throw failure(`strconv.ParseUint: parsing ${quote(first)}: value out of range`);
  if (second === undefined) return { port, targetPort: port };
  if (!/^[-+]?\d+$/.test(second)) {
    const why = portNameProblem(second);
    if (why) throw failure(why);
    return { port, targetPort: second };
  }
  const target = Number(second);
  if (target < 1 || target > 65535) throw failure(PORT_RANGE);
  return { port, targetPort: target };
}

function portNameProblem(name: string): string {
  const why: string[] = [];
  if (name.length > 15) why.push('must be no more than 15 characters');
  if (!/^[-a-z0-9]+$/.test(name)) why.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(name)) why.push('must contain at least one letter (a-z)');
  if (name.includes('--')) why.push('must not contain consecutive hyphens');
  if (/^-|-$/.test(name)) why.push('must not begin or end with a hyphen');
  return why.join(',');
}

function service(type: string, { p, name, metadata }: BuildContext): Spec {
  const tcp = p.list('tcp');
  const clusterIP = p.str('clusterip');
  if (clusterIP === 'None' && type !== 'ClusterIP')
    throw failure('ClusterIP=None can only be used with ClusterIP service type');
  if (clusterIP !== 'None' && tcp.length === 0 && type !== 'ExternalName')
    throw failure('at least one tcp port specifier must be provided');
  const external = p.str('external-name');
  if (external && subdomainProblems(external).length) throw failure(`invalid service external name ${external}`);
  const nodePort = p.int('node-port');
  const ports = tcp.map((t) => {
    const { port, targetPort } = parsePorts(t);
    return { name: t.replaceAll(':', '-'), protocol: 'TCP', port, targetPort, ...(nodePort ? { nodePort } : {}) };
  });
  const labels = { app: name };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: Object.assign(metadata, { labels }),
    spec: {
      ...(ports.length ? { ports } : {}),
      selector: labels,
      ...(clusterIP ? { clusterIP } : {}),
      type,
      ...(external ? { externalName: external } : {}),
    },
    status: { loadBalancer: {} },
  };
}

const serviceCommand = (name: string, type: string, arguments_: string, flags: string, short: string): Command =>
  generator({
    name,
    path: `create service ${name}`,
    use: `create service ${name} NAME ${arguments_} [--dry-run=server|client|none]`,
    short,
    flags,
    failed: `failed to create ${type} service:`,
    build: (c) => service(type, c),
  });

export const services: Command = {
  name: 'service',
  aliases: ['svc'],
  use: 'kubectl create service [flags]',
  short: 'Create a service using a specified subcommand',
  flags: [],
  commands: [
    serviceCommand(
      'clusterip',
      'ClusterIP',
      '[--tcp=<port>:<targetPort>]',
      'clusterip tcp:list',
      'Create a ClusterIP service',
    ),
    serviceCommand(
      'externalname',
      'ExternalName',
      '--external-name external.name',
      'external-name! tcp:list',
      'Create an ExternalName service',
    ),
    serviceCommand(
      'loadbalancer',
      'LoadBalancer',
      '[--tcp=port:targetPort]',
      'tcp:list',
      'Create a LoadBalancer service',
    ),
    serviceCommand(
      'nodeport',
      'NodePort',
      '[--tcp=port:targetPort]',
      'node-port:int tcp:list',
      'Create a NodePort service',
    ),
  ],
};

const RULE = /^(([\w*][\w*-]*\.?)+)?\/[\w/-]*\*?=[\w-]+:[\w-]+(,tls(=[\w-]+)?)?$/;

function backend(text: string): Spec {
  const [name, port] = text.split(':') as [string, string];
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

interface Rule {
  host?: string;
  http: { paths: Spec[] };
}

function rulesOf(rules: readonly string[]): Rule[] {
  const out: Rule[] = [];
  for (const rule of rules) {
    const [target] = rule.split(',') as [string];
    const slash = target.indexOf('/');
    const host = target.slice(0, slash);
    const [path, svc] = target.slice(slash + 1).split('=') as [string, string];
    const prefix = `/${path}`.endsWith('*');
    const entry = {
      path: prefix ? `/${path}`.slice(0, -1) : `/${path}`,
      pathType: prefix ? 'Prefix' : 'Exact',
      backend: backend(svc),
    };
    const known = out.find((r) => (r.host ?? '') === host);
    if (known) known.http.paths.push(entry);
    else out.push({ ...(host ? { host } : {}), http: { paths: [entry] } });
  }
  return out;
}

interface TlsEntry {
  hosts?: string[];
  secretName?: string;
}

function tlsOf(rules: readonly string[]): TlsEntry[] {
  const out: TlsEntry[] = [];
  const seen = new Set<string>();
  for (const rule of rules) {
    const part = rule.split(',')[1];
    if (part === undefined) continue;
    const host = rule.split('/')[0]!;
    const secretName = part.split('=')[1] ?? '';
    if (seen.has(host)) continue;
    seen.add(host);
    const known = out.find((t) => (t.secretName ?? '') === secretName);
    if (known) known.hosts = [...(known.hosts ?? []), host];
    else if (host || secretName)
      out.push({ ...(host ? { hosts: [host] } : {}), ...(secretName ? { secretName } : {}) });
  }
  return out;
}

export const ingress = generator({
  name: 'ingress',
  aliases: ['ing'],
  use: 'create ingress NAME --rule=host/path=service:port[,tls[=secret]] ',
  short: 'Create an ingress with the specified name',
  flags: 'annotation:array class default-backend rule:array',
  failed: 'failed to create ingress:',
  build: ({ p, metadata }) => {
    const rules = p.list('rule');
    const fallback = p.str('default-backend');
    if (!fallback && rules.length === 0)
      throw failure(
        'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
      );
    for (const r of rules)
      if (!RULE.test(r))
        throw failure(`rule ${r} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
    for (const a of p.list('annotation'))
      if (!a.includes('=')) throw failure(`annotation ${a} is invalid and should be in format key=[value]`);
    if (fallback && fallback.split(':').length !== 2)
      throw failure('default-backend should be in format servicename:serviceport');
    const annotations = Object.fromEntries(
      p.list('annotation').map((a) => [a.slice(0, a.indexOf('=')), a.slice(a.indexOf('=') + 1)]),
    );
    if (Object.keys(annotations).length) metadata.annotations = annotations;
    const tls = tlsOf(rules);
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec: {
        ...(p.str('class') ? { ingressClassName: p.str('class') } : {}),
        ...(fallback ? { defaultBackend: backend(fallback) } : {}),
        ...(tls.length ? { tls } : {}),
        ...(rules.length ? { rules: rulesOf(rules) } : {}),
      },
      status: { loadBalancer: {} },
    };
  },
});
