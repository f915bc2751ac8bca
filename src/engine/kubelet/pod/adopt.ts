/** A pod that runs already when its machine is first seen (a dump, a scenario): its containers are taken over as they are. */
import type { ContainerStatus, Pod } from '../../api/core.ts';
import { type Ms, parseTime } from '../../sim/time.ts';
import { nameOf, parseReference } from '../images/reference.ts';
import { digestOf } from '../images/registry.ts';
import { claim } from '../machine/addresses.ts';
import type { Machine } from '../machine/machine.ts';
import { type ContainerRun, newPodRun, type PodRun } from './runtime.ts';

/** Makes sure that the machine holds the image of a running container. */
function imageOf(m: Machine, s: ContainerStatus, reference: string, now: Ms): ContainerRun['image'] {
  const r = parseReference(reference);
  const name = 'error' in r ? reference : nameOf(r);
  const id = s.imageID || `${name.replace(/:[^:/]*$/, '')}@${digestOf(name)}`;
  m.images[id] ??= { names: [id, name], sizeBytes: 50 * 2 ** 20, usedAt: now, arch: m.arch };
  return { name, id, arch: m.images[id].arch };
}

function take(c: ContainerRun, s: ContainerStatus, m: Machine, now: Ms): void {
  const end = s.state?.terminated ?? s.lastState?.terminated;
  c.restarts = s.restartCount;
  if (s.containerID) c.containerID = s.containerID;
  c.image = imageOf(m, s, c.reference, now);
  if (end) {
    c.ended = {
      exitCode: end.exitCode,
      reason: end.reason ?? (end.exitCode === 0 ? 'Completed' : 'Error'),
      startedAt: parseTime(end.startedAt) ?? now,
      finishedAt: parseTime(end.finishedAt) ?? now,
      containerID: end.containerID ?? '',
    };
  }
  if (s.state?.running) {
    // begins again with the row that starts it, without a word: the restart count is corrected for it
    c.stage = 'adopted';
    c.restarts -= c.ended ? 1 : 0;
  } else if (s.state?.terminated) c.stage = 'exited';
}

/** The runtime's view of a running pod from its status. */
export function adopt(pod: Pod, m: Machine, now: Ms): PodRun {
  const rt = newPodRun(pod, parseTime(pod.status.startTime) ?? now);
  rt.admitted = true;
  rt.sandboxAt = now;
  rt.sandbox = true;
  rt.ip = pod.status.podIP ?? '';
  if (rt.ip && !pod.spec.hostNetwork) claim(m.addresses, rt.ip);
  const statuses = [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])];
  for (const c of rt.containers) {
    const s = statuses.find((x) => x.name === c.name);
    if (s) take(c, s, m, now);
  }
  return rt;
}
