/**
 * Snapshots of ten thousand pods must be cheap: a saved state shares the pods' records, and whoever changes one first
 * makes it his own. Only `own` hands out records that may be written into.
 */
import { clonePlain } from '../../sim/plain.ts';
import type { KubeletState } from '../state.ts';
import type { PodRun } from './runtime.ts';

/** Records that some snapshot holds. */
const held = new WeakSet<PodRun>();

/** The state as plain data; its pods are shared until somebody writes into them. */
export function saveState(state: KubeletState): KubeletState {
  for (const key in state.pods) held.add(state.pods[key]!);
  return { machines: clonePlain(state.machines), pods: { ...state.pods } };
}

/** The record of a pod, to be written into. */
export function own(state: KubeletState, key: string): PodRun | undefined {
  const rt = state.pods[key];
  if (!rt || !held.has(rt)) return rt;
  const copy = clonePlain(rt);
  state.pods[key] = copy;
  return copy;
}
