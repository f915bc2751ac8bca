/** The reconciler behind ReplicaSets and ReplicationControllers. Upstream: pkg/controller/replicaset */
import type { Pod, PodTemplateSpec } from '../../api/core.ts';
import { type Condition, controllerOf, type KubeObject, type LabelSelector } from '../../api/meta.ts';
import { matchesSelector } from '../../api/selector.ts';
import type { Component, Context, Key } from '../../client/component.ts';
import { equalPlain } from '../../sim/plain.ts';
import { type Ms, rfc3339 } from '../../sim/time.ts';
import { claim } from './claim.ts';
import { conditionOf, withCondition, withoutCondition } from './conditions.ts';
import { holdBackUntil, type LastSync, noteSync } from './hold-back.ts';
import { createPod, deletePod, podFromTemplate, slowStart } from './make-pods.ts';
import { ownersOf, specChanged } from './owners.ts';
import { podMattersToOwner } from './pod-changes.ts';
import { availableAt, isActive, isReady, isTerminating } from './pods.ts';
import { backoffMs, type Failures, forget, type Requeue } from './result.ts';
import { pickVictims } from './victims.ts';

/** What the two kinds have in common once their selectors look alike. */
interface ReplicaOwner extends KubeObject {
  spec: { replicas?: number; minReadySeconds?: number; template?: PodTemplateSpec };
  status?: {
    replicas: number;
    fullyLabeledReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    terminatingReplicas?: number;
    observedGeneration?: number;
    conditions?: Condition[];
  };
}

export interface ReplicaOptions<T extends ReplicaOwner> {
  name: string;
  kind: T['kind'];
  selectorOf(owner: T): LabelSelector;
  /** ReplicaSets report terminating pods, ReplicationControllers do not. */
  countsTerminating: boolean;
  /** Owners whose pods share nodes with this one's: the other ReplicaSets of a Deployment. */
  family(owner: T, ctx: Context): Iterable<KubeObject>;
}

interface ReplicaState {
  failures: Failures;
  lastSync: LastSync;
}

/** Pods that one sync creates or deletes at most. */
const BURST = 500;

/** The component that keeps `spec.replicas` active pods for each owner of a kind. */
export function replicaComponent<T extends ReplicaOwner>(options: ReplicaOptions<T>): Component<ReplicaState> {
  return {
    name: options.name,
    watches: [options.kind, 'Pod'],
    keysFor(e, list) {
      if (e.kind === options.kind) return specChanged(e) ? [e.key] : [];
      if (!podMattersToOwner(e)) return [];
      return ownersOf<T>(e, options.kind, list, (owner, pod) =>
        matchesSelector(options.selectorOf(owner), pod.metadata.labels),
      );
    },
    initial: () => ({ failures: {}, lastSync: {} }),
    reconcile: (key, ctx, state) => sync(options, key, ctx, state),
  };
}

function sync<T extends ReplicaOwner>(
  options: ReplicaOptions<T>,
  key: Key,
  ctx: Context,
  state: ReplicaState,
): Requeue {
  const owner = ctx.list.byKey<T>(options.kind, key);
  if (!owner) {
    forget(state.failures, key);
    delete state.lastSync[key];
    return undefined;
  }
  const wanted = owner.spec.replicas ?? 1;
  if (owner.status?.observedGeneration === owner.metadata.generation && owner.status?.replicas === wanted) {
    const at = holdBackUntil(state.lastSync, key, ctx.now);
    if (at !== undefined) return { requeueAt: at };
  }
  noteSync(state.lastSync, key, wanted, ctx.now);
  const selector = options.selectorOf(owner);
  const matches = (pod: Pod): boolean => matchesSelector(selector, pod.metadata.labels);
  let pods = claim<Pod>(ctx, owner, 'Pod', matches, isActive);
  let refusal: Refusal | undefined;
  if (owner.metadata.deletionTimestamp === undefined && pods.length !== wanted) {
    refusal = manage(options, owner, pods, ctx);
    pods = [...ctx.list.ownedBy<Pod>('Pod', owner.metadata.uid)].filter((pod) => isActive(pod) && matches(pod));
  }
  writeStatus(options, owner, pods, refusal, ctx);
  if (refusal) return { requeueAt: ctx.now + backoffMs(state.failures, key) };
  forget(state.failures, key);
  if (owner.metadata.deletionTimestamp === undefined && pods.length !== wanted) return { requeueAt: ctx.now };
  return nextAvailable(pods, owner.spec.minReadySeconds ?? 0, ctx.now);
}

interface Refusal {
  reason: 'FailedCreate' | 'FailedDelete';
  message: string;
}

