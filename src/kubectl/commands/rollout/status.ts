/** `kubectl rollout status`. Upstream: k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go, pkg/cmd/rollout/rollout_status.go */
import type { DaemonSet, Deployment, StatefulSet } from '../../../engine/api/apps.ts';
import { type AnyObject, keyOf } from '../../../engine/api/meta.ts';
import type { Command, Env, Parsed, Running, Wait } from '../../command.ts';
import { aggregate, failure, throwIf } from '../../failure.ts';
import { FILES, flags, SELECT } from '../../flags.ts';
import { find, flatten, type Info, queryOf } from '../../resource.ts';

export const status: Command = {
  name: 'status',
  use: 'kubectl rollout status (TYPE NAME | TYPE/NAME) [flags]',
  short: 'Show the status of the rollout',
  flags: flags(FILES, SELECT, 'revision:int=0 timeout:dur=0s w,watch:bool=true'),
  run,
};

interface Progress {
  text: string;
  done: boolean;
}

const going = (text: string): Progress => ({ text: `${text}\n`, done: false });
const finished = (text: string): Progress => ({ text: `${text}\n`, done: true });

function deploymentProgress(d: Deployment, revision: number): Progress {
  const { name, generation = 0, annotations } = d.metadata;
  const current = Number(annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  if (revision > 0 && revision !== current)
    throw failure(`desired revision (${revision}) is different from the running revision (${current})`);
  if (generation > (d.status.observedGeneration ?? 0))
    return going('Waiting for deployment spec update to be observed...');
  if (d.status.conditions?.some((c) => c.type === 'Progressing' && c.reason === 'ProgressDeadlineExceeded'))
    throw failure(`deployment ${JSON.stringify(name)} exceeded its progress deadline`);
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = d.status;
  const desired = d.spec.replicas ?? 1;
  const waiting = `Waiting for deployment "${name}" rollout to finish: `;
  if (updatedReplicas < desired)
    return going(`${waiting}${updatedReplicas} out of ${desired} new replicas have been updated...`);
  if (replicas > updatedReplicas)
    return going(`${waiting}${replicas - updatedReplicas} old replicas are pending termination...`);
  if (availableReplicas < updatedReplicas)
    return going(`${waiting}${availableReplicas} of ${updatedReplicas} updated replicas are available...`);
  return finished(`deployment "${name}" successfully rolled out`);
}

const ONLY_ROLLING = 'rollout status is only available for RollingUpdate strategy type';

function daemonSetProgress(d: DaemonSet): Progress {
  if (d.spec.updateStrategy?.type !== 'RollingUpdate') throw failure(ONLY_ROLLING);
  if ((d.metadata.generation ?? 0) > (d.status.observedGeneration ?? 0))
    return going('Waiting for daemon set spec update to be observed...');
  const {
    desiredNumberScheduled: desired,
    updatedNumberScheduled: updated = 0,
    numberAvailable: available = 0,
  } = d.status;
  const waiting = `Waiting for daemon set "${d.metadata.name}" rollout to finish: `;
  if (updated < desired) return going(`${waiting}${updated} out of ${desired} new pods have been updated...`);
  if (available < desired) return going(`${waiting}${available} of ${desired} updated pods are available...`);
  return finished(`daemon set "${d.metadata.name}" successfully rolled out`);
}

function statefulSetProgress(o: StatefulSet): Progress {
  if (o.spec.updateStrategy?.type !== 'RollingUpdate') throw failure(ONLY_ROLLING);
  const {
    observedGeneration = 0,
    readyReplicas = 0,
    updatedReplicas = 0,
    currentReplicas = 0,
    updateRevision = '',
    currentRevision = '',
  } = o.status;
  if (observedGeneration === 0 || (o.metadata.generation ?? 0) > observedGeneration)
    return going('Waiting for statefulset spec update to be observed...');
  const desired = o.spec.replicas ?? 1;
  if (readyReplicas < desired) return going(`Waiting for ${desired - readyReplicas} pods to be ready...`);
  const partition = o.spec.updateStrategy.rollingUpdate?.partition ?? 0;
  if (partition > 0) {
    if (updatedReplicas < desired - partition)
      return going(
        `Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${desired - partition} new pods have been updated...`,
      );
    return finished(`partitioned roll out complete: ${updatedReplicas} new pods have been updated...`);
  }
  if (updateRevision !== currentRevision)
    return going(
      `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${updateRevision}...`,
    );
  return finished(`statefulset rolling update complete ${currentReplicas} pods at revision ${currentRevision}...`);
}

/** How far the rollout of an object is. */
function progressOf(o: AnyObject, revision: number): Progress {
  switch (o.kind) {
    case 'Deployment':
      return deploymentProgress(o as unknown as Deployment, revision);
    case 'DaemonSet':
      return daemonSetProgress(o as unknown as DaemonSet);
    case 'StatefulSet':
      return statefulSetProgress(o as unknown as StatefulSet);
    default:
      throw failure(`no status viewer has been implemented for ${o.kind}`);
  }
}

/** Prints the progress at every change of the object until it is done. */
function* follow(env: Env, p: Parsed, info: Info): Generator<Wait, void, void> {
  const key = keyOf(info.object!);
  const timeoutMs = p.duration('timeout');
  const deadline = timeoutMs > 0 ? env.now() + timeoutMs : undefined;
  let revision = env.revision();
  let objects: (AnyObject | undefined)[] = [info.object!];
  for (;;) {
    for (const o of objects) {
      if (!o) throw failure('object has been deleted');
      const progress = progressOf(o, p.int('revision'));
      env.out(progress.text);
      if (progress.done || !p.bool('watch')) return;
    }
    if (env.interrupted()) return;
    if (deadline !== undefined && env.now() >= deadline) throw failure('timed out waiting for the condition');
    yield { kinds: [info.mapping.kind], ...(deadline === undefined ? {} : { atMs: deadline }) };
    const events = env.since(revision, [info.mapping.kind]) ?? [];
    revision = env.revision();
    objects = events.filter((e) => e.key === key).map((e) => (e.type === 'DELETED' ? undefined : e.object));
  }
}

function* run(env: Env, p: Parsed): Running {
  const found = yield* find(env, queryOf(p, p.args, { latest: true }));
  throwIf(aggregate(found.errors));
  for (const info of flatten(found.infos)) yield* follow(env, p, info);
  return 0;
}
