/** When a container may start, how a run begins and ends, and whether another one follows. */
import type { Container } from '../../api/core.ts';
import { unitsOf } from '../../api/quantity.ts';
import type { Ms } from '../../sim/time.ts';
import { parseReference, repositoryOf } from '../images/reference.ts';
import { internalIp } from '../machine/node-status.ts';
import { entryError, type Process, say, startProcess, stepProcess } from '../programs/process.ts';
import { environment, expandAll, mountedFiles } from './environment.ts';
import { runHook } from './hooks.ts';
import { type ContainerRun, isDone, isUp, type PodRun, specOf } from './runtime.ts';
import { type ContainerView, type PodView, tell } from './view.ts';

/** From asking for too much memory to the kernel's answer. */
const OOM_MS: Ms = 1000;

/** Between its turn and its start: what holds up the containers behind it. */
const BUSY = new Set(['idle', 'check', 'pulling', 'creating', 'starting']);

const passed = (c: ContainerRun): boolean =>
  c.kind === 'sidecar' ? isUp(c) && c.started : isDone(c) && c.ended?.exitCode === 0;

/** Init containers strictly one after the other; regular ones in order, without waiting for readiness. */
export function mayStart(v: ContainerView): boolean {
  const { rt, c } = v;
  if (!rt.sandbox || rt.terminating || rt.final) return false;
  for (const other of rt.containers) {
    if (other === c) return true;
    if (other.kind === 'app') {
      if (BUSY.has(other.stage)) return false;
    } else if (!passed(other)) return false;
  }
  return false;
}

/** True once no regular container runs or will run again. */
export const appsDone = (rt: PodRun): boolean => rt.containers.every((c) => c.kind !== 'app' || isDone(c));

