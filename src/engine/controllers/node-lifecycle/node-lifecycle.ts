/** Node conditions, the taints that follow them, and nodes that fall silent. Upstream: pkg/controller/nodelifecycle */
import type { Node } from '../../api/core.ts';
import { isBeating, NODE_LEASE_NAMESPACE } from '../../api/heartbeat.ts';
import type { KubeObject } from '../../api/meta.ts';
import type { Lease } from '../../api/policy.ts';
import type { WatchEvent } from '../../api/request.ts';
import type { Component, Context, Key } from '../../client/component.ts';
import { equalPlain } from '../../sim/plain.ts';
import { type Ms, parseTime } from '../../sim/time.ts';
import { byName, sortedBy } from '../shared/order.ts';
import type { Requeue } from '../shared/result.ts';
import {
  type Known,
  markPodsNotReady,
  markUnknown,
  observe,
  PERIOD_MS,
  readyOf,
  silentFrom,
  tickAt,
} from './health.ts';
import { hasTaint, NOT_READY, removeNoExecute, setNoExecute, syncNoSchedule, UNREACHABLE } from './taints.ts';
import { dequeue, enqueue, type Health, updateZones, type Zone, type Zones, zoneNamed, zoneOf } from './zones.ts';

interface NodeState {
  nodes: Record<string, Known>;
  /** When the controller began: nodes that were there already are not announced. */
  startedAt?: Ms;
  zones: Zones;
}

/** How often the queues of nodes to taint are polled. */
const POLL_MS = 100;
const EXCLUDED = 'node.kubernetes.io/exclude-disruption';

/** Labels whose beta twin is kept equal. */
const TWINS: readonly [stable: string, beta: string][] = [
  ['kubernetes.io/os', 'beta.kubernetes.io/os'],
  ['kubernetes.io/arch', 'beta.kubernetes.io/arch'],
];

export const nodeLifecycleController = (): Component => controller as Component;

/**
 * Keys: `node/NAME` labels and NoSchedule taints at once; `look` asks for the loop's next tick; `loop` one pass over all
 * nodes; `taint` the queues of NoExecute taints.
 */
const controller: Component<NodeState> = {
  name: 'node-controller',
  watches: ['Node', 'Lease'],
  keysFor,
  startKeys: () => ['look'],
  initial: () => ({ nodes: {}, zones: {} }),
  reconcile(key, ctx, state) {
    if (key.startsWith('node/')) {
      const node = ctx.list.get<Node>('Node', undefined, key.slice(5));
      if (!node) return;
      // what was there from the start is known at once
      if (!state.nodes[node.metadata.name] && !isNews(node, ctx, state))
        state.nodes[node.metadata.name] = observe(node, undefined, ctx);
      syncNode(node, ctx);
      return;
    }
    if (key === 'look') {
      state.startedAt ??= ctx.now;
      ctx.wake('loop', tickAt(ctx.now));
      return;
    }
    return key === 'taint' ? taintNext(ctx, state) : loop(ctx, state);
  },
};

function keysFor(e: WatchEvent): Key[] {
  if (e.kind === 'Lease') return e.object.metadata.namespace === NODE_LEASE_NAMESPACE ? ['look'] : [];
  if (e.type === 'DELETED') return ['look'];
  const node = `node/${e.object.metadata.name}`;
  if (!e.old) return [node, 'look'];
  const [was, is] = [e.old as unknown as Node, e.object as unknown as Node];
  const conditions = !equalPlain(was.status?.conditions, is.status?.conditions);
  const spec = was.spec.unschedulable !== is.spec.unschedulable || !equalPlain(was.spec.taints, is.spec.taints);
  const keys = conditions || spec || !equalPlain(was.metadata.labels, is.metadata.labels) ? [node] : [];
  return conditions ? [...keys, 'look'] : keys;
}

function syncNode(node: Node, ctx: Context): void {
  const labels = { ...node.metadata.labels };
  for (const [stable, beta] of TWINS) if (labels[stable] !== undefined) labels[beta] = labels[stable];
  let current = node;
  if (!equalPlain(labels, node.metadata.labels ?? {})) {
    const r = ctx.api.update<Node>({ ...node, metadata: { ...node.metadata, labels } });
    if (r.ok) current = r.object!;
  }
  syncNoSchedule(current, ctx);
}

/** One pass: who came and went, who fell silent, which zones are down. */
function loop(ctx: Context, state: NodeState): Requeue {
  const nodes = sortedBy(ctx.list.list<Node>('Node'), byName);
  register(nodes, ctx, state);
  const health = new Map<string, Health>();
  let next: Ms | undefined;
  for (const stored of nodes) {
    const observed = readyOf(stored)?.status ?? 'Unknown';
    const { node, lookAt } = judge(stored, ctx, state);
    if (lookAt !== undefined) next = Math.min(next ?? lookAt, lookAt);
    const ready = readyOf(node);
    if (node.metadata.labels?.[EXCLUDED] === undefined) count(health, zoneOf(node), ready?.status === 'True');
    if (!ready) continue;
    followObserved(node, observed, ctx, state);
    if (observed !== 'True' || ready.status === 'True') continue;
    const message = `Node ${node.metadata.name} status is now: NodeNotReady`;
    ctx.events.event(node, { type: 'Normal', reason: 'NodeNotReady', message });
    markPodsNotReady(node, ctx);
    next = ctx.now + PERIOD_MS; // its taint follows with the next pass
  }
  if (handleDisruption(nodes, health, ctx, state)) next = ctx.now + PERIOD_MS;
  wakeTainter(ctx, state);
  return next === undefined ? undefined : { requeueAt: Math.max(next, ctx.now + PERIOD_MS) };
}

