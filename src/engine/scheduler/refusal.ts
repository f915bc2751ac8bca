/** What a failed attempt leaves: the pod back in the queue, a nomination, an event, a condition. Upstream: pkg/scheduler/schedule_one.go (handleSchedulingFailure) */
import type { Pod } from '../api/core.ts';
import type { Condition } from '../api/meta.ts';
import type { Context } from '../client/component.ts';
import { rfc3339 } from '../sim/time.ts';
import { truncateNote } from './framework/fit-error.ts';
import type { Framework } from './framework/runtime.ts';
import type { QueuedPod } from './queue.ts';
import type { World } from './world.ts';

/** What a failed attempt leaves behind. */
export interface Refusal {
  reason: 'Unschedulable' | 'SchedulerError';
  message: string;
  rejectors: readonly string[];
  /** A new nomination; '' clears one, `undefined` keeps it. */
  nominated?: string | undefined;
}

export const failedNote = (fw: Framework, message: string) =>
  ({
    type: 'Warning',
    reason: 'FailedScheduling',
    action: 'Scheduling',
    message: truncateNote(message),
    source: { component: fw.profile.schedulerName },
  }) as const;

/** Back to the queue, the nomination kept in mind, then the event, then the condition. */
export function refuse(world: World, ctx: Context, fw: Framework, entry: QueuedPod, r: Refusal): void {
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
