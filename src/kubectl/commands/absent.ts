/** Commands of kubectl that need something a browser tab has not: each says what to do instead. */
import type { Command, Running } from '../command.ts';
import { failure, usageFailure } from '../failure.ts';

const absent = (name: string, short: string, instead: string): Command => ({
  name,
  use: `kubectl ${name}`,
  short,
  flags: [],
  *run(): Running {
    throw failure(`kubectl ${name} is not part of this playground: ${instead}`);
  },
});

export const ABSENT: readonly Command[] = [
  absent('cp', 'Copy files and directories to and from containers', 'containers here have no file systems'),
  absent(
    'debug',
    'Create debugging sessions for troubleshooting workloads and nodes',
    'try kubectl logs, kubectl describe or ssh NODE crictl ps',
  ),
  absent('proxy', 'Run a proxy to the Kubernetes API server', 'kubectl get --raw PATH asks the API server'),
  absent('plugin', 'Provides utilities for interacting with plugins', 'there are no plugins'),
  absent('certificate', 'Modify certificate resources', 'nobody signs certificates here'),
  absent('kustomize', 'Build a kustomization target from a directory or URL', 'apply plain manifests with -f'),
  absent('alpha', 'Commands for features in alpha', 'there are none'),
];

export const completion: Command = {
  name: 'completion',
  use: 'kubectl completion SHELL',
  short: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  flags: [],
  *run(env, p): Running {
    if (p.args.length === 0) throw usageFailure('completion', 'Shell not specified.');
    if (p.args.length > 1) throw usageFailure('completion', 'Too many arguments. Expected only the shell type.');
    if (!['bash', 'zsh', 'fish', 'powershell'].includes(p.args[0]!))
      throw usageFailure('completion', `Unsupported shell type "${p.args[0]}".`);
    env.out('# the console of this playground completes kubectl by itself: press Tab\n');
    return 0;
  },
};
