/** DaemonSets: one pod on each node that wants it. Upstream: pkg/controller/daemon/daemon_controller.go */
import type { ControllerRevision, DaemonSet } from '../../api/apps.ts';
import type { Node, Pod } from '../../api/core.ts';
import { keyOf } from '../../api/meta.ts';
import type { WatchEvent } from '../../api/request.ts';
import { matchesSelector } from '../../api/selector.ts';
import type { Component, Context, Key } from '../../client/component.ts';
import type { Lister } from '../../client/lister.ts';
import { equalPlain } from '../../sim/plain.ts';
import { claim } from '../shared/claim.ts';
import { templateHash } from '../shared/hash.ts';
import { ensureRevision, templatePatch, truncateHistory } from '../shared/history.ts';
import { holdBackUntil, type LastSync, noteSync } from '../shared/hold-back.ts';
import { createPod, deletePod, podFromTemplate, slowStart } from '../shared/make-pods.ts';
import { byName } from '../shared/order.ts';
import { ownersOf, specChanged } from '../shared/owners.ts';
import { podMattersToOwner } from '../shared/pod-changes.ts';
import { isAvailable, isReady } from '../shared/pods.ts';
import { backoffMs, type Failures, forget, type Requeue } from '../shared/result.ts';
import { daemonTemplate, HASH_LABEL, pinned, targetNode } from './nodes.ts';
import { type FailedBackoff, isUpdated, type Place, type Plan, placesOf, planNodes, planUpdate } from './pods.ts';

interface DaemonState {
  failures: Failures;
  lastSync: LastSync;
  failedPods: FailedBackoff;
}

/** Pods that one sync creates or deletes at most. */
const BURST = 250;

export const daemonSetController = (): Component => controller as Component;

const controller: Component<DaemonState> = {
  name: 'daemonset-controller',
  watches: ['DaemonSet', 'Pod', 'Node', 'ControllerRevision'],
  keysFor,
  initial: () => ({ failures: {}, lastSync: {}, failedPods: {} }),
  reconcile(key, ctx, state) {
    const ds = ctx.list.byKey<DaemonSet>('DaemonSet', key);
    if (!ds) {
      forget(state.failures, key);
      delete state.lastSync[key];
      return;
    }
    return sync(key, ds, ctx, state);
  },
};

function keysFor(e: WatchEvent, list: Lister): Key[] {
  switch (e.kind) {
    case 'DaemonSet':
      return specChanged(e) ? [e.key] : [];
    case 'Node':
      return nodeMatters(e) ? [...list.list<DaemonSet>('DaemonSet')].map(keyOf) : [];
    case 'Pod':
      if (!podMattersToOwner(e)) return [];
  }
  return ownersOf<DaemonSet>(e, 'DaemonSet', list, (ds, o) => matchesSelector(ds.spec.selector, o.metadata.labels));
}

/** Only labels and taints of a node decide where daemon pods belong. */
function nodeMatters(e: WatchEvent): boolean {
  if (e.type !== 'MODIFIED' || !e.old) return true;
  const [was, is] = [e.old as unknown as Node, e.object as unknown as Node];
  return !equalPlain(was.metadata.labels, is.metadata.labels) || !equalPlain(was.spec.taints, is.spec.taints);
}

