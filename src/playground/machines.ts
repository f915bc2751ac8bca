/** What one does on a machine itself: `ssh NODE …` and `curl` from wherever one stands. */
import type { Node } from '../engine/api/core.ts';
import { humanDuration } from '../engine/api/duration.ts';
import type { CurlSource } from '../engine/api/node-proxy.ts';
import type { Env, Running } from '../kubectl/command.ts';
import type { Playground } from './playground.ts';
import type { Program } from './shell/shell.ts';

const CURL_FLAGS_WITH_VALUE = new Set([
  '-H',
  '--header',
  '-X',
  '--request',
  '-d',
  '--data',
  '-o',
  '--output',
  '-m',
  '--max-time',
  '--connect-timeout',
  '-w',
  '--write-out',
]);

/** `curl URL` as seen from a place in (or outside of) the cluster: who answers is for the simulated network to say. */
export const curlProgram = (playground: Playground, from: CurlSource): Program =>
  function* curl(env: Env): Running {
    const flags: string[] = [];
    let url = '';
    for (let i = 0; i < env.args.length; i++) {
      const word = env.args[i]!;
      if (CURL_FLAGS_WITH_VALUE.has(word)) i++;
      else if (word.startsWith('-')) flags.push(word);
      else url = word;
    }
    if (!url) {
      env.err("curl: try 'curl --help' or 'curl --manual' for more information\n");
      return 2;
    }
    const proxy = playground.cluster.nodes;
    const answer = proxy?.curl(from, /^[a-z]+:\/\//.test(url) ? url : `http://${url}`);
    if (!answer) {
      env.err('curl: (7) Failed to connect: there is no network here\n');
      return 7;
    }
    if (!answer.ok) {
      env.err(`curl: (${answer.exitCode}) ${answer.message}\n`);
      return answer.exitCode;
    }
    env.out(flags.some((f) => f === '-I' || f === '--head') ? `HTTP/1.1 ${answer.status} OK\n` : answer.body);
    return 0;
  };

const pad = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((r) => r[i]!.length)));
  return rows.map((r) => `${r.map((c, i) => (i === r.length - 1 ? c : c.padEnd(widths[i]! + 3))).join('')}\n`).join('');
};

function crictl(env: Env, playground: Playground, node: string, args: readonly string[]): number {
  const rows = playground.cluster.nodes?.crictl(node);
  if (args[0] !== 'ps' || !rows) {
    env.err(
      rows ? 'crictl: this machine answers `crictl ps` and `crictl ps -a`\n' : `crictl: ${node} does not answer\n`,
    );
    return 1;
  }
  const shown = rows.filter((r) => r.state === 'Running' || args.includes('-a'));
  const header = ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'];
  const cells = shown.map((r) => [
    r.container.slice(0, 13),
    r.image,
    `${humanDuration(env.now() - r.createdMs)} ago`,
    r.state,
    r.name,
    String(r.attempt),
    r.podId.slice(0, 13),
    r.pod,
    r.namespace,
  ]);
  env.out(pad([header, ...cells]));
  return 0;
}

function systemctl(env: Env, playground: Playground, node: string, args: readonly string[]): number {
  const [verb, unit] = args;
  const fault = { restart: 'restart-kubelet', stop: 'stop-kubelet', start: 'start-kubelet' } as const;
  if (!unit?.startsWith('kubelet') || !(verb! in fault)) {
    env.err('systemctl: the unit of this machine is kubelet; start, stop and restart it\n');
    return 1;
  }
  playground.cluster.inject({ type: fault[verb as keyof typeof fault], node });
  return 0;
}

function manifests(env: Env, playground: Playground, node: string, tool: string, args: readonly string[]): number {
  const files = playground.cluster.nodes?.staticPodFiles(node) ?? {};
  const path = args.find((a) => !a.startsWith('-')) ?? '';
  const name = path.split('/').filter(Boolean).at(-1) ?? '';
  if (tool === 'ls') {
    env.out(
      Object.keys(files)
        .sort()
        .map((f) => `${f}\n`)
        .join(''),
    );
    return 0;
  }
  const text = files[name];
  if (text === undefined) {
    env.err(`cat: ${path}: No such file or directory\n`);
    return 1;
  }
  env.out(text);
  return 0;
}

/** `ssh NODE CMD`: curl, crictl ps, systemctl … kubelet, ls and cat of the static pods' folder, kubeadm reset. */
export const sshProgram = (playground: Playground): Program =>
  function* ssh(env: Env): Running {
    const words = env.args.filter((a) => !a.startsWith('-')).length ? [...env.args] : [];
    const node = words.shift()?.replace(/^.*@/, '') ?? '';
    const args = words.join(' ').split(/\s+/).filter(Boolean);
    if (!playground.cluster.list.byKey<Node>('Node', node)) {
      env.err(`ssh: Could not resolve hostname ${node}: Name or service not known\n`);
      return 255;
    }
    const tool = args[0] === 'sudo' ? args[1] : args[0];
    const rest = args.slice(args[0] === 'sudo' ? 2 : 1);
    switch (tool) {
      case undefined:
        env.err('ssh: give the command as well, for example: ssh NODE crictl ps\n');
        return 1;
      case 'curl':
        return yield* curlProgram(playground, { node })({ ...env, config: env.config, args: rest });
      case 'crictl':
        return crictl(env, playground, node, rest);
      case 'systemctl':
        return systemctl(env, playground, node, rest);
      case 'ls':
      case 'cat':
        return manifests(env, playground, node, tool, rest);
      case 'hostname':
        env.out(`${node}\n`);
        return 0;
      case 'kubeadm':
        if (rest[0] === 'reset') playground.cluster.inject({ type: 'stop-kubelet', node });
        else if (rest[0] === 'join') playground.cluster.inject({ type: 'start-kubelet', node });
        return 0;
      default:
        env.err(`bash: line 1: ${tool}: command not found\n`);
        return 127;
    }
  };
