/** Lifecycle handlers: run, and how long they take. Upstream: pkg/kubelet/lifecycle/handlers.go */
import type { ProbeHandler } from '../../api/core.ts';
import type { Ms } from '../../sim/time.ts';
import { answer, runToEnd } from '../programs/process.ts';
import type { ContainerView } from './view.ts';

/** Runs a hook of a running container. A sleep takes its time; a command that would never end takes for ever. */
export function runHook(v: ContainerView, hook: ProbeHandler): { ok: boolean; tookMs: Ms } {
  const p = v.c.process!;
  if (hook.sleep) return { ok: true, tookMs: hook.sleep.seconds * 1000 };
  if (hook.exec) {
    const ran = runToEnd(p, hook.exec.command ?? [], () => {}, p.script, v.world(v.c, v.now));
    return { ok: ran.code === 0, tookMs: ran.stays ? Number.POSITIVE_INFINITY : ran.pausedMs };
  }
  if (hook.httpGet) {
    const said = answer(p, portOf(v, hook.httpGet.port), hook.httpGet.path ?? '/', v.now);
    return { ok: said !== undefined && said.status < 400, tookMs: 0 };
  }
  return { ok: true, tookMs: 0 };
}

/** The number of a port that may be named. */
export function portOf(v: ContainerView, port: number | string): number {
  if (typeof port === 'number') return port;
  return v.spec.ports?.find((p) => p.name === port)?.containerPort ?? Number(port);
}
