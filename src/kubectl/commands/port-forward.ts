/** `kubectl port-forward`: open until Ctrl+C. Upstream: k8s.io/kubectl/pkg/cmd/portforward/portforward.go */
import type { Pod } from '../../engine/api/core.ts';
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { failure, quote, usageFailure } from '../failure.ts';
import { flags } from '../flags.ts';
import { namedObject, podFor } from '../pods.ts';
import { send } from '../resource.ts';

export const portForward: Command = {
  name: 'port-forward',
  use: 'kubectl port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
  short: 'Forward one or more local ports to a pod',
  flags: flags('address:list=localhost pod-running-timeout:dur=1m0s'),
  run,
};

interface Pair {
  local: number;
  remote: string;
}

const RANDOM_PORT = 40_000;

function parsePair(text: string, i: number): Pair {
  const parts = text.split(':');
  if (parts.length > 2 || text === '') throw failure(`invalid port format '${text}'`);
  const [local, remote] = parts.length === 2 ? [parts[0]!, parts[1]!] : [text, text];
  if (local !== '' && !/^\d+$/.test(local) && parts.length === 2)
    throw failure(
      `error parsing local port ${quote(local)}: strconv.ParseUint: parsing ${quote(local)}: invalid syntax`,
    );
  return { local: Number(local) || RANDOM_PORT + i, remote };
}

type Service = AnyObject & {
  spec: { clusterIP?: string; ports?: { name?: string; port: number; targetPort?: number | string }[] };
};

/** The pod's port behind a port of the object, which may be a name. */
function remotePort(object: AnyObject, pod: Pod, text: string): number {
  const named = (name: string): number | undefined =>
    pod.spec.containers.flatMap((c) => c.ports ?? []).find((x) => x.name === name)?.containerPort;
  if (object.kind === 'Service') {
    const ports = (object as Service).spec.ports ?? [];
    const port = ports.find((x) => String(x.port) === text || x.name === text);
    if (!port) throw failure(`Service ${object.metadata.name} does not have a service port ${text}`);
    const target = port.targetPort ?? port.port;
    const number = typeof target === 'number' ? target : named(target);
    if (number === undefined) throw failure(`Pod '${pod.metadata.name}' does not have a named port '${target}'`);
    return number;
  }
  if (/^\d+$/.test(text)) return Number(text);
  const number = named(text);
  if (number === undefined) throw failure(`Pod '${pod.metadata.name}' does not have a named port '${text}'`);
  return number;
}

function* run(env: Env, p: Parsed): Running {
  if (p.args.length < 2)
    throw usageFailure('port-forward', 'TYPE/NAME and list of ports are required for port-forward');
  const pairs = p.args.slice(1).map(parsePair);
  const info = yield* namedObject(env, p.args[0]!, p.namespace);
  const pod = podFor(env, info.object!);
  if (pod.status?.phase !== 'Running')
    throw failure(`unable to forward port because pod is not running. Current status=${pod.status?.phase ?? ''}`);
  const { name, namespace } = pod.metadata;
  for (const pair of pairs) {
    const remote = remotePort(info.object!, pod, pair.remote);
    send(env, {
      verb: 'create',
      apiVersion: 'v1',
      resource: 'pods',
      subresource: 'portforward',
      namespace: namespace!,
      name,
      query: { port: remote },
    });
    const local = pair.local === 0 ? remote : pair.local;
    env.out(`Forwarding from 127.0.0.1:${local} -> ${remote}\nForwarding from [::1]:${local} -> ${remote}\n`);
  }
  const gone = (): boolean =>
    !env.request({ verb: 'get', apiVersion: 'v1', resource: 'pods', namespace: namespace!, name }).ok;
  while (!env.interrupted()) {
    if (gone()) throw failure('lost connection to pod');
    yield { kinds: ['Pod'] };
  }
  return 0;
}
