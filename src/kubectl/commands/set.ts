/** `kubectl set`: changes to parts of objects. Upstream: k8s.io/kubectl/pkg/cmd/set/set.go */
import type { Command, Env, Running } from '../command.ts';
import { helpText } from '../help.ts';
import { setEnv } from './set/env.ts';
import { image } from './set/image.ts';
import { selector, serviceAccount, subject } from './set/others.ts';
import { resources } from './set/resources.ts';

export const set: Command = {
  name: 'set',
  use: 'kubectl set SUBCOMMAND',
  short: 'Set specific features on objects',
  long: 'Configure application resources.\n\n These commands help you make changes to existing application resources.',
  flags: [],
  commands: [setEnv, image, resources, selector, serviceAccount, subject],
  *run(env: Env): Running {
    env.err(helpText(set, 'set'));
    return 1;
  },
};
