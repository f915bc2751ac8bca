/** Node pressure and eviction. Upstream: pkg/kubelet/eviction/{eviction_manager,helpers}.go */
import type { Node, Pod } from '../../api/core.ts';
import { keyOf } from '../../api/meta.ts';
import { unitsOf } from '../../api/quantity.ts';
import { podRequests } from '../../api/resources.ts';
import type { Context } from '../../client/component.ts';
import { type Ms, rfc3339 } from '../../sim/time.ts';
import { own } from '../pod/own.ts';
import { isUp, type PodRun } from '../pod/runtime.ts';
import type { KubeletState } from '../state.ts';
import { NODE_SYNC_MS, PRESSURE_STAYS_MS } from '../timing.ts';
import { isCritical } from './admission.ts';
import { DISK_THRESHOLD_FRACTION, isHeard, type Machine, MEMORY_THRESHOLD_BYTES } from './machine.ts';
import { nodeEvent } from './node-status.ts';

const MIB = 2 ** 20;
/** What the system and an idle container take. */
const SYSTEM_MEMORY = 300 * MIB;
const IDLE_MEMORY = 15 * MIB;
const SYSTEM_DISK_FRACTION = 0.12;

interface Candidate {
  pod: Pod;
  rt: PodRun;
  uses: number;
  request: number;
}

const memoryUse = (rt: PodRun): number => {
  let sum = 0;
  for (const c of rt.containers) if (isUp(c)) sum += Math.min(c.process?.stay?.memoryBytes ?? IDLE_MEMORY, 2 ** 50);
  return sum;
};

function candidates(
  m: Machine,
  ctx: Context,
  state: KubeletState,
  resource: 'memory' | 'ephemeral-storage',
): Candidate[] {
  const out: Candidate[] = [];
  for (const pod of ctx.list.podsOnNode(m.node)) {
    const rt = state.pods[keyOf(pod)];
    if (!rt || rt.final || rt.terminating || !rt.containers.some(isUp)) continue;
    const uses = resource === 'memory' ? memoryUse(rt) : 4 * MIB;
    out.push({ pod, rt, uses, request: podRequests(pod.spec)[resource] ?? 0 });
  }
  return out;
}

/** Over its request first, then lower priority, then the larger excess. */
const rank = (a: Candidate, b: Candidate): number =>
  Number(b.uses > b.request) - Number(a.uses > a.request) ||
  (a.pod.spec.priority ?? 0) - (b.pod.spec.priority ?? 0) ||
  b.uses - b.request - (a.uses - a.request);

/** `52Mi`, `812Ki`: bytes in the largest whole binary unit. */
function quantity(bytes: number): string {
  const units = ['', 'Ki', 'Mi', 'Gi', 'Ti'];
  let n = Math.max(0, Math.round(bytes));
  let i = 0;
  while (n >= 1024 && n % 1024 === 0 && i < units.length - 1) {
    n /= 1024;
    i++;
  }
  if (i === 0 && n >= 1024) return `${Math.floor(n / 1024)}Ki`;
  return `${n}${units[i]}`;
}

interface Signal {
  resource: 'memory' | 'ephemeral-storage';
  available: number;
  threshold: number;
  shown: string;
  low: 'memoryLowAt' | 'diskLowAt';
}

function evict(c: Candidate, s: Signal, m: Machine, ctx: Context, state: KubeletState): void {
  const key = keyOf(c.pod);
  const rt = own(state, key)!;
  const names = rt.containers.filter(isUp).map((x) => {
    const spec = c.pod.spec.containers.find((y) => y.name === x.name);
    const request = unitsOf(spec?.resources?.requests?.[s.resource]);
    const uses = s.resource === 'memory' ? Math.min(x.process?.stay?.memoryBytes ?? IDLE_MEMORY, 2 ** 50) : 4 * MIB;
    return uses > request
      ? `Container ${x.name} was using ${quantity(uses)}, request is ${quantity(request)}, has larger consumption of ${s.resource}. `
      : '';
  });
  const message = `The node was low on resource: ${s.resource}. Threshold quantity: ${s.shown}, available: ${quantity(s.available)}. ${names.join('')}`;
  rt.final = { phase: 'Failed', reason: 'Evicted', message };
  rt.terminating = { graceEnd: ctx.now + 1000 };
  rt.disruption = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'TerminationByKubelet',
    message,
    lastProbeTime: null,
    lastTransitionTime: rfc3339(ctx.now),
  };
  const source = { component: 'kubelet', host: m.node };
  ctx.events.event(c.pod, { type: 'Warning', reason: 'Evicted', message, source });
  ctx.wake(`pod:${key}`, ctx.now);
}

