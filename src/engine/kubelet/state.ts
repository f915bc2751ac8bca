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

/** Facts for the page that the API does not hold; pods by UID. */
export interface KubeletView {
  /** Downloads under way. */
  pulls: Record<string, { startMs: Ms; endMs: Ms }>;
  /** Ends of crash and image back-offs. */
  retries: Record<string, Ms>;
  /** Machines without power, network or kubelet. */
  down: string[];
}

const BACK_OFFS = new Set(['image-back-off', 'crash-back-off']);

export function viewState(state: KubeletState): KubeletView {
  const view: KubeletView = { pulls: {}, retries: {}, down: [] };
  for (const m of Object.values(state.machines.byName)) if (!isHeard(m)) view.down.push(m.node);
  for (const key in state.pods) {
    const rt = state.pods[key]!;
    for (const c of rt.containers) {
      if (c.pull) view.pulls[rt.uid] ??= { startMs: c.pull.beganAt, endMs: c.pull.endsAt };
      else if (c.dueAt !== undefined && BACK_OFFS.has(c.stage)) view.retries[rt.uid] ??= c.dueAt;
    }
  }
  return view;
}
