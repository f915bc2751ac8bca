/**
 * From a chosen node to a bound pod: reserve, have the volumes bound, bind. Volumes take time: the pod holds its place on
 * the node meanwhile, and the scheduler goes on with others. Upstream: pkg/scheduler/schedule_one.go (bindingCycle),
 * pkg/scheduler/framework/plugins/volumebinding/binder.go (BindPodVolumes, checkBindings)
 */
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../api/core.ts';
import type { Context } from '../client/component.ts';
import type { Ms } from '../sim/time.ts';
import { DELETE } from './framework/events.ts';
import { fitMessage } from './framework/fit-error.ts';
import type { CycleState } from './framework/interface.ts';
import type { PodInfo } from './framework/pod-info.ts';
import type { Framework } from './framework/runtime.ts';
import { isRejected, messageOf } from './framework/status.ts';
import { SELECTED_NODE } from './plugins/claims.ts';
import { fullyBound, plansKey, type VolumePlan } from './plugins/volume-plan.ts';
import type { QueuedPod } from './queue.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { World } from './world.ts';

/** A pod with a node that waits for its volumes; plain data beside the queue entry. */
export interface WaitingBinding {
  entry: QueuedPod;
  node: string;
  profile: string;
  since: Ms;
  nextCheck: Ms;
  /** Claims by key with the volume set aside for each; '' when one is to be provisioned. */
  claims: { key: string; volume: string }[];
}

const POLL_MS = 1000;
const BIND_TIMEOUT_MS = 600_000;
const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';

export interface Job {
  world: World;
  ctx: Context;
  fw: Framework;
  entry: QueuedPod;
}

/** Takes back what was assumed and puts the pod back in the queue. */
function giveUp({ world, ctx, fw, entry }: Job, refusal: Omit<Refusal, 'nominated'>): void {
  world.cache.removePod(entry.key);
  world.queue.happened(
    { resource: 'AssignedPod', action: DELETE, label: 'AssignedPodDelete', old: entry.pod },
    ctx.now,
  );
  refuse(world, ctx, fw, entry, { ...refusal, nominated: '' });
}

const failed = (message: string): Omit<Refusal, 'nominated'> => ({ reason: 'SchedulerError', message, rejectors: [] });

export function bindingCycle(job: Job, pod: PodInfo, state: CycleState, node: string): void {
  const { world, fw, entry } = job;
  world.cache.setPod(entry.pod, node);
  world.nominator.remove(entry.pod.metadata.uid);
  const status = fw.runReserve(state, pod, node) ?? fw.runPreBind(state, pod, node);
  if (status) {
    fw.runUnreserve(state, pod, node);
    const one = { explicit: new Map([[node, status]]), absent: status };
    giveUp(
      job,
      isRejected(status)
        ? { reason: 'Unschedulable', message: fitMessage(1, one, '', ''), rejectors: [status.plugin] }
        : failed(messageOf(status)),
    );
    return;
  }
  const plan = state.read<Map<string, VolumePlan>>(plansKey)?.get(node);
  if (plan && (plan.bindings.length || plan.provision.length)) startVolumes(job, plan, node, fw.profile.schedulerName);
  else bind(job, node);
}

function bind(job: Job, node: string): void {
  const { ctx, fw, entry, world } = job;
  const { namespace, name, uid } = entry.pod.metadata;
  const response = ctx.api.bind(namespace ?? '', name, uid, node);
  if (!response.ok) {
    const gone = ctx.list.byKey<Pod>('Pod', entry.key)?.metadata.uid !== uid;
    if (gone) world.cache.removePod(entry.key);
    else giveUp(job, failed(`running Bind plugin "DefaultBinder": ${response.status.message}`));
    return;
  }
  ctx.events.event(entry.pod, {
    type: 'Normal',
    reason: 'Scheduled',
    action: 'Binding',
    message: `Successfully assigned ${entry.key} to ${node}`,
    source: { component: fw.profile.schedulerName },
  });
}

