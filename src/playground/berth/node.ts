import type { Node } from '../../engine/api/core.ts';
import { parseMilli } from '../../engine/api/quantity.ts';
import type { Env } from '../../kubectl/command.ts';
import { nodeManifest } from '../../scenarios/nodes.ts';
import type { Playground } from '../playground.ts';
import { type BerthCommand, UsageError, type Words, words } from './program.ts';

export const NODE_FLAGS = ['arch', 'cpu', 'memory', 'pods', 'zone', 'label', 'taint'];
const ARCHES = ['amd64', 'arm64', 'ppc64le', 's390x'];

function quantity(w: Words, flag: string, fallback: string): string {
  const text = w.get(flag) ?? fallback;
  if (parseMilli(text) === undefined) throw new UsageError(`--${flag} "${text}" is no quantity like 4 or 8Gi`);
  return text;
}

function labelsOf(w: Words): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const pair of w.all('label')) {
    const at = pair.indexOf('=');
    if (at <= 0) throw new UsageError(`--label "${pair}" is not of the form key=value`);
    labels[pair.slice(0, at)] = pair.slice(at + 1);
  }
  const zone = w.get('zone');
  if (zone !== undefined) labels['topology.kubernetes.io/zone'] = zone;
  return labels;
}

const taintsOf = (w: Words): { key: string; value?: string; effect: string }[] =>
  w.all('taint').map((text) => {
    const m = /^([^=:]+)(?:=([^:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(text);
    if (!m) throw new UsageError(`--taint "${text}" is not of the form key=value:NoSchedule`);
    return { key: m[1]!, ...(m[2] ? { value: m[2] } : {}), effect: m[3]! };
  });

function add(env: Env, name: string, w: Words, playground: Playground): number {
  const arch = w.get('arch') ?? 'amd64';
  if (!ARCHES.includes(arch)) throw new UsageError(`--arch "${arch}" is none of ${ARCHES.join(', ')}`);
  if (playground.cluster.list.byKey('Node', name)) {
    env.err(`Error from server (AlreadyExists): nodes "${name}" already exists\n`);
    return 1;
  }
  const manifest = nodeManifest({
    name,
    arch,
    cpu: quantity(w, 'cpu', '4'),
    memory: quantity(w, 'memory', '8Gi'),
    labels: labelsOf(w),
    taints: taintsOf(w),
    index: playground.cluster.list.count('Node'),
  });
  const r = env.request({ verb: 'create', resource: 'nodes', body: manifest, dryRun: true, fieldValidation: 'Strict' });
  if (!r.ok) {
    env.err(`Error from server (${r.status.reason}): ${r.status.message}\n`);
    return 1;
  }
  playground.cluster.load([manifest as never]);
  env.out(`node/${name} added\n`);
  return 0;
}

function set(env: Env, node: Node, w: Words, playground: Playground): number {
  const parts = ['cpu', 'memory', 'pods'].filter((f) => w.has(f)).map((f) => `${f}=${quantity(w, f, '0')}`);
  if (!parts.length) throw new UsageError('usage: berth node set NAME --cpu 8 [--memory 16Gi] [--pods 110]');
  playground.cluster.inject({ type: 'set-capacity', node: node.metadata.name, amount: parts.join(',') });
  env.out(`node/${node.metadata.name} set\n`);
  return 0;
}

/** `berth node add|set|remove NAME`: machines of the scenario. */
export const nodeCommand: BerthCommand = {
  name: 'node',
  usage:
    'node add NAME [--arch amd64] [--cpu 4] [--memory 8Gi] [--zone Z] [--label k=v] [--taint k=v:Effect] | set NAME --cpu 8 | remove NAME',
  *run(env, list, playground) {
    const w = words(list, NODE_FLAGS);
    const [verb, name] = w.args;
    if (!name || w.args.length !== 2 || !['add', 'set', 'remove'].includes(verb ?? ''))
      throw new UsageError(`usage: berth ${this.usage}`);
    if (verb === 'add') return add(env, name, w, playground);
    const node = playground.cluster.list.byKey<Node>('Node', name);
    if (!node) {
      env.err(`Error from server (NotFound): nodes "${name}" not found\n`);
      return 1;
    }
    if (verb === 'set') return set(env, node, w, playground);
    playground.cluster.inject({ type: 'power-off', node: name });
    env.request({ verb: 'delete', resource: 'nodes', name });
    env.out(`node/${name} removed\n`);
    return 0;
  },
};
