/**
 * The kubelets of all machines, as one component. Keys: `node:NAME`, `pod:NS/NAME`, `fault:{…}`.
 * Upstream: pkg/kubelet/kubelet.go, pkg/kubelet/pod_workers.go
 */
import type { Node, Pod } from '../api/core.ts';
import { keyOf, splitKey } from '../api/meta.ts';
import type { WatchEvent } from '../api/request.ts';
import type { Component, Context } from '../client/component.ts';
import type { Ms } from '../sim/time.ts';
import type { Fault } from './fault.ts';
import { podKeysFor } from './keys.ts';
import { release } from './machine/addresses.ts';
import { reconcilePressure } from './machine/eviction.ts';
import { applyFault, kubeletUp } from './machine/faults.ts';
import { isActive, isHeard, type Machine } from './machine/machine.ts';
import { machineOf } from './machine/machines.ts';
import { reconcileNode } from './machine/node.ts';
import { adopt } from './pod/adopt.ts';
import { endStatic, keepMirror } from './pod/mirror.ts';
import { own, saveState } from './pod/own.ts';
import { newPodRun, type PodRun } from './pod/runtime.ts';
import { type Neighbour, syncPod } from './pod/sync.ts';
import type { PodView } from './pod/view.ts';
import { worldOf } from './pod/world.ts';
import { nodeProxy } from './proxy.ts';
import { type KubeletOptions, type KubeletState, newState, viewState } from './state.ts';

/** What is left of a pod that is no longer in the API: everything of it stops. */
function forget(state: KubeletState, key: string): void {
  const rt = state.pods[key];
  if (!rt) return;
  const m = state.machines.byName[rt.node];
  if (m && rt.ip && rt.sandbox) release(m.addresses, rt.ip);
  delete state.pods[key];
}

type Again = { requeueAt: Ms } | undefined;

const isTerminal = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';

/** Pods that count for admission: let in here, not over. */
function* running(state: KubeletState, ctx: Context, node: string, except: string): Iterable<Neighbour> {
  for (const pod of ctx.list.podsOnNode(node)) {
    if (isTerminal(pod)) continue;
    const key = keyOf(pod);
    const rt = state.pods[key];
    if (key !== except && rt?.admitted && !rt.final) yield { pod, take: () => own(state, key)! };
  }
}

function viewOf(options: KubeletOptions, state: KubeletState, ctx: Context, pod: Pod, rt: PodRun, m: Machine): PodView {
  return {
    pod,
    rt,
    m,
    node: ctx.list.get<Node>('Node', undefined, m.node),
    ctx,
    now: ctx.now,
    world: (c, at) => worldOf(options, state, ctx.list, pod, c, m.arch, rt.ip, at),
  };
}

/** A static pod lives by its file; the object in the API is only its mirror. */
function reconcileStatic(options: KubeletOptions, key: string, ctx: Context, state: KubeletState): Again {
  const rt = own(state, key)!;
  const m = state.machines.byName[rt.node]!;
  if (!isActive(m)) return undefined;
  const node = ctx.list.get<Node>('Node', undefined, m.node);
  const { pod, again } = keepMirror(rt, m, node, ctx);
  if (!pod) {
    forget(state, key); // neither file nor mirror: nobody could tell any more what it was
    return undefined;
  }
  const next = syncPod(viewOf(options, state, ctx, pod, rt, m), () => [...running(state, ctx, m.node, key)]);
  if (!endStatic(rt, ctx)) return earlier(next, again);
  forget(state, key);
  m.syncAt = ctx.now; // a changed file begins anew
  ctx.wake(`node:${m.node}`, ctx.now);
  return undefined;
}

const earlier = (a: Again, at: Ms | undefined): Again =>
  at === undefined || (a && a.requeueAt <= at) ? a : { requeueAt: at };

/** What is known of the pod on its machine, if the machine can act on it now. */
function runOf(key: string, pod: Pod, ctx: Context, state: KubeletState): { rt: PodRun; m: Machine } | undefined {
  const node = ctx.list.get<Node>('Node', undefined, pod.spec.nodeName!);
  const m = node ? machineOf(state.machines, node, ctx) : state.machines.byName[pod.spec.nodeName!];
  if (!m || !isActive(m)) return undefined;
  const known = own(state, key);
  if (known) return { rt: known, m };
  if (!m.connected || !m.registered) return undefined;
  const mirror = pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;
  if (mirror)
    ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name, { gracePeriodSeconds: 0 }); // of no file
  else if (isTerminal(pod)) {
    if (pod.metadata.deletionTimestamp && pod.metadata.deletionGracePeriodSeconds !== 0)
      ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name, { gracePeriodSeconds: 0 });
  } else {
    const rt = pod.status.phase === 'Running' ? adopt(pod, m, ctx.now) : newPodRun(pod, ctx.now);
    state.pods[key] = rt;
    return { rt, m };
  }
  return undefined;
}

function reconcilePod(options: KubeletOptions, key: string, ctx: Context, state: KubeletState): Again {
  const known = state.pods[key];
  if (known?.static) return reconcileStatic(options, key, ctx, state);
  const { namespace, name } = splitKey(key);
  const pod = ctx.list.get<Pod>('Pod', namespace, name);
  if (known && (!pod || pod.metadata.uid !== known.uid)) {
    const host = state.machines.byName[known.node];
    if (host && !isHeard(host)) return undefined; // it does not know yet
    forget(state, key);
  }
  if (!pod?.spec.nodeName) return undefined;
  const run = runOf(key, pod, ctx, state);
  if (!run) return undefined;
  return syncPod(viewOf(options, state, ctx, pod, run.rt, run.m), () => [...running(state, ctx, run.m.node, key)]);
}

/** The component that runs pods on all machines. */
export function kubeletComponent(options: KubeletOptions): Component<KubeletState> {
  return {
    name: 'kubelet',
    watches: ['Pod', 'Node'],
    initial: newState,
    keysFor(event: WatchEvent): string[] {
      return event.kind === 'Node' ? [`node:${keyOf(event.object)}`] : podKeysFor(event);
    },
    reconcile(key, ctx, state) {
      if (key.startsWith('pod:')) return reconcilePod(options, key.slice(4), ctx, state);
      if (key.startsWith('fault:')) return applyFault(JSON.parse(key.slice(6)) as Fault, ctx, state);
      if (key.startsWith('node:')) return reconcileNode(key.slice(5), ctx, state);
      if (key.startsWith('up:')) return kubeletUp(key.slice(3), ctx, state);
      if (key.startsWith('pressure:')) return reconcilePressure(key.slice(9), ctx, state);
      return undefined;
    },
    save: saveState,
    view: (state) => viewState(state),
    nodeProxy: (state, ctx) =>
      nodeProxy(options, {
        state: () => state,
        list: () => ctx.list,
        now: () => ctx.now,
        wake: (key) => ctx.wake(key, ctx.now),
        pick: (n) => ctx.random.int(n),
      }),
  };
}