/** Writes what the volume controller needs to go on, and lets the pod wait. */
function startVolumes(job: Job, plan: VolumePlan, node: string, profile: string): void {
  const { ctx, world, entry } = job;
  const { namespace, name } = entry.pod.metadata;
  if (entry.pod.status?.nominatedNodeName !== node)
    ctx.api.patch('Pod', namespace, name, { status: { nominatedNodeName: node } }, 'strategic', 'status');
  const error = writeVolumes(ctx, plan, node);
  if (error) {
    giveUp(job, failed(`running PreBind plugin "VolumeBinding": ${error}`));
    return;
  }
  const keyOfClaim = (c: PersistentVolumeClaim): string => `${c.metadata.namespace}/${c.metadata.name}`;
  const claims = [
    ...plan.bindings.map((b) => ({ key: keyOfClaim(b.claim), volume: b.volume.metadata.name })),
    ...plan.provision.map((c) => ({ key: keyOfClaim(c), volume: '' })),
  ];
  world.bindings.set(entry.key, { entry, node, profile, since: ctx.now, nextCheck: ctx.now + POLL_MS, claims });
}

function writeVolumes(ctx: Context, plan: VolumePlan, node: string): string | undefined {
  for (const { claim, volume } of plan.bindings) {
    const { namespace = '', name, uid, resourceVersion } = claim.metadata;
    const claimRef = { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace, name, uid, resourceVersion };
    const annotations = { ...volume.metadata.annotations, [BOUND_BY_CONTROLLER]: 'yes' };
    const response = ctx.api.update<PersistentVolume>({
      ...volume,
      metadata: { ...volume.metadata, annotations },
      spec: { ...volume.spec, claimRef },
    });
    if (!response.ok) return response.status.message;
  }
  for (const claim of plan.provision) {
    if (claim.metadata.annotations?.[SELECTED_NODE] === node) continue;
    const annotations = { ...claim.metadata.annotations, [SELECTED_NODE]: node };
    const response = ctx.api.update<PersistentVolumeClaim>({ ...claim, metadata: { ...claim.metadata, annotations } });
    if (!response.ok) return response.status.message;
  }
  return undefined;
}

/** Looks after the pods whose volumes are being bound, each once a second. */
export function continueBindings(world: World, ctx: Context): void {
  for (const [key, b] of [...world.bindings]) {
    const pod = ctx.list.byKey<Pod>('Pod', key);
    const fw = world.frameworks.get(b.profile);
    if (!pod || !fw || pod.metadata.uid !== b.entry.pod.metadata.uid || pod.spec.nodeName) {
      world.bindings.delete(key);
      if (!pod?.spec.nodeName) world.cache.removePod(key);
      continue;
    }
    if (ctx.now < b.nextCheck) continue;
    b.nextCheck = ctx.now + POLL_MS;
    const result = checkVolumes(ctx, b);
    if (result === 'wait') continue;
    world.bindings.delete(key);
    b.entry.pod = pod;
    const job = { world, ctx, fw, entry: b.entry };
    if (result === 'bound') bind(job, b.node);
    else giveUp(job, failed(`running PreBind plugin "VolumeBinding": binding volumes: ${result}`));
  }
}

/** `bound`, `wait`, or why the binding has to be given up. */
function checkVolumes(ctx: Context, b: WaitingBinding): string {
  let all = true;
  for (const { key, volume } of b.claims) {
    const claim = ctx.list.byKey<PersistentVolumeClaim>('PersistentVolumeClaim', key);
    const name = key.slice(key.indexOf('/') + 1);
    if (!claim) return `failed to check provisioning pvc: persistentvolumeclaim "${name}" not found`;
    if (fullyBound(claim)) continue;
    all = false;
    if (volume) {
      const pv = ctx.list.byKey<PersistentVolume>('PersistentVolume', volume);
      if (!pv) return `failed to check binding: persistentvolume "${volume}" not found`;
      if (!pv.spec.claimRef?.uid) return `ClaimRef got reset for pv "${volume}"`;
    } else if (claim.metadata.annotations?.[SELECTED_NODE] !== b.node)
      return `selectedNode annotation reset for PVC "${name}"`;
  }
  if (all) return 'bound';
  return ctx.now - b.since >= BIND_TIMEOUT_MS ? 'context deadline exceeded' : 'wait';
}
