/** `kubectl expose`. Upstream: k8s.io/kubectl/pkg/cmd/expose/expose.go */
import type { AnyObject, LabelSelector } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { mappingOfKind } from '../discovery.ts';
import { failure, quote } from '../failure.ts';
import { DRY_RUN, FILES, flags, manager, PRINT, SAVE } from '../flags.ts';
import { type DryRun, dryRunOf } from '../options.ts';
import { withOverrides } from '../overrides.ts';
import { ResultPrinter } from '../print/output.ts';
import { collect, find, flatten, type Info, queryOf, throwAll } from '../resource.ts';
import { parseLabelFlag, send } from './run.ts';

export const expose: Command = {
  name: 'expose',
  use: 'kubectl expose (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]',
  short: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  flags: flags(
    PRINT,
    FILES,
    DRY_RUN,
    SAVE,
    manager('kubectl-expose'),
    'cluster-ip external-ip l,labels load-balancer-ip name override-type=merge overrides port protocol selector session-affinity target-port type',
  ),
  run,
};

const EXPOSABLE = new Set(['ReplicationController', 'Service', 'Pod', 'Deployment', 'ReplicaSet']);

interface Ports {
  port: number;
  protocol: string;
}

type Source = AnyObject & {
  spec: {
    selector?: LabelSelector & Record<string, string>;
    ports?: { port: number; protocol?: string }[];
    containers?: Containers;
    template?: { spec?: { containers?: Containers } };
  };
};
type Containers = { ports?: { containerPort: number; protocol?: string }[] }[];

function* run(env: Env, p: Parsed): Running {
  const dryRun = dryRunOf(env, p);
  const printer = new ResultPrinter(env, p, dryRun, dryRun === 'client');
  const { labelSelector: _, ...query } = queryOf(p, p.args, { latest: true });
  const found = yield* find(env, query);
  const errors = [...found.errors];
  for (const info of flatten(found.infos)) collect(errors, () => exposeOne(env, p, info, dryRun, printer));
  throwAll(errors);
  return 0;
}

function exposeOne(env: Env, p: Parsed, info: Info, dryRun: DryRun, printer: ResultPrinter): void {
  const m = info.mapping;
  if (!EXPOSABLE.has(m.kind)) throw failure(`cannot expose a ${m.group ? `${m.kind}.${m.group}` : m.kind}`);
  const object = info.object as Source;
  const selector = p.str('selector') ? parseLabelFlag(p.str('selector'))! : selectorOf(object);
  const service = withOverrides(serviceOf(p, info, object, selector), p);
  const made = send(env, p, service, dryRun);
  printer.print(made, mappingOfKind('v1', 'Service')!, 'exposed');
}

function selectorOf(o: Source): Record<string, string> {
  const wrong = (why: string) => failure(`couldn't retrieve selectors via --selector flag or introspection: ${why}`);
  if (o.kind === 'Pod') {
    const labels = o.metadata.labels ?? {};
    if (Object.keys(labels).length === 0) throw wrong('the pod has no labels and cannot be exposed');
    return labels;
  }
  const selector = o.spec.selector;
  if (o.kind === 'Service') {
    if (!selector) throw wrong('the service has no pod selector set');
    return selector;
  }
  if (o.kind === 'ReplicationController') return selector ?? {};
  if (!selector || Object.keys(selector).length === 0)
    throw wrong('invalid deployment: no selectors, therefore cannot be exposed');
  if (selector.matchExpressions?.length)
    throw wrong(
      `couldn't convert expressions - ${quote(JSON.stringify(selector.matchExpressions))} to map-based selector format`,
    );
  return selector.matchLabels ?? {};
}

function portsOf(o: Source): Ports[] {
  if (o.kind === 'Service') return (o.spec.ports ?? []).map((s) => ({ port: s.port, protocol: s.protocol ?? 'TCP' }));
  const containers = (o.kind === 'Pod' ? o.spec.containers : o.spec.template?.spec?.containers) ?? [];
  return containers.flatMap((c) =>
    (c.ports ?? []).map((x) => ({ port: x.containerPort, protocol: x.protocol ?? 'TCP' })),
  );
}

/** The ports of the new service: those of `--port`, or those the object declares. */
function servicePorts(p: Parsed, object: Source): Record<string, unknown>[] {
  const known = portsOf(object);
  const numbers = p.str('port') ? p.str('port').split(',') : [...new Set(known.map((k) => String(k.port)))];
  if (numbers.length === 0 && p.str('cluster-ip') !== 'None')
    throw failure("couldn't find port via --port flag or introspection");
  const target = p.str('target-port');
  return numbers.flatMap((text, i) => {
    if (!/^[-+]?\d+$/.test(text)) throw failure(`strconv.Atoi: parsing ${quote(text)}: invalid syntax`);
    const port = Number(text);
    const declared = [...new Set(known.filter((k) => k.port === port).map((k) => k.protocol))];
    const protocols = p.str('protocol') ? [p.str('protocol')] : declared.length ? declared : ['TCP'];
    return protocols.map((protocol) => {
      const plain = numbers.length > 1 ? `port-${i + 1}` : '';
      const name = protocols.length > 1 ? `port-${i + 1}-${protocol.toLowerCase()}` : plain;
      const targetPort = target ? (/^\d+$/.test(target) ? Number(target) : target) : port;
      return { ...(name ? { name } : {}), protocol, port, targetPort };
    });
  });
}

function serviceOf(p: Parsed, info: Info, object: Source, selector: Record<string, string>): AnyObject {
  if (Object.keys(selector).length === 0) throw failure('selector must be specified');
  const ports = servicePorts(p, object);
  const labels = p.str('labels') ? parseLabelFlag(p.str('labels')) : object.metadata.labels;
  const type = p.str('type');
  const affinity = p.str('session-affinity');
  if (affinity && affinity !== 'None' && affinity !== 'ClientIP')
    throw failure(`unknown session affinity: ${affinity}`);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: p.str('name') || info.name.slice(0, 63),
      ...(labels && Object.keys(labels).length ? { labels } : {}),
    },
    spec: {
      ...(ports.length ? { ports } : {}),
      selector,
      ...(p.str('cluster-ip') ? { clusterIP: p.str('cluster-ip') } : {}),
      ...(type ? { type } : {}),
      ...(p.str('external-ip') ? { externalIPs: [p.str('external-ip')] } : {}),
      ...(affinity ? { sessionAffinity: affinity } : {}),
      ...(type === 'LoadBalancer' && p.str('load-balancer-ip') ? { loadBalancerIP: p.str('load-balancer-ip') } : {}),
    },
    status: { loadBalancer: {} },
  } as unknown as AnyObject;
}
