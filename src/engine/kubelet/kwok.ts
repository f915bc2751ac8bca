/**
 * The instant kubelet with which the transcripts of the real kubectl were recorded: no events, no container or image IDs,
 * and few rules, each a row below.
 */
import type { Container, ContainerState, ContainerStatus, Node, Pod } from '../api/core.ts';
import { controllerOf, keyOf, splitKey } from '../api/meta.ts';
import type { WatchEvent } from '../api/request.ts';
import type { Component, Context } from '../client/component.ts';
import { equalPlain } from '../sim/plain.ts';
import { type Ms, rfc3339 } from '../sim/time.ts';
import type { Fault } from './fault.ts';
import { podKeysFor } from './keys.ts';
import { allocate, release } from './machine/addresses.ts';
import { isHeard, type Machine, withAmounts } from './machine/machine.ts';
import { followHeartbeat, type Machines, machineOf, noMachines } from './machine/machines.ts';
import { internalIp, syncNode } from './machine/node-status.ts';
import { podStatus } from './pod/status.ts';
import { type Position, runStages, type Stage } from './stages.ts';

const READY_MS = 300;
const FINISH_MS = 700;

interface Instant extends Position {
  uid: string;
  node: string;
  ip: string;
  startedAt?: Ms;
  exit?: { at: Ms; code: number };
}

interface KwokState {
  machines: Machines;
  pods: Record<string, Instant>;
}

interface View {
  pod: Pod;
  at: Instant;
  now: Ms;
}

const words = (pod: Pod): string =>
  pod.spec.containers.map((c) => [...(c.command ?? []), ...(c.args ?? [])].join(' ')).join(' ');

const fails = ({ pod }: View): boolean => pod.spec.restartPolicy === 'Never' && words(pod).includes('exit 1');

function succeeds({ pod }: View): boolean {
  if ((pod.spec.restartPolicy ?? 'Always') === 'Always') return false;
  const said = words(pod);
  const owner = controllerOf(pod);
  if (owner?.kind === 'Job') return !said.includes('sleep');
  return !owner && /echo|date/.test(said) && !said.includes('sleep');
}

const finish = (code: number) => (v: View) => {
  v.at.exit = { at: v.now, code };
  return 'finished';
};

const STAGES: readonly Stage<View>[] = [
  {
    name: 'pod-ready',
    from: 'bound',
    delayMs: () => READY_MS,
    next: (v) => {
      v.at.startedAt = v.now;
      return 'up';
    },
  },
  { name: 'pod-fail', from: 'up', when: fails, delayMs: () => FINISH_MS, next: finish(1) },
  { name: 'pod-complete', from: 'up', when: succeeds, delayMs: () => FINISH_MS, next: finish(0) },
];

const unpullable = (c: Container): boolean => (c.image ?? '').includes('no-such');
const neverReady = (c: Container): boolean => c.readinessProbe?.exec?.command?.[0] === 'false';

const status = (c: Container, state: ContainerState, ready: boolean, started: boolean): ContainerStatus => ({
  name: c.name,
  image: c.image ?? '',
  imageID: '',
  lastState: {},
  ready,
  restartCount: 0,
  started,
  state,
});

