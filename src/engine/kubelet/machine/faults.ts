/** What faults do to a machine and to what runs on it. */

import { objectKey } from '../../api/meta.ts';
import { unitsOf } from '../../api/quantity.ts';
import type { Context } from '../../client/component.ts';
import type { Ms } from '../../sim/time.ts';
import type { Fault } from '../fault.ts';
import { own } from '../pod/own.ts';
import { isUp, type PodRun } from '../pod/runtime.ts';
import type { KubeletState } from '../state.ts';
import { BOOT_MS, KUBELET_START_MS } from '../timing.ts';
import { release } from './addresses.ts';
import { memoryToEat } from './eviction.ts';
import { isHeard, type Machine, withAmounts } from './machine.ts';
import { followHeartbeat } from './machines.ts';
import { createNode } from './node-status.ts';

function* podsOf(state: KubeletState, m: Machine): Iterable<PodRun> {
  for (const key of Object.keys(state.pods)) if (state.pods[key]?.node === m.node) yield own(state, key)!;
}

const wakePods = (state: KubeletState, m: Machine, ctx: Context, at: Ms): void => {
  for (const rt of podsOf(state, m)) ctx.wake(`pod:${objectKey(rt.namespace, rt.name)}`, at);
};

/** Power goes: whatever ran has ended by the time the machine is back, with a reason nobody knows. */
function powerOff(m: Machine, ctx: Context, state: KubeletState): void {
  m.powered = false;
  m.pullFreeAt = 0;
  m.queued = {};
  for (const rt of podsOf(state, m)) {
    for (const c of rt.containers) {
      delete c.pull;
      delete c.row;
      delete c.dueAt;
      if (!isUp(c)) {
        if (c.stage === 'pulling' || c.stage === 'creating' || c.stage === 'starting') c.stage = 'check';
        continue;
      }
      c.ended = {
        exitCode: 255,
        reason: 'Unknown',
        startedAt: c.process!.startedAt,
        finishedAt: ctx.now,
        containerID: c.containerID!,
      };
      c.stage = 'exited';
      c.started = false;
      c.ready = false;
      delete c.crash; // the table of back-offs was in the kubelet's memory
      delete c.kill;
      c.probes = {};
    }
    if (rt.sandbox && rt.ip) release(m.addresses, rt.ip);
    rt.lost = rt.sandbox;
    rt.sandbox = false;
    delete rt.sandboxAt;
  }
}

/** The kubelet of a machine comes up: it posts its status and looks at its pods anew. */
function startKubelet(m: Machine, ctx: Context, state: KubeletState, at: Ms): void {
  m.kubelet = true;
  m.registered = false;
  m.announced = false;
  m.startedAt = at;
  m.syncAt = at;
  for (const rt of podsOf(state, m)) if (!rt.static && !rt.terminating && !rt.final) rt.admitted = false;
  wakePods(state, m, ctx, at);
}

function boot(m: Machine, ctx: Context): void {
  m.powered = true;
  m.kubelet = false;
  m.bootId = ctx.random.uuid();
  m.rebooted = true;
  ctx.wake(`up:${m.node}`, ctx.now + BOOT_MS);
}

const SWITCHES: Record<Fault['type'], (m: Machine, f: Fault, ctx: Context, state: KubeletState) => void> = {
  'power-off': (m, _f, ctx, state) => {
    if (m.powered) powerOff(m, ctx, state);
  },
  'power-on': (m, _f, ctx) => {
    if (!m.powered) boot(m, ctx);
  },
  disconnect: (m) => {
    m.connected = false;
  },
  reconnect: (m, _f, ctx, state) => {
    m.connected = true;
    wakePods(state, m, ctx, ctx.now);
  },
  'stop-kubelet': (m) => {
    m.kubelet = false;
  },
  'start-kubelet': (m, _f, ctx) => {
    if (!m.kubelet) ctx.wake(`up:${m.node}`, ctx.now + KUBELET_START_MS);
  },
  'restart-kubelet': (m, _f, ctx) => {
    if (m.powered) ctx.wake(`up:${m.node}`, ctx.now + KUBELET_START_MS);
  },
  'fill-disk': (m, f, ctx) => {
    const size = unitsOf(m.capacity['ephemeral-storage']);
    m.diskEaten = f.amount === undefined ? Math.round(size * 0.93) : unitsOf(f.amount);
    ctx.wake(`pressure:${m.node}`, ctx.now);
  },
  'eat-memory': (m, f, ctx, state) => {
    m.memoryEaten = f.amount === undefined ? memoryToEat(m, state) : unitsOf(f.amount);
    ctx.wake(`pressure:${m.node}`, ctx.now);
  },
  'set-capacity': (m, f, ctx) => {
    m.capacity = withAmounts(m.capacity, f.amount ?? '');
    ctx.wake(`up:${m.node}`, ctx.now + KUBELET_START_MS); // a kubelet reads its machine when it starts
  },
  'put-manifest': (m, f, ctx) => {
    const { name, manifest } = JSON.parse(f.amount ?? '{}') as { name: string; manifest: unknown };
    m.manifests[name] = JSON.stringify(manifest);
    m.syncAt = ctx.now;
    ctx.wake(`node:${m.node}`, ctx.now);
  },
  'remove-manifest': (m, f, ctx) => {
    delete m.manifests[f.amount ?? ''];
    m.syncAt = ctx.now;
    ctx.wake(`node:${m.node}`, ctx.now);
  },
};

/** Carries out a fault. Unknown machines stay unharmed. */
export function applyFault(fault: Fault, ctx: Context, state: KubeletState): undefined {
  const m = state.machines.byName[fault.node];
  if (!m) return undefined;
  const heard = isHeard(m);
  SWITCHES[fault.type](m, fault, ctx, state);
  followHeartbeat(m, heard, ctx);
  return undefined;
}

/** The kubelet of a machine is up (again). */
export function kubeletUp(name: string, ctx: Context, state: KubeletState): undefined {
  const m = state.machines.byName[name];
  if (!m?.powered) return undefined;
  startKubelet(m, ctx, state, ctx.now);
  if (isHeard(m) && !ctx.list.get('Node', undefined, name)) createNode(m, ctx);
  if (isHeard(m)) followHeartbeat(m, false, ctx);
  return undefined;
}
