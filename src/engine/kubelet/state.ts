/** The plain state of all kubelets. */
import type { ClusterNetwork } from '../client/network.ts';
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
