import { GATES } from '../../engine/index.ts';
import { type BerthCommand, UsageError } from './program.ts';

const USAGE = 'gate [NAME on|off]';

/** `berth gate`: what-ifs that no Kubernetes has, listed, opened and closed. */
export const gateCommand: BerthCommand = {
  name: 'gate',
  usage: USAGE,
  *run(env, args, { cluster }) {
    const [name, word] = args;
    if (name === undefined) {
      env.out('What-ifs of the playground. None of them is Kubernetes.\n');
      for (const g of GATES) env.out(`  ${g.name}  ${cluster.gates.includes(g.name) ? 'on ' : 'off'}  ${g.text}\n`);
      return 0;
    }
    if (args.length !== 2 || (word !== 'on' && word !== 'off')) throw new UsageError(`usage: berth ${USAGE}`);
    const gate = GATES.find((g) => g.name.toLowerCase() === name.toLowerCase());
    if (!gate) throw new UsageError(`there is no gate "${name}"; there is ${GATES.map((g) => g.name).join(', ')}`);
    cluster.setGate(gate.name, word === 'on');
    if (word === 'on')
      env.out(`${gate.name} is on. This is a what-if of the playground, not Kubernetes: ${gate.text}.\n`);
    else
      env.out(
        `${gate.name} is off: the API server refuses its fields again, as Kubernetes does. Objects that were let in keep them.\n`,
      );
    return 0;
  },
};
