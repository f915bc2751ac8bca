/** Binds claims and volumes to each other. Upstream: pkg/controller/volume/persistentvolume/pv_controller.go */
import { matchesNodeTerms } from '../../api/affinity.ts';
import type { Node, PersistentVolume, PersistentVolumeClaim, Pod } from '../../api/core.ts';
import { keyOf } from '../../api/meta.ts';
import type { StorageClass } from '../../api/policy.ts';
import type { WatchEvent } from '../../api/request.ts';
import type { Component, Context, Key } from '../../client/component.ts';
import type { Lister } from '../../client/lister.ts';
import { equalPlain } from '../../sim/plain.ts';
import { rfc3339 } from '../../sim/time.ts';
import { byName, sortedBy } from '../shared/order.ts';
import { isTerminal } from '../shared/pods.ts';
import type { Requeue } from '../shared/result.ts';
import { bestMatch, classOf, mismatch, refersTo } from './match.ts';
import { PROVISIONED_BY, provision, SELECTED_NODE } from './provision.ts';

type Claim = PersistentVolumeClaim;
type Volume = PersistentVolume;

const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
/** Claims that wait are looked at again this often. */
const RESYNC_MS = 15_000;

/** What was said last about a claim or volume, so that it is said once. Plain data. */
type Told = Record<string, string>;

export const volumeBinder = (): Component => controller as Component;

/** Keys: `claim/KEY`, `volume/NAME`; `later/KEY` a claim at the next resync; `placed/POD` a pod that just got its node. */
const controller: Component<Told> = {
  name: 'persistentvolume-controller',
  watches: ['PersistentVolumeClaim', 'PersistentVolume', 'StorageClass', 'CSIDriver', 'Pod'],
  keysFor,
  initial: () => ({}),
  reconcile(key, ctx, told): Requeue {
    const slash = key.indexOf('/');
    const [what, name] = [key.slice(0, slash), key.slice(slash + 1)];
    if (what === 'later') {
      ctx.wake(`claim/${name}`, (Math.floor(ctx.now / RESYNC_MS) + 1) * RESYNC_MS);
      return undefined;
    }
    if (what === 'placed') {
      const pod = ctx.list.byKey<Pod>('Pod', name);
      if (pod) bindForPod(pod, ctx);
      return undefined;
    }
    if (what === 'claim') {
      const claim = ctx.list.byKey<Claim>('PersistentVolumeClaim', name);
      if (claim) syncClaim(claim, ctx, told);
      return undefined;
    }
    const volume = ctx.list.byKey<Volume>('PersistentVolume', name);
    if (volume) syncVolume(volume, ctx, told);
    return undefined;
  },
};

const claimsOf = (pod: Pod): string[] =>
  (pod.spec.volumes ?? []).flatMap((v) =>
    v.persistentVolumeClaim ? [`${pod.metadata.namespace}/${v.persistentVolumeClaim.claimName}`] : [],
  );

function unboundClaims(list: Lister): Key[] {
  const open = [...list.list<Claim>('PersistentVolumeClaim')].filter((c) => c.status?.phase !== 'Bound');
  return open.map((c) => `claim/${keyOf(c)}`);
}

function keysFor(e: WatchEvent, list: Lister): Key[] {
  if (e.kind === 'Pod') {
    const pod = e.object as unknown as Pod;
    const claims = claimsOf(pod);
    if (claims.length === 0) return [];
    if (e.type === 'ADDED') return pod.spec.nodeName ? [] : claims.map((key) => `later/${key}`);
    const placed = e.type === 'MODIFIED' && pod.spec.nodeName && !(e.old as unknown as Pod).spec.nodeName;
    return placed ? [`placed/${e.key}`] : [];
  }
  if (e.kind === 'PersistentVolumeClaim') {
    const volumes = [e.object as unknown as Claim].flatMap((c) =>
      c.spec.volumeName ? [`volume/${c.spec.volumeName}`] : [],
    );
    return e.type === 'DELETED' ? volumes : [`claim/${e.key}`, ...volumes];
  }
  if (e.kind !== 'PersistentVolume') return unboundClaims(list);
  const ref = (e.object as unknown as Volume).spec.claimRef;
  const own = ref ? [`claim/${ref.namespace}/${ref.name}`] : [];
  return [...(e.type === 'DELETED' ? [] : [`volume/${e.key}`]), ...own, ...(ref ? [] : unboundClaims(list))];
}

