/**
 * One attempt, from the queue's head to a binding or a refusal on record.
 * Upstream: pkg/scheduler/schedule_one.go (ScheduleOne, schedulingCycle, bindingCycle, handleSchedulingFailure)
 */
import type { Pod } from '../api/core.ts';
import type { Condition } from '../api/meta.ts';
import type { Context } from '../client/component.ts';
import { rfc3339 } from '../sim/time.ts';
import { type AttemptRecord, recordAttempt } from './attempts.ts';
import { DELETE } from './framework/events.ts';
import { fitMessage, truncateNote } from './framework/fit-error.ts';
import { CycleState } from './framework/interface.ts';
import type { PodInfo } from './framework/pod-info.ts';
import type { Framework } from './framework/runtime.ts';
import { isRejected, messageOf } from './framework/status.ts';
import { evictVictims } from './preempt.ts';
import type { QueuedPod } from './queue.ts';
import { type Diagnosis, NO_NODES_MESSAGE, schedulePod } from './schedule-pod.ts';
import type { World } from './world.ts';

/** What a failed attempt leaves behind. */
interface Refusal {
  reason: 'Unschedulable' | 'SchedulerError';
  message: string;
  rejectors: readonly string[];
  /** A new nomination; '' clears one, `undefined` keeps it. */
  nominated?: string | undefined;
}

export function attempt(world: World, ctx: Context, entry: QueuedPod): void {
  const stored = ctx.list.byKey<Pod>('Pod', entry.key);
  const fw = world.frameworkOf(entry.pod);
  if (!fw || !stored || stored.metadata.uid !== entry.pod.metadata.uid || stored.spec.nodeName) return;
  if (stored.metadata.deletionTimestamp) {
    ctx.events.event(stored, failedNote(fw, `skip schedule deleting pod: ${entry.key}`));
    return;
  }
  entry.pod = stored;
  const record: AttemptRecord = {
    attempt: ++world.attemptCount,
    at: ctx.now,
    pod: entry.key,
    uid: stored.metadata.uid,
    revision: ctx.list.revision,
    startIndex: world.position.startIndex,
    nominated: stored.status?.nominatedNodeName ?? '',
    profile: fw.profile.schedulerName,
    outcome: 'placed',
    node: '',
  };
  recordAttempt(world.attempts, record);
  decide(world, ctx, fw, entry, record);
}

function decide(world: World, ctx: Context, fw: Framework, entry: QueuedPod, record: AttemptRecord): void {
  world.cache.snapshot();
  const pod = world.cache.classes.info(entry.pod);
  const state = new CycleState();
  const outcome = schedulePod(fw, pod, world.cache.list, world.position, state);
  if (outcome.kind === 'placed') {
    record.node = outcome.node.name;
    place(world, ctx, fw, entry, pod, state, outcome.node.name);
    return;
  }
  record.outcome = outcome.kind;
  if (outcome.kind === 'no-nodes')
    refuse(world, ctx, fw, entry, { reason: 'Unschedulable', message: NO_NODES_MESSAGE, rejectors: [], nominated: '' });
  else if (outcome.kind === 'error')
    refuse(world, ctx, fw, entry, { reason: 'SchedulerError', message: outcome.message, rejectors: [], nominated: '' });
  else unfit(world, ctx, fw, entry, pod, state, outcome.diagnosis, record);
}

function unfit(
  world: World,
  ctx: Context,
  fw: Framework,
  entry: QueuedPod,
  pod: PodInfo,
  state: CycleState,
  diagnosis: Diagnosis,
  record: AttemptRecord,
): void {
  const post = fw.postFilters.length ? fw.runPostFilter(state, pod, diagnosis.statuses) : undefined;
  const text = post?.status ? messageOf(post.status) : '';
  const message = fitMessage(world.cache.list.length, diagnosis.statuses, diagnosis.preFilterMessage, text);
  if (post && !post.status) {
    record.outcome = 'preempt';
    record.node = post.nominated ?? '';
  }
  refuse(world, ctx, fw, entry, {
    reason: 'Unschedulable',
    message,
    rejectors: diagnosis.rejectors,
    nominated: post?.nominated,
  });
  if (post?.candidate) evictVictims(world, ctx, fw.profile.schedulerName, entry.pod, post.candidate);
}

