/** Containers as describe prints them. Upstream: k8s.io/kubectl/pkg/describe describeContainers */
import type { Container, ContainerState, ContainerStatus, EnvVar, Probe } from '../../engine/api/core.ts';
import { rfc1123z } from './common.ts';
import type { Writer } from './writer.ts';

const yes = (b: boolean | undefined): string => (b ? 'True' : 'False');
const goBool = (b: boolean | undefined): string => (b ? 'true' : 'false');

function stateLines(w: Writer, title: string, state: ContainerState | undefined): void {
  if (state?.running) {
    w.line(2, `${title}:\tRunning`);
    w.line(3, `Started:\t${state.running.startedAt ? rfc1123z(state.running.startedAt) : ''}`);
  } else if (state?.waiting) {
    w.line(2, `${title}:\tWaiting`);
    if (state.waiting.reason) w.line(3, `Reason:\t${state.waiting.reason}`);
  } else if (state?.terminated) {
    const t = state.terminated;
    w.line(2, `${title}:\tTerminated`);
    if (t.reason) w.line(3, `Reason:\t${t.reason}`);
    if (t.message) w.line(3, `Message:\t${t.message}`);
    w.line(3, `Exit Code:\t${t.exitCode}`);
    if (t.signal) w.line(3, `Signal:\t${t.signal}`);
    w.line(3, `Started:\t${t.startedAt ? rfc1123z(t.startedAt) : ''}`);
    w.line(3, `Finished:\t${t.finishedAt ? rfc1123z(t.finishedAt) : ''}`);
  } else w.line(2, `${title}:\tWaiting`);
}

function portsLines(w: Writer, c: Container): void {
  const ports = c.ports ?? [];
  const name = (n: string | undefined): string => (n ? ` (${n})` : '');
  const list = ports.map((p) => `${p.containerPort}/${p.protocol ?? 'TCP'}${name(p.name)}`).join(', ');
  const host = ports.map((p) => `${p.hostPort ?? 0}/${p.protocol ?? 'TCP'}${name(p.name)}`).join(', ');
  const title = list.includes(',') ? 'Ports' : 'Port';
  w.line(2, `${title}:\t${list || '<none>'}`);
  w.line(2, `Host ${title}:\t${host || '<none>'}`);
}

function wordsLines(w: Writer, title: string, words: readonly string[] | undefined): void {
  if (!words?.length) return;
  w.line(2, `${title}:`);
  for (const word of words) for (const line of word.split('\n')) w.line(3, line);
}

function amountsLines(w: Writer, title: string, list: Record<string, string> | undefined): void {
  const names = Object.keys(list ?? {}).sort();
  if (!names.length) return;
  w.line(2, `${title}:`);
  for (const n of names) w.line(3, `${n}:\t${list![n]}`);
}

/** `http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3`. */
export function probeText(p: Probe): string {
  const attributes = `delay=${p.initialDelaySeconds ?? 0}s timeout=${p.timeoutSeconds ?? 1}s period=${p.periodSeconds ?? 10}s #success=${p.successThreshold ?? 1} #failure=${p.failureThreshold ?? 3}`;
  if (p.exec) return `exec [${(p.exec.command ?? []).join(' ')}] ${attributes}`;
  if (p.httpGet) {
    const { scheme = 'HTTP', host = '', port, path = '' } = p.httpGet;
    return `http-get ${scheme.toLowerCase()}://${host}:${port}${path.startsWith('/') || !path ? path : `/${path}`} ${attributes}`;
  }
  if (p.tcpSocket) return `tcp-socket ${p.tcpSocket.host ?? ''}:${p.tcpSocket.port} ${attributes}`;
  if (p.grpc) return `grpc <pod>:${p.grpc.port} ${p.grpc.service ?? ''} ${attributes}`;
  return `unknown ${attributes}`;
}

interface KeyRef {
  name?: string;
  key?: string;
  optional?: boolean;
}