function sync(key: Key, ds: DaemonSet, ctx: Context, state: DaemonState): Requeue {
  const { selector } = ds.spec;
  if (!Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length) {
    const message = 'This daemon set is selecting all pods. A non-empty selector is required.';
    ctx.events.event(ds, { type: 'Warning', reason: 'SelectingAll', message });
    return undefined;
  }
  if (ds.metadata.deletionTimestamp !== undefined) return undefined;
  if (ds.status?.observedGeneration === ds.metadata.generation) {
    const at = holdBackUntil(state.lastSync, key, ctx.now);
    if (at !== undefined) return { requeueAt: at };
  }
  noteSync(state.lastSync, key, ctx.list.count('Node'), ctx.now);
  const history = syncHistory(ds, ctx);
  if (!history) return { requeueAt: ctx.now + backoffMs(state.failures, key) };
  const nodes = [...ctx.list.list<Node>('Node')].sort(byName);
  const template = daemonTemplate(ds, history.hash);
  const places = (): Place[] => placesOf(ds, nodes, daemonPods(ds, ctx), template.spec.tolerations!);
  const plan = planNodes(ds, places(), history.hash, ctx, state.failedPods);
  plan.delete.push(...strayPods(ds, ctx));
  let refusal = carryOut(ds, plan, template, ctx);
  const moved = plan.create.length > 0 || plan.delete.length > 0;
  if (!moved && (ds.spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate')
    refusal = carryOut(ds, planUpdate(ds, places(), history.hash, ctx.now), template, ctx);
  if (!moved) cleanHistory(ds, history.old, ctx);
  const settled = places();
  writeStatus(ds, settled, history.hash, ctx);
  if (refusal !== undefined) return { requeueAt: ctx.now + backoffMs(state.failures, key) };
  forget(state.failures, key);
  return nextLook(ds, settled, plan, ctx);
}

/** All pods the set controls, finished and terminating ones too. */
const daemonPods = (ds: DaemonSet, ctx: Context): Pod[] =>
  claim<Pod>(ctx, ds, 'Pod', (pod) => matchesSelector(ds.spec.selector, pod.metadata.labels));

/** Pods that wait for a node that is gone; bound ones are left to the pod collector. */
function strayPods(ds: DaemonSet, ctx: Context): Pod[] {
  return daemonPods(ds, ctx).filter((pod) => {
    if (pod.spec.nodeName || pod.metadata.deletionTimestamp !== undefined) return false;
    const name = targetNode(pod);
    return name === undefined || !ctx.list.get('Node', undefined, name);
  });
}

/** Creates and deletes; out: the first refusal's words. */
function carryOut(
  ds: DaemonSet,
  plan: Plan,
  template: ReturnType<typeof daemonTemplate>,
  ctx: Context,
): string | undefined {
  const names = plan.create.slice(0, BURST);
  const refusal = slowStart(names.length, (i) => {
    const spec = { ...template.spec, affinity: pinned(template.spec.affinity, names[i]!) };
    return createPod(ctx, ds, podFromTemplate(ds, { metadata: template.metadata!, spec }));
  });
  for (const pod of plan.delete.slice(0, BURST)) deletePod(ctx, ds, pod);
  return refusal;
}

interface History {
  hash: string;
  old: ControllerRevision[];
}

/** The revision of the current template, made when it is missing. */
function syncHistory(ds: DaemonSet, ctx: Context): History | undefined {
  const matches = (r: ControllerRevision): boolean => matchesSelector(ds.spec.selector, r.metadata.labels);
  const revisions = claim<ControllerRevision>(ctx, ds, 'ControllerRevision', matches);
  const hash = templateHash(ds.spec.template, ds.status?.collisionCount);
  const r = ensureRevision(ctx, ds, revisions, {
    name: `${ds.metadata.name}-${hash}`,
    labels: { ...ds.spec.template.metadata?.labels, [HASH_LABEL]: hash },
    annotations: ds.metadata.annotations,
    data: templatePatch(ds.spec.template),
  });
  if ('revision' in r) {
    const { uid, labels, name } = r.revision.metadata;
    return { hash: labels?.[HASH_LABEL] ?? name, old: revisions.filter((x) => x.metadata.uid !== uid) };
  }
  if (r.collision) {
    const collisionCount = (ds.status?.collisionCount ?? 0) + 1;
    ctx.api.updateStatus<DaemonSet>({ ...ds, status: { ...ds.status, collisionCount } });
  }
  return undefined;
}

function cleanHistory(ds: DaemonSet, old: readonly ControllerRevision[], ctx: Context): void {
  const limit = ds.spec.revisionHistoryLimit ?? 10;
  if (old.length <= limit) return;
  const worn = new Set(daemonPods(ds, ctx).map((pod) => pod.metadata.labels?.[HASH_LABEL]));
  truncateHistory(ctx, old, limit, (r) => worn.has(r.metadata.labels?.[HASH_LABEL]));
}

function writeStatus(ds: DaemonSet, places: readonly Place[], hash: string, ctx: Context): void {
  const n = { desired: 0, current: 0, misscheduled: 0, ready: 0, available: 0, updated: 0 };
  for (const { verdict, pods } of places) {
    if (!verdict.shouldRun) {
      if (pods) n.misscheduled++;
      continue;
    }
    n.desired++;
    const pod = pods?.[0];
    if (!pod) continue;
    n.current++;
    if (isReady(pod)) n.ready++;
    if (isAvailable(pod, ds.spec.minReadySeconds ?? 0, ctx.now)) n.available++;
    if (isUpdated(ds, pod, hash)) n.updated++;
  }
  const some = (count: number, field: string): Record<string, number> => (count === 0 ? {} : { [field]: count });
  const status: DaemonSet['status'] = {
    currentNumberScheduled: n.current,
    numberMisscheduled: n.misscheduled,
    desiredNumberScheduled: n.desired,
    numberReady: n.ready,
    observedGeneration: ds.metadata.generation!,
    ...some(n.updated, 'updatedNumberScheduled'),
    ...some(n.available, 'numberAvailable'),
    ...some(n.desired - n.available, 'numberUnavailable'),
    ...(ds.status?.collisionCount === undefined ? {} : { collisionCount: ds.status.collisionCount }),
  };
  const current = ctx.list.byUid(ds.metadata.uid) as DaemonSet | undefined;
  if (current && !equalPlain(status, current.status)) ctx.api.updateStatus<DaemonSet>({ ...current, status });
}

/** When a failed pod's back-off ends, a pod becomes available, or the burst goes on. */
function nextLook(ds: DaemonSet, places: readonly Place[], plan: Plan, ctx: Context): Requeue {
  if (plan.create.length > BURST || plan.delete.length > BURST) return { requeueAt: ctx.now };
  const minReadyMs = (ds.spec.minReadySeconds ?? 0) * 1000;
  const waits =
    minReadyMs > 0 &&
    places.some((p) => p.pods?.some((pod) => isReady(pod) && !isAvailable(pod, minReadyMs / 1000, ctx.now)));
  const looks = [plan.retryAt, waits ? ctx.now + 1000 : undefined].filter((at) => at !== undefined);
  return looks.length ? { requeueAt: Math.min(...looks) } : undefined;
}
