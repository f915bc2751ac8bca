/** What leads to a machine: log, exec, attach, portforward. Upstream: pkg/registry/core/pod/strategy.go, rest/{log,subresources}.go */
import type { Node, Pod } from '../../api/core.ts';
import { resourceOfKind } from '../../api/discovery.ts';
import type { LogOptions } from '../../api/node-proxy.ts';
import type { ApiResponse } from '../../api/request.ts';
import { badRequest, internal, notFound, plainFailure, type Refusal } from '../errors.ts';
import { type Or, type Scope, value } from '../scope.ts';

const names = (list: readonly { name: string }[] | undefined): string => (list ?? []).map((c) => c.name).join(' ');

/** The container that a request means: the one it names, or the only one. */
function containerOf(pod: Pod, wanted: string | undefined): Or<string> {
  const { containers, initContainers, ephemeralContainers } = pod.spec;
  if (wanted) {
    const known = [...containers, ...(initContainers ?? []), ...(ephemeralContainers ?? [])];
    if (known.some((c) => c.name === wanted)) return value(wanted);
    return badRequest(`container ${wanted} is not valid for pod ${pod.metadata.name}`);
  }
  if (containers.length === 1) return value(containers[0]!.name);
  const init = initContainers?.length ? ` or one of the init containers: [${names(initContainers)}]` : '';
  return badRequest(
    `a container name must be specified for pod ${pod.metadata.name}, choose one of: [${names(containers)}]${init}`,
  );
}

const text = (v: unknown): string | undefined => (v === undefined || v === '' ? undefined : String(v));
const number = (v: unknown): number | undefined => (v === undefined || v === '' ? undefined : Number(v));

function answer(s: Scope, data: unknown): ApiResponse {
  return { ok: true, code: 200, data, warnings: s.warnings, revision: s.server.store.revision };
}

const refusedBy = (status: Refusal['status']): Refusal => ({ ok: false, status, warnings: [] });

const podOf = (s: Scope): Pod | undefined => s.server.store.get<Pod>('Pod', s.namespace, s.r.name ?? '');

/** A cluster without machines: their addresses lead nowhere. */
function nobodyThere(s: Scope, pod: Pod, container: string): Refusal {
  const name = pod.spec.nodeName!;
  const node = s.server.store.get<Node>('Node', undefined, name);
  if (!node) return notFound(resourceOfKind('Node')!, name);
  const addresses = node.status.addresses ?? [];
  const ip = (addresses.find((a) => a.type === 'InternalIP') ?? addresses[0])?.address;
  if (!ip) return internal('no preferred addresses found; known addresses: []');
  const path = `containerLogs/${pod.metadata.namespace}/${pod.metadata.name}/${container}`;
  return plainFailure(`Get "https://${ip}:10250/${path}": dial tcp ${ip}:10250: connect: connection refused`);
}

export function log(s: Scope): ApiResponse {
  const pod = podOf(s);
  if (!pod) return notFound(s.info, s.r.name ?? '');
  const q = s.r.query ?? {};
  const container = containerOf(pod, text(q.container));
  if (!container.ok) return container;
  // a pod without a node has no log yet, which is no error
  if (!pod.spec.nodeName) return answer(s, { text: '', offset: 0, ended: false });
  const { nodes } = s.server;
  if (!nodes) return nobodyThere(s, pod, container.value);
  const options: LogOptions = { container: container.value };
  for (const key of ['tailLines', 'sinceSeconds', 'limitBytes', 'offset'] as const) {
    const n = number(q[key]);
    if (n !== undefined) options[key] = n;
  }
  if (text(q.sinceTime)) options.sinceTime = text(q.sinceTime)!;
  for (const key of ['previous', 'timestamps'] as const) if (q[key] === true || q[key] === 'true') options[key] = true;
  const result = nodes.logs(pod, options);
  return result.ok ? answer(s, result.data) : refusedBy(result.status);
}

export function exec(s: Scope): ApiResponse {
  const pod = podOf(s);
  if (!pod) return notFound(s.info, s.r.name ?? '');
  const q = s.r.query ?? {};
  const { phase } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed')
    return badRequest(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  const container = containerOf(pod, text(q.container));
  if (!container.ok) return container;
  if (!pod.spec.nodeName) return badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  const { nodes } = s.server;
  if (!nodes) return internal('error dialing backend: connection refused');
  const result = nodes.exec(pod, {
    container: container.value,
    command: (q.command as string[] | undefined) ?? [],
    ...(text(q.stdin) === undefined ? {} : { stdin: text(q.stdin)! }),
  });
  return result.ok ? answer(s, result.data) : refusedBy(result.status);
}

export function portForward(s: Scope): ApiResponse {
  const pod = podOf(s);
  if (!pod) return notFound(s.info, s.r.name ?? '');
  if (!pod.spec.nodeName) return badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  const { nodes } = s.server;
  if (!nodes) return internal('error dialing backend: connection refused');
  const result = nodes.connect(pod, number(s.r.query?.port) ?? 0);
  return result.ok ? answer(s, result.data) : refusedBy(result.status);
}