function count(health: Map<string, Health>, zone: string, ready: boolean): void {
  const h = health.get(zone) ?? { ready: 0, notReady: 0 };
  h[ready ? 'ready' : 'notReady']++;
  health.set(zone, h);
}

/** Nodes that came after the controller are announced. */
const isNews = (node: Node, ctx: Context, state: NodeState): boolean =>
  (parseTime(node.metadata.creationTimestamp) ?? ctx.now) > (state.startedAt ?? ctx.now);

function register(nodes: readonly Node[], ctx: Context, state: NodeState): void {
  const here = new Map(nodes.map((n) => [n.metadata.name, n]));
  for (const name of Object.keys(state.nodes).sort()) {
    const uid = state.nodes[name]!.uid;
    if (here.get(name)?.metadata.uid === uid) continue;
    delete state.nodes[name];
    for (const zone of Object.values(state.zones)) dequeue(zone, name);
    sayNode(name, uid, 'RemovingNode', `Removing Node ${name} from Controller`, ctx);
  }
  for (const node of nodes) {
    const { name, uid } = node.metadata;
    if (state.nodes[name]) continue;
    if (isNews(node, ctx, state)) sayNode(name, uid, 'RegisteredNode', `Registered Node ${name} in Controller`, ctx);
    state.nodes[name] = observe(node, undefined, ctx);
    removeNoExecute(name, ctx);
  }
}

/** An event about a node that may be gone already. */
function sayNode(name: string, uid: string, reason: string, what: string, ctx: Context): void {
  const metadata = { name, uid, resourceVersion: '', creationTimestamp: '' };
  const node: KubeObject = { apiVersion: 'v1', kind: 'Node', metadata };
  ctx.events.event(node, { type: 'Normal', reason, message: `Node ${name} event: ${what}` });
}

/** Turns a node that was silent for too long to Unknown. Out: the node now and when to look again. */
function judge(node: Node, ctx: Context, state: NodeState): { node: Node; lookAt?: Ms } {
  const { name } = node.metadata;
  const known = observe(node, state.nodes[name], ctx);
  state.nodes[name] = known;
  const lease = ctx.list.get<Lease>('Lease', NODE_LEASE_NAMESPACE, name);
  if (lease && isBeating(lease)) return { node };
  const at = silentFrom(node, known);
  if (ctx.now < at) return { node, lookAt: at };
  markUnknown(node, ctx);
  return { node: ctx.list.get<Node>('Node', undefined, name) ?? node };
}

/** Does what the Ready condition asked for when the pass began. */
function followObserved(node: Node, observed: string, ctx: Context, state: NodeState): void {
  const { name } = node.metadata;
  const zone = zoneNamed(state.zones, zoneOf(node));
  if (observed === 'True') {
    removeNoExecute(name, ctx);
    dequeue(zone, name);
    return;
  }
  const [wanted, other] = observed === 'False' ? [NOT_READY, UNREACHABLE] : [UNREACHABLE, NOT_READY];
  if (hasTaint(node, other, 'NoExecute')) setNoExecute(name, observed as 'False' | 'Unknown', ctx);
  else if (!hasTaint(node, wanted, 'NoExecute')) enqueue(zone, name);
}

/** Out: whether the whole cluster went down or came back. */
function handleDisruption(
  nodes: readonly Node[],
  health: Map<string, Health>,
  ctx: Context,
  state: NodeState,
): boolean {
  const what = updateZones(state.zones, health, ctx.now);
  if (what === 'entered') for (const node of nodes) removeNoExecute(node.metadata.name, ctx);
  if (what === 'left') for (const known of Object.values(state.nodes)) known.probeAt = ctx.now;
  return what !== 'none';
}

/** When the zone's next node may be tainted. */
const dueAt = (zone: Zone, now: Ms): Ms | undefined =>
  zone.queue.length === 0 || zone.qps <= 0 ? undefined : Math.ceil(Math.max(zone.tokenAt, now + 1) / POLL_MS) * POLL_MS;

function wakeTainter(ctx: Context, state: NodeState): void {
  for (const zone of Object.values(state.zones)) {
    const at = dueAt(zone, ctx.now);
    if (at !== undefined) ctx.wake('taint', at);
  }
}

/** Taints the first node of each zone that has a token. */
function taintNext(ctx: Context, state: NodeState): Requeue {
  let next: Ms | undefined;
  for (const name of Object.keys(state.zones).sort()) {
    const zone = state.zones[name]!;
    while (zone.queue.length > 0 && zone.qps > 0 && ctx.now >= zone.tokenAt) {
      zone.tokenAt = ctx.now + 1000 / zone.qps;
      taintNode(zone.queue.shift()!, ctx);
    }
    const at = dueAt(zone, ctx.now);
    if (at !== undefined) next = Math.min(next ?? at, at);
  }
  return next === undefined ? undefined : { requeueAt: next };
}

function taintNode(name: string, ctx: Context): void {
  const status = readyOf(ctx.list.get<Node>('Node', undefined, name) ?? ({ status: {} } as Node))?.status;
  if (status === 'False' || status === 'Unknown') setNoExecute(name, status, ctx);
}
