/** Deployments: one ReplicaSet a template, replaced step by step. Upstream: pkg/controller/deployment/deployment_controller.go */
import type { Deployment, ReplicaSet } from '../../api/apps.ts';
import { controllerOf, keyOf } from '../../api/meta.ts';
import type { WatchEvent } from '../../api/request.ts';
import { matchesSelector } from '../../api/selector.ts';
import type { Component, Context, Key } from '../../client/component.ts';
import type { Lister } from '../../client/lister.ts';
import { conditionOf, withCondition } from '../shared/conditions.ts';
import { compareText } from '../shared/order.ts';
import { ownerKey, ownersOf, specChanged } from '../shared/owners.ts';
import { backoffMs, type Failures, forget, type Requeue } from '../shared/result.ts';
import { revisionOf } from './annotations.ts';
import {
  createReplicaSet,
  type Family,
  isRolling,
  loadFamily,
  replicasOf,
  scaleReplicaSet,
  syncRevision,
  wantedReplicas,
  writeRevision,
} from './replica-sets.ts';
import { rollBack } from './rollback.ts';
import { dropOld, growNew, oldPodsRemain, shrinkOld } from './rollout.ts';
import { isScalingEvent, scaleDeployment } from './scaling.ts';
import {
  deadlineOf,
  deploymentCondition,
  hasDeadline,
  isComplete,
  syncPlainStatus,
  syncRolloutStatus,
  writeStatus,
} from './status.ts';

interface DeploymentState {
  failures: Failures;
}

type Status = Deployment['status'];
type Outcome = { status: Status } | { retry: true };

export const deploymentController = (): Component => controller as Component;

const controller: Component<DeploymentState> = {
  name: 'deployment-controller',
  watches: ['Deployment', 'ReplicaSet', 'Pod'],
  keysFor,
  initial: () => ({ failures: {} }),
  reconcile(key, ctx, state) {
    const d = ctx.list.byKey<Deployment>('Deployment', key);
    if (!d) {
      forget(state.failures, key);
      return;
    }
    const outcome = sync(key, d, ctx);
    if ('retry' in outcome) return { requeueAt: ctx.now + backoffMs(state.failures, key) };
    forget(state.failures, key);
    return progressCheck(d, outcome.status);
  },
};

function keysFor(e: WatchEvent, list: Lister): Key[] {
  if (e.kind === 'Deployment') return specChanged(e) ? [e.key] : [];
  if (e.kind === 'ReplicaSet')
    return ownersOf<Deployment>(e, 'Deployment', list, (d, rs) => matchesSelector(d.spec.selector, rs.metadata.labels));
  // a pod that is gone may be what a Recreate was waiting for
  if (e.type !== 'DELETED') return [];
  const ref = controllerOf(e.object);
  const rs =
    ref?.kind === 'ReplicaSet' ? list.get<ReplicaSet>('ReplicaSet', e.object.metadata.namespace, ref.name) : undefined;
  const key = rs && ownerKey(rs, controllerOf(rs), 'Deployment', list);
  return key !== undefined && !isRolling(list.byKey<Deployment>('Deployment', key)!) ? [key] : [];
}

/** One sync: scale, or one step of the rollout; then the status. */
function sync(key: Key, stored: Deployment, ctx: Context): Outcome {
  let d = stored;
  const { selector } = d.spec;
  if (!Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length) return selectsAll(d, ctx);
  if (d.metadata.deletionTimestamp !== undefined) return { status: syncPlainStatus(d, loadFamily(d, ctx), ctx) };
  d = notePause(d, ctx);
  if (rollBack(d, ctx)) return { status: d.status };
  let f = syncRevision(d, loadFamily(d, ctx), ctx);
  d = noteFound(reread(key, d, ctx), f, ctx);
  if (d.spec.paused || isScalingEvent(d, f)) {
    scaleDeployment(d, f, ctx);
    f = loadFamily(d, ctx);
    if (d.spec.paused) cleanUp(d, f, ctx);
    return { status: syncPlainStatus(d, loadFamily(d, ctx), ctx) };
  }
  return isRolling(d) ? roll(key, d, f, ctx) : recreate(key, d, f, ctx);
}

const reread = (key: Key, d: Deployment, ctx: Context): Deployment =>
  ctx.list.byKey<Deployment>('Deployment', key) ?? d;

function selectsAll(d: Deployment, ctx: Context): Outcome {
  const message = 'This deployment is selecting all pods. A non-empty selector is required.';
  ctx.events.event(d, { type: 'Warning', reason: 'SelectingAll', message });
  return { status: writeStatus(d, { ...d.status, observedGeneration: d.metadata.generation! }, ctx) };
}

function roll(key: Key, d: Deployment, f: Family, ctx: Context): Outcome {
  const made = ensureNew(key, d, f, ctx);
  if ('retry' in made) return made;
  if (!growNew(made.d, made.f, ctx)) shrinkOld(made.d, made.f, ctx);
  return finish(key, made.d, ctx);
}

