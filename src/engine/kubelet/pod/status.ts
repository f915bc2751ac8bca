/** The status a kubelet writes for a pod. Upstream: pkg/kubelet/kubelet_pods.go, pkg/kubelet/status/generate.go */
import type { ContainerStatus, Pod, PodStatus } from '../../api/core.ts';
import type { Condition } from '../../api/meta.ts';
import { type Ms, rfc3339 } from '../../sim/time.ts';
import { podPhase } from './phase.ts';

/** What is known of a pod on its machine. */
export interface PodFacts {
  init: ContainerStatus[];
  app: ContainerStatus[];
  /** Whether the sandbox stands and has its address. */
  sandbox: boolean;
  podIP: string;
  hostIP: string;
  startTime: string;
  /** Decided otherwise than by containers: refusal, eviction, deadline. */
  final?: { phase: string; reason: string; message: string } | undefined;
}

type Verdict = Pick<Condition, 'status' | 'reason' | 'message'>;

const names = (list: readonly ContainerStatus[]): string => `[${list.map((c) => c.name).join(' ')}]`;

export const isSidecar = (pod: Pod, name: string): boolean =>
  pod.spec.initContainers?.find((c) => c.name === name)?.restartPolicy === 'Always';

function initialized(pod: Pod, facts: PodFacts, phase: string): Verdict {
  if (phase === 'Succeeded') return { status: 'True', reason: 'PodCompleted' };
  const open = facts.init.filter((c) =>
    isSidecar(pod, c.name) ? !c.started : !c.ready && c.state?.terminated?.exitCode !== 0,
  );
  const waiting = (pod.spec.initContainers ?? []).filter((c) => !facts.init.some((s) => s.name === c.name));
  if (!open.length && !waiting.length) return { status: 'True' };
  const all = [...open.map((c) => c.name), ...waiting.map((c) => c.name)];
  return {
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: [${all.join(' ')}]`,
  };
}

function containersReady(pod: Pod, facts: PodFacts, phase: string): Verdict {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const counted = [...facts.init.filter((c) => isSidecar(pod, c.name)), ...facts.app];
  const unready = counted.filter((c) => !c.ready);
  if (!unready.length && facts.app.length) return { status: 'True' };
  return {
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: ${names(unready)}`,
  };
}

function ready(pod: Pod, containers: Verdict, old: readonly Condition[]): Verdict {
  if (containers.status !== 'True') return containers;
  const open = (pod.spec.readinessGates ?? []).flatMap(({ conditionType: type }) => {
    const c = old.find((x) => x.type === type);
    if (!c) return [`corresponding condition of pod readiness gate "${type}" does not exist.`];
    return c.status === 'True' ? [] : [`the status of pod readiness gate "${type}" is not "True", but ${c.status}`];
  });
  return open.length
    ? { status: 'False', reason: 'ReadinessGatesNotReady', message: open.join(', ') }
    : { status: 'True' };
}

/** Types the kubelet owns, in the order in which it writes them, behind those of others. */
const OWN = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];

function condition(
  type: string,
  verdict: Verdict,
  old: readonly Condition[],
  generation: number | undefined,
  now: Ms,
): Condition {
  const before = old.find((c) => c.type === type);
  const out = { type } as Condition;
  if (generation) out.observedGeneration = generation;
  out.status = verdict.status;
  if (verdict.reason) out.reason = verdict.reason;
  if (verdict.message) out.message = verdict.message;
  out.lastProbeTime = null;
  out.lastTransitionTime = (before?.status === verdict.status ? before.lastTransitionTime : undefined) ?? rfc3339(now);
  return out;
}

/** The complete status as of `now`; fields of others (qosClass, nominatedNodeName gone, foreign conditions) are kept. */
export function podStatus(pod: Pod, facts: PodFacts, now: Ms, extra: readonly Condition[] = []): PodStatus {
  const old = pod.status.conditions ?? [];
  const phase = facts.final?.phase ?? podPhase(pod, facts.init, facts.app);
  const containers = containersReady(pod, facts, phase);
  const verdicts: Record<string, Verdict> = {
    PodReadyToStartContainers: { status: facts.sandbox ? 'True' : 'False' },
    Initialized: initialized(pod, facts, phase),
    Ready: ready(pod, containers, old),
    ContainersReady: containers,
    PodScheduled: { status: 'True' },
  };
  const { generation } = pod.metadata;
  const conditions = old.filter((c) => !OWN.includes(c.type) && !extra.some((e) => e.type === c.type));
  conditions.push(...extra);
  for (const type of OWN) conditions.push(condition(type, verdicts[type]!, old, generation, now));
  // field by field: thousands of these are made, and spreads are slow
  const status = {} as PodStatus;
  if (generation) status.observedGeneration = generation;
  status.phase = phase;
  status.conditions = conditions;
  if (facts.final?.message) status.message = facts.final.message;
  if (facts.final?.reason) status.reason = facts.final.reason;
  if (facts.hostIP) {
    status.hostIP = facts.hostIP;
    status.hostIPs = [{ ip: facts.hostIP }];
  }
  if (facts.podIP) {
    status.podIP = facts.podIP;
    status.podIPs = [{ ip: facts.podIP }];
  }
  status.startTime = facts.startTime;
  if (facts.init.length) status.initContainerStatuses = facts.init;
  if (facts.app.length) status.containerStatuses = facts.app;
  if (pod.status.qosClass) status.qosClass = pod.status.qosClass;
  if (pod.status.ephemeralContainerStatuses) status.ephemeralContainerStatuses = pod.status.ephemeralContainerStatuses;
  if (pod.status.resourceClaimStatuses) status.resourceClaimStatuses = pod.status.resourceClaimStatuses;
  return status;
}
