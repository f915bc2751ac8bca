/** What faults do to a machine and to what runs on it. */
import type { Context } from '../../client/component.ts';
import type { Fault } from '../fault.ts';
import type { KubeletState } from '../state.ts';
import { isHeard, withAmounts } from './machine.ts';
import { followHeartbeat } from './machines.ts';

/** Carries out a fault. Unknown machines stay unharmed. */
export function applyFault(fault: Fault, ctx: Context, state: KubeletState): undefined {
  const m = state.machines.byName[fault.node];
  if (!m) return undefined;
  const heard = isHeard(m);
  if (fault.type === 'power-off') m.powered = false;
  else if (fault.type === 'power-on') m.powered = true;
  else if (fault.type === 'disconnect') m.connected = false;
  else if (fault.type === 'reconnect') m.connected = true;
  else if (fault.type === 'stop-kubelet') m.kubelet = false;
  else if (fault.type === 'start-kubelet') m.kubelet = true;
  else if (fault.type === 'set-capacity') m.capacity = withAmounts(m.capacity, fault.amount ?? '');
  followHeartbeat(m, heard, ctx);
  return undefined;
}
