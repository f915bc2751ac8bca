/** Claims, volumes and classes for the tests of volume plugins. */
import type { PersistentVolume, PersistentVolumeClaim, Pod, Volume } from '../../api/core.ts';
import { object, pod } from './cluster.ts';

export const uses = (...claims: string[]): Pod =>
  pod('p', { spec: { volumes: claims.map((c) => ({ name: c, persistentVolumeClaim: { claimName: c } })) } });

export const inline = (name: string, on: string | undefined, volume: Partial<Volume>): Pod =>
  pod(name, { ...(on ? { on } : {}), spec: { volumes: [{ name: 'v', ...volume } as Volume] } });

export interface ClaimOptions {
  volume?: string;
  bound?: boolean;
  class?: string;
  size?: string;
  modes?: string[];
  phase?: string;
  deleting?: boolean;
}

export function claim(name: string, o: ClaimOptions = {}): PersistentVolumeClaim {
  return object('PersistentVolumeClaim', 'v1', name, {
    metadata: {
      namespace: 'default',
      ...(o.bound ? { annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } } : {}),
      ...(o.deleting ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    spec: {
      accessModes: o.modes ?? ['ReadWriteOnce'],
      resources: { requests: { storage: o.size ?? '1Gi' } },
      ...(o.volume ? { volumeName: o.volume } : {}),
      ...(o.class === undefined ? {} : { storageClassName: o.class }),
    },
    status: { phase: o.phase ?? (o.bound ? 'Bound' : 'Pending') },
  }) as unknown as PersistentVolumeClaim;
}

export interface VolumeOptions {
  node?: string;
  labels?: Record<string, string>;
  class?: string;
  size?: string;
  phase?: string;
  csi?: { driver: string; volumeHandle: string };
}

export function volume(name: string, o: VolumeOptions = {}): PersistentVolume {
  const term = { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [o.node ?? ''] }] };
  return object('PersistentVolume', 'v1', name, {
    metadata: { labels: o.labels ?? {} },
    spec: {
      capacity: { storage: o.size ?? '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: o.class ?? '',
      ...(o.csi ? { csi: o.csi } : { hostPath: { path: '/data' } }),
      ...(o.node ? { nodeAffinity: { required: { nodeSelectorTerms: [term] } } } : {}),
    },
    status: { phase: o.phase ?? 'Available' },
  }) as unknown as PersistentVolume;
}

export const storageClass = (name: string, provisioner: string, more: Record<string, unknown> = {}) =>
  object('StorageClass', 'storage.k8s.io/v1', name, {
    provisioner,
    volumeBindingMode: 'WaitForFirstConsumer',
    ...more,
  });
