import type { MetricsSource } from '../api/metrics.ts';
import type { Component } from '../client/component.ts';
import { cronJobController } from './cronjob/cronjob.ts';
import { daemonSetController } from './daemonset/daemonset.ts';
import { deploymentController } from './deployment/deployment.ts';
import { disruptionController } from './disruption.ts';
import { garbageCollector } from './garbage-collector.ts';
import { horizontalPodAutoscaler } from './hpa/hpa.ts';
import { jobController } from './job/job.ts';
import { namespaceController } from './namespace.ts';
import { nodeIpamController } from './node-ipam.ts';
import { nodeLifecycleController } from './node-lifecycle/node-lifecycle.ts';
import { podGcController } from './pod-gc.ts';
import { replicaSetController } from './replicaset.ts';
import { replicationController } from './replicationcontroller.ts';
import { requiredDuringExecution } from './required-during-execution.ts';
import { resourceQuotaController } from './resource-quota.ts';
import { rootCaController } from './root-ca.ts';
import { endpointsController } from './service/endpoints.ts';
import { endpointSliceController } from './service/endpointslice.ts';
import { serviceAccountController } from './serviceaccount.ts';
import { statefulSetController } from './statefulset/statefulset.ts';
import { taintEvictionController } from './taint-eviction.ts';
import { ttlAfterFinishedController } from './ttl-after-finished.ts';
import { volumeBinder } from './volumes/binder.ts';
import { pvcProtectionController, pvProtectionController } from './volumes/protection.ts';

/** What kube-controller-manager runs, in a fixed order. `metrics`: what pods use; absent, the metrics API is. */
export const controllers = (metrics?: MetricsSource): Component[] => [
  namespaceController(),
  serviceAccountController(),
  rootCaController(),
  deploymentController(),
  replicaSetController(),
  replicationController(),
  daemonSetController(),
  statefulSetController(),
  nodeLifecycleController(),
  taintEvictionController(),
  requiredDuringExecution(),
  endpointsController(),
  endpointSliceController(),
  disruptionController(),
  podGcController(),
  jobController(),
  cronJobController(),
  ttlAfterFinishedController(),
  horizontalPodAutoscaler(metrics),
  resourceQuotaController(),
  volumeBinder(),
  pvcProtectionController(),
  pvProtectionController(),
  nodeIpamController(),
  garbageCollector(),
];
