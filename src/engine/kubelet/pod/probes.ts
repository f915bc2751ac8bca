/** Startup, liveness and readiness probes. Upstream: pkg/kubelet/prober/{worker,prober}.go */
import type { Probe } from '../../api/core.ts';
import type { Ms } from '../../sim/time.ts';
import { answer, runToEnd } from '../programs/process.ts';
import { portOf } from './hooks.ts';
import { isUp, type ProbeName, type ProbeState } from './runtime.ts';
import { stop } from './termination.ts';
import { type ContainerView, tell } from './view.ts';

const TITLE: Record<ProbeName, string> = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' };
const NAMES: readonly ProbeName[] = ['startup', 'liveness', 'readiness'];
const OUTPUT_MAX = 10 * 1024;

interface Said {
  ok: boolean;
  output: string;
}

const probeOf = (v: ContainerView, name: ProbeName): Probe | undefined => v.spec[`${name}Probe`];

function execProbe(v: ContainerView, probe: Probe): Said {
  let output = '';
  const command = probe.exec!.command ?? [];
  const p = v.c.process!;
  const ran = runToEnd(p, command, (t) => (output += t), p.script, v.world(v.c, v.now));
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  if (ran.stays || ran.pausedMs > timeoutMs) {
    const quoted = command.join(' ');
    return { ok: false, output: `command timed out: "${quoted}" timed out after ${probe.timeoutSeconds ?? 1}s` };
  }
  return { ok: ran.code === 0, output };
}

function connectProbe(v: ContainerView, probe: Probe): Said {
  const get = probe.httpGet;
  const port = get ? portOf(v, get.port) : probe.grpc ? probe.grpc.port : portOf(v, probe.tcpSocket!.port);
  const host = (get ?? probe.tcpSocket)?.host || v.rt.ip;
  const path = get?.path ?? '/';
  const said = answer(v.c.process!, port, path, v.now);
  const refused = `dial tcp ${host}:${port}: connect: connection refused`;
  if (!get) return said ? { ok: true, output: '' } : { ok: false, output: refused };
  if (!said)
    return { ok: false, output: `Get "${(get.scheme ?? 'HTTP').toLowerCase()}://${host}:${port}${path}": ${refused}` };
  if (said.status >= 200 && said.status < 400) return { ok: true, output: '' };
  return { ok: false, output: `HTTP probe failed with statuscode: ${said.status}` };
}

/** Whether a success can still turn without anybody touching the container: files and servers that change by themselves. */
function mayTurn(v: ContainerView): boolean {
  const p = v.c.process!;
  return p.wakeAt !== undefined || p.image === 'agnhost';
}

/** One try of one probe. */
function tryProbe(v: ContainerView, name: ProbeName, probe: Probe, s: ProbeState): void {
  const said = probe.exec ? execProbe(v, probe) : connectProbe(v, probe);
  if (said.ok) {
    s.failures = 0;
    s.successes++;
    if (s.successes >= (probe.successThreshold ?? 1)) s.passed = true;
  } else {
    s.successes = 0;
    s.failures++;
    const output = said.output.slice(0, OUTPUT_MAX).replace(/\n$/, '');
    tell(v, 'Warning', 'Unhealthy', `${TITLE[name]} probe failed: ${output}`, v.c);
    if (s.failures >= (probe.failureThreshold ?? 3)) s.passed = false;
  }
  const periodMs = (probe.periodSeconds ?? 10) * 1000;
  const settled = said.ok && s.passed === true && !mayTurn(v);
  s.nextAt = settled ? Number.MAX_SAFE_INTEGER : v.now + periodMs;
}

function kill(v: ContainerView, name: ProbeName, probe: Probe): void {
  const policy = v.pod.spec.restartPolicy ?? 'Always';
  const again = policy !== 'Never' || v.c.kind === 'sidecar';
  const kind = v.c.kind === 'app' ? 'Container' : 'Init container';
  tell(v, 'Normal', 'Killing', `${kind} ${v.c.name} failed ${name} probe${again ? ', will be restarted' : ''}`, v.c);
  stop(v, probe.terminationGracePeriodSeconds ?? v.pod.spec.terminationGracePeriodSeconds ?? 30);
}

/** Tries what is due; a failed startup or liveness probe stops the container. */
export function runProbes(v: ContainerView): void {
  const { c } = v;
  if (!isUp(c) || !c.process || c.process.exit) return;
  for (const name of NAMES) {
    const probe = probeOf(v, name);
    if (!probe) continue;
    if (name !== 'startup' && !c.started) continue;
    if (name !== 'readiness' && c.stage !== 'running') continue; // readiness goes on while it stops
    c.probes[name] ??= {
      nextAt: Math.max(v.now, c.process.startedAt + (probe.initialDelaySeconds ?? 0) * 1000),
      successes: 0,
      failures: 0,
    };
    const s = c.probes[name];
    if (name === 'startup' && s.passed) continue;
    if (s.nextAt > v.now) continue;
    tryProbe(v, name, probe, s);
    if (s.passed === false && name !== 'readiness') {
      kill(v, name, probe);
      return;
    }
  }
  applyVerdicts(v);
}

function applyVerdicts(v: ContainerView): void {
  const { c } = v;
  if (!c.started && c.probes.startup?.passed) {
    c.started = true;
    if (!v.spec.readinessProbe) c.ready = true;
    runProbes(v); // liveness and readiness begin now
    return;
  }
  if (v.spec.readinessProbe && c.started) c.ready = c.probes.readiness?.passed ?? false;
}

/** When the next probe of the container is due. */
export function nextProbeAt(v: ContainerView): Ms {
  let at = Number.MAX_SAFE_INTEGER;
  if (!isUp(v.c)) return at;
  for (const name of NAMES) {
    const s = v.c.probes[name];
    if (!s || (name === 'startup' && s.passed) || (name !== 'readiness' && v.c.stage !== 'running')) continue;
    at = Math.min(at, s.nextAt);
  }
  return at;
}

/** Somebody touched the container (exec): settled probes look again at their next period. */
export function unsettleProbes(v: ContainerView): void {
  for (const name of NAMES) {
    const s = v.c.probes[name];
    const probe = probeOf(v, name);
    if (!s || !probe || s.nextAt !== Number.MAX_SAFE_INTEGER) continue;
    const periodMs = (probe.periodSeconds ?? 10) * 1000;
    const start = v.c.process!.startedAt + (probe.initialDelaySeconds ?? 0) * 1000;
    s.nextAt = start + (Math.floor((v.now - start) / periodMs) + 1) * periodMs;
  }
}
