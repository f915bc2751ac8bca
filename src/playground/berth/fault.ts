import type { Node } from '../../engine/api/core.ts';
import { parseMilli } from '../../engine/api/quantity.ts';
import type { Fault } from '../../engine/index.ts';
import { type BerthCommand, UsageError, words } from './program.ts';

export const FAULTS: Record<string, { amount: boolean; done: string }> = {
  'power-off': { amount: false, done: 'powered off' },
  'power-on': { amount: false, done: 'powered on' },
  disconnect: { amount: false, done: 'disconnected from the network' },
  reconnect: { amount: false, done: 'connected to the network' },
  'stop-kubelet': { amount: false, done: 'kubelet stopped' },
  'start-kubelet': { amount: false, done: 'kubelet started' },
  'restart-kubelet': { amount: false, done: 'kubelet restarted' },
  'fill-disk': { amount: true, done: 'disk filled' },
  'eat-memory': { amount: true, done: 'memory taken' },
};

/** `berth fault power-off NODE`: what no API can do to a machine. */
export const faultCommand: BerthCommand = {
  name: 'fault',
  usage: `fault ${Object.keys(FAULTS).join('|')} NODE [AMOUNT]`,
  *run(env, list, playground) {
    const { args } = words(list, []);
    const [type, node, amount] = args;
    const fault = FAULTS[type ?? ''];
    if (!type || !fault)
      throw new UsageError(`unknown fault "${type ?? ''}"; there are ${Object.keys(FAULTS).join(', ')}`);
    if (!node || args.length > (fault.amount ? 3 : 2))
      throw new UsageError(`usage: berth fault ${type} NODE${fault.amount ? ' [AMOUNT]' : ''}`);
    if (!playground.cluster.list.byKey<Node>('Node', node)) {
      env.err(`Error from server (NotFound): nodes "${node}" not found\n`);
      return 1;
    }
    if (amount !== undefined && parseMilli(amount) === undefined)
      throw new UsageError(`"${amount}" is no amount like 2Gi`);
    playground.cluster.inject({ type: type as Fault['type'], node, ...(amount === undefined ? {} : { amount }) });
    env.out(`node/${node} ${fault.done}\n`);
    return 0;
  },
};
