/** `kubectl top`: as in a cluster without a metrics server. Upstream: k8s.io/kubectl/pkg/cmd/top */
import type { Command, Parsed } from '../command.ts';
import { failure, usageFailure } from '../failure.ts';
import { flags, SELECT } from '../flags.ts';

const COMMON = 'no-headers:bool show-swap:bool sort-by use-protocol-buffers:bool=true';

function refuse(p: Parsed, use: string, selector: string): never {
  const name = use.slice(0, use.indexOf(' '));
  if (p.args.length > 1) throw usageFailure(`top ${name}`, use);
  if (!['', 'cpu', 'memory'].includes(p.str('sort-by'))) throw failure('--sort-by accepts only cpu or memory');
  if (p.args.length > 0 && p.given('selector')) throw failure(`only one of NAME or ${selector} can be provided`);
  throw failure('Metrics API not available');
}

const node: Command = {
  name: 'node',
  aliases: ['nodes', 'no'],
  use: 'kubectl top node [NAME | -l label]',
  short: 'Display resource (CPU/memory) usage of nodes',
  flags: flags(COMMON, SELECT, 'show-capacity:bool'),
  *run(_env, p) {
    return refuse(p, 'node [NAME | -l label]', '--selector');
  },
};

const pod: Command = {
  name: 'pod',
  aliases: ['pods', 'po'],
  use: 'kubectl top pod [NAME | -l label]',
  short: 'Display resource (CPU/memory) usage of pods',
  flags: flags(COMMON, SELECT, 'A,all-namespaces:bool containers:bool field-selector sum:bool'),
  *run(_env, p) {
    return refuse(p, 'pod [NAME | -l label]', 'selector');
  },
};

export const top: Command = {
  name: 'top',
  use: 'kubectl top [flags] [options]',
  short: 'Display resource (CPU/memory) usage',
  flags: [],
  commands: [node, pod],
};
