/** Container statuses from the runtime's facts. Upstream: pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses */
import type { Container, ContainerState, ContainerStatus, Pod } from '../../api/core.ts';
import { rfc3339 } from '../../sim/time.ts';
import { type ContainerRun, type Ended, isUp, type PodRun, specOf } from './runtime.ts';

const terminated = (e: Ended): ContainerState => ({
  terminated: {
    exitCode: e.exitCode,
    reason: e.reason,
    ...(e.message ? { message: e.message } : {}),
    startedAt: rfc3339(e.startedAt),
    finishedAt: rfc3339(e.finishedAt),
    containerID: e.containerID,
  },
});

function stateOf(c: ContainerRun, hasInit: boolean): { state: ContainerState; last: ContainerState } {
  if (isUp(c))
    return { state: { running: { startedAt: rfc3339(c.process!.startedAt) } }, last: c.last ? terminated(c.last) : {} };
  // a back-off is what a person has to know; the run that ended moves to lastState
  if (c.waiting)
    return {
      state: { waiting: { ...c.waiting } },
      last: c.ended ? terminated(c.ended) : c.last ? terminated(c.last) : {},
    };
  if (c.ended) return { state: terminated(c.ended), last: c.last ? terminated(c.last) : {} };
  return {
    state: { waiting: { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' } },
    last: c.last ? terminated(c.last) : {},
  };
}

function one(c: ContainerRun, spec: Container, hasInit: boolean): ContainerStatus {
  const { state, last } = stateOf(c, hasInit);
  const up = isUp(c);
  const doneInit = c.kind === 'init' && c.stage === 'done' && c.ended?.exitCode === 0;
  return {
    ...(up && (spec.resources?.requests || spec.resources?.limits)
      ? {
          ...(spec.resources.requests ? { allocatedResources: spec.resources.requests } : {}),
          resources: spec.resources,
        }
      : {}),
    ...(c.containerID ? { containerID: c.containerID } : {}),
    image: c.image?.name ?? c.reference,
    imageID: c.image?.id ?? '',
    lastState: last,
    name: c.name,
    ready: c.kind === 'init' ? doneInit : up && c.ready,
    restartCount: c.restarts,
    started: up && c.started,
    state,
  };
}

/** Statuses of init and regular containers, each list in order of the spec. */
export function containerStatuses(pod: Pod, rt: PodRun): { init: ContainerStatus[]; app: ContainerStatus[] } {
  const hasInit = (pod.spec.initContainers?.length ?? 0) > 0;
  const status = (c: ContainerRun): ContainerStatus => one(c, specOf(pod, c), hasInit);
  return {
    init: rt.containers.filter((c) => c.kind !== 'app').map(status),
    app: rt.containers.filter((c) => c.kind === 'app').map(status),
  };
}
