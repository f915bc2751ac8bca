import type { Pod } from '../engine/api/core.ts';
import { controllerOf } from '../engine/api/meta.ts';
import { isSidecar, summarizePod } from '../engine/api/pod-status.ts';
import { podRequests } from '../engine/api/resources.ts';
import type { Lister } from '../engine/index.ts';
import type { PodForm, PodRow } from './rows.ts';

const SYSTEM_CRITICAL = 2_000_000_000;
const TROUBLE_STARTING = ['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'InvalidImageName'];

const isPreempted = (pod: Pod): boolean =>
  pod.status.conditions?.some(
    (c) => c.type === 'DisruptionTarget' && c.status === 'True' && c.reason === 'PreemptionByScheduler',
  ) ?? false;

const isEvicted = (pod: Pod): boolean =>
  pod.status.reason === 'Evicted' ||
  (pod.status.conditions?.some((c) => c.type === 'DisruptionTarget' && c.status === 'True') ?? false);

function pendingForm(pod: Pod, word: string): PodForm {
  if (!pod.spec.nodeName) return pod.spec.schedulingGates?.length ? 'gated' : 'pending';
  if (TROUBLE_STARTING.some((t) => word.endsWith(t))) return 'imagepull';
  if (word.includes('CrashLoopBackOff') || word === 'Init:Error') return 'crashloop';
  if (word.startsWith('Init:')) return 'init';
  if (!pod.status.startTime) return 'scheduled';
  return 'creating';
}

function runningForm(pod: Pod, word: string): PodForm {
  if (TROUBLE_STARTING.some((t) => word.endsWith(t))) return 'imagepull';
  if (/CrashLoopBackOff|Error$|OOMKilled|RunContainerError/.test(word)) return 'crashloop';
  const ready = pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True');
  return ready ? 'running' : 'notready';
}

/** Which of the drawn forms a pod has; `word` is kubectl's STATUS. */
export function podForm(pod: Pod, word: string): PodForm {
  const phase = pod.status.phase ?? 'Pending';
  if (word === 'Unknown') return 'unknown';
  if (pod.metadata.deletionTimestamp && phase !== 'Succeeded' && phase !== 'Failed')
    return isEvicted(pod) ? 'evicted' : 'terminating';
  if (phase === 'Succeeded') return 'succeeded';
  if (phase === 'Failed') return isEvicted(pod) ? 'evicted' : 'failed';
  return phase === 'Running' ? runningForm(pod, word) : pendingForm(pod, word);
}

/** The workload a person knows: a ReplicaSet's Deployment, a Job's CronJob, else the owner, else the pod itself. */
function workloadOf(pod: Pod, list: Lister): { workload: string; owner: PodRow['owner'] } {
  const ref = controllerOf(pod);
  if (!ref) return { workload: pod.metadata.name, owner: 'none' };
  switch (ref.kind) {
    case 'Node':
      return { workload: withoutEnd(pod.metadata.name, `-${ref.name}`), owner: 'static' };
    case 'ReplicaSet': {
      const replicaSet = list.byUid(ref.uid);
      const deployment = replicaSet && controllerOf(replicaSet);
      return { workload: deployment?.name ?? ref.name, owner: 'replicaset' };
    }
    case 'DaemonSet':
      return { workload: ref.name, owner: 'daemonset' };
    case 'Job':
      return { workload: ref.name, owner: 'job' };
    case 'StatefulSet':
      return { workload: ref.name, owner: 'statefulset' };
    default:
      return { workload: ref.name, owner: 'replicaset' };
  }
}

const withoutEnd = (text: string, end: string): string => (text.endsWith(end) ? text.slice(0, -end.length) : text);

const tierOf = (priority: number): number =>
  priority >= SYSTEM_CRITICAL ? 2 : priority > 0 ? 1 : priority < 0 ? -1 : 0;

/** What the API does not hold about a pod: the kubelet's progress and the scheduler's queue. */
export interface PodExtras {
  pull?: { startMs: number; endMs: number };
  retryAtMs?: number;
  lane?: PodRow['lane'];
  laneSinceMs?: number;
  /** The schedulers there are. */
  schedulers?: readonly string[];
}

function factOf(pod: Pod, form: PodForm, word: string, extras: PodExtras): PodRow['fact'] {
  const s = summarizePod(pod);
  const terminating = pod.metadata.deletionTimestamp;
  if (terminating && (form === 'terminating' || form === 'evicted'))
    return { kind: 'grace', untilMs: Date.parse(terminating) };
  if (extras.pull && form === 'creating') return { kind: 'pull', ...extras.pull };
  if (extras.retryAtMs !== undefined && (form === 'pending' || form === 'imagepull'))
    return { kind: 'retry', atMs: extras.retryAtMs };
  if (form === 'crashloop') return { kind: 'restarts', count: s.restarts };
  if (form === 'notready' || (form === 'running' && s.total > 1 && s.ready < s.total))
    return { kind: 'ready', ready: s.ready, of: s.total };
  if (form === 'succeeded' || form === 'failed') {
    const code = pod.status.containerStatuses?.find((c) => c.state?.terminated)?.state?.terminated?.exitCode;
    if (code !== undefined && !/OOMKilled|Evicted/.test(word)) return { kind: 'exit', code };
  }
  if (s.restarts > 0) return { kind: 'restarts', count: s.restarts };
  return undefined;
}

function containerMarks(pod: Pod): Pick<PodRow, 'containers' | 'init'> {
  const spec = pod.spec;
  const status = new Map(
    [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])].map((s) => [s.name, s]),
  );
  const sidecars = (spec.initContainers ?? []).filter(isSidecar);
  const inits = (spec.initContainers ?? []).filter((c) => !isSidecar(c));
  return {
    containers: [
      ...spec.containers.map((c) => ({ ready: status.get(c.name)?.ready ?? false, sidecar: false })),
      ...sidecars.map((c) => ({ ready: status.get(c.name)?.ready ?? false, sidecar: true })),
    ],
    init: inits.map((c) => ({
      done: status.get(c.name)?.state?.terminated?.exitCode === 0,
      running: status.get(c.name)?.state?.running !== undefined,
    })),
  };
}

