/** Reads what changed in the store into cache and queue. Upstream: pkg/scheduler/eventhandlers.go */
import type { Node, Pod } from '../api/core.ts';
import { keyOf } from '../api/meta.ts';
import type { WatchEvent } from '../api/request.ts';
import { ADD, DELETE, type EventResource, type Happening, UPDATE_POD_OTHER } from './framework/events.ts';
import { happening, nodeHappenings, podHappenings } from './happenings.ts';
import type { World } from './world.ts';

/** Every kind on which a decision, or another try, can hang. */
export const WATCHED = [
  'Pod',
  'Node',
  'Namespace',
  'Service',
  'ReplicationController',
  'ReplicaSet',
  'StatefulSet',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'CSINode',
  'CSIDriver',
  'CSIStorageCapacity',
  'VolumeAttachment',
] as const;
export const WATCHED_KINDS: ReadonlySet<string> = new Set(WATCHED);

const WITH_HINTS: ReadonlySet<string> = new Set([
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'CSINode',
  'CSIDriver',
  'CSIStorageCapacity',
  'VolumeAttachment',
]);

const finished = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** How the scheduler sees a pod: on a node, waiting for one, or not at all. */
function roleOf(world: World, pod: Pod | undefined): 'assigned' | 'pending' | 'none' {
  if (!pod || finished(pod)) return 'none';
  if (pod.spec.nodeName) return 'assigned';
  return world.frameworkOf(pod) ? 'pending' : 'none';
}

function tell(world: World, h: Happening): void {
  world.queue.happened(h, world.now);
}

/** Reads all that changed since the last look; the first look lists everything. */
export function catchUp(world: World): void {
  const list = world.list!;
  if (world.unread.length) {
    for (const e of world.unread) if (WATCHED_KINDS.has(e.kind)) read(world, e as unknown as WatchEvent);
    world.unread = [];
  }
  const events = world.cursor < 0 ? undefined : list.since(world.cursor, WATCHED_KINDS);
  if (events) for (const e of events) read(world, e);
  else listAll(world);
  world.cursor = list.revision;
}

/** Takes what is stored as it is; what is known already stays in its place. */
function listAll(world: World): void {
  const list = world.list!;
  for (const node of [...world.cache.list]) if (!list.byKey('Node', node.name)) world.cache.removeNode(node.name);
  for (const node of list.list<Node>('Node')) world.cache.setNode(node);
  for (const entry of [...world.queue.all()])
    if (roleOf(world, list.byKey('Pod', entry.key)) !== 'pending') world.queue.remove(entry.key);
  for (const pod of list.list<Pod>('Pod')) {
    const role = roleOf(world, pod);
    if (role === 'pending' && world.bindings.has(keyOf(pod))) continue;
    const known = world.cache.podInfo(keyOf(pod));
    if (role === 'assigned') world.cache.setPod(pod);
    else if (known) world.cache.removePod(known.key);
    if (role === 'pending' && !world.queue.get(keyOf(pod))) enqueue(world, pod);
  }
  for (const kind of WATCHED) world.touched(kind);
}

function enqueue(world: World, pod: Pod): void {
  const entry = world.queue.add(pod, keyOf(pod), world.now);
  const nominated = pod.status?.nominatedNodeName;
  if (nominated && !entry.gatedBy) world.nominator.add(world.cache.classes.info(pod), nominated);
}

function read(world: World, e: WatchEvent): void {
  if (e.kind === 'Pod') readPod(world, e as unknown as WatchEvent<Pod>);
  else if (e.kind === 'Node') readNode(world, e as unknown as WatchEvent<Node>);
  else {
    world.touched(e.kind);
    if (WITH_HINTS.has(e.kind))
      tell(
        world,
        happening(
          e.kind as EventResource,
          e.type,
          e.type === 'DELETED' ? (e.old ?? e.object) : e.old,
          e.type === 'DELETED' ? undefined : e.object,
        ),
      );
  }
}

function readNode(world: World, e: WatchEvent<Node>): void {
  if (e.type === 'DELETED') {
    world.cache.removeNode(e.key);
    tell(world, { resource: 'Node', action: DELETE, label: 'NodeDelete', old: e.old ?? e.object });
    return;
  }
  const known = world.cache.get(e.key);
  world.cache.setNode(e.object);
  if (!known || !e.old) tell(world, { resource: 'Node', action: ADD, label: 'NodeAdd', now: e.object });
  else if (world.queue.hasWaiting) for (const h of nodeHappenings(e.old, e.object)) tell(world, h);
}

function readPod(world: World, e: WatchEvent<Pod>): void {
  const old = e.old;
  const now = e.type === 'DELETED' ? undefined : e.object;
  if (old && now && old.metadata.uid !== now.metadata.uid) {
    changePod(world, e.key, old, undefined);
    changePod(world, e.key, undefined, now);
  } else changePod(world, e.key, old, now);
}

function changePod(world: World, key: string, old: Pod | undefined, now: Pod | undefined): void {
  const before = roleOf(world, old);
  const after = roleOf(world, now);
  if (before === 'pending' && after !== 'pending') leaveQueue(world, key, old!, after === 'assigned');
  if (after !== 'assigned' && after !== 'pending' && world.bindings.delete(key)) {
    world.cache.removePod(key);
    tell(world, { resource: 'AssignedPod', action: DELETE, label: 'AssignedPodDelete', old });
  }
  if (before === 'assigned' && after !== 'assigned') {
    world.cache.removePod(key);
    tell(world, { resource: 'AssignedPod', action: DELETE, label: 'AssignedPodDelete', old });
  }
  if (after === 'assigned') {
    world.cache.setPod(now!);
    // a change of nothing in particular frees nobody but the pod itself, which is placed
    if (before === 'assigned') {
      if (!world.queue.hasWaiting) return;
      for (const h of podHappenings('AssignedPod', old!, now!)) if (h.action !== UPDATE_POD_OTHER) tell(world, h);
    } else tell(world, { resource: 'AssignedPod', action: ADD, label: 'AssignedPodAdd', now });
  }
  if (after === 'pending') {
    if (before === 'pending' && world.queue.get(key)) updatePending(world, key, old!, now!);
    else if (!world.cache.podInfo(key)) enqueue(world, now!);
  }
}

/** A pod that was promised room and goes away frees it for those that are no more important. */
function freeNominated(world: World, pod: Pod): void {
  const limit = pod.spec.priority ?? 0;
  world.queue.happened(
    { resource: 'AssignedPod', action: DELETE, label: 'AssignedPodDelete', old: pod },
    world.now,
    (p) => (p.spec.priority ?? 0) <= limit,
  );
}

function leaveQueue(world: World, key: string, pod: Pod, bound: boolean): void {
  world.queue.remove(key);
  const nominated = world.nominator.nodeOf(pod.metadata.uid);
  world.nominator.remove(pod.metadata.uid);
  if (!bound && nominated) freeNominated(world, pod);
}

function updatePending(world: World, key: string, old: Pod, now: Pod): void {
  const before = old.status?.nominatedNodeName ?? '';
  const after = now.status?.nominatedNodeName ?? '';
  const inMemory = world.nominator.nodeOf(now.metadata.uid);
  if (after) world.nominator.add(world.cache.classes.info(now), after);
  else if (before) world.nominator.remove(now.metadata.uid);
  else if (inMemory) world.nominator.add(world.cache.classes.info(now), inMemory);
  world.queue.update(now, key, podHappenings('UnschedulablePod', old, now), world.now);
  if (before && before !== after) freeNominated(world, old);
}
