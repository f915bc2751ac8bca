/** Which kind is described by which layout. */
import type { AnyObject } from '../../engine/api/meta.ts';
import type { Env } from '../command.ts';
import type { Subject } from './common.ts';
import {
  describeConfigMap,
  describeHorizontalPodAutoscaler,
  describeLimitRange,
  describeNamespace,
  describePodDisruptionBudget,
  describePriorityClass,
  describeResourceQuota,
  describeSecret,
  describeServiceAccount,
} from './config.ts';
import { describeGeneric } from './generic.ts';
import {
  describeEndpointSlice,
  describeEndpoints,
  describeIngress,
  describeNetworkPolicy,
  describeService,
} from './network.ts';
import { describeNode } from './node.ts';
import { describePod } from './pod.ts';
import { describePersistentVolume, describePersistentVolumeClaim, describeStorageClass } from './storage.ts';
import {
  describeCronJob,
  describeDaemonSet,
  describeDeployment,
  describeJob,
  describeReplicaSet,
  describeReplicationController,
  describeStatefulSet,
} from './workloads.ts';
import { Writer } from './writer.ts';

type Describer = (s: Subject<never>) => void;

const DESCRIBERS: Readonly<Record<string, Describer>> = {
  ConfigMap: describeConfigMap,
  CronJob: describeCronJob,
  DaemonSet: describeDaemonSet,
  Deployment: describeDeployment,
  EndpointSlice: describeEndpointSlice,
  Endpoints: describeEndpoints,
  HorizontalPodAutoscaler: describeHorizontalPodAutoscaler,
  Ingress: describeIngress,
  Job: describeJob,
  LimitRange: describeLimitRange,
  Namespace: describeNamespace,
  NetworkPolicy: describeNetworkPolicy,
  Node: describeNode,
  PersistentVolume: describePersistentVolume,
  PersistentVolumeClaim: describePersistentVolumeClaim,
  Pod: describePod,
  PodDisruptionBudget: describePodDisruptionBudget,
  PriorityClass: describePriorityClass,
  ReplicaSet: describeReplicaSet,
  ReplicationController: describeReplicationController,
  ResourceQuota: describeResourceQuota,
  Secret: describeSecret,
  Service: describeService,
  ServiceAccount: describeServiceAccount,
  StatefulSet: describeStatefulSet,
  StorageClass: describeStorageClass,
};

/** One object as `kubectl describe` prints it. */
export function describeObject(env: Env, object: AnyObject, showEvents: boolean): string {
  const w = new Writer();
  const describer = (DESCRIBERS[object.kind] ?? describeGeneric) as (s: Subject) => void;
  describer({ object, env, w, showEvents });
  return w.toString();
}
