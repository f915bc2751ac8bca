/** What a machine's container runtime knows of a pod. Plain data; the API's status is derived from it. */
import type { Container, Pod } from '../../api/core.ts';
import type { Condition } from '../../api/meta.ts';
import type { Ms } from '../../sim/time.ts';
import type { LogLine, Process } from '../programs/process.ts';
import type { Position } from '../stages.ts';

export interface Ended {
  exitCode: number;
  reason: string;
  message?: string;
  startedAt: Ms;
  finishedAt: Ms;
  containerID: string;
}

export type ProbeName = 'startup' | 'liveness' | 'readiness';

export interface ProbeState {
  nextAt: Ms;
  successes: number;
  failures: number;
  /** The verdict after thresholds. */
  passed?: boolean;
}

export interface Pull {
  /** When it joined the queue, when its download began and ends. */
  askedAt: Ms;
  beganAt: Ms;
  endsAt: Ms;
  error?: string;
  name?: string;
  id?: string;
  arch?: string;
  sizeBytes?: number;
  exit?: { code: number; afterMs: number };
}

/** A back-off that doubles: crash and image have one each. */
export interface BackOff {
  delayMs: Ms;
  /** When it was last raised. */
  at: Ms;
}

export interface ContainerRun extends Position {
  name: string;
  kind: 'init' | 'sidecar' | 'app';
  /** The image text it was made for; another one in the spec means a restart. */
  reference: string;
  image?: { name: string; id: string; arch: string; exit?: { code: number; afterMs: number } };
  /** Why it waits, when it is not the default reason. */
  waiting?: { reason: string; message?: string };
  restarts: number;
  containerID?: string;
  process?: Process;
  /** End of the current run, until the next one is up. */
  ended?: Ended;
  /** The run before. */
  last?: Ended;
  /** Log of the run before. */
  lastLogs?: LogLine[];
  started: boolean;
  ready: boolean;
  crash?: BackOff;
  pull?: Pull;
  imageBackOff?: BackOff & { until: Ms; error: string };
  probes: Partial<Record<ProbeName, ProbeState>>;
  /** A stop under way: when it will have ended and how. */
  kill?: { at: Ms; code: number; reason?: string };
}

export interface PodRun {
  uid: string;
  namespace: string;
  name: string;
  node: string;
  admitted: boolean;
  startTime: Ms;
  /** Sandbox asked for; it stands from `sandboxAt` on. */
  sandboxAt?: Ms;
  sandbox: boolean;
  /** The sandbox was lost with the machine's power; the next one is a replacement. */
  lost?: boolean;
  ip: string;
  containers: ContainerRun[];
  /** Missing volumes have been complained about; the next try. */
  mount?: { tries: number; at: Ms; since: Ms };
  terminating?: { graceEnd: Ms; graceSeconds?: number };
  /** Decided over the heads of the containers: refusal, eviction, deadline. */
  final?: { phase: string; reason: string; message: string };
  disruption?: Condition;
  /** The facts of the status last written, and the revision they were written to. */
  shown?: string;
  /** Made from a file on the machine; when its mirror may come (again). */
  static?: { file: string; mirrored: boolean; mirrorAt?: Ms };
}

const newContainer = (c: Container, kind: ContainerRun['kind']): ContainerRun => ({
  name: c.name,
  kind,
  reference: c.image ?? '',
  stage: 'idle',
  restarts: 0,
  started: false,
  ready: false,
  probes: {},
});

export function newPodRun(pod: Pod, now: Ms): PodRun {
  return {
    uid: pod.metadata.uid,
    namespace: pod.metadata.namespace ?? 'default',
    name: pod.metadata.name,
    node: pod.spec.nodeName!,
    admitted: false,
    startTime: now,
    sandbox: false,
    ip: '',
    containers: [
      ...(pod.spec.initContainers ?? []).map((c) => newContainer(c, c.restartPolicy === 'Always' ? 'sidecar' : 'init')),
      ...pod.spec.containers.map((c) => newContainer(c, 'app')),
    ],
  };
}

/** The spec of a container of the pod. */
export const specOf = (pod: Pod, c: ContainerRun): Container =>
  (c.kind === 'app' ? pod.spec.containers : (pod.spec.initContainers ?? [])).find((s) => s.name === c.name) ??
  ({ name: c.name, image: c.reference } as Container);

/** `spec.containers{web}`: the field an event of the container names. */
export const fieldPathOf = (c: ContainerRun): string =>
  c.kind === 'app' ? `spec.containers{${c.name}}` : `spec.initContainers{${c.name}}`;

export const isUp = (c: ContainerRun): boolean => c.stage === 'running' || c.stage === 'stopping';

export const isDone = (c: ContainerRun): boolean => c.stage === 'done';

/** `web_default(uid)`: how the kubelet names a pod in its messages. */
export const podTitle = (rt: PodRun): string => `${rt.name}_${rt.namespace}(${rt.uid})`;