/** Rules of the container itself (exit codes), then its own policy, then the pod's. */
function policyOf(spec: Container, exitCode: number, podPolicy: string): boolean {
  for (const rule of spec.restartPolicyRules ?? []) {
    const listed = rule.exitCodes?.values?.includes(exitCode) ?? false;
    if (rule.action === 'Restart' && listed === (rule.exitCodes?.operator !== 'NotIn')) return true;
  }
  const policy = spec.restartPolicy ?? podPolicy;
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** Whether a container that ended is run again. */
export function mayRestart(v: ContainerView): boolean {
  const { rt, c } = v;
  if (rt.terminating || rt.final) return false;
  if (c.kind === 'sidecar') return !appsDone(rt);
  const code = c.ended?.exitCode ?? 0;
  const podPolicy = v.pod.spec.restartPolicy ?? 'Always';
  if (c.kind === 'init') return code !== 0 && podPolicy !== 'Never';
  return policyOf(v.spec, code, podPolicy);
}

const hex = (v: ContainerView, words: number): string => {
  const out: string[] = [];
  for (let i = 0; i < words; i++) out.push(v.ctx.random.uint32().toString(16).padStart(8, '0'));
  return out.join('');
};

const imageName = (reference: string): string => {
  const r = parseReference(reference);
  return 'error' in r ? reference : repositoryOf(r).slice(repositoryOf(r).lastIndexOf('/') + 1);
};

function makeProcess(v: ContainerView): Process {
  const { c, spec } = v;
  const found = environment(v.pod, spec, { list: v.ctx.list, hostIP: internalIp(v.node), podIP: v.rt.ip });
  const env = found.ok ? found.env : {};
  const made = startProcess(
    {
      image: imageName(c.reference),
      command: expandAll(spec.command, env),
      args: expandAll(spec.args, env),
      env,
      ports: (spec.ports ?? []).map((p) => p.containerPort),
      interactive: (spec.stdin || spec.tty) ?? false,
      namespace: v.rt.namespace,
      ...(c.image?.exit ? { exit: c.image.exit } : {}),
    },
    v.now,
  );
  if (v.pod.spec.volumes?.length) Object.assign(made.files, mountedFiles(v.pod, spec, v.ctx.list));
  return made;
}

/** Why the runtime cannot start it: the program is not in the image. */
export function startError(v: ContainerView): string | undefined {
  if (v.c.image?.exit || (v.c.image && v.c.image.arch !== v.m.arch)) return undefined; // execve comes first
  return entryError({ image: imageName(v.c.reference), command: v.spec.command, args: v.spec.args });
}

/** A start that failed ends with 128 and counts as a crash. */
export function failStart(v: ContainerView): string {
  v.c.containerID = `containerd://${hex(v, 8)}`;
  shiftRun(v.c);
  delete v.c.waiting;
  v.c.ended = {
    exitCode: 128,
    reason: 'StartError',
    message: startError(v)!,
    startedAt: 0,
    finishedAt: v.now,
    containerID: v.c.containerID,
  };
  return 'exited';
}

/** The run that ended becomes `lastState`, its log the previous one. */
function shiftRun(c: ContainerRun): void {
  if (c.ended) {
    c.last = c.ended;
    c.restarts++;
  }
  if (c.process) c.lastLogs = c.process.logs;
  delete c.ended;
}

/** The container runs: its process begins, its hook is called. */
export function begin(v: ContainerView): string {
  const { c } = v;
  shiftRun(c);
  c.containerID = `containerd://${hex(v, 8)}`;
  delete c.waiting;
  delete c.kill;
  c.started = v.spec.startupProbe === undefined;
  c.ready = c.started && v.spec.readinessProbe === undefined;
  c.probes = {};
  const wrong = c.image !== undefined && c.image.arch !== v.m.arch;
  c.process = wrong ? wrongBinary(v) : makeProcess(v);
  if (!wrong) stepProcess(c.process, v.now, (at) => v.world(c, at));
  if (!c.process.exit) shareAddress(v);
  const hook = v.spec.lifecycle?.postStart;
  if (hook && !c.process.exit) postStart(v);
  return outOfMemory(c, v.spec, v.now) ? 'stopping' : 'running';
}

/** Containers of a pod share its address: a port that another one has cannot be bound. */
function shareAddress(v: ContainerView): void {
  const p = v.c.process!;
  const port = p.stay?.ports.find((n) =>
    v.rt.containers.some((o) => o !== v.c && isUp(o) && o.process?.stay?.ports.includes(n)),
  );
  if (port === undefined) return;
  const nginx = `nginx: [emerg] bind() to 0.0.0.0:${port} failed (98: Address already in use)`;
  say(p, `${p.image === 'nginx' ? nginx : `listen tcp 0.0.0.0:${port}: bind: address already in use`}\n`, v.now);
  p.exit = { code: 1, at: v.now };
  delete p.stay;
}

/** The kernel refuses a binary of another architecture: runc's line in the log, exit 255. */
function wrongBinary(v: ContainerView): Process {
  const program = v.spec.command?.[0] ?? v.spec.args?.[0] ?? `/${imageName(v.c.reference)}`;
  const p: Process = {
    argv: [program],
    image: imageName(v.c.reference),
    script: { pc: 0, status: 0, vars: {}, loops: {} },
    startedAt: v.now,
    logs: [],
    dropped: 0,
    partial: '',
    files: {},
    exit: { code: 255, at: v.now },
  };
  say(p, `exec ${program.includes('/') ? program : `/usr/bin/${program}`}: exec format error\n`, v.now);
  return p;
}

function postStart(v: ContainerView): void {
  const said = runHook(v, v.spec.lifecycle!.postStart!);
  if (said.ok) return;
  tell(v, 'Warning', 'FailedPostStartHook', 'PostStartHook failed', v.c);
  v.c.process!.exit = { code: 137, at: v.now };
}

/** A run ends. */
export function endRun(v: ContainerView, code: number, at: Ms): string {
  const { c } = v;
  const reason = c.kill?.reason ?? (code === 0 ? 'Completed' : 'Error');
  const message = lastWords(v, code);
  c.ended = {
    exitCode: code,
    reason,
    ...(message ? { message } : {}),
    startedAt: c.process!.startedAt,
    finishedAt: at,
    containerID: c.containerID!,
  };
  c.started = false;
  c.ready = false;
  delete c.kill;
  c.probes = {};
  return 'exited';
}

/** What the container left as its termination message. */
function lastWords(v: ContainerView, code: number): string {
  const p = v.c.process!;
  const written = p.files[v.spec.terminationMessagePath ?? '/dev/termination-log'];
  if (written) return written.slice(0, 4096);
  if (v.spec.terminationMessagePolicy !== 'FallbackToLogsOnError' || code === 0) return '';
  return p.logs
    .slice(-80)
    .map((l) => `${l.text}\n`)
    .join('')
    .slice(-2048);
}

/** The kernel kills a container over its memory limit, a moment after it asked for too much. */
function outOfMemory(c: ContainerRun, spec: Container, now: Ms): boolean {
  const uses = c.process?.stay?.memoryBytes ?? 0;
  const limit = uses ? unitsOf(spec.resources?.limits?.memory) : 0;
  if (!limit || uses <= limit || c.process!.exit) return false;
  c.kill = { at: now + OOM_MS, code: 137, reason: 'OOMKilled' };
  return true;
}

/** Lets all processes of the pod run up to now. */
export function stepContainers(v: PodView): void {
  for (const c of v.rt.containers) {
    const p = c.process;
    if (!isUp(c) || p?.wakeAt === undefined || p.wakeAt > v.now) continue;
    stepProcess(p, v.now, (at) => v.world(c, at));
    if (c.stage === 'running' && outOfMemory(c, specOf(v.pod, c), v.now)) {
      c.stage = 'stopping';
      delete c.row;
    }
  }
}
