/** Every kind the server knows, one line each. */
import type { Kind } from '../kind.ts';
import { horizontalPodAutoscaler } from './autoscaler/horizontal-pod-autoscaler.ts';
import { configMap } from './config-map.ts';
import { controllerRevision } from './controller-revision.ts';
import { daemonSet } from './daemon-set.ts';
import { deployment } from './deployment.ts';
import { endpoints } from './endpoints.ts';
import { event } from './event.ts';
import { cronJob } from './job/cron-job.ts';
import { job } from './job/job.ts';
import { lease } from './lease.ts';
import { namespace } from './namespace.ts';
import { endpointSlice } from './network/endpoint-slice.ts';
import { ingress, ingressClass } from './network/ingress.ts';
import { networkPolicy } from './network/network-policy.ts';
import { node } from './node.ts';
import { pod } from './pod.ts';
import { podDisruptionBudget } from './pod-disruption-budget.ts';
import { priorityClass } from './priority-class.ts';
import { limitRange } from './quota/limit-range.ts';
import { resourceQuota } from './quota/resource-quota.ts';
import { clusterRoleBinding, roleBinding } from './rbac/bindings.ts';
import { clusterRole, role } from './rbac/roles.ts';
import { replicaSet } from './replica-set.ts';
import { replicationController } from './replication-controller.ts';
import { secret } from './secret.ts';
import { service } from './service/service.ts';
import { serviceAccount } from './service-account.ts';
import { componentStatus, image, podTemplate, runtimeClass } from './small.ts';
import { statefulSet } from './stateful-set.ts';
import { csiDriver, csiNode, csiStorageCapacity, volumeAttachment } from './storage/csi.ts';
import { persistentVolume } from './storage/persistent-volume.ts';
import { persistentVolumeClaim } from './storage/persistent-volume-claim.ts';
import { storageClass } from './storage/storage-class.ts';

const all = [
  clusterRole,
  clusterRoleBinding,
  componentStatus,
  configMap,
  controllerRevision,
  cronJob,
  csiDriver,
  csiNode,
  csiStorageCapacity,
  daemonSet,
  deployment,
  endpoints,
  endpointSlice,
  event,
  horizontalPodAutoscaler,
  image,
  ingress,
  ingressClass,
  job,
  lease,
  limitRange,
  namespace,
  networkPolicy,
  node,
  persistentVolume,
  persistentVolumeClaim,
  pod,
  podDisruptionBudget,
  podTemplate,
  priorityClass,
  replicaSet,
  replicationController,
  resourceQuota,
  role,
  roleBinding,
  runtimeClass,
  secret,
  service,
  serviceAccount,
  statefulSet,
  storageClass,
  volumeAttachment,
] as readonly Kind<never>[] as unknown as readonly Kind[];

export const KINDS: ReadonlyMap<string, Kind> = new Map(all.map((k) => [k.kind, k]));
