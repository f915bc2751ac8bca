/** PersistentVolumes. Upstream: pkg/registry/core/persistentvolume, pkg/apis/core/validation/validation.go ValidatePersistentVolume */
import type { PersistentVolume } from '../../../api/core.ts';
import { parseMilli } from '../../../api/quantity.ts';
import { rfc3339 } from '../../../sim/time.ts';
import { ageColumn, column, nameColumn, wide } from '../columns.ts';
import { defaultResourceList } from '../defaults.ts';
import { goLines, goVolumeSource } from '../internal-form.ts';
import { simpleKind } from '../simple.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { validateAccessModes, validateVolumeMode } from '../validation/claim-spec.ts';
import { sameValue } from '../validation/equal.ts';
import {
  type Errors,
  forbidden,
  IMMUTABLE,
  invalid,
  invalidEach,
  notSupported,
  POSITIVE,
  required,
} from '../validation/errors.ts';
import { subdomainName } from '../validation/object-meta.ts';
import { noBacksteps } from '../validation/paths.ts';
import { validateNodeSelector } from '../validation/scheduling.ts';
import { sorted } from '../validation/selector.ts';
import { hostPathSource, nfsSource, type Source } from '../validation/volume-sources.ts';
import { accessModes, phaseOf } from './words.ts';

type Spec = PersistentVolume['spec'];

const RECLAIM = ['Delete', 'Recycle', 'Retain'];
/** Source fields in the order in which upstream looks at them. */
const SOURCES = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'flocker',
  'nfs',
  'rbd',
  'quobyte',
  'cephfs',
  'iscsi',
  'cinder',
  'fc',
  'flexVolume',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'scaleIO',
  'local',
  'storageos',
  'csi',
] as const;

function validateLocal(errors: Errors, spec: Spec, path: string): void {
  const local = spec.local!;
  if (!local.path) required(errors, `${path}.path`);
  else noBacksteps(errors, local.path, `${path}.path`);
  if (!spec.nodeAffinity) required(errors, 'spec.nodeAffinity', 'Local volume requires node affinity');
}

function validateCsi(errors: Errors, csi: NonNullable<Spec['csi']>, path: string): void {
  if (!csi.driver) required(errors, `${path}.driver`);
  if (!csi.volumeHandle) required(errors, `${path}.volumeHandle`);
}

function validateSource(errors: Errors, spec: Spec): void {
  let found = 0;
  for (const kind of SOURCES) {
    const source = spec[kind] as Source | undefined;
    if (!source) continue;
    const path = `spec.${kind}`;
    if (found++ > 0) forbidden(errors, path, 'may not specify more than 1 volume type');
    else if (kind === 'hostPath') hostPathSource(errors, source, path);
    else if (kind === 'nfs') nfsSource(errors, source, path);
    else if (kind === 'local') validateLocal(errors, spec, path);
    else if (kind === 'csi') validateCsi(errors, spec.csi!, path);
  }
  if (found === 0) required(errors, 'spec', 'must specify a volume type');
}

function validateCapacity(errors: Errors, spec: Spec): void {
  const capacity = spec.capacity ?? {};
  const names = Object.keys(capacity);
  if (names.length === 0) required(errors, 'spec.capacity');
  if (capacity.storage === undefined || names.length > 1)
    notSupported(errors, 'spec.capacity', names.length ? sorted(capacity) : null, ['storage']);
  for (const name of names.sort()) {
    const milli = parseMilli(capacity[name]!) ?? 0n;
    const path = `spec.capacity[${name}]`;
    if (milli < 0n) invalid(errors, path, Number(milli / 1000n), 'must be a valid resource quantity');
    if (milli <= 0n) invalid(errors, path, capacity[name], POSITIVE);
  }
}

