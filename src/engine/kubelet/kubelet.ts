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
import { applyFault } from './machine/faults.ts';
import { isActive, type Machine } from './machine/machine.ts';
import { machineOf } from './machine/machines.ts';
import { reconcileNode } from './machine/node.ts';
import { newPodRun, type PodRun } from './pod/runtime.ts';
import { syncPod } from './pod/sync.ts';
import type { PodView } from './pod/view.ts';
import { worldOf } from './pod/world.ts';
import { type KubeletOptions, type KubeletState, newState } from './state.ts';

/** What is left of a pod that is no longer in the API: everything of it stops. */
function forget(state: KubeletState, key: string): void {
  const rt = state.pods[key];
  if (!rt) return;
  const m = state.machines.byName[rt.node];
  if (m && rt.ip && rt.sandbox) release(m.addresses, rt.ip);
  delete state.pods[key];
}

const isTerminal = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';

/** Pods that count for admission: let in here, not over. */
function* running(state: KubeletState, ctx: Context, node: string, except: string): Iterable<Pod> {
  for (const pod of ctx.list.podsOnNode(node)) {
    if (isTerminal(pod) || keyOf(pod) === except) continue;
    const rt = state.pods[keyOf(pod)];
    if (rt?.admitted && !rt.final) yield pod;
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

function reconcilePod(
  options: KubeletOptions,
  key: string,
  ctx: Context,
  state: KubeletState,
): { requeueAt: Ms } | undefined {
  const { namespace, name } = splitKey(key);
  const pod = ctx.list.get<Pod>('Pod', namespace, name);
  let rt = state.pods[key];
  const gone = rt && (!pod || pod.metadata.uid !== rt.uid);
  const host = rt && state.machines.byName[rt.node];
  if (gone && host && isActive(host) && host.connected) {
    forget(state, key);
    rt = undefined;
  }
  if (!pod?.spec.nodeName || (rt && rt.uid !== pod.metadata.uid)) return undefined;
  const node = ctx.list.get<Node>('Node', undefined, pod.spec.nodeName);
  const m = node ? machineOf(state.machines, node, ctx) : state.machines.byName[pod.spec.nodeName];
  if (!m || !isActive(m)) return undefined;
  if (!rt) {
    if (!m.connected || !m.registered) return undefined;
    if (isTerminal(pod)) {
      if (pod.metadata.deletionTimestamp && pod.metadata.deletionGracePeriodSeconds !== 0)
        ctx.api.delete('Pod', namespace, name, { gracePeriodSeconds: 0 });
      return undefined;
    }
    rt = newPodRun(pod, ctx.now);
    state.pods[key] = rt;
  }
  return syncPod(viewOf(options, state, ctx, pod, rt, m), () => [...running(state, ctx, m.node, key)]);
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
      return undefined;
    },
  };
}