function appStatus(c: Container, at: Instant): ContainerStatus {
  if (unpullable(c))
    return status(
      c,
      { waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${c.image}"` } },
      false,
      false,
    );
  const startedAt = rfc3339(at.startedAt!);
  if (at.exit) {
    const { code } = at.exit;
    const reason = code ? 'Error' : 'Completed';
    return status(
      c,
      { terminated: { exitCode: code, reason, startedAt, finishedAt: rfc3339(at.exit.at) } },
      false,
      false,
    );
  }
  return status(c, { running: { startedAt } }, !neverReady(c), true);
}

function initStatus(c: Container, at: Instant): ContainerStatus {
  const startedAt = rfc3339(at.startedAt!);
  if (c.restartPolicy === 'Always') return appStatus(c, at);
  return status(c, { terminated: { exitCode: 0, reason: 'Completed', startedAt, finishedAt: startedAt } }, true, false);
}

function write(v: View, hostIP: string, ctx: Context): void {
  const { pod, at } = v;
  if (at.startedAt === undefined || pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return;
  const next = podStatus(
    pod,
    {
      init: (pod.spec.initContainers ?? []).map((c) => initStatus(c, at)),
      app: pod.spec.containers.map((c) => appStatus(c, at)),
      sandbox: !at.exit,
      podIP: pod.spec.hostNetwork ? hostIP : at.ip,
      hostIP,
      startTime: pod.status.startTime ?? rfc3339(at.startedAt),
    },
    v.now,
  );
  if (!equalPlain(next, pod.status)) ctx.api.updateStatus<Pod>({ ...pod, status: next });
}

function forget(state: KwokState, key: string): void {
  const at = state.pods[key];
  if (!at) return;
  const m = state.machines.byName[at.node];
  if (m) release(m.addresses, at.ip);
  delete state.pods[key];
}

function syncPod(key: string, ctx: Context, state: KwokState): { requeueAt: Ms } | undefined {
  const { namespace, name } = splitKey(key);
  const pod = ctx.list.get<Pod>('Pod', namespace, name);
  if (!pod?.spec.nodeName || (state.pods[key] && state.pods[key].uid !== pod.metadata.uid)) forget(state, key);
  if (!pod?.spec.nodeName) return;
  const node = ctx.list.get<Node>('Node', undefined, pod.spec.nodeName);
  if (!node) return;
  const m = machineOf(state.machines, node, ctx);
  if (!isHeard(m)) return;
  if (pod.metadata.deletionTimestamp) {
    if (pod.metadata.finalizers?.length && pod.metadata.deletionGracePeriodSeconds === 0) return;
    ctx.api.delete('Pod', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid: pod.metadata.uid } });
    return;
  }
  state.pods[key] ??= { stage: 'bound', uid: pod.metadata.uid, node: m.node, ip: allocate(m.addresses) ?? '' };
  const at = state.pods[key];
  const view: View = { pod, at, now: ctx.now };
  runStages(STAGES, at, view, ctx.now);
  write(view, internalIp(node), ctx);
  return at.dueAt === undefined ? undefined : { requeueAt: at.dueAt };
}

function inject(fault: Fault, ctx: Context, state: KwokState): void {
  const m = state.machines.byName[fault.node];
  if (!m) return;
  const heard = isHeard(m);
  applySwitch(m, fault);
  followHeartbeat(m, heard, ctx);
}

/** What a fault does to a machine whose containers are not simulated. */
function applySwitch(m: Machine, fault: Fault): void {
  if (fault.type === 'power-off') m.powered = false;
  else if (fault.type === 'power-on') m.powered = true;
  else if (fault.type === 'disconnect') m.connected = false;
  else if (fault.type === 'reconnect') m.connected = true;
  else if (fault.type === 'stop-kubelet') m.kubelet = false;
  else if (fault.type === 'start-kubelet') m.kubelet = true;
  else if (fault.type === 'set-capacity') m.capacity = withAmounts(m.capacity, fault.amount ?? '');
}

/** The component that stands in for all machines with `--kubelet kwok`. */
export function kwokComponent(): Component<KwokState> {
  return {
    name: 'kubelet',
    watches: ['Pod', 'Node'],
    initial: () => ({ machines: noMachines(), pods: {} }),
    keysFor(event: WatchEvent): string[] {
      return event.kind === 'Node' ? [`node:${keyOf(event.object)}`] : podKeysFor(event);
    },
    reconcile(key, ctx, state) {
      if (key.startsWith('fault:')) return inject(JSON.parse(key.slice(6)) as Fault, ctx, state);
      if (key.startsWith('pod:')) return syncPod(key.slice(4), ctx, state);
      const node = ctx.list.get<Node>('Node', undefined, key.slice(5));
      if (!node) return;
      const m = machineOf(state.machines, node, ctx);
      if (isHeard(m)) syncNode(node, m, ctx, true);
      if (!m.registered) for (const pod of ctx.list.podsOnNode(m.node)) ctx.wake(`pod:${keyOf(pod)}`, ctx.now);
      m.registered = true;
    },
  };
}
