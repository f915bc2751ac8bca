/** Persistent volumes and the claims on them. Upstream: k8s.io/api/core/v1 */
import type { NodeSelectorTerm, ObjectReference, ResourceList, ResourceRequirements } from './core.ts';
import type { Condition, KubeObject, LabelSelector } from './meta.ts';

export interface PersistentVolumeClaimSpec {
  accessModes?: string[];
  selector?: LabelSelector;
  resources?: ResourceRequirements;
  volumeName?: string;
  storageClassName?: string;
  volumeMode?: string;
  volumeAttributesClassName?: string;
  dataSource?: Record<string, unknown>;
  dataSourceRef?: Record<string, unknown>;
}

export interface PersistentVolumeClaim extends KubeObject {
  kind: 'PersistentVolumeClaim';
  spec: PersistentVolumeClaimSpec;
  status: {
    phase?: string;
    accessModes?: string[];
    capacity?: ResourceList;
    conditions?: Condition[];
    [more: string]: unknown;
  };
}

export interface PersistentVolume extends KubeObject {
  kind: 'PersistentVolume';
  spec: {
    capacity?: ResourceList;
    accessModes?: string[];
    claimRef?: ObjectReference;
    persistentVolumeReclaimPolicy?: string;
    storageClassName?: string;
    volumeMode?: string;
    nodeAffinity?: { required?: { nodeSelectorTerms: NodeSelectorTerm[] } };
    csi?: { driver: string; volumeHandle: string; [more: string]: unknown };
    hostPath?: { path: string; type?: string };
    local?: { path: string };
    nfs?: { server: string; path: string };
    volumeAttributesClassName?: string;
    [source: string]: unknown;
  };
  status: { phase?: string; reason?: string; message?: string; lastPhaseTransitionTime?: string };
}