function validateSpec(errors: Errors, o: PersistentVolume): void {
  const spec = o.spec;
  if (!spec.accessModes?.length) required(errors, 'spec.accessModes');
  validateAccessModes(errors, spec.accessModes ?? [], 'spec.accessModes');
  validateCapacity(errors, spec);
  const policy = spec.persistentVolumeReclaimPolicy;
  if (policy && !RECLAIM.includes(policy)) notSupported(errors, 'spec.persistentVolumeReclaimPolicy', policy, RECLAIM);
  if (spec.nodeAffinity) {
    if (spec.nodeAffinity.required)
      validateNodeSelector(errors, spec.nodeAffinity.required, 'spec.nodeAffinity.required');
    else required(errors, 'spec.nodeAffinity.required', 'must specify required node constraints');
  }
  validateSource(errors, spec);
  if (spec.hostPath?.path === '/' && policy === 'Recycle')
    forbidden(errors, 'spec.persistentVolumeReclaimPolicy', "may not be 'recycle' for a hostPath mount of '/'");
  if (spec.storageClassName)
    invalidEach(errors, 'spec.storageClassName', spec.storageClassName, subdomainName(spec.storageClassName));
  validateVolumeMode(errors, spec.volumeMode, 'spec.volumeMode');
}

const sourcesOf = (spec: Spec): Record<string, unknown> =>
  Object.fromEntries(SOURCES.flatMap((kind) => (spec[kind] ? [[kind, spec[kind]]] : [])));

function validateChange(errors: Errors, now: Spec, before: Spec): void {
  const a = sourcesOf(before);
  const b = sourcesOf(now);
  if (!sameValue(a, b)) {
    const difference = unifiedDiff(goLines(goVolumeSource(a)), goLines(goVolumeSource(b)));
    forbidden(
      errors,
      'spec.persistentvolumesource',
      `spec.persistentvolumesource is immutable after creation\n${difference}`,
    );
  }
  if (!sameValue(now.volumeMode, before.volumeMode)) invalid(errors, 'volumeMode', now.volumeMode ?? null, IMMUTABLE);
  if (before.nodeAffinity && !sameValue(now.nodeAffinity, before.nodeAffinity))
    invalid(errors, 'nodeAffinity', now.nodeAffinity ?? null, IMMUTABLE);
}

export const persistentVolume = simpleKind<PersistentVolume>('PersistentVolume', {
  namespaced: false,
  hasStatus: true,
  default(o) {
    o.spec ??= {};
    defaultResourceList(o.spec.capacity);
    o.spec.persistentVolumeReclaimPolicy ||= 'Retain';
    o.spec.volumeMode ??= 'Filesystem';
    if (o.spec.hostPath) o.spec.hostPath.type ??= '';
  },
  prepareCreate(o, _list, now) {
    o.status = { phase: 'Pending', lastPhaseTransitionTime: rfc3339(now) };
  },
  prepareUpdate(o, old) {
    o.status = old.status;
  },
  check: validateSpec,
  checkUpdate(errors, o, old) {
    validateChange(errors, o.spec, old.spec);
  },
  warnings: (o) =>
    o.spec.persistentVolumeReclaimPolicy === 'Recycle'
      ? [
          'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
        ]
      : [],
  columns: [
    nameColumn,
    column('Capacity', (o) => o.spec.capacity?.storage ?? '0'),
    column('Access Modes', (o) => accessModes(o.spec.accessModes)),
    column('Reclaim Policy', (o) => o.spec.persistentVolumeReclaimPolicy ?? ''),
    column('Status', phaseOf),
    column('Claim', (o) => (o.spec.claimRef ? `${o.spec.claimRef.namespace ?? ''}/${o.spec.claimRef.name ?? ''}` : '')),
    column('StorageClass', (o) => o.spec.storageClassName ?? ''),
    column('VolumeAttributesClass', (o) => o.spec.volumeAttributesClassName ?? '<unset>'),
    column('Reason', (o) => o.status?.reason ?? ''),
    ageColumn,
    wide('VolumeMode', (o) => o.spec.volumeMode ?? '<unset>'),
  ],
});