function signals(m: Machine, state: KubeletState): Signal[] {
  const memory = unitsOf(m.capacity.memory);
  let used = SYSTEM_MEMORY + m.memoryEaten;
  for (const rt of Object.values(state.pods)) if (rt.node === m.node) used += memoryUse(rt);
  const disk = unitsOf(m.capacity['ephemeral-storage']);
  let images = 0;
  for (const image of Object.values(m.images)) images += image.sizeBytes;
  return [
    {
      resource: 'memory',
      available: memory - used,
      threshold: MEMORY_THRESHOLD_BYTES,
      shown: '100Mi',
      low: 'memoryLowAt',
    },
    {
      resource: 'ephemeral-storage',
      available: disk * (1 - SYSTEM_DISK_FRACTION) - images - m.diskEaten,
      threshold: disk * DISK_THRESHOLD_FRACTION,
      shown: quantity(Math.floor((disk * DISK_THRESHOLD_FRACTION) / 1024) * 1024),
      low: 'diskLowAt',
    },
  ];
}

/** Bytes that somebody else has to take so that memory runs low: 60Mi are left. */
export function memoryToEat(m: Machine, state: KubeletState): number {
  const [memory] = signals({ ...m, memoryEaten: 0 }, state);
  return Math.max(0, memory!.available - 60 * MIB);
}

/** Images that no container uses: they go before any pod does. */
function collectImages(m: Machine, state: KubeletState): boolean {
  const inUse = new Set<string>();
  for (const rt of Object.values(state.pods))
    if (rt.node === m.node) for (const c of rt.containers) if (c.image) inUse.add(c.image.id);
  const unused = Object.keys(m.images).filter((id) => !inUse.has(id) && !/pause/.test(id));
  for (const id of unused) delete m.images[id];
  return unused.length > 0;
}

/** One round of the eviction manager; while there is pressure it comes back every ten seconds. */
export function reconcilePressure(name: string, ctx: Context, state: KubeletState): { requeueAt: Ms } | undefined {
  const m = state.machines.byName[name];
  const node = ctx.list.get<Node>('Node', undefined, name);
  if (!m || !node || !isHeard(m)) return undefined;
  let pressed = false;
  for (const s of signals(m, state)) {
    if (s.available >= s.threshold) {
      const since = m[s.low];
      if (since === undefined) continue;
      pressed = true;
      if (ctx.now - since >= PRESSURE_STAYS_MS) {
        delete m[s.low];
        m.syncAt = ctx.now;
        ctx.wake(`node:${name}`, ctx.now);
      }
      continue;
    }
    pressed = true;
    if (m[s.low] === undefined) {
      m.syncAt = ctx.now;
      ctx.wake(`node:${name}`, ctx.now);
    }
    m[s.low] = ctx.now;
    nodeEvent(node, m, ctx, 'Warning', 'EvictionThresholdMet', `Attempting to reclaim ${s.resource}`);
    if (s.resource === 'ephemeral-storage' && collectImages(m, state)) continue;
    const victim = candidates(m, ctx, state, s.resource)
      .filter((c) => !isCritical(c.pod))
      .sort(rank)[0];
    if (victim) evict(victim, s, m, ctx, state);
    break; // one pod a round
  }
  return pressed ? { requeueAt: ctx.now + NODE_SYNC_MS } : undefined;
}