function place(
  world: World,
  ctx: Context,
  fw: Framework,
  entry: QueuedPod,
  pod: PodInfo,
  state: CycleState,
  nodeName: string,
): void {
  const fail = (message: string, rejectors: readonly string[], reason: Refusal['reason']): void => {
    fw.runUnreserve(state, pod, nodeName);
    if (world.cache.nodeOf(entry.key) === nodeName) {
      world.cache.removePod(entry.key);
      world.queue.happened(
        { resource: 'AssignedPod', action: DELETE, label: 'AssignedPodDelete', old: entry.pod },
        ctx.now,
      );
    }
    refuse(world, ctx, fw, entry, { reason, message, rejectors, nominated: '' });
  };
  world.cache.setPod(entry.pod, nodeName);
  world.nominator.remove(entry.pod.metadata.uid);
  const status = fw.runReserve(state, pod, nodeName) ?? fw.runPreBind(state, pod, nodeName);
  if (status) {
    const one = { explicit: new Map([[nodeName, status]]), absent: status };
    if (isRejected(status)) fail(fitMessage(1, one, '', ''), [status.plugin], 'Unschedulable');
    else fail(messageOf(status), [], 'SchedulerError');
    return;
  }
  const { namespace, name, uid } = entry.pod.metadata;
  const response = ctx.api.bind(namespace ?? '', name, uid, nodeName);
  if (!response.ok) {
    if (!ctx.list.byKey('Pod', entry.key)) {
      world.cache.removePod(entry.key);
      return;
    }
    fail(`running Bind plugin "DefaultBinder": ${response.status.message}`, [], 'SchedulerError');
    return;
  }
  ctx.events.event(entry.pod, {
    type: 'Normal',
    reason: 'Scheduled',
    action: 'Binding',
    message: `Successfully assigned ${entry.key} to ${nodeName}`,
    source: { component: fw.profile.schedulerName },
  });
}

const failedNote = (fw: Framework, message: string) =>
  ({
    type: 'Warning',
    reason: 'FailedScheduling',
    action: 'Scheduling',
    message: truncateNote(message),
    source: { component: fw.profile.schedulerName },
  }) as const;

/** Back to the queue, the nomination kept in mind, then the event, then the condition. */
function refuse(world: World, ctx: Context, fw: Framework, entry: QueuedPod, r: Refusal): void {
  world.queue.putBack(entry, r.rejectors, ctx.now);
  const nominated = r.nominated ?? entry.pod.status?.nominatedNodeName ?? '';
  if (nominated) world.nominator.add(world.cache.classes.info(entry.pod), nominated);
  else world.nominator.remove(entry.pod.metadata.uid);
  ctx.events.event(entry.pod, failedNote(fw, r.message));
  patchStatus(ctx, entry.pod, r, nominated);
}

function patchStatus(ctx: Context, pod: Pod, r: Refusal, nominated: string): void {
  const old = pod.status?.conditions?.find((c) => c.type === 'PodScheduled');
  const condition: Condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: r.reason,
    message: r.message,
    lastProbeTime: null,
    lastTransitionTime: old?.status === 'False' && old.lastTransitionTime ? old.lastTransitionTime : rfc3339(ctx.now),
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
  };
  const same =
    old?.status === condition.status &&
    old.reason === condition.reason &&
    old.message === condition.message &&
    old.observedGeneration === condition.observedGeneration;
  const nominationChanged = nominated !== (pod.status?.nominatedNodeName ?? '');
  if (same && !nominationChanged) return;
  const status: Record<string, unknown> = { conditions: [condition] };
  if (nominationChanged) status.nominatedNodeName = nominated || null;
  ctx.api.patch('Pod', pod.metadata.namespace, pod.metadata.name, { status }, 'strategic', 'status');
}