function say(
  o: Claim | Volume,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  ctx: Context,
  told: Told,
): void {
  const words = `${reason} ${message}`;
  if (told[o.metadata.uid] === words) return;
  told[o.metadata.uid] = words;
  ctx.events.event(o, { type, reason, message });
}

function syncClaim(claim: Claim, ctx: Context, told: Told): void {
  if (claim.metadata.annotations?.[BIND_COMPLETED] !== undefined) syncBound(claim, ctx, told);
  else if (claim.spec.volumeName) syncNamed(claim, ctx, told);
  else syncUnbound(withDefaultClass(claim, ctx), ctx, told);
}

/** A claim without a class gets the default one as soon as there is one. */
function withDefaultClass(claim: Claim, ctx: Context): Claim {
  if (claim.spec.storageClassName !== undefined || classOf(claim) !== '') return claim;
  const classes = [...ctx.list.list<StorageClass>('StorageClass')].filter(
    (c) => c.metadata.annotations?.[DEFAULT_CLASS] === 'true',
  );
  // the newest default wins
  classes.sort((a, b) =>
    a.metadata.creationTimestamp > b.metadata.creationTimestamp
      ? -1
      : a.metadata.creationTimestamp < b.metadata.creationTimestamp
        ? 1
        : byName(a, b),
  );
  const name = classes[0]?.metadata.name;
  if (name === undefined) return claim;
  const r = ctx.api.update<Claim>({ ...claim, spec: { ...claim.spec, storageClassName: name } });
  return r.ok ? r.object! : claim;
}

function waitsForConsumer(claim: Claim, ctx: Context): boolean {
  const storageClass = ctx.list.get<StorageClass>('StorageClass', undefined, classOf(claim));
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
}

function syncUnbound(claim: Claim, ctx: Context, told: Told): void {
  const waits = waitsForConsumer(claim, ctx) && claim.metadata.annotations?.[SELECTED_NODE] === undefined;
  const volume = bestMatch(
    claim,
    sortedBy(ctx.list.list<Volume>('PersistentVolume'), byName),
    waitsForConsumer(claim, ctx),
  );
  if (volume) {
    bind(volume, claim, ctx);
    return;
  }
  if (waits) sayWaiting(claim, ctx, told);
  else if (classOf(claim) !== '') {
    const asked = provision(claim, ctx);
    if ('provisioned' in asked) return; // its own event brings the claim back
    say(claim, asked.type, asked.reason, asked.message, ctx, told);
  } else
    say(
      claim,
      'Normal',
      'FailedBinding',
      'no persistent volumes available for this claim and no storage class is set',
      ctx,
      told,
    );
  setClaimPhase(claim, 'Pending', undefined, ctx);
}

function sayWaiting(claim: Claim, ctx: Context, told: Told): void {
  const key = keyOf(claim);
  for (const pod of ctx.list.list<Pod>('Pod', claim.metadata.namespace)) {
    if (pod.spec.nodeName || isTerminal(pod) || !claimsOf(pod).includes(key)) continue;
    say(claim, 'Normal', 'WaitForPodScheduled', `waiting for pod ${pod.metadata.name} to be scheduled`, ctx, told);
    return;
  }
  say(claim, 'Normal', 'WaitForFirstConsumer', 'waiting for first consumer to be created before binding', ctx, told);
}

/**
 * The first consumer got its node: claims that waited for it take a volume that the node can reach, or ask for one there.
 * Upstream the scheduler writes this before it binds (volumebinding's PreBind); what it has written already is left alone.
 */
