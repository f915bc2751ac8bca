/** Why, of a running cluster: any past attempt decided again from the revision it saw, or a question about now. */
import type { Pod } from './api/core.ts';
import { type AnyObject, keyOf } from './api/meta.ts';
import { formatMilli } from './api/quantity.ts';
import { podRequests } from './api/resources.ts';
import type { Store } from './apiserver/store.ts';
import type { Cluster } from './cluster.ts';
import type { AttemptRecord } from './scheduler/attempts.ts';
import { type Evaluation, evaluate } from './scheduler/decision.ts';
import { type Desk, layOut } from './scheduler/explain.ts';
import type { NodeInfo } from './scheduler/framework/node-info.ts';
import type { Resource } from './scheduler/framework/pod-info.ts';
import { type Counterfactual, counterfactuals } from './scheduler/remedies/counterfactuals.ts';
import { findRemedies, type Remedy } from './scheduler/remedies/index.ts';
import { findRefuted, type Refuted } from './scheduler/remedies/refuted.ts';
import { SCHEDULER } from './scheduler/scheduler.ts';
import type { World } from './scheduler/world.ts';

const KINDS = [
  'Namespace',
  'Node',
  'Pod',
  'Service',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'StorageClass',
  'CSINode',
  'PodDisruptionBudget',
  'PriorityClass',
];

export interface Nearest {
  node: string;
  plugin: string;
  short: { resource: string; amount: string }[];
}

/** An evaluation and what it was about. */
export interface Explanation {
  evaluation: Evaluation;
  attempt: number;
  atMs: number;
  /** The node really taken, '' when none. */
  chosen: string;
  attempts: { attempt: number; atMs: number }[];
  nearest?: Nearest;
}

/** A pod as it was before it had a node. */
const unbound = (pod: Pod): Pod => ({
  ...pod,
  spec: { ...pod.spec, nodeName: '' },
  status: { ...pod.status, phase: 'Pending' },
});

/** What a decision about the pod can hang on, the pod itself as it was before it had a node. */
function objectsFor(store: Store, pod: Pod): AnyObject[] {
  const key = keyOf(pod);
  const objects: AnyObject[] = [];
  for (const kind of KINDS)
    for (const o of store.list<AnyObject>(kind))
      objects.push(kind === 'Pod' && keyOf(o) === key ? (unbound(o as unknown as Pod) as unknown as AnyObject) : o);
  if (!store.byKey('Pod', key)) objects.push(unbound(pod) as unknown as AnyObject);
  return objects;
}

function deskOf(store: Store, pod: Pod, world: World): Desk | undefined {
  const desk = layOut(objectsFor(store, pod), keyOf(pod), world.config);
  return typeof desk === 'string' ? undefined : desk;
}

/** The smallest single changes that would place a pod that waits; none for one that is placed or would fit. */
export function remediesOf(cluster: Cluster, podKey: string): Remedy[] {
  const world = cluster.stateOf<World>(SCHEDULER);
  const pod = cluster.list.byKey<Pod>('Pod', podKey);
  if (!pod || !world || pod.spec.nodeName) return [];
  return findRemedies(objectsFor(cluster.store, pod), podKey, world.config);
}

/** Changes that one would think of for a pod that waits, and that would not do; none for one that is placed or would fit. */
export function refutedOf(cluster: Cluster, podKey: string): Refuted[] {
  const world = cluster.stateOf<World>(SCHEDULER);
  const pod = cluster.list.byKey<Pod>('Pod', podKey);
  if (!pod || !world || pod.spec.nodeName) return [];
  return findRefuted(objectsFor(cluster.store, pod), podKey, world.config);
}

/** The attempt that placed a pod, made again with one thing changed; none for one that waits. */
export function counterfactualsOf(cluster: Cluster, podKey: string): Counterfactual[] {
  const world = cluster.stateOf<World>(SCHEDULER);
  const pod = cluster.list.byKey<Pod>('Pod', podKey);
  const record = world?.attempts.findLast((a) => a.uid === pod?.metadata.uid && a.outcome === 'placed');
  const store = record && cluster.store.at(record.revision);
  const desk = pod && world && store && deskOf(store, pod, world);
  return desk ? counterfactuals(desk, record.node, record.startIndex) : [];
}

