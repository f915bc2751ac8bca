/** `kubectl rollout`. Upstream: k8s.io/kubectl/pkg/cmd/rollout/rollout.go */
import type { Command, Env, Running } from '../command.ts';
import { helpText } from '../help.ts';
import { history } from './rollout/history.ts';
import { status } from './rollout/status.ts';
import { pause, restart, resume } from './rollout/switch.ts';
import { undo } from './rollout/undo.ts';

const LONG = `Manage the rollout of one or many resources.

 Valid resource types include:

  *  deployments
  *  daemonsets
  *  statefulsets

Examples:
  # Rollback to the previous deployment
  kubectl rollout undo deployment/abc

  # Check the rollout status of a daemonset
  kubectl rollout status daemonset/foo

  # Restart a deployment
  kubectl rollout restart deployment/abc

  # Restart deployments with the 'app=nginx' label
  kubectl rollout restart deployment --selector=app=nginx`;

export const rollout: Command = {
  name: 'rollout',
  use: 'kubectl rollout SUBCOMMAND',
  short: 'Manage the rollout of a resource',
  long: LONG,
  flags: [],
  commands: [history, pause, restart, resume, status, undo],
  *run(env: Env): Running {
    env.out(helpText(rollout, 'rollout'));
    return 1;
  },
};