/** Creates what is missing or deletes what is too much, at most 500 a sync. */
function manage<T extends ReplicaOwner>(
  options: ReplicaOptions<T>,
  owner: T,
  pods: readonly Pod[],
  ctx: Context,
): Refusal | undefined {
  const diff = pods.length - (owner.spec.replicas ?? 1);
  if (diff < 0) {
    const draft = podFromTemplate(owner, owner.spec.template!);
    const message = slowStart(Math.min(-diff, BURST), () => createPod(ctx, owner, draft));
    return message === undefined ? undefined : { reason: 'FailedCreate', message };
  }
  const rank = diff < pods.length ? rankOf(options, owner, ctx) : undefined;
  let refusal: Refusal | undefined;
  for (const pod of pickVictims(pods, Math.min(diff, BURST), { now: ctx.now, ...(rank ? { rank } : {}) })) {
    const r = deletePod(ctx, owner, pod);
    if (r && !r.ok) refusal ??= { reason: 'FailedDelete', message: r.status.message };
  }
  return refusal;
}

/** How many active pods of the owner's family stand on a pod's node. */
function rankOf<T extends ReplicaOwner>(options: ReplicaOptions<T>, owner: T, ctx: Context): (pod: Pod) => number {
  const perNode = new Map<string, number>();
  for (const relative of options.family(owner, ctx))
    for (const pod of ctx.list.ownedBy<Pod>('Pod', relative.metadata.uid)) {
      const node = pod.spec.nodeName ?? '';
      if (isActive(pod)) perNode.set(node, (perNode.get(node) ?? 0) + 1);
    }
  return (pod) => perNode.get(pod.spec.nodeName ?? '') ?? 0;
}

function writeStatus<T extends ReplicaOwner>(
  options: ReplicaOptions<T>,
  owner: T,
  pods: readonly Pod[],
  refusal: Refusal | undefined,
  ctx: Context,
): void {
  const minReadySeconds = owner.spec.minReadySeconds ?? 0;
  const templateLabels = owner.spec.template?.metadata?.labels ?? {};
  let [labelled, ready, available] = [0, 0, 0];
  for (const pod of pods) {
    if (Object.keys(templateLabels).every((k) => pod.metadata.labels?.[k] === templateLabels[k])) labelled++;
    if (!isReady(pod)) continue;
    ready++;
    const at = availableAt(pod, minReadySeconds);
    if (at !== undefined && at <= ctx.now) available++;
  }
  const { conditions: _, ...was } = owner.status ?? { replicas: 0 };
  const conditions = failureConditions(owner.status?.conditions, refusal, ctx.now);
  const counted = (n: number): number | undefined => (n === 0 ? undefined : n);
  const status = {
    ...was,
    replicas: pods.length,
    fullyLabeledReplicas: counted(labelled),
    readyReplicas: counted(ready),
    availableReplicas: counted(available),
    ...(options.countsTerminating ? { terminatingReplicas: countTerminating(owner, ctx) } : {}),
    observedGeneration: owner.metadata.generation,
    ...(conditions.length ? { conditions } : {}),
  };
  if (equalPlain(status, owner.status ?? {})) return;
  const current = ctx.list.byUid(owner.metadata.uid) as T | undefined;
  if (current) ctx.api.updateStatus<KubeObject>({ ...current, status: dropUndefined(status) } as KubeObject);
}

function countTerminating(owner: KubeObject, ctx: Context): number {
  let n = 0;
  for (const pod of ctx.list.ownedBy<Pod>('Pod', owner.metadata.uid)) if (isTerminating(pod)) n++;
  return n;
}

function dropUndefined<V extends object>(o: V): V {
  return Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as V;
}

function failureConditions(
  known: readonly Condition[] | undefined,
  refusal: Refusal | undefined,
  now: Ms,
): Condition[] {
  if (!refusal) return withoutCondition(known, 'ReplicaFailure');
  if (conditionOf(known, 'ReplicaFailure')) return [...(known ?? [])];
  const { reason, message } = refusal;
  return withCondition(known, {
    type: 'ReplicaFailure',
    status: 'True',
    reason,
    message,
    lastTransitionTime: rfc3339(now),
  });
}

/** With minReadySeconds, when the next ready pod becomes available. */
function nextAvailable(pods: readonly Pod[], minReadySeconds: number, now: Ms): Requeue {
  if (minReadySeconds === 0) return undefined;
  let next: Ms | undefined;
  for (const pod of pods) {
    const at = availableAt(pod, minReadySeconds);
    if (at !== undefined && at > now && (next === undefined || at < next)) next = at;
  }
  return next === undefined ? undefined : { requeueAt: next };
}

/** All owners of the same kind under the same controller, the owner among them; none for an owner without one. */
export function siblings(owner: KubeObject, ctx: Context): Iterable<KubeObject> {
  const ref = controllerOf(owner);
  return ref ? ctx.list.ownedBy(owner.kind, ref.uid) : [];
}