/**
 * The decision about a pod: of the attempt with that number, else of its last one, else as it would be now. `undefined`
 * when there is no such pod or no scheduler serves it.
 */
export function explainPod(cluster: Cluster, podKey: string, attempt?: number): Explanation | undefined {
  const world = cluster.stateOf<World>(SCHEDULER);
  const pod = cluster.list.byKey<Pod>('Pod', podKey);
  if (!pod || !world) return undefined;
  const own = world.attempts.filter((a) => a.uid === pod.metadata.uid);
  const record = attempt === undefined ? own.at(-1) : own.find((a) => a.attempt === attempt);
  const store = record ? cluster.store.at(record.revision) : cluster.store;
  const desk = deskOf(store ?? cluster.store, pod, world);
  if (!desk) return undefined;
  const evaluation = evaluate(desk.fw, desk.cache.list, desk.cache.classes.info(desk.pod), record?.startIndex);
  const nearest = nearestMiss(evaluation, desk);
  return {
    evaluation,
    attempt: record?.attempt ?? 0,
    atMs: record?.at ?? cluster.now,
    chosen: chosenBy(record, evaluation),
    attempts: own.map((a) => ({ attempt: a.attempt, atMs: a.at })),
    ...(nearest ? { nearest } : {}),
  };
}

const chosenBy = (record: AttemptRecord | undefined, e: Evaluation): string =>
  record ? (record.outcome === 'placed' ? record.node : '') : e.chosen;

/** Would the pod fit on that node as things stand? The decision is about that node alone. */
export function wouldFit(cluster: Cluster, podKey: string, nodeName: string): Evaluation | undefined {
  const world = cluster.stateOf<World>(SCHEDULER);
  const pod = cluster.list.byKey<Pod>('Pod', podKey);
  if (!pod || !world) return undefined;
  const desk = deskOf(cluster.store, pod, world);
  return (
    desk &&
    evaluate(
      desk.fw,
      desk.cache.list.filter((n) => n.name === nodeName),
      desk.cache.classes.info(desk.pod),
    )
  );
}

const amountIn = (r: Resource, name: string): number =>
  name === 'cpu'
    ? r.milliCpu
    : name === 'memory'
      ? r.memory
      : name === 'ephemeral-storage'
        ? r.ephemeralStorage
        : (r.scalar.get(name) ?? 0);

/** What the node lacks of each resource that is asked for. */
function shortOf(
  node: NodeInfo,
  requests: Record<string, number>,
): { resource: string; amount: string; share: number }[] {
  const rows: { resource: string; amount: string; share: number }[] = [];
  for (const [resource, wanted] of Object.entries(requests)) {
    const missing = wanted - (amountIn(node.allocatable, resource) - amountIn(node.requested, resource));
    if (wanted <= 0 || missing <= 0) continue;
    const whole = BigInt(Math.ceil(missing));
    const amount = resource === 'cpu' ? formatMilli(whole) : formatMilli(whole * 1000n, 'BinarySI');
    rows.push({ resource, amount, share: missing / wanted });
  }
  return rows;
}

/** The refused node that lacks least: resources before everything else, then the filter that came latest. */
function nearestMiss(e: Evaluation, desk: Desk): Nearest | undefined {
  const order = new Map(e.filterPlugins.map((p, i) => [p, i]));
  const requests = podRequests(desk.pod.spec);
  let best: { rank: number; share: number; nearest: Nearest } | undefined;
  for (const node of desk.cache.list) {
    const cell = e.decision.filters[node.name];
    if (!cell) continue;
    const short = cell.plugin === 'NodeResourcesFit' ? shortOf(node, requests) : [];
    const rank = order.get(cell.plugin) ?? -1;
    const share = short.reduce((n, s) => n + s.share, 0);
    if (best && (rank < best.rank || (rank === best.rank && share >= best.share))) continue;
    const nearest = {
      node: node.name,
      plugin: cell.plugin,
      short: short.map(({ resource, amount }) => ({ resource, amount })),
    };
    best = { rank, share, nearest };
  }
  return best?.nearest;
}
