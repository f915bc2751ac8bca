/** Stopping: preStop, SIGTERM, grace, SIGKILL; regular containers together, sidecars after them in reverse order. */
import type { Ms } from '../../sim/time.ts';
import { terminate } from '../programs/process.ts';
import { LEAST_GRACE_MS } from '../timing.ts';
import { runHook } from './hooks.ts';
import { type ContainerRun, isUp, specOf } from './runtime.ts';
import { type ContainerView, type PodView, tell } from './view.ts';

/** Stops a running container within `graceSeconds`; one that does not run is simply over. */
export function stop(v: ContainerView, graceSeconds: number, reason?: string): void {
  const { c } = v;
  if (c.stage === 'stopping') {
    // a second stop can only shorten
    const latest = v.now + graceSeconds * 1000;
    if (c.kill && c.kill.at > latest) c.kill = { ...c.kill, at: latest, code: 137 };
    delete c.row;
    return;
  }
  if (!isUp(c) || !c.process || c.process.exit) return;
  const graceMs = graceSeconds * 1000;
  let hookMs: Ms = 0;
  const hook = v.spec.lifecycle?.preStop;
  if (hook) {
    const ran = runHook(v, hook);
    if (!ran.ok) tell(v, 'Warning', 'FailedPreStopHook', 'PreStopHook failed', c);
    hookMs = Math.min(ran.tookMs, graceMs);
  }
  const termAt = v.now + hookMs;
  const obeyed = terminate(c.process, termAt, (at) => v.world(c, at));
  const killAt = Math.max(v.now + graceMs, termAt + LEAST_GRACE_MS);
  c.kill = obeyed && obeyed.at <= killAt ? obeyed : { at: killAt, code: 137 };
  if (reason) c.kill.reason = reason;
  c.stage = 'stopping';
  delete c.row;
  delete c.dueAt;
}

/** Ends what waits, stops what runs. Sidecars wait until the regular containers have ended. */
export function terminatePod(v: PodView): void {
  const { rt } = v;
  const end = rt.terminating!.graceEnd;
  const left = Math.max(1, Math.ceil((end - v.now) / 1000));
  const apps = rt.containers.filter((c) => c.kind !== 'sidecar');
  for (const c of apps) halt(v, c, left);
  if (apps.some(isUp)) return;
  const sidecars = rt.containers.filter((c) => c.kind === 'sidecar').reverse();
  for (const c of sidecars) {
    halt(v, c, left);
    if (isUp(c)) return; // one after another
  }
}

function halt(v: PodView, c: ContainerRun, graceSeconds: number): void {
  if (c.stage === 'done' || c.stage === 'exited') return;
  if (!isUp(c)) {
    c.stage = 'done';
    delete c.row;
    delete c.dueAt;
    delete c.pull;
    return;
  }
  const view = { ...v, c, spec: specOf(v.pod, c) };
  if (c.stage === 'running') tell(v, 'Normal', 'Killing', `Stopping container ${c.name}`, c);
  stop(view, graceSeconds);
}

/** After the regular containers of a finished pod: its sidecars. */
export function stopSidecars(v: PodView): void {
  const grace = v.pod.spec.terminationGracePeriodSeconds ?? 30;
  for (const c of v.rt.containers.filter((x) => x.kind === 'sidecar').reverse()) {
    if (c.stage === 'running' || !isUp(c)) halt(v, c, grace);
    if (isUp(c)) return;
  }
}
