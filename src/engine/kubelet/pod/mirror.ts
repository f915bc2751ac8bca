/** The upkeep of a static pod's mirror: it can be deleted, but not for long. */
import type { Node, Pod } from '../../api/core.ts';
import type { Context } from '../../client/component.ts';
import type { Ms } from '../../sim/time.ts';
import type { Machine } from '../machine/machine.ts';
import { mirrorOf, staticPod } from '../machine/static-pods.ts';
import { MIRROR_MS } from '../timing.ts';
import { isUp, type PodRun } from './runtime.ts';

/** The pod to work on: the mirror, or the file's pod while there is none. `again`: when to look for the mirror. */
export interface Mirrored {
  pod: Pod | undefined;
  again?: Ms;
}

const deleteNow = (pod: Pod, ctx: Context): void => {
  ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name, { gracePeriodSeconds: 0 });
};

/** Whether a static pod whose file is gone has stopped; its mirror goes with it. */
export function endStatic(rt: PodRun, ctx: Context): boolean {
  if (!rt.terminating || rt.containers.some(isUp) || rt.containers.some((c) => c.stage === 'exited')) return false;
  const mirror = ctx.list.get<Pod>('Pod', rt.namespace, rt.name);
  if (mirror) deleteNow(mirror, ctx);
  return true;
}

/** Makes the mirror be there, a moment after it was lost. */
export function keepMirror(rt: PodRun, m: Machine, node: Node | undefined, ctx: Context): Mirrored {
  const own = rt.static!;
  const text = m.manifests[own.file];
  const wanted = text === undefined ? undefined : staticPod(m, node, text);
  const mirror = ctx.list.get<Pod>('Pod', rt.namespace, rt.name);
  if (!m.connected || !m.registered) return { pod: mirror ?? wanted };
  const foreign = mirror && mirror.metadata.annotations?.['kubernetes.io/config.hash'] !== rt.uid;
  if (mirror && (foreign || mirror.metadata.deletionTimestamp)) {
    deleteNow(mirror, ctx);
    own.mirrorAt = ctx.now + MIRROR_MS;
    return { pod: wanted, again: own.mirrorAt };
  }
  if (mirror || !wanted || wanted.metadata.uid !== rt.uid) return { pod: mirror ?? wanted };
  if (own.mirrored) {
    own.mirrored = false;
    own.mirrorAt = ctx.now + MIRROR_MS;
  }
  if (own.mirrorAt !== undefined && own.mirrorAt > ctx.now) return { pod: wanted, again: own.mirrorAt };
  delete own.mirrorAt;
  const answer = ctx.api.create<Pod>(mirrorOf(wanted));
  own.mirrored = answer.ok;
  return answer.ok ? { pod: answer.object } : { pod: wanted, again: ctx.now + 10_000 };
}
