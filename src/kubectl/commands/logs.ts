/** `kubectl logs`. Upstream: k8s.io/kubectl/pkg/cmd/logs/logs.go */
import type { Pod } from '../../engine/api/core.ts';
import type { LogAnswer } from '../../engine/api/node-proxy.ts';
import type { Command, Env, Parsed, Running } from '../command.ts';
import { Failure, failure, usageFailure } from '../failure.ts';
import { flags, SELECT } from '../flags.ts';
import { chooseContainer, namedObject, podFor, podsOf } from '../pods.ts';
import { send } from '../resource.ts';

export const logs: Command = {
  name: 'logs',
  aliases: ['log'],
  use: 'kubectl logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
  short: 'Print the logs for a container in a pod',
  flags: flags(
    SELECT,
    'all-containers:bool all-pods:bool c,container f,follow:bool ignore-errors:bool insecure-skip-tls-verify-backend:bool limit-bytes:int',
    'max-log-requests:int=5 pod-running-timeout:dur=20s prefix:bool p,previous:bool since:dur since-time tail:int=-1 timestamps:bool',
  ),
  run,
};

const USAGE =
  "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";
const SELECTOR_TAIL = 10;
const POLL_MS = 1_000;

interface Stream {
  pod: Pod;
  container: string;
  offset: number;
  ended: boolean;
}

function validate(p: Parsed): void {
  if (p.args.length > 2 || (p.args.length === 0 && !p.str('selector'))) throw usageFailure('logs', USAGE);
  if (p.args.length > 0 && p.str('selector'))
    throw usageFailure('logs', 'only a selector (-l) or a POD name is allowed');
  if (p.str('since-time') && p.duration('since'))
    throw failure('at most one of `sinceTime` or `sinceSeconds` may be specified');
  if (p.bool('all-containers') && p.str('container'))
    throw failure(`--all-containers=true should not be specified with container name ${p.str('container')}`);
  if (p.given('container') && p.args.length === 2)
    throw failure('only one of -c or an inline [CONTAINER] arg is allowed');
  if (p.int('limit-bytes') < 0) throw failure('--limit-bytes must be greater than 0');
  if (p.duration('since') < 0) throw failure('--since must be greater than 0');
  if (p.int('tail') < -1) throw failure('--tail must be greater than or equal to -1');
}

function* run(env: Env, p: Parsed): Running {
  validate(p);
  const pods = yield* targets(env, p);
  const streams = pods.flatMap((pod) => streamsOf(env, p, pod));
  if (p.bool('follow') && streams.length > p.int('max-log-requests'))
    throw failure(
      `you are attempting to follow ${streams.length} log streams, but maximum allowed concurrency is ${p.int('max-log-requests')}, use --max-log-requests to increase the limit`,
    );
  for (const s of streams) read(env, p, s);
  while (p.bool('follow') && streams.some((s) => !s.ended)) {
    if (env.interrupted()) return 130;
    yield { kinds: ['Pod'], atMs: env.now() + POLL_MS };
    for (const s of streams) if (!s.ended) read(env, p, s);
  }
  return 0;
}

function* targets(env: Env, p: Parsed): Generator<{ input: true }, Pod[], void> {
  if (p.str('selector')) {
    const answer = send(env, {
      verb: 'list',
      apiVersion: 'v1',
      resource: 'pods',
      namespace: p.namespace,
      labelSelector: p.str('selector'),
    });
    const pods = (answer.items ?? []) as unknown as Pod[];
    if (pods.length === 0) env.err(`No resources found in ${p.namespace} namespace.\n`);
    return pods;
  }
  try {
    const info = yield* namedObject(env, p.args[0]!, p.namespace);
    return p.bool('all-pods') ? podsOf(env, info.object!) : [podFor(env, info.object!)];
  } catch (e) {
    if (e instanceof Failure && e.status?.reason === 'NotFound')
      throw failure(`error from server (NotFound): ${e.message} in namespace "${p.namespace}"`);
    throw e;
  }
}

function streamsOf(env: Env, p: Parsed, pod: Pod): Stream[] {
  const stream = (container: string): Stream => ({ pod, container, offset: 0, ended: false });
  if (p.bool('all-containers'))
    return [...(pod.spec.initContainers ?? []), ...pod.spec.containers, ...(pod.spec.ephemeralContainers ?? [])].map(
      (c) => stream(c.name),
    );
  const wanted = p.str('container') || (p.args[1] ?? '');
  return [stream(chooseContainer(env, pod, wanted, p.bool('all-pods')))];
}

function read(env: Env, p: Parsed, s: Stream): void {
  const first = s.offset === 0;
  const tail = p.given('tail') ? p.int('tail') : p.str('selector') ? SELECTOR_TAIL : -1;
  const query = {
    container: s.container,
    ...(first ? {} : { offset: s.offset }),
    ...(p.bool('previous') ? { previous: true } : {}),
    ...(p.bool('timestamps') ? { timestamps: true } : {}),
    ...(first && tail >= 0 ? { tailLines: tail } : {}),
    ...(first && p.duration('since') ? { sinceSeconds: Math.round(p.duration('since') / 1000) } : {}),
    ...(first && p.str('since-time') ? { sinceTime: p.str('since-time') } : {}),
    ...(p.int('limit-bytes') ? { limitBytes: p.int('limit-bytes') } : {}),
  };
  const { name, namespace } = s.pod.metadata;
  const answer = env.request({
    verb: 'get',
    apiVersion: 'v1',
    resource: 'pods',
    subresource: 'log',
    namespace: namespace!,
    name,
    query,
  });
  if (!answer.ok) {
    s.ended = true;
    if (!first && answer.status.code === 404) return; // the pod went while it was followed
    if (p.bool('ignore-errors')) {
      env.out(`error: ${answer.status.message}\n`);
      return;
    }
    throw new Failure(answer.status.message, { status: answer.status });
  }
  const log = answer.data as LogAnswer;
  s.offset = log.offset;
  s.ended = log.ended;
  env.out(p.bool('prefix') || p.bool('all-pods') ? prefixed(s, log.text) : log.text);
}

const prefixed = (s: Stream, text: string): string =>
  text.replace(/^(?=.)/gm, `[pod/${s.pod.metadata.name}/${s.container}] `);
