/** The workload before ReplicaSets. Upstream: k8s.io/api/core/v1 */
import type { PodTemplateSpec } from './core.ts';
import type { Condition, KubeObject } from './meta.ts';

export interface ReplicationController extends KubeObject {
  kind: 'ReplicationController';
  spec: { replicas?: number; minReadySeconds?: number; selector?: Record<string, string>; template?: PodTemplateSpec };
  status: {
    replicas: number;
    readyReplicas?: number;
    availableReplicas?: number;
    fullyLabeledReplicas?: number;
    observedGeneration?: number;
    conditions?: Condition[];
  };
}
