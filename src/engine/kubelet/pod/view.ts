/** Everything the rows of a container's life look at. */
import type { Container, Node, Pod } from '../../api/core.ts';
import type { Context } from '../../client/component.ts';
import type { EventNote } from '../../client/recorder.ts';
import type { Ms } from '../../sim/time.ts';
import type { Machine } from '../machine/machine.ts';
import type { World } from '../programs/world.ts';
import { type ContainerRun, fieldPathOf, type PodRun } from './runtime.ts';

/** One pod on its machine at one moment. */
export interface PodView {
  pod: Pod;
  rt: PodRun;
  m: Machine;
  node: Node | undefined;
  ctx: Context;
  now: Ms;
  /** The cluster as a process of the container sees it. */
  world(c: ContainerRun, at: Ms): World;
}

export interface ContainerView extends PodView {
  c: ContainerRun;
  spec: Container;
}

/** An event on the pod from its machine's kubelet; nobody hears it while the network is away. */
export function tell(v: PodView, type: EventNote['type'], reason: string, message: string, c?: ContainerRun): void {
  if (!v.m.connected) return;
  v.ctx.events.event(v.pod, {
    type,
    reason,
    message,
    ...(c ? { fieldPath: fieldPathOf(c) } : {}),
    source: { component: 'kubelet', host: v.m.node },
  });
}
