/**
 * One attempt, from the queue's head to a binding or a refusal on record.
 * Upstream: pkg/scheduler/schedule_one.go (ScheduleOne, schedulingCycle, bindingCycle, handleSchedulingFailure)
 */
import type { Pod } from '../api/core.ts';
import type { Context } from '../client/component.ts';
import { type AttemptRecord, recordAttempt } from './attempts.ts';
import { bindingCycle } from './binding.ts';
import { fitMessage } from './framework/fit-error.ts';
import { CycleState } from './framework/interface.ts';
import type { PodInfo } from './framework/pod-info.ts';
import type { Framework } from './framework/runtime.ts';
import { messageOf } from './framework/status.ts';
import { evictVictims } from './preempt.ts';
import type { QueuedPod } from './queue.ts';
import { failedNote, refuse } from './refusal.ts';
import { type Diagnosis, NO_NODES_MESSAGE, schedulePod } from './schedule-pod.ts';
import type { World } from './world.ts';

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
    bindingCycle({ world, ctx, fw, entry }, pod, state, outcome.node.name);
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
