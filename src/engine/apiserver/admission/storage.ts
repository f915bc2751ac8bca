/** Storage: the default class, finalizers that protect what is in use, growth. Upstream: plugin/pkg/admission/storage */
import type { PersistentVolumeClaim } from '../../api/core.ts';
import type { StorageClass } from '../../api/policy.ts';
import { compareQuantity } from '../../api/quantity.ts';
import type { AdmissionPlugin } from '../admission-plugin.ts';
import { forbidden } from '../errors.ts';
import type { Scope } from '../scope.ts';

const IS_DEFAULT = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

/** The newest of the classes marked as default; among equals the first by name. */
export function defaultClassOf(s: Scope): StorageClass | undefined {
  const all = [...s.server.store.list<StorageClass>('StorageClass')].filter((c) =>
    IS_DEFAULT.some((key) => c.metadata.annotations?.[key] === 'true'),
  );
  const time = (c: StorageClass): string => c.metadata.creationTimestamp;
  all.sort((a, b) => (time(a) === time(b) ? (a.metadata.name < b.metadata.name ? -1 : 1) : time(a) > time(b) ? -1 : 1));
  return all[0];
}

export const DefaultStorageClass = {
  name: 'DefaultStorageClass',
  kinds: new Set(['PersistentVolumeClaim']),
  admit(s, op, o) {
    const { spec } = o as unknown as PersistentVolumeClaim;
    if (op !== 'CREATE' || !spec || spec.storageClassName !== undefined) return undefined;
    if (o.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] !== undefined) return undefined;
    const name = defaultClassOf(s)?.metadata.name;
    if (name !== undefined) spec.storageClassName = name;
    return undefined;
  },
} satisfies AdmissionPlugin;

const PROTECTION: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'kubernetes.io/pvc-protection',
  PersistentVolume: 'kubernetes.io/pv-protection',
};

export const StorageObjectInUseProtection = {
  name: 'StorageObjectInUseProtection',
  kinds: new Set(Object.keys(PROTECTION)),
  admit(_s, op, o) {
    const finalizer = PROTECTION[o.kind]!;
    if (op !== 'CREATE' || o.metadata.finalizers?.includes(finalizer)) return undefined;
    o.metadata.finalizers = [...(o.metadata.finalizers ?? []), finalizer];
    return undefined;
  },
} satisfies AdmissionPlugin;

const ONLY_DYNAMIC =
  'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';

export const PersistentVolumeClaimResize = {
  name: 'PersistentVolumeClaimResize',
  kinds: new Set(['PersistentVolumeClaim']),
  validate(s, op, o, old) {
    if (op !== 'UPDATE' || !old) return undefined;
    const size = (c: PersistentVolumeClaim): string => c.spec.resources?.requests?.storage ?? '0';
    const claim = o as unknown as PersistentVolumeClaim;
    const before = old as unknown as PersistentVolumeClaim;
    if (compareQuantity(size(claim), size(before)) <= 0) return undefined;
    if (before.status?.phase !== 'Bound')
      return forbidden(s.info, o.metadata.name, 'Only bound persistent volume claims can be expanded');
    const name = claim.spec.storageClassName;
    const storageClass = name ? s.server.store.get<StorageClass>('StorageClass', undefined, name) : undefined;
    return storageClass?.allowVolumeExpansion ? undefined : forbidden(s.info, o.metadata.name, ONLY_DYNAMIC);
  },
} satisfies AdmissionPlugin;
