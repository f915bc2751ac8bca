import type { Env, Running } from '../../kubectl/command.ts';
import type { Playground } from '../playground.ts';
import { advanceCommand, timeCommand } from './clock.ts';
import { faultCommand } from './fault.ts';
import { gateCommand } from './gate.ts';
import { imageCommand } from './image.ts';
import { nodeCommand } from './node.ts';
import { type BerthCommand, UsageError } from './program.ts';
import { schedulerCommand } from './scheduler.ts';
import { drainPreviewCommand, explainCommand, placeCommand } from './why.ts';

export const BERTH_COMMANDS: readonly BerthCommand[] = [
  faultCommand,
  nodeCommand,
  imageCommand,
  schedulerCommand,
  gateCommand,
  explainCommand,
  placeCommand,
  drainPreviewCommand,
  timeCommand,
  advanceCommand,
];

const usage = (): string => `Usage:\n${BERTH_COMMANDS.map((c) => `  berth ${c.usage}\n`).join('')}`;

/** The program `berth` of one playground. */
export const berthProgram = (playground: Playground) =>
  function* berth(env: Env): Running {
    const [name, ...args] = env.args;
    const command = BERTH_COMMANDS.find((c) => c.name === name);
    if (!command) {
      const asked = name === undefined || name === 'help' || name === '--help';
      (asked ? env.out : env.err)(asked ? usage() : `berth: there is no command "${name}"\n${usage()}`);
      return asked ? 0 : 2;
    }
    try {
      return yield* command.run(env, args, playground);
    } catch (e) {
      if (!(e instanceof UsageError)) throw e;
      env.err(`berth: ${e.message}\n`);
      return 2;
    }
  };