function envText(e: EnvVar): string {
  const from = e.valueFrom as
    | {
        fieldRef?: { apiVersion?: string; fieldPath: string };
        resourceFieldRef?: { resource: string; containerName?: string };
        secretKeyRef?: KeyRef;
        configMapKeyRef?: KeyRef;
      }
    | undefined;
  if (!from) return e.value ?? '';
  if (from.fieldRef) return ` (${from.fieldRef.apiVersion ?? 'v1'}:${from.fieldRef.fieldPath})`;
  if (from.resourceFieldRef) return ` (${from.resourceFieldRef.resource})`;
  if (from.secretKeyRef)
    return `<set to the key '${from.secretKeyRef.key}' in secret '${from.secretKeyRef.name}'>\tOptional: ${goBool(from.secretKeyRef.optional)}`;
  if (from.configMapKeyRef)
    return `<set to the key '${from.configMapKeyRef.key}' of config map '${from.configMapKeyRef.name}'>\tOptional: ${goBool(from.configMapKeyRef.optional)}`;
  return '';
}

function environmentLines(w: Writer, c: Container): void {
  if (c.envFrom?.length) {
    w.line(2, 'Environment Variables from:');
    for (const source of c.envFrom as { prefix?: string; configMapRef?: KeyRef; secretRef?: KeyRef }[]) {
      const [from, ref] = source.configMapRef ? ['ConfigMap', source.configMapRef] : ['Secret', source.secretRef];
      const prefix = source.prefix ? ` with prefix '${source.prefix}'` : '';
      w.line(3, `${ref?.name}\t${from}${prefix}\tOptional: ${goBool(ref?.optional)}`);
    }
  }
  if (!c.env?.length) {
    w.line(2, 'Environment:\t<none>');
    return;
  }
  w.line(2, 'Environment:');
  for (const e of c.env) {
    const [first, ...rest] = envText(e).split('\n');
    w.line(3, `${e.name}:\t${first}`);
    for (const line of rest) w.line(3, `\t${line}`);
  }
}

function mountsLines(w: Writer, c: Container): void {
  const mounts = [...(c.volumeMounts ?? [])].sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1));
  w.line(2, `Mounts:${mounts.length ? '' : '\t<none>'}`);
  for (const m of mounts) {
    const flags = [m.readOnly ? 'ro' : 'rw', ...(m.subPath ? [`path="${m.subPath}"`] : [])];
    w.line(3, `${m.mountPath} from ${m.name} (${flags.join(',')})`);
  }
  if (c.volumeDevices?.length) {
    w.line(2, 'Devices:');
    for (const d of c.volumeDevices) w.line(3, `${d.devicePath} from ${d.name}`);
  }
}

function containerLines(w: Writer, c: Container, status: ContainerStatus | undefined, space: string): void {
  w.line(1, `${space}${c.name}:`);
  if (status) w.line(2, `Container ID:\t${status.containerID ?? ''}`);
  w.line(2, `Image:\t${c.image ?? ''}`);
  if (status) w.line(2, `Image ID:\t${status.imageID}`);
  portsLines(w, c);
  wordsLines(w, 'Command', c.command);
  wordsLines(w, 'Args', c.args);
  if (status) {
    stateLines(w, 'State', status.state);
    if (status.lastState?.terminated) stateLines(w, 'Last State', status.lastState);
    w.line(2, `Ready:\t${yes(status.ready)}`);
    w.line(2, `Restart Count:\t${status.restartCount}`);
  }
  amountsLines(w, 'Limits', c.resources?.limits);
  amountsLines(w, 'Requests', c.resources?.requests);
  if (c.livenessProbe) w.line(2, `Liveness:\t${probeText(c.livenessProbe)}`);
  if (c.readinessProbe) w.line(2, `Readiness:\t${probeText(c.readinessProbe)}`);
  if (c.startupProbe) w.line(2, `Startup:\t${probeText(c.startupProbe)}`);
  environmentLines(w, c);
  mountsLines(w, c);
}

/** A group of containers with their statuses; `template` indents as inside a pod template. */
export function containers(
  w: Writer,
  title: string,
  list: readonly Container[] | undefined,
  statuses: readonly ContainerStatus[] | undefined,
  template = false,
): void {
  w.line(0, `${template ? '  ' : ''}${title}:${list?.length ? '' : ' <none>'}`);
  for (const c of list ?? [])
    containerLines(
      w,
      c,
      statuses?.find((s) => s.name === c.name),
      template ? ' ' : '',
    );
}
