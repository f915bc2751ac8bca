/** Every kubectl command; one line each. */
import type { Command } from '../command.ts';
import { ABSENT, completion } from './absent.ts';
import { annotate } from './annotate.ts';
import { apply } from './apply.ts';
import { auth } from './auth.ts';
import { autoscale } from './autoscale.ts';
import { config } from './config.ts';
import { cordon, uncordon } from './cordon.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { describe } from './describe.ts';
import { diff } from './diff.ts';
import { apiResources, apiVersions, clusterInfo, options, version } from './discovery.ts';
import { drain } from './drain.ts';
import { edit } from './edit.ts';
import { events } from './events.ts';
import { attach, exec } from './exec.ts';
import { explain } from './explain.ts';
import { expose } from './expose.ts';
import { get } from './get.ts';
import { label } from './label.ts';
import { logs } from './logs.ts';
import { patch } from './patch.ts';
import { portForward } from './port-forward.ts';
import { replace } from './replace.ts';
import { rollout } from './rollout.ts';
import { run } from './run.ts';
import { scale } from './scale.ts';
import { set } from './set.ts';
import { taint } from './taint.ts';
import { top } from './top.ts';
import { wait } from './wait.ts';

export const COMMANDS: readonly Command[] = [
  annotate,
  apiResources,
  apiVersions,
  apply,
  attach,
  auth,
  autoscale,
  clusterInfo,
  completion,
  config,
  cordon,
  create,
  remove,
  diff,
  describe,
  drain,
  edit,
  events,
  exec,
  explain,
  expose,
  get,
  label,
  logs,
  options,
  patch,
  portForward,
  replace,
  run,
  scale,
  rollout,
  set,
  taint,
  top,
  uncordon,
  version,
  wait,
  ...ABSENT,
];

export const ROOT: Command = {
  name: 'kubectl',
  use: 'kubectl [flags]',
  short: 'kubectl controls the Kubernetes cluster manager.',
  long: 'kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/',
  flags: [],
  commands: COMMANDS,
};