function recreate(key: Key, d: Deployment, f: Family, ctx: Context): Outcome {
  if (dropOld(d, f, ctx) || oldPodsRemain(f, ctx)) return { status: syncRolloutStatus(d, loadFamily(d, ctx), ctx) };
  const made = ensureNew(key, d, f, ctx);
  if ('retry' in made) return made;
  const rs = made.f.newRs!;
  if (replicasOf(rs) !== wantedReplicas(d)) scaleReplicaSet(d, rs, wantedReplicas(d), ctx);
  return finish(key, made.d, ctx);
}

function finish(key: Key, d: Deployment, ctx: Context): Outcome {
  const status = syncRolloutStatus(d, loadFamily(d, ctx), ctx);
  if (isComplete(d, status)) cleanUp(d, loadFamily(d, ctx), ctx);
  return { status: reread(key, d, ctx).status };
}

/** The family with its new ReplicaSet, which is made when it is missing. */
function ensureNew(key: Key, d: Deployment, f: Family, ctx: Context): { d: Deployment; f: Family } | { retry: true } {
  if (f.newRs) return { d, f };
  const made = createReplicaSet(d, f, ctx);
  if ('collision' in made) {
    writeStatus(d, { ...d.status, collisionCount: (d.status?.collisionCount ?? 0) + 1 }, ctx);
    return { retry: true };
  }
  if ('refusal' in made) {
    const message = `Failed to create new replica set "${made.name}": ${made.refusal}`;
    if (hasDeadline(d) && !made.silent)
      setProgressing(d, deploymentCondition('Progressing', 'False', 'ReplicaSetCreateError', message, ctx.now), ctx);
    if (!made.silent) ctx.events.event(d, { type: 'Warning', reason: 'ReplicaSetCreateError', message });
    return { retry: true };
  }
  const { name } = made.made.metadata;
  const size = replicasOf(made.made);
  if (size > 0) {
    const message = `Scaled up replica set ${name} from 0 to ${size}`;
    ctx.events.event(d, { type: 'Normal', reason: 'ScalingReplicaSet', message });
  }
  writeRevision(d, revisionOf(made.made), ctx);
  if (hasDeadline(d)) {
    const message = `Created new replica set "${name}"`;
    setProgressing(d, deploymentCondition('Progressing', 'True', 'NewReplicaSetCreated', message, ctx.now), ctx);
  }
  return { d: reread(key, d, ctx), f: loadFamily(d, ctx) };
}

function setProgressing(d: Deployment, condition: ReturnType<typeof deploymentCondition>, ctx: Context): void {
  writeStatus(d, { ...d.status, conditions: withCondition(d.status?.conditions, condition) }, ctx);
}

/** A Deployment that finds its ReplicaSet ready-made (adopted, rolled back to) starts to be watched for progress. */
function noteFound(d: Deployment, f: Family, ctx: Context): Deployment {
  if (!f.newRs || !hasDeadline(d) || conditionOf(d.status?.conditions, 'Progressing')) return d;
  const message = `Found new replica set "${f.newRs.metadata.name}"`;
  setProgressing(d, deploymentCondition('Progressing', 'True', 'FoundNewReplicaSet', message, ctx.now), ctx);
  return reread(keyOf(d), d, ctx);
}

/** Notes pausing and resuming, so that a pause is not taken for a lack of progress. */
function notePause(d: Deployment, ctx: Context): Deployment {
  const current = conditionOf(d.status?.conditions, 'Progressing');
  if (!hasDeadline(d) || current?.reason === 'ProgressDeadlineExceeded') return d;
  const noted = current?.reason === 'DeploymentPaused';
  if (Boolean(d.spec.paused) === noted) return d;
  const [reason, message] = d.spec.paused
    ? ['DeploymentPaused', 'Deployment is paused']
    : ['DeploymentResumed', 'Deployment is resumed'];
  setProgressing(d, deploymentCondition('Progressing', 'Unknown', reason!, message!, ctx.now), ctx);
  return reread(keyOf(d), d, ctx);
}

/** Deletes the lowest revisions among more than `revisionHistoryLimit` old, empty ReplicaSets. */
function cleanUp(d: Deployment, f: Family, ctx: Context): void {
  const limit = d.spec.revisionHistoryLimit;
  if (limit === undefined || limit === 2 ** 31 - 1) return;
  const alive = f.oldRss.filter((rs) => rs.metadata.deletionTimestamp === undefined);
  alive.sort(
    (a, b) => revisionOf(a) - revisionOf(b) || compareText(a.metadata.creationTimestamp, b.metadata.creationTimestamp),
  );
  for (const rs of alive.slice(0, Math.max(0, alive.length - limit))) {
    const observed = (rs.status?.observedGeneration ?? 0) >= (rs.metadata.generation ?? 0);
    if (rs.status?.replicas || replicasOf(rs) || !observed) continue;
    ctx.api.delete('ReplicaSet', rs.metadata.namespace, rs.metadata.name, { propagationPolicy: 'Background' });
  }
}

/** Looks again when the rollout would have run out of time (a second later, as times have whole seconds). */
function progressCheck(d: Deployment, status: Status): Requeue {
  if (d.metadata.deletionTimestamp !== undefined || d.spec.paused || isComplete(d, status)) return undefined;
  const deadline = deadlineOf(d, status?.conditions);
  return deadline === undefined ? undefined : { requeueAt: deadline + 1000 };
}
