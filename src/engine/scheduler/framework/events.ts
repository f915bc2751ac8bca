/**
 * What may happen in the cluster, as specific as a queueing hint wants it.
 * Upstream: staging/src/k8s.io/kube-scheduler/framework/types.go, pkg/scheduler/framework/events.go
 */
import type { KubeObject } from '../../api/meta.ts';

export type EventResource =
  | 'Pod'
  | 'AssignedPod'
  | 'UnschedulablePod'
  | 'Node'
  | 'PersistentVolumeClaim'
  | 'PersistentVolume'
  | 'StorageClass'
  | 'CSINode'
  | 'CSIDriver'
  | 'CSIStorageCapacity'
  | 'VolumeAttachment'
  | 'ResourceClaim'
  | 'ResourceSlice'
  | 'DeviceClass'
  | '*';

/** Bits: an update of a node or pod carries the part that changed. */
export const ADD = 1;
export const DELETE = 2;
export const UPDATE_NODE_ALLOCATABLE = 4;
export const UPDATE_NODE_LABEL = 8;
export const UPDATE_NODE_TAINT = 16;
export const UPDATE_NODE_CONDITION = 32;
export const UPDATE_NODE_ANNOTATION = 64;
export const UPDATE_NODE_DECLARED_FEATURE = 128;
export const UPDATE_POD_LABEL = 256;
export const UPDATE_POD_SCALE_DOWN = 512;
export const UPDATE_POD_TOLERATION = 1024;
export const UPDATE_POD_GATES_ELIMINATED = 2048;
export const UPDATE_POD_GENERATED_CLAIM = 4096;
export const UPDATE_POD_OTHER = 8192;
export const UPDATE =
  UPDATE_NODE_ALLOCATABLE |
  UPDATE_NODE_LABEL |
  UPDATE_NODE_TAINT |
  UPDATE_NODE_CONDITION |
  UPDATE_NODE_ANNOTATION |
  UPDATE_NODE_DECLARED_FEATURE |
  UPDATE_POD_LABEL |
  UPDATE_POD_SCALE_DOWN |
  UPDATE_POD_TOLERATION |
  UPDATE_POD_GATES_ELIMINATED |
  UPDATE_POD_GENERATED_CLAIM |
  UPDATE_POD_OTHER;
export const ALL = ADD | DELETE | UPDATE;

export interface ClusterEvent {
  resource: EventResource;
  action: number;
  /** For people and tests: `NodeTaintChange`, `AssignedPodDelete`. */
  label: string;
}

/** A happening with the object before and after it. */
export interface Happening extends ClusterEvent {
  old?: KubeObject | undefined;
  now?: KubeObject | undefined;
}

/** Waited too long; frees any pod that is not gated. */
export const TIMEOUT: Happening = { resource: '*', action: ALL, label: 'UnschedulableTimeout' };

const covers = (registered: EventResource, incoming: EventResource): boolean =>
  registered === incoming ||
  registered === '*' ||
  (registered === 'Pod' && (incoming === 'AssignedPod' || incoming === 'UnschedulablePod'));

/** Whether something that registered for `registered` is told of `incoming`. */
export const eventMatches = (
  registered: { resource: EventResource; action: number },
  incoming: ClusterEvent,
): boolean =>
  covers(registered.resource, incoming.resource) &&
  (registered.action & incoming.action) !== 0 &&
  incoming.action <= registered.action;