/** The scheduler a pod waits for, when nobody has its name. */
function unservedOf({ metadata, spec }: Pod, { schedulers }: PodExtras): { unserved?: string } {
  const name = spec.schedulerName || 'default-scheduler';
  const waits = !spec.nodeName && metadata.deletionTimestamp === undefined && schedulers !== undefined;
  return waits && !schedulers.includes(name) ? { unserved: name } : {};
}

/** A pod as the scene and the tables need it. */
export function podRow(pod: Pod, list: Lister, extras: PodExtras): PodRow {
  const { metadata, spec, status } = pod;
  const word = summarizePod(pod).status;
  const form = podForm(pod, word);
  const { workload, owner } = workloadOf(pod, list);
  const requests = podRequests(spec);
  const suffix = metadata.name.startsWith(`${workload}-`) ? metadata.name.slice(workload.length + 1) : '';
  const createdMs = Date.parse(metadata.creationTimestamp);
  const fact = factOf(pod, form, word, extras);
  const ordinal = owner === 'statefulset' ? /-(\d+)$/.exec(metadata.name)?.[1] : undefined;
  return {
    uid: metadata.uid,
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
    workload,
    suffix: owner === 'replicaset' ? (suffix.split('-').at(-1) ?? '') : suffix,
    form,
    word,
    ...(fact ? { fact } : {}),
    node: spec.nodeName ?? '',
    nominatedNode: status.nominatedNodeName ?? '',
    ...(isPreempted(pod) ? { preempted: true as const } : {}),
    cpuMilli: requests.cpu ?? 0,
    memoryBytes: requests.memory ?? 0,
    ...containerMarks(pod),
    owner,
    ...(ordinal === undefined ? {} : { ordinal: Number(ordinal) }),
    priorityTier: tierOf(spec.priority ?? 0),
    priority: spec.priority ?? 0,
    // add-ons of the system bring namespaces of their own: kube-flannel, kube-…
    system: metadata.namespace?.startsWith('kube-') ?? false,
    ...(extras.lane ? { lane: extras.lane } : {}),
    ...unservedOf(pod, extras),
    sinceMs: extras.laneSinceMs ?? (status.startTime ? Date.parse(status.startTime) : createdMs),
    createdMs,
    labels: metadata.labels ?? {},
  };
}
