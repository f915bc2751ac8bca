/** A pod as `kubectl get pods` sums it up. Upstream: pkg/printers/internalversion/printers.go printPod; reference apiserver-kubectl §10 */

import type { Ms } from '../sim/time.ts';
import type { Container, ContainerState, ContainerStatus, Pod } from './core.ts';
import { humanDuration } from './duration.ts';

export interface PodSummary {
  /** Ready regular containers and sidecars. */
  ready: number;
  /** Regular containers and sidecars. */
  total: number;
  /** The STATUS column. */
  status: string;
  restarts: number;
  /** When a container last ended before its newest restart; absent when unknown. */
  lastRestartAt?: Ms;
}

interface Tally {
  restarts: number;
  lastRestartAt: Ms;
}

const conditionIs = (pod: Pod, type: string, status: string): boolean =>
  pod.status?.conditions?.some((c) => c.type === type && c.status === status) ?? false;

/** Whether an init container is a sidecar: one that stays. */
export const isSidecar = (c: Container): boolean => c.restartPolicy === 'Always';

function count(tally: Tally, status: ContainerStatus): void {
  tally.restarts += status.restartCount;
  const finished = status.lastState?.terminated?.finishedAt;
  const at = finished ? Date.parse(finished) : Number.NaN;
  if (at > tally.lastRestartAt) tally.lastRestartAt = at;
}

const newTally = (): Tally => ({ restarts: 0, lastRestartAt: Number.NEGATIVE_INFINITY });

/** `Signal:9`, `ExitCode:1`: a terminated container without a reason. */
const bareEnd = (t: NonNullable<ContainerState['terminated']>): string =>
  t.signal ? `Signal:${t.signal}` : `ExitCode:${t.exitCode}`;

/** What one init container says about the STATUS; `undefined` when it is done. */
function initReason(status: ContainerStatus, sidecar: boolean, index: number, total: number): string | undefined {
  const { terminated, waiting } = status.state ?? {};
  if (terminated && terminated.exitCode === 0) return undefined;
  if (sidecar && status.started) return undefined;
  if (terminated) return `Init:${terminated.reason || bareEnd(terminated)}`;
  if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`;
  return `Init:${index}/${total}`;
}

interface InitResult {
  reason: string | undefined;
  readySidecars: number;
  all: Tally;
  sidecars: Tally;
}

function readInits(pod: Pod): InitResult {
  const inits = pod.spec.initContainers ?? [];
  const sidecars = new Set(inits.filter(isSidecar).map((c) => c.name));
  const result: InitResult = { reason: undefined, readySidecars: 0, all: newTally(), sidecars: newTally() };
  const statuses = pod.status?.initContainerStatuses ?? [];
  for (let i = 0; i < statuses.length; i++) {
    const status = statuses[i]!;
    const sidecar = sidecars.has(status.name);
    count(result.all, status);
    if (sidecar) count(result.sidecars, status);
    const reason = initReason(status, sidecar, i, inits.length);
    if (reason !== undefined) {
      result.reason = reason;
      break;
    }
    if (sidecar && status.ready && !status.state?.terminated) result.readySidecars++;
  }
  return result;
}

interface MainResult {
  reason: string;
  ready: number;
  tally: Tally;
}

/** Regular containers from last to first: the first in the list has the last word. */
function readMains(pod: Pod, initial: string, tally: Tally): MainResult {
  let reason = initial;
  let failed = '';
  let hasRunning = false;
  let ready = 0;
  const statuses = pod.status?.containerStatuses ?? [];
  for (let i = statuses.length - 1; i >= 0; i--) {
    const status = statuses[i]!;
    count(tally, status);
    const { waiting, terminated, running } = status.state ?? {};
    if (waiting?.reason) reason = waiting.reason;
    else if (terminated) {
      reason = terminated.reason || bareEnd(terminated);
      if (terminated.exitCode !== 0) failed = reason;
    } else if (status.ready && running) {
      hasRunning = true;
      ready++;
    }
  }
  if (reason === 'Completed') {
    if (hasRunning) reason = conditionIs(pod, 'Ready', 'True') ? 'Running' : 'NotReady';
    else if (failed) reason = failed;
  }
  return { reason, ready, tally };
}

/** READY, STATUS and RESTARTS. */
export function summarizePod(pod: Pod): PodSummary {
  const status = pod.status ?? {};
  let reason = status.reason || status.phase || '';
  if (status.conditions?.some((c) => c.type === 'PodScheduled' && c.reason === 'SchedulingGated'))
    reason = 'SchedulingGated';
  const inits = readInits(pod);
  const total = (pod.spec.containers?.length ?? 0) + (pod.spec.initContainers?.filter(isSidecar).length ?? 0);
  let ready = inits.readySidecars;
  let tally = inits.all;
  if (inits.reason !== undefined) reason = inits.reason;
  if (inits.reason === undefined || conditionIs(pod, 'Initialized', 'True')) {
    const mains = readMains(pod, reason, inits.sidecars);
    reason = mains.reason;
    ready += mains.ready;
    tally = mains.tally;
  }
  if (pod.metadata.deletionTimestamp) {
    if (status.reason === 'NodeLost') reason = 'Unknown';
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') reason = 'Terminating';
  }
  const summary: PodSummary = { ready, total, status: reason, restarts: tally.restarts };
  if (tally.lastRestartAt > Number.NEGATIVE_INFINITY) summary.lastRestartAt = tally.lastRestartAt;
  return summary;
}

/** The RESTARTS column: `3`, or `3 (10s ago)` when the last end is known. */
export const formatRestarts = (s: PodSummary, now: Ms): string =>
  s.restarts > 0 && s.lastRestartAt !== undefined
    ? `${s.restarts} (${humanDuration(now - s.lastRestartAt)} ago)`
    : String(s.restarts);

/** READINESS GATES: `1/2` gates whose condition is True, `<none>` without gates. */
export function formatReadinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  return `${gates.filter((g) => conditionIs(pod, g.conditionType, 'True')).length}/${gates.length}`;
}
