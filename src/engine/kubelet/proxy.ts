/** What machines answer to the API server: logs, exec, ports, `crictl ps`, curl. Upstream: pkg/kubelet/server/server.go, pkg/registry/core/pod */
import type { Node, Pod } from '../api/core.ts';
import { keyOf } from '../api/meta.ts';
import type {
  CrictlRow,
  CurlAnswer,
  CurlSource,
  ExecAnswer,
  ExecOptions,
  LogAnswer,
  LogOptions,
  NodeProxy,
  ProxyResult,
} from '../api/node-proxy.ts';
import type { Lister } from '../client/lister.ts';
import { type Ms, parseTime } from '../sim/time.ts';
import { internalIp } from './machine/node-status.ts';
import { own } from './pod/own.ts';
import { unsettleProbes } from './pod/probes.ts';
import { type ContainerRun, isUp, type PodRun, specOf } from './pod/runtime.ts';
import { open, worldOf } from './pod/world.ts';
import { entryError, type LogLine, type Process, runToEnd } from './programs/process.ts';
import { badRequest, internalError, unreachable } from './proxy-status.ts';
import type { KubeletOptions, KubeletState } from './state.ts';

/** How the proxy reaches the cluster; the state is read anew for each question. */
export interface ProxySource {
  state(): KubeletState;
  list(): Lister;
  now(): Ms;
  /** Wakes the pod after an exec may have changed something. */
  wake(key: string): void;
  /** Chooses among n endpoints. */
  pick(n: number): number;
}

const zero = (n: number, width: number): string => String(n).padStart(width, '0');

/** `2026-01-01T00:00:00.000000000Z` */
const nanoTime = (at: Ms): string => {
  const d = new Date(at);
  return `${d.getUTCFullYear()}-${zero(d.getUTCMonth() + 1, 2)}-${zero(d.getUTCDate(), 2)}T${zero(d.getUTCHours(), 2)}:${zero(d.getUTCMinutes(), 2)}:${zero(d.getUTCSeconds(), 2)}.${zero(d.getUTCMilliseconds(), 3)}000000Z`;
};

interface Found {
  rt: PodRun;
  c: ContainerRun;
  arch: string;
}

/** The container a request is about, or the refusal. `stream`: the kubelet's path, for errors of the network. */
function find(s: ProxySource, pod: Pod, name: string | undefined, stream: string): Found | ProxyResult<never> {
  const wanted = name ?? pod.spec.containers[0]!.name;
  const known = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].some((c) => c.name === wanted);
  if (!known) return badRequest(`container ${wanted} is not valid for pod ${pod.metadata.name}`);
  const state = s.state();
  const node = s.list().get<Node>('Node', undefined, pod.spec.nodeName!);
  const m = state.machines.byName[pod.spec.nodeName!];
  if (!m?.powered || !m.connected || !m.kubelet) {
    const path = `${stream}/${pod.metadata.namespace}/${pod.metadata.name}/${wanted}`;
    return unreachable(internalIp(node), path, m !== undefined && m.powered && m.connected);
  }
  const rt = stream === 'exec' ? own(state, keyOf(pod)) : state.pods[keyOf(pod)];
  const c = rt?.containers.find((x) => x.name === wanted);
  if (rt && c) return { rt, c, arch: m.arch };
  return badRequest(`container "${wanted}" in pod "${pod.metadata.name}" is not available`);
}

const WAITING: Record<string, string> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
  ErrImageNeverPull: "image can't be pulled",
};

