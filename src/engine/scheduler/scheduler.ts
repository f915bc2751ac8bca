/** The scheduler as an actor of the control plane. Upstream: pkg/scheduler/scheduler.go */
import type { Component, Context, Key } from '../client/component.ts';
import { invariant } from '../sim/invariant.ts';
import { HUMAN_LATENCY, type Latency } from '../sim/latency.ts';
import type { Ms } from '../sim/time.ts';
import { attempt } from './attempt.ts';
import { continueBindings } from './binding.ts';
import { DEFAULT_CONFIGURATION } from './config/resolve.ts';
import type { KubeSchedulerConfiguration } from './config/types.ts';
import { catchUp, WATCHED } from './watch.ts';
import { World, type WorldState } from './world.ts';

export const SCHEDULER = 'scheduler';
export const SCHEDULE_ONE = 'schedule-one';
/** The key `config:<JSON>` gives a running scheduler another (valid) configuration. */
export const CONFIGURE = 'config:';

export interface SchedulerOptions {
  config?: KubeSchedulerConfiguration;
  latency?: Latency;
}

/** What the page shows of the queue: pod UIDs in the order in which they would be taken. */
export interface SchedulerView {
  lanes: { lane: 'active' | 'backoff' | 'unschedulable' | 'gated'; uids: string[] }[];
  backoff: { uid: string; untilMs: Ms }[];
  attempts: number;
  /** Names that a pod's `schedulerName` may have: the profiles. */
  schedulers: string[];
}

/** One key, one pod a wake; the queue orders the pods. */
export function schedulerComponent(options: SchedulerOptions = {}): Component {
  const attemptMs = (options.latency ?? HUMAN_LATENCY).attemptMs;
  const component: Component<World> = {
    name: SCHEDULER,
    watches: WATCHED,
    keysFor: () => KEYS,
    initial: () => new World(options.config ?? DEFAULT_CONFIGURATION),
    startKeys: () => KEYS,
    reconcile(key, ctx, world) {
      if (key.startsWith(CONFIGURE)) {
        world.restart(JSON.parse(key.slice(CONFIGURE.length)));
        ctx.wake(SCHEDULE_ONE, ctx.now);
        return undefined;
      }
      invariant(key === SCHEDULE_ONE, 'the scheduler has one key');
      return scheduleOne(ctx, world, attemptMs);
    },
    save: (world) => world.save(),
    load: (saved, list) => World.load(saved as WorldState, list),
    view: (world): SchedulerView => viewOf(world),
  };
  return component as Component;
}

const KEYS: readonly Key[] = [SCHEDULE_ONE];

function scheduleOne(ctx: Context, world: World, attemptMs: Ms): { requeueAt: Ms } | undefined {
  world.list = ctx.list;
  world.now = ctx.now;
  catchUp(world);
  continueBindings(world, ctx);
  world.queue.flush(ctx.now, world.lastFlush);
  world.lastFlush = ctx.now;
  const entry = world.queue.pop();
  if (entry) attempt(world, ctx, entry);
  if (world.queue.ready) return { requeueAt: ctx.now + attemptMs };
  const times = [world.queue.nextFlush(), ...[...world.bindings.values()].map((b) => b.nextCheck)].filter(
    (t) => t !== undefined,
  );
  return times.length ? { requeueAt: Math.max(Math.min(...times), ctx.now + 1) } : undefined;
}

function viewOf(world: World): SchedulerView {
  const lanes = world.queue.lanes();
  return {
    lanes: (['active', 'backoff', 'unschedulable', 'gated'] as const).map((lane) => ({
      lane,
      uids: lanes[lane].map((e) => e.pod.metadata.uid),
    })),
    backoff: lanes.backoff.map((e) => ({ uid: e.pod.metadata.uid, untilMs: e.backoffUntil })),
    attempts: world.attemptCount,
    schedulers: [...world.frameworks.keys()],
  };
}
