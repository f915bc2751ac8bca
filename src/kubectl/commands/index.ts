/** Every kubectl command; one line each. */
import type { Command } from '../command.ts';
import { annotate } from './annotate.ts';
import { apply } from './apply.ts';
import { cordon, uncordon } from './cordon.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { drain } from './drain.ts';
import { get } from './get.ts';
import { label } from './label.ts';
import { taint } from './taint.ts';

export const COMMANDS: readonly Command[] = [
  annotate,
  apply,
  cordon,
  create,
  remove,
  drain,
  get,
  label,
  taint,
  uncordon,
];

export const ROOT: Command = {
  name: 'kubectl',
  use: 'kubectl [flags]',
  short: 'kubectl controls the Kubernetes cluster manager.',
  long: 'kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/',
  flags: [],
  commands: COMMANDS,
};