/** Lines of the run that is asked for, with the place of the first one in the whole log. */
function linesOf(
  pod: Pod,
  found: Found,
  previous: boolean,
): { lines: LogLine[]; first: number; ended: boolean } | ProxyResult<never> {
  const { c } = found;
  const title = `container "${c.name}" in pod "${pod.metadata.name}"`;
  if (previous) {
    const hasRun = isUp(c) ? c.last : (c.last ?? c.ended);
    if (!hasRun) return badRequest(`previous terminated ${title} not found`);
    return { lines: isUp(c) || c.lastLogs ? (c.lastLogs ?? []) : (c.process?.logs ?? []), first: 0, ended: true };
  }
  if (!c.process) {
    const reason = c.waiting?.reason ?? (pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating');
    return badRequest(`${title} is waiting to start: ${WAITING[reason] ?? reason}`);
  }
  const { logs, dropped, partial } = c.process;
  const tail = partial ? [{ at: logs.at(-1)?.at ?? c.process.startedAt, text: partial }] : [];
  return { lines: [...logs, ...tail], first: dropped, ended: !isUp(c) };
}

function logs(s: ProxySource, pod: Pod, o: LogOptions): ProxyResult<LogAnswer> {
  if (!pod.spec.nodeName) return { ok: true, data: { text: '', offset: 0, ended: true } };
  const found = find(s, pod, o.container, 'containerLogs');
  if ('ok' in found) return found;
  const got = linesOf(pod, found, o.previous ?? false);
  if ('ok' in got) return got;
  let lines = got.lines;
  const offset = got.first + lines.length;
  if (o.offset !== undefined) lines = lines.slice(Math.max(0, o.offset - got.first));
  const since = o.sinceSeconds !== undefined ? s.now() - o.sinceSeconds * 1000 : parseTime(o.sinceTime);
  if (since !== undefined) lines = lines.filter((l) => l.at >= since);
  if (o.tailLines !== undefined && o.offset === undefined) lines = o.tailLines === 0 ? [] : lines.slice(-o.tailLines);
  let text = lines.map((l) => `${o.timestamps ? `${nanoTime(l.at)} ` : ''}${l.text}\n`).join('');
  if (o.limitBytes !== undefined) text = text.slice(0, o.limitBytes);
  return { ok: true, data: { text, offset, ended: got.ended } };
}

/** A shell on its own (exec -it … sh) has no input here: it ends at once. */
function run(p: Process, o: ExecOptions, found: Found, s: ProxySource, options: KubeletOptions, pod: Pod): ExecAnswer {
  let stdout = '';
  const world = worldOf(options, s.state(), s.list(), pod, found.c, found.arch, found.rt.ip, s.now());
  const words = o.stdin && /^(.*\/)?(ba|da|a)?sh$/.test(o.command.join(' ')) ? ['sh', '-c', o.stdin] : o.command;
  const ran = runToEnd(p, words, (t) => (stdout += t), p.script, world);
  const failed = ran.code !== 0;
  return {
    stdout: failed && ran.code === 127 ? '' : stdout,
    stderr: failed && ran.code === 127 ? stdout : '',
    exitCode: ran.code,
  };
}

function exec(options: KubeletOptions, s: ProxySource, pod: Pod, o: ExecOptions): ProxyResult<ExecAnswer> {
  if (!pod.spec.nodeName) return badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  const phase = pod.status.phase;
  if (phase === 'Succeeded' || phase === 'Failed')
    return badRequest(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  const found = find(s, pod, o.container, 'exec');
  if ('ok' in found) return found;
  const { c } = found;
  if (!isUp(c) || !c.process) return internalError(`unable to upgrade connection: container not found ("${c.name}")`);
  const missing = entryError({ image: c.process.image, command: o.command, args: undefined });
  if (missing) {
    const program = o.command[0]!;
    return internalError(
      `Internal error occurred: error executing command in container: failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH`,
    );
  }
  const data = run(c.process, o, found, s, options, pod);
  unsettleProbes({ pod, rt: found.rt, c, spec: specOf(pod, c), now: s.now() } as never);
  s.wake(`pod:${keyOf(pod)}`);
  return { ok: true, data };
}

function curl(options: KubeletOptions, s: ProxySource, from: CurlSource, url: string): CurlAnswer {
  const m = /^(?:(https?):\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(url);
  if (!m) return { ok: false, exitCode: 3, message: 'curl: (3) URL rejected: Malformed input to a URL function' };
  const host = m[2]!;
  const port = Number(m[3] ?? (m[1] === 'https' ? 443 : 80));
  const list = s.list();
  const pod = from && 'pod' in from ? list.byKey<Pod>('Pod', from.pod) : undefined;
  const node = from && 'node' in from ? from.node : pod?.spec.nodeName;
  const named = list.get<Node>('Node', undefined, host);
  const target = !pod && named ? internalIp(named) : host;
  const said = open(options, s.state(), list, { pod, node }, target, port, m[4] ?? '/', s.now(), (n) => s.pick(n));
  if (said.ok)
    return {
      ok: true,
      status: said.status,
      body: said.body,
      pod: said.pod ? keyOf(said.pod) : '',
      node: said.pod?.spec.nodeName ?? '',
    };
  if (said.why === 'unknown-host')
    return { ok: false, exitCode: 6, message: `curl: (6) Could not resolve host: ${host}` };
  if (said.why === 'refused') {
    return {
      ok: false,
      exitCode: 7,
      message: `curl: (7) Failed to connect to ${host} port ${port} after 1 ms: Could not connect to server`,
    };
  }
  return {
    ok: false,
    exitCode: 28,
    message: `curl: (28) Failed to connect to ${host} port ${port} after 5001 ms: Timeout was reached`,
  };
}

function crictl(s: ProxySource, node: string): CrictlRow[] | undefined {
  const state = s.state();
  const m = state.machines.byName[node];
  if (!m?.powered) return undefined;
  return Object.values(state.pods)
    .filter((rt) => rt.node === node)
    .flatMap((rt) =>
      rt.containers
        .filter((c) => c.process || c.ended)
        .map((c) => ({
          container: (c.containerID ?? '').replace('containerd://', '').slice(0, 13),
          image: (c.image?.id ?? '').replace(/.*sha256:/, '').slice(0, 13),
          createdMs: c.process?.startedAt ?? c.ended!.startedAt,
          state: isUp(c) ? ('Running' as const) : ('Exited' as const),
          name: c.name,
          attempt: c.restarts,
          podId: rt.uid.replaceAll('-', '').slice(0, 13),
          pod: rt.name,
          namespace: rt.namespace,
        })),
    );
}

/** The port as `cluster.ts` hands it to the API server. */
export function nodeProxy(options: KubeletOptions, s: ProxySource): NodeProxy {
  return {
    logs: (pod, o) => logs(s, pod, o),
    exec: (pod, o) => exec(options, s, pod, o),
    connect(pod, port) {
      const found = find(s, pod, undefined, 'portForward');
      if ('ok' in found) return found;
      const listening = found.rt.containers.some((c) => isUp(c) && c.process?.stay?.ports.includes(port));
      return { ok: true, data: { listening } };
    },
    curl: (from, url) => curl(options, s, from, url),
    crictl: (node) => crictl(s, node),
    staticPodFiles: (node) => s.state().machines.byName[node]?.manifests ?? {},
  };
}