function bindForPod(pod: Pod, ctx: Context): void {
  const node = ctx.list.get<Node>('Node', undefined, pod.spec.nodeName ?? '');
  if (!node) return;
  for (const key of claimsOf(pod)) {
    const claim = ctx.list.byKey<Claim>('PersistentVolumeClaim', key);
    if (!claim || claim.spec.volumeName || claim.metadata.annotations?.[SELECTED_NODE] !== undefined) continue;
    if (!waitsForConsumer(claim, ctx)) continue;
    const reachable = sortedBy(ctx.list.list<Volume>('PersistentVolume'), byName).filter((v) => {
      const required = v.spec.nodeAffinity?.required;
      return !required || matchesNodeTerms(required.nodeSelectorTerms, node);
    });
    const volume = bestMatch(claim, reachable, false);
    if (volume) bind(volume, claim, ctx);
    else {
      const annotations = { ...claim.metadata.annotations, [SELECTED_NODE]: node.metadata.name };
      ctx.api.update<Claim>({ ...claim, metadata: { ...claim.metadata, annotations } });
    }
  }
}

/** A claim that names its volume. */
function syncNamed(claim: Claim, ctx: Context, told: Told): void {
  const volume = ctx.list.get<Volume>('PersistentVolume', undefined, claim.spec.volumeName!);
  if (!volume) setClaimPhase(claim, 'Pending', undefined, ctx);
  else if (!volume.spec.claimRef) {
    const why = mismatch(volume, claim);
    if (why === undefined) bind(volume, claim, ctx);
    else {
      const message = `Cannot bind to requested volume "${volume.metadata.name}": ${why}`;
      say(claim, 'Warning', 'VolumeMismatch', message, ctx, told);
      setClaimPhase(claim, 'Pending', undefined, ctx);
    }
  } else if (refersTo(volume, claim)) bind(volume, claim, ctx);
  else {
    const message = `volume "${volume.metadata.name}" already bound to a different claim.`;
    say(claim, 'Warning', 'FailedBinding', message, ctx, told);
    setClaimPhase(claim, 'Pending', undefined, ctx);
  }
}

