/** One pass over one pod. Upstream: pkg/kubelet/kubelet.go SyncPod, SyncTerminatingPod, SyncTerminatedPod */
import type { Pod } from '../../api/core.ts';
import { equalPlain } from '../../sim/plain.ts';
import { type Ms, rfc3339 } from '../../sim/time.ts';
import { allocate, release } from '../machine/addresses.ts';
import { admit, isCritical, type Refusal } from '../machine/admission.ts';
import { internalIp } from '../machine/node-status.ts';
import { runStages } from '../stages.ts';
import { MOUNT_WAIT_MS, SANDBOX_MS } from '../timing.ts';
import { CONTAINER_STAGES } from './container-stages.ts';
import { containerStatuses } from './container-status.ts';
import { appsDone, mayRestart, stepContainers } from './containers.ts';
import { missingVolume } from './environment.ts';
import { nextProbeAt, runProbes } from './probes.ts';
import { isDone, isUp, type PodRun, specOf } from './runtime.ts';
import { podStatus } from './status.ts';
import { stop, stopSidecars, terminatePod } from './termination.ts';
import { type ContainerView, type PodView, tell } from './view.ts';

const FOREVER = Number.MAX_SAFE_INTEGER;

/** Pods on the machine that count: let in, not over; each with its record. */
export interface Neighbour {
  pod: Pod;
  /** Its record, to be written into. */
  take(): PodRun;
}

/** For a critical pod that does not fit the kubelet ends lower ones, least important first, until it does. */
function makeRoom(v: PodView, others: readonly Neighbour[], refusal: Refusal): Refusal | undefined {
  if (!isCritical(v.pod) || !refusal.reason.startsWith('OutOf')) return refusal;
  const lower = others.filter((o) => !isCritical(o.pod));
  lower.sort((a, b) => (a.pod.spec.priority ?? 0) - (b.pod.spec.priority ?? 0));
  for (let n = 1; n <= lower.length; n++) {
    const victims = lower.slice(0, n);
    const left = others.filter((o) => !victims.includes(o)).map((o) => o.pod);
    if (admit(v.pod, v.node!, v.m, left)) continue;
    for (const victim of victims) preempt(v, victim);
    return undefined;
  }
  return refusal;
}

function preempt(v: PodView, { pod, take }: Neighbour): void {
  const rt = take();
  const message = 'Preempted in order to admit critical pod';
  rt.final = { phase: 'Failed', reason: 'Preempting', message };
  rt.terminating = { graceEnd: v.now + 1000 };
  tell({ ...v, pod, rt }, 'Warning', 'Preempting', message);
  v.ctx.wake(`pod:${rt.namespace}/${rt.name}`, v.now);
}

/** Why a node took or refused a pod is decided once, and again after a kubelet restart. */
function admitOnce(v: PodView, others: readonly Neighbour[]): void {
  const { rt } = v;
  if (rt.admitted || !v.node) return;
  rt.admitted = true;
  const pods = others.map((o) => o.pod);
  let refusal = admit(v.pod, v.node, v.m, pods);
  if (refusal) refusal = makeRoom(v, others, refusal);
  if (!refusal) return;
  rt.final = { phase: 'Failed', reason: refusal.reason, message: `Pod was rejected: ${refusal.message}` };
  rt.terminating = { graceEnd: v.now };
  tell(v, 'Warning', refusal.reason, refusal.message);
}

function checkDeletion(v: PodView): void {
  const { pod, rt, now } = v;
  if (!pod.metadata.deletionTimestamp || !v.m.connected) return;
  const graceSeconds = Math.max(1, pod.metadata.deletionGracePeriodSeconds ?? 30);
  const known = rt.terminating;
  if (!known) rt.terminating = { graceEnd: now + graceSeconds * 1000, graceSeconds };
  // a later delete may only shorten the grace; it is counted from when the kubelet hears of it
  if (!known || graceSeconds >= (known.graceSeconds ?? graceSeconds)) return;
  known.graceSeconds = graceSeconds;
  known.graceEnd = Math.min(known.graceEnd, now + graceSeconds * 1000);
  for (const c of rt.containers) if (c.stage === 'stopping') stop({ ...v, c, spec: specOf(pod, c) }, graceSeconds);
}

