/** From a change of an object to the events that queueing hints know. Upstream: pkg/scheduler/framework/events.go, pkg/scheduler/eventhandlers.go */
import type { Container, Node, Pod } from '../api/core.ts';
import type { KubeObject } from '../api/meta.ts';
import { podRequests } from '../api/resources.ts';
import { equalPlain } from '../sim/plain.ts';
import {
  ADD,
  DELETE,
  type EventResource,
  type Happening,
  UPDATE,
  UPDATE_NODE_ALLOCATABLE,
  UPDATE_NODE_ANNOTATION,
  UPDATE_NODE_CONDITION,
  UPDATE_NODE_DECLARED_FEATURE,
  UPDATE_NODE_LABEL,
  UPDATE_NODE_TAINT,
  UPDATE_POD_GATES_ELIMINATED,
  UPDATE_POD_GENERATED_CLAIM,
  UPDATE_POD_LABEL,
  UPDATE_POD_OTHER,
  UPDATE_POD_SCALE_DOWN,
  UPDATE_POD_TOLERATION,
} from './framework/events.ts';

const conditionStates = (n: Node): Record<string, string> =>
  Object.fromEntries((n.status?.conditions ?? []).map((c) => [c.type, c.status]));

/** What changed about a node, in the order in which upstream tells of it. */
export function nodeHappenings(old: Node, now: Node): Happening[] {
  const out: Happening[] = [];
  const tell = (action: number, label: string): void => void out.push({ resource: 'Node', action, label, old, now });
  if (old.spec?.unschedulable && !now.spec?.unschedulable) tell(UPDATE_NODE_TAINT, 'NodeSpecUnschedulableChange');
  if (!equalPlain(old.status?.allocatable, now.status?.allocatable))
    tell(UPDATE_NODE_ALLOCATABLE, 'NodeAllocatableChange');
  if (!equalPlain(old.metadata.labels, now.metadata.labels)) tell(UPDATE_NODE_LABEL, 'NodeLabelChange');
  if (!equalPlain(old.spec?.taints, now.spec?.taints)) tell(UPDATE_NODE_TAINT, 'NodeTaintChange');
  if (old.status?.conditions !== now.status?.conditions && !equalPlain(conditionStates(old), conditionStates(now)))
    tell(UPDATE_NODE_CONDITION, 'NodeConditionChange');
  if (!equalPlain(old.metadata.annotations, now.metadata.annotations))
    tell(UPDATE_NODE_ANNOTATION, 'NodeAnnotationChange');
  if (!equalPlain(old.status?.declaredFeatures, now.status?.declaredFeatures))
    tell(UPDATE_NODE_DECLARED_FEATURE, 'NodeDeclaredFeatureChange');
  return out;
}

const requestsOf = (c: Container): unknown => c.resources?.requests;

function scaledDown(old: Pod, now: Pod): boolean {
  const same =
    old.spec.containers.length === now.spec.containers.length &&
    now.spec.containers.every((c, i) => requestsOf(c) === requestsOf(old.spec.containers[i]!));
  if (same && old.status?.containerStatuses === now.status?.containerStatuses) return false;
  const before = podRequests(old.spec, { status: old.status });
  const after = podRequests(now.spec, { status: now.status });
  for (const r in before) if ((after[r] ?? 0) < before[r]!) return true;
  return false;
}

/** What changed about a pod, as far as scheduling goes; a change of nothing in particular is one generic event. */
export function podHappenings(resource: EventResource, old: Pod, now: Pod): Happening[] {
  const out: Happening[] = [];
  const tell = (action: number, label: string): void => void out.push({ resource, action, label, old, now });
  if (!equalPlain(old.metadata.labels, now.metadata.labels)) tell(UPDATE_POD_LABEL, 'PodLabelChange');
  if (scaledDown(old, now)) tell(UPDATE_POD_SCALE_DOWN, 'PodRequestScaledDown');
  if (old.spec.schedulingGates?.length && !now.spec.schedulingGates?.length)
    tell(UPDATE_POD_GATES_ELIMINATED, 'PodSchedulingGateEliminatedChange');
  if ((old.spec.tolerations?.length ?? 0) !== (now.spec.tolerations?.length ?? 0))
    tell(UPDATE_POD_TOLERATION, 'PodTolerationChange');
  if (!equalPlain(old.status?.resourceClaimStatuses, now.status?.resourceClaimStatuses))
    tell(UPDATE_POD_GENERATED_CLAIM, 'PodGeneratedResourceClaimChange');
  if (out.length === 0) tell(UPDATE_POD_OTHER, 'PodUpdate');
  return out;
}

/** A plain add, update or delete. */
export function happening(
  resource: EventResource,
  type: 'ADDED' | 'MODIFIED' | 'DELETED',
  old?: KubeObject,
  now?: KubeObject,
): Happening {
  const action = type === 'ADDED' ? ADD : type === 'DELETED' ? DELETE : UPDATE;
  const word = type === 'ADDED' ? 'Add' : type === 'DELETED' ? 'Delete' : 'Update';
  return { resource, action, label: `${resource}${word}`, old, now };
}
