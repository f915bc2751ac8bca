/** The plain state of all kubelets. */
import type { ClusterNetwork } from '../client/network.ts';
import type { Ms } from '../sim/time.ts';
import { isHeard } from './machine/machine.ts';
import { type Machines, noMachines } from './machine/machines.ts';
import type { PodRun } from './pod/runtime.ts';

export interface KubeletState {
  machines: Machines;
  /** By `ns/name`. */
  pods: Record<string, PodRun>;
}

export const newState = (): KubeletState => ({ machines: noMachines(), pods: {} });

/** What a cluster hands to its machines. */
export interface KubeletOptions {
  network: ClusterNetwork;
}

/** What the API does not say of a pod on its machine. */
export interface PodFact {
  /** The download under way. */
  pull?: { startMs: Ms; endMs: Ms };
  /** The end of a crash or image back-off. */
  retryAtMs?: Ms;
}

/** Facts for the page that the API does not hold, asked one by one: between two frames only few of many pods change. */
export interface KubeletView {
  pod(key: string, uid: string): PodFact;
  /** Whether the machine has no power, network or kubelet. */
  isDown(node: string): boolean;
}

const BACK_OFFS = new Set(['image-back-off', 'crash-back-off']);
const NOTHING: PodFact = {};

export function viewState(state: KubeletState): KubeletView {
  return {
    pod(key, uid) {
      const rt = state.pods[key];
      return rt?.uid === uid ? factOf(rt) : NOTHING;
    },
    isDown(node) {
      const m = state.machines.byName[node];
      return m !== undefined && !isHeard(m);
    },
  };
}

function factOf(rt: PodRun): PodFact {
  const fact: PodFact = {};
  for (const c of rt.containers) {
    if (c.pull) fact.pull ??= { startMs: c.pull.beganAt, endMs: c.pull.endsAt };
    else if (c.dueAt !== undefined && BACK_OFFS.has(c.stage)) fact.retryAtMs ??= c.dueAt;
  }
  return fact;
}