function checkDeadline(v: PodView): void {
  const seconds = v.pod.spec.activeDeadlineSeconds;
  if (seconds === undefined || v.rt.terminating || v.now < v.rt.startTime + seconds * 1000) return;
  const message = 'Pod was active on the node longer than the specified deadline';
  v.rt.final = { phase: 'Failed', reason: 'DeadlineExceeded', message };
  v.rt.terminating = { graceEnd: v.now + (v.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000 };
  tell(v, 'Normal', 'DeadlineExceeded', message);
}

/** Whether all volumes can be mounted; complains with growing pauses, and of the whole wait once it was too long. */
function mounted(v: PodView): boolean {
  const { rt, now } = v;
  const missing = v.pod.spec.volumes?.length ? missingVolume(v.pod, v.ctx.list) : undefined;
  if (!missing) return true;
  if (rt.mount && rt.mount.at > now) return false;
  const tries = (rt.mount?.tries ?? 0) + 1;
  const since = rt.mount?.since ?? now;
  const { volume, complaint } = missing;
  tell(v, 'Warning', 'FailedMount', `MountVolume.SetUp failed for volume "${volume}" : ${complaint}`);
  const tooLong = now - since >= MOUNT_WAIT_MS;
  if (tooLong) {
    const text = `Unable to attach or mount volumes: unmounted volumes=[${volume}], unattached volumes=[], failed to process volumes=[]: context deadline exceeded`;
    tell(v, 'Warning', 'FailedMount', text);
  }
  rt.mount = { tries, at: now + Math.min(500 * 2 ** (tries - 1), 122_000), since: tooLong ? now : since };
  return false;
}

/** Volumes, then the sandbox with its address. */
function prepare(v: PodView): void {
  const { rt, now } = v;
  if (rt.sandbox || rt.terminating || rt.containers.every(isDone)) return;
  if (!mounted(v)) return;
  delete rt.mount;
  if (rt.sandboxAt === undefined) {
    if (rt.lost && !replaceSandbox(v)) return;
    rt.sandboxAt = now + SANDBOX_MS;
  }
  if (rt.sandboxAt > now) return;
  const ip = v.pod.spec.hostNetwork ? internalIp(v.node) : allocate(v.m.addresses);
  if (ip === undefined) {
    const why = 'failed to allocate for range 0: no IP addresses available in range set';
    tell(
      v,
      'Warning',
      'FailedCreatePodSandBox',
      `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: plugin type="bridge" failed (add): ${why}`,
    );
    rt.sandboxAt = now + 10_000;
    return;
  }
  rt.ip = ip;
  rt.sandbox = true;
}

/** The sandbox is gone: a new one, and all init containers run again before what may run again. False: nothing may. */
function replaceSandbox(v: PodView): boolean {
  const { rt } = v;
  delete rt.lost;
  const over = rt.containers.every(
    (c) => c.kind !== 'app' || (c.ended && !mayRestart({ ...v, c, spec: specOf(v.pod, c) })),
  );
  if (over) {
    rt.sandboxAt = v.now;
    for (const c of rt.containers) c.stage = 'done';
    return false;
  }
  tell(v, 'Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
  for (const c of rt.containers) {
    const again = c.kind !== 'app' || mayRestart({ ...v, c, spec: specOf(v.pod, c) });
    c.stage = again ? 'idle' : 'done';
    delete c.row;
    delete c.waiting;
  }
  return true;
}

/** A changed image in the spec: the container is killed and made anew, whatever the policy. */
function checkImages(v: PodView): void {
  for (const c of v.rt.containers) {
    const spec = specOf(v.pod, c);
    if (spec.image === c.reference || spec.image === undefined || v.rt.terminating) continue;
    c.reference = spec.image;
    if (c.kind === 'init' && c.stage === 'done') continue;
    if (c.stage === 'running') {
      const word = c.kind === 'app' ? 'Container' : 'Init container';
      tell(v, 'Normal', 'Killing', `${word} ${c.name} definition changed, will be restarted`, c);
      stop({ ...v, c, spec }, v.pod.spec.terminationGracePeriodSeconds ?? 30);
    } else if (c.stage !== 'idle') {
      c.stage = 'check';
      delete c.row;
      delete c.waiting;
      delete c.pull;
    }
    delete c.crash;
    delete c.imageBackOff;
  }
}

const viewsOf = (v: PodView): ContainerView[] => v.rt.containers.map((c) => ({ ...v, c, spec: specOf(v.pod, c) }));

function runContainers(v: PodView, views: readonly ContainerView[]): void {
  for (let round = 0; round < 20; round++) {
    let moved = false;
    for (const view of views) {
      runProbes(view);
      if (runStages(CONTAINER_STAGES, view.c, view, v.now)) moved = true;
    }
    if (!moved) return;
  }
}

/** Nothing runs and nothing will: the sandbox goes too. */
function finish(v: PodView): void {
  const { rt } = v;
  if (
    !rt.containers.some(isUp) &&
    (rt.terminating || allOver(v)) &&
    rt.containers.every((c) => c.stage === 'done' || rt.terminating)
  ) {
    if (rt.sandbox && !v.pod.spec.hostNetwork) release(v.m.addresses, rt.ip);
    rt.sandbox = false;
  }
}

/** A failed init container under Never ends the pod, too. */
function allOver(v: PodView): boolean {
  const { rt, pod } = v;
  if (
    pod.spec.restartPolicy === 'Never' &&
    rt.containers.some((c) => c.kind === 'init' && c.stage === 'done' && c.ended?.exitCode !== 0)
  ) {
    for (const c of rt.containers) if (!isUp(c)) c.stage = 'done';
    return true;
  }
  return rt.sandboxAt !== undefined && appsDone(rt);
}

/** The status as the runtime's facts make it. */
export function statusOf(v: PodView): Pod['status'] {
  const { pod, rt } = v;
  const known = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
  const refused = rt.final && rt.sandboxAt === undefined;
  const { init, app } = refused ? { init: [], app: [] } : containerStatuses(pod, rt);
  let final = rt.final;
  if (!final && known)
    final = { phase: pod.status.phase!, reason: pod.status.reason ?? '', message: pod.status.message ?? '' };
  // deletion makes the phase final whatever the policy, once nothing runs
  if (!final && rt.terminating && !rt.containers.some(isUp)) {
    const ok = rt.containers.every((c) => c.kind === 'sidecar' || c.ended?.exitCode === 0);
    final = { phase: ok ? 'Succeeded' : 'Failed', reason: '', message: '' };
  }
  return podStatus(
    pod,
    {
      init,
      app,
      sandbox: rt.sandbox,
      podIP: rt.ip,
      hostIP: internalIp(v.node),
      startTime: pod.status.startTime ?? rfc3339(rt.startTime),
      final: rt.final && rt.containers.some(isUp) ? undefined : final,
    },
    v.now,
    rt.disruption ? [rt.disruption] : [],
  );
}

/** All that the status depends on, as one text: while it and the object are as they were, there is nothing to write. */
function facts(rt: PodRun): string {
  let text = `${rt.sandbox}${rt.ip}${rt.final?.reason}${rt.terminating !== undefined}`;
  for (const c of rt.containers)
    text += `|${isUp(c)}${isDone(c)}${c.containerID}${c.waiting?.reason}${c.waiting?.message}${c.ended?.finishedAt}${c.ready}${c.started}${c.restarts}${c.image?.id}`;
  return text;
}

function write(v: PodView): void {
  if (!v.m.connected) return;
  const { pod, ctx } = v;
  let current = pod;
  const seen = facts(v.rt);
  if (v.rt.shown !== `${seen}@${pod.metadata.resourceVersion}`) {
    const status = statusOf(v);
    if (!equalPlain(status, pod.status)) {
      const answer = ctx.api.updateStatus<Pod>({ ...pod, status });
      if (answer.ok && answer.object) current = answer.object;
    }
    v.rt.shown = `${seen}@${current.metadata.resourceVersion}`;
  }
  if (!current.metadata.deletionTimestamp || v.rt.containers.some(isUp) || v.rt.sandbox) return;
  if (current.metadata.deletionGracePeriodSeconds === 0) return; // finalizers hold it
  ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name, {
    gracePeriodSeconds: 0,
    preconditions: { uid: pod.metadata.uid },
  });
}

/** When the pod has to be looked at again. */
function nextAt(v: PodView, views: readonly ContainerView[]): Ms {
  const { rt, now } = v;
  let at = FOREVER;
  const consider = (t: Ms | undefined): void => {
    if (t !== undefined && t > now && t < at) at = t;
  };
  if (!rt.sandbox) consider(rt.mount?.at ?? rt.sandboxAt);
  const deadline = v.pod.spec.activeDeadlineSeconds;
  if (deadline !== undefined && !rt.terminating && rt.sandbox) consider(rt.startTime + deadline * 1000);
  for (const view of views) {
    consider(view.c.dueAt);
    if (isUp(view.c)) consider(view.c.process?.wakeAt);
    consider(nextProbeAt(view));
  }
  return at;
}

/** The pass. `others`: pods that run on the machine already, for admission. */
export function syncPod(v: PodView, others: () => readonly Neighbour[]): { requeueAt: Ms } | undefined {
  const { rt } = v;
  if (!rt.admitted) admitOnce(v, others());
  checkDeletion(v);
  checkDeadline(v);
  prepare(v);
  checkImages(v);
  const views = viewsOf(v);
  for (const view of views) runProbes(view); // a probe sees what was before this instant's step
  stepContainers(v);
  if (rt.terminating) terminatePod(v);
  runContainers(v, views);
  if (!rt.terminating && rt.sandbox && allOver(v)) {
    stopSidecars(v);
    runContainers(v, views);
  }
  if (rt.terminating) {
    terminatePod(v); // sidecars follow the regular containers within the instant
    runContainers(v, views);
  }
  finish(v);
  write(v);
  const at = nextAt(v, views);
  return at === FOREVER ? undefined : { requeueAt: at };
}
