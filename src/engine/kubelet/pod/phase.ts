/** Pod phase from container statuses. Upstream: pkg/kubelet/kubelet_pods.go getPhase */
import type { ContainerStatus, Pod } from '../../api/core.ts';

interface Init {
  pending: number;
  failed: number;
}

/** How the init containers stand: still to come, and failed for good. Sidecars are pending until started. */
function countInit(pod: Pod, statuses: readonly ContainerStatus[]): Init {
  const count = { pending: 0, failed: 0 };
  for (const c of pod.spec.initContainers ?? []) {
    const s = statuses.find((x) => x.name === c.name);
    if (c.restartPolicy === 'Always') {
      if (!s?.started && !s?.state?.terminated) count.pending++;
      continue;
    }
    const done = s?.state?.terminated ?? (s?.state?.waiting ? s.lastState?.terminated : undefined);
    if (!done) count.pending++;
    else if (done.exitCode !== 0) count.failed++;
    else if (s?.state?.waiting) count.pending++;
  }
  return count;
}

/** The phase; Succeeded and Failed once written are kept by the caller. */
export function podPhase(pod: Pod, init: readonly ContainerStatus[], app: readonly ContainerStatus[]): string {
  const policy = pod.spec.restartPolicy ?? 'Always';
  const { pending, failed } = countInit(pod, init);
  const count = { running: 0, waiting: 0, stopped: 0, succeeded: 0, unknown: 0 };
  let everRan = false;
  for (const c of pod.spec.containers) {
    const state = app.find((s) => s.name === c.name);
    if (!state?.state) count.unknown++;
    else if (state.state.running) count.running++;
    else if (state.state.terminated) {
      count.stopped++;
      if (state.state.terminated.exitCode === 0) count.succeeded++;
    } else if (state.lastState?.terminated) count.stopped++;
    else count.waiting++;
    if (state?.state?.running || state?.state?.terminated || state?.lastState?.terminated) everRan = true;
  }
  if (failed > 0 && policy === 'Never') return 'Failed';
  if (pending + failed > 0 && !everRan) return 'Pending';
  if (count.waiting > 0) return 'Pending';
  if (count.running > 0 && count.unknown === 0) return 'Running';
  if (count.stopped > 0 && count.unknown === 0) {
    if (policy === 'Always') return 'Running';
    if (count.stopped === count.succeeded) return 'Succeeded';
    return policy === 'Never' ? 'Failed' : 'Running';
  }
  return 'Pending';
}
