/** Making room: what is written once victims are chosen. Upstream: pkg/scheduler/framework/preemption/executor.go */
import type { Pod } from '../api/core.ts';
import type { Context } from '../client/component.ts';
import { rfc3339 } from '../sim/time.ts';
import type { Candidate } from './framework/interface.ts';
import type { World } from './world.ts';

/** Lower pods that were promised the node lose the promise; victims are told why and deleted. */
export function evictVictims(
  world: World,
  ctx: Context,
  schedulerName: string,
  preemptor: Pod,
  candidate: Candidate,
): void {
  const priority = preemptor.spec.priority ?? 0;
  for (const p of [...world.nominator.on(candidate.node)]) {
    const stored = ctx.list.byKey<Pod>('Pod', p.key);
    if (p.cls.priority >= priority || !stored) continue;
    world.nominator.remove(p.pod.metadata.uid);
    if (stored.status?.nominatedNodeName)
      ctx.api.patch(
        'Pod',
        stored.metadata.namespace,
        stored.metadata.name,
        { status: { nominatedNodeName: null } },
        'strategic',
        'status',
      );
  }
  for (const victim of candidate.victims) {
    const pod = ctx.list.byKey<Pod>('Pod', victim.key);
    if (!pod || pod.metadata.deletionTimestamp) continue;
    const { namespace, name } = pod.metadata;
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: `${schedulerName}: preempting to accommodate a higher priority pod`,
      lastProbeTime: null,
      lastTransitionTime: rfc3339(ctx.now),
      ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    };
    ctx.api.patch('Pod', namespace, name, { status: { conditions: [condition] } }, 'strategic', 'status');
    ctx.api.delete('Pod', namespace, name);
    ctx.events.event(pod, {
      type: 'Normal',
      reason: 'Preempted',
      action: 'Preempting',
      message: `Preempted by pod ${preemptor.metadata.uid} on node ${candidate.node}`,
      related: preemptor,
      source: { component: schedulerName },
    });
  }
}
