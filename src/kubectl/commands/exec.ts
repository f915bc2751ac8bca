/** `kubectl exec` and `kubectl attach`. Upstream: k8s.io/kubectl/pkg/cmd/exec/exec.go, attach/attach.go */
import type { ExecAnswer, LogAnswer } from '../../engine/api/node-proxy.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { failure, silentFailure, usageFailure } from '../failure.ts';
import { flags } from '../flags.ts';
import { stdinText } from '../manifest.ts';
import { chooseContainer, namedObject, podFor } from '../pods.ts';
import { send } from '../resource.ts';

export const exec: Command = {
  name: 'exec',
  use: 'kubectl exec (POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
  short: 'Execute a command in a container',
  flags: flags('c,container f,filename:list pod-running-timeout:dur=1m0s q,quiet:bool i,stdin:bool t,tty:bool'),
  run,
};

const SHELLS = new Set(['sh', 'bash', 'ash', '/bin/sh', '/bin/bash', '/bin/ash']);

function* run(env: Env, p: Parsed): Running {
  const command = p.dashArgs ?? [];
  if (!p.dashArgs && p.args.length > 1)
    throw usageFailure('exec', 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
  if (p.args.length === 0 && p.list('filename').length === 0)
    throw failure('pod, type/name or --filename must be specified');
  if (command.length === 0) throw failure('you must specify at least one command for the container');
  const info = yield* namedObject(env, p.args[0]!, p.namespace);
  const pod = podFor(env, info.object!);
  const phase = pod.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed')
    throw failure(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  const container = chooseContainer(env, pod, p.str('container'), p.bool('quiet'));
  const stdin = p.bool('stdin') ? yield* stdinText(env) : '';
  if (p.bool('tty') && SHELLS.has(command[0]!) && command.length === 1 && !stdin) {
    env.err('A shell without a command has no terminal here; give it one: kubectl exec POD -- sh -c "…".\n');
    return 0;
  }
  const { name, namespace } = pod.metadata;
  const answer = send(env, {
    verb: 'create',
    apiVersion: 'v1',
    resource: 'pods',
    subresource: 'exec',
    namespace: namespace!,
    name,
    query: { container, command, ...(stdin ? { stdin } : {}) },
  });
  const result = answer.data as ExecAnswer;
  env.out(result.stdout);
  env.err(result.stderr);
  if (result.exitCode !== 0) {
    env.err(`command terminated with exit code ${result.exitCode}\n`);
    throw silentFailure(result.exitCode);
  }
  return 0;
}

export const attach: Command = {
  name: 'attach',
  use: 'kubectl attach (POD | TYPE/NAME) -c CONTAINER',
  short: 'Attach to a running container',
  flags: flags('c,container pod-running-timeout:dur=1m0s q,quiet:bool i,stdin:bool t,tty:bool'),
  run: runAttach,
};

const POLL_MS = 1_000;

function* runAttach(env: Env, p: Parsed): Running {
  if (p.args.length === 0) throw failure('at least 1 argument is required for attach');
  if (p.args.length > 2)
    throw failure(
      `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${p.args.length}: [${p.args.join(' ')}]`,
    );
  const info = yield* namedObject(env, p.args.join('/'), p.namespace);
  const pod = podFor(env, info.object!);
  const container = chooseContainer(env, pod, p.str('container'), p.bool('quiet'));
  const { name, namespace } = pod.metadata;
  let offset: number | undefined;
  for (;;) {
    const query = { container, ...(offset === undefined ? { tailLines: 0 } : { offset }) };
    const answer = send(env, {
      verb: 'get',
      apiVersion: 'v1',
      resource: 'pods',
      subresource: 'log',
      namespace: namespace!,
      name,
      query,
    });
    const log = answer.data as LogAnswer;
    env.out(log.text);
    offset = log.offset;
    if (log.ended) return 0;
    if (env.interrupted()) return 130;
    yield { kinds: ['Pod'], atMs: env.now() + POLL_MS };
  }
}
