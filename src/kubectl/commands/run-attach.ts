/** `kubectl run -it`, `--attach`: waits for the pod, shows what it prints, and removes it with `--rm`. */
import type { Pod } from '../../engine/api/core.ts';
import type { AnyObject } from '../../engine/api/meta.ts';
import type { LogAnswer } from '../../engine/api/node-proxy.ts';
import type { Env, Parsed, Running, Wait } from '../command.ts';
import { mappingOfKind } from '../discovery.ts';
import { failure } from '../failure.ts';
import { send } from '../resource.ts';
import { deleteObject } from '../write.ts';
import { printDeleted } from './delete.ts';

const POLL_MS = 1_000;

const current = (env: Env, pod: AnyObject): Pod | undefined => {
  const { name, namespace } = pod.metadata;
  const answer = env.request({ verb: 'get', apiVersion: 'v1', resource: 'pods', namespace: namespace!, name });
  return answer.ok ? (answer.object as unknown as Pod) : undefined;
};

const over = (pod: Pod | undefined): boolean =>
  !pod || pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
const ready = (pod: Pod | undefined): boolean =>
  pod?.status.phase === 'Running' &&
  (pod.status.conditions ?? []).some((c) => c.type === 'Ready' && c.status === 'True');

export function* attachAndFollow(env: Env, p: Parsed, pod: AnyObject, policy: string): Running {
  try {
    const deadline = env.now() + (p.duration('pod-running-timeout') || 60_000);
    for (let now = current(env, pod); !over(now) && !ready(now); now = current(env, pod)) {
      if (env.interrupted()) return 130;
      if (env.now() >= deadline) throw failure('timed out waiting for the condition');
      yield { kinds: ['Pod'], atMs: deadline };
    }
    if (!over(current(env, pod)) && p.bool('stdin') && !p.bool('quiet'))
      env.err("If you don't see a command prompt, try pressing enter.\n");
    yield* followLog(env, pod);
    if (env.interrupted()) return 130;
    const exit = policy === 'Always' ? undefined : exitCode(current(env, pod));
    if (exit) throw failure(`pod ${pod.metadata.namespace}/${pod.metadata.name} terminated (Error)`, exit);
    return 0;
  } finally {
    if (p.bool('rm')) removePod(env, p, pod);
  }
}

function exitCode(pod: Pod | undefined): number | undefined {
  return pod?.status.phase === 'Failed'
    ? (pod.status.containerStatuses?.[0]?.state?.terminated?.exitCode ?? 1)
    : undefined;
}

function* followLog(env: Env, pod: AnyObject): Generator<Wait, void, void> {
  let offset = 0;
  for (;;) {
    if (env.interrupted()) return;
    const { name, namespace } = pod.metadata;
    const answer = send(env, {
      verb: 'get',
      apiVersion: 'v1',
      resource: 'pods',
      subresource: 'log',
      namespace: namespace!,
      name,
      query: { container: name, offset },
    });
    const log = answer.data as LogAnswer;
    env.out(log.text);
    offset = log.offset;
    if (log.ended || over(current(env, pod))) return;
    yield { kinds: ['Pod'], atMs: env.now() + POLL_MS };
  }
}

function removePod(env: Env, p: Parsed, pod: AnyObject): void {
  const info = {
    mapping: mappingOfKind('v1', 'Pod')!,
    namespace: pod.metadata.namespace,
    name: pod.metadata.name,
    source: '',
  };
  deleteObject(env, info, { propagationPolicy: 'Background' });
  if (!p.bool('quiet'))
    printDeleted(env, info, { graceSeconds: -1, propagation: 'Background', dryRun: 'none', output: '' });
}