function syncBound(claim: Claim, ctx: Context, told: Told): void {
  const lose = (reason: string, message: string): void => {
    if (claim.status?.phase !== 'Lost') say(claim, 'Warning', reason, message, ctx, told);
    setClaimPhase(claim, 'Lost', undefined, ctx);
  };
  const named = claim.spec.volumeName;
  const volume = named ? ctx.list.get<Volume>('PersistentVolume', undefined, named) : undefined;
  if (!named) lose('ClaimLost', 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!');
  else if (!volume) lose('ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  else if (!volume.spec.claimRef || refersTo(volume, claim)) bind(volume, claim, ctx);
  else lose('ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly');
}

/** The four writes of a binding; each is left out when it is done already. */
function bind(volume: Volume, claim: Claim, ctx: Context): void {
  let v = volume;
  const { name, namespace, uid, resourceVersion } = claim.metadata;
  if (v.spec.claimRef?.uid !== uid) {
    const claimRef = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      name,
      namespace: namespace!,
      uid,
      resourceVersion,
    };
    const annotations = v.spec.claimRef
      ? v.metadata.annotations
      : { ...v.metadata.annotations, [BOUND_BY_CONTROLLER]: 'yes' };
    const metadata = annotations ? { ...v.metadata, annotations } : v.metadata;
    const r = ctx.api.update<Volume>({ ...v, metadata, spec: { ...v.spec, claimRef } });
    if (!r.ok) return;
    v = r.object!;
  }
  setVolumePhase(v, 'Bound', ctx);
  let c = claim;
  const own: Record<string, string> = c.spec.volumeName ? {} : { [BOUND_BY_CONTROLLER]: 'yes' };
  const annotations = { ...c.metadata.annotations, ...own, [BIND_COMPLETED]: 'yes' };
  if (c.spec.volumeName !== v.metadata.name || !equalPlain(annotations, c.metadata.annotations)) {
    const spec = { ...c.spec, volumeName: v.metadata.name };
    const r = ctx.api.update<Claim>({ ...c, metadata: { ...c.metadata, annotations }, spec });
    if (!r.ok) return;
    c = r.object!;
  }
  setClaimPhase(c, 'Bound', v, ctx);
}

function setClaimPhase(claim: Claim, phase: string, volume: Volume | undefined, ctx: Context): void {
  const current = ctx.list.byUid(claim.metadata.uid) as Claim | undefined;
  if (!current) return;
  const { accessModes: _, capacity: __, ...was } = current.status ?? {};
  const grown = phase === 'Lost' ? current.status : undefined;
  const status: Claim['status'] = {
    ...was,
    phase,
    ...(grown?.accessModes ? { accessModes: grown.accessModes } : {}),
    ...(volume ? { accessModes: volume.spec.accessModes ?? [], capacity: volume.spec.capacity ?? {} } : {}),
  };
  if (!equalPlain(status, current.status)) ctx.api.updateStatus<Claim>({ ...current, status });
}

function setVolumePhase(volume: Volume, phase: string, ctx: Context, message?: string): void {
  const current = ctx.list.byUid(volume.metadata.uid) as Volume | undefined;
  if (!current || (current.status?.phase === phase && current.status.message === message)) return;
  const status = { phase, lastPhaseTransitionTime: rfc3339(ctx.now), ...(message === undefined ? {} : { message }) };
  ctx.api.updateStatus<Volume>({ ...current, status });
}

function syncVolume(volume: Volume, ctx: Context, told: Told): void {
  const ref = volume.spec.claimRef;
  if (!ref?.uid) {
    setVolumePhase(volume, 'Available', ctx);
    return;
  }
  const claim = ctx.list.get<Claim>('PersistentVolumeClaim', ref.namespace, ref.name!);
  if (claim?.metadata.uid !== ref.uid) release(volume, ctx, told);
  else if (claim.spec.volumeName === volume.metadata.name) setVolumePhase(volume, 'Bound', ctx);
  else if (claim.spec.volumeName) unbind(volume, ctx);
}

/** The claim took another volume: this one is free again. */
function unbind(volume: Volume, ctx: Context): void {
  const { claimRef, ...spec } = volume.spec;
  const { [BOUND_BY_CONTROLLER]: mine, ...annotations } = volume.metadata.annotations ?? {};
  const { uid: _, resourceVersion: __, ...reserved } = claimRef!;
  const metadata = { ...volume.metadata, annotations };
  ctx.api.update<Volume>({ ...volume, metadata, spec: mine === undefined ? { ...spec, claimRef: reserved } : spec });
}

/** The claim is gone: the volume is Released, and removed if its policy says so and somebody can. */
function release(volume: Volume, ctx: Context, told: Told): void {
  if (volume.status?.phase !== 'Released' && volume.status?.phase !== 'Failed') setVolumePhase(volume, 'Released', ctx);
  if (volume.spec.persistentVolumeReclaimPolicy !== 'Delete' || volume.metadata.deletionTimestamp !== undefined) return;
  const { name } = volume.metadata;
  const why = undeletable(volume);
  if (why === undefined) ctx.api.delete('PersistentVolume', undefined, name);
  else if (why !== '') {
    setVolumePhase(volume, 'Failed', ctx, why);
    say(volume, 'Warning', 'VolumeFailedDelete', why, ctx, told);
  }
}

/** Why nobody deletes a volume; '': its own driver would, which is not here. */
function undeletable(volume: Volume): string | undefined {
  if (volume.metadata.annotations?.[PROVISIONED_BY] !== undefined) return undefined;
  const path = volume.spec.hostPath?.path;
  if (path !== undefined)
    return path.startsWith('/tmp/')
      ? undefined
      : `host_path deleter only supports /tmp/.+ but received provided ${path}`;
  if (volume.spec.csi) return '';
  return `error getting deleter volume plugin for volume "${volume.metadata.name}": no deletable volume plugin matched`;
}
