/** Volumes made on demand. Upstream: pv_controller.go provisionClaim; the driver's part stands in for external-provisioner */
import type { Node, PersistentVolume, PersistentVolumeClaim } from '../../api/core.ts';
import type { StorageClass } from '../../api/policy.ts';
import type { Context } from '../../client/component.ts';
import { classOf } from './match.ts';

export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
const BETA_STORAGE_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';

/** Drivers that answer in a playground without further ado; others do once a CSIDriver of their name exists. */
const SIMULATED: ReadonlySet<string> = new Set([
  'rancher.io/local-path',
  'k8s.io/minikube-hostpath',
  'docker.io/hostpath',
]);
const LOCAL: ReadonlySet<string> = new Set(['rancher.io/local-path']);

const isInstalled = (provisioner: string, ctx: Context): boolean =>
  SIMULATED.has(provisioner) || ctx.list.get('CSIDriver', undefined, provisioner) !== undefined;

/** What came of asking for a volume: words for the claim, told once, or a volume. */
export type Asked = { reason: string; message: string; type: 'Normal' | 'Warning' } | { provisioned: PersistentVolume };

/** Asks the class's provisioner for a volume. */
export function provision(claim: PersistentVolumeClaim, ctx: Context): Asked {
  const name = classOf(claim);
  const storageClass = ctx.list.get<StorageClass>('StorageClass', undefined, name);
  if (!storageClass)
    return {
      type: 'Warning',
      reason: 'ProvisioningFailed',
      message: `storageclass.storage.k8s.io "${name}" not found`,
    };
  const { provisioner } = storageClass;
  if (provisioner.startsWith('kubernetes.io/'))
    return { type: 'Warning', reason: 'ProvisioningFailed', message: `no volume plugin matched name: ${provisioner}` };
  const noted = noteProvisioner(claim, provisioner, ctx);
  if (isInstalled(provisioner, ctx)) {
    const made = makeVolume(noted, storageClass, ctx);
    if (made) return { provisioned: made };
  }
  const message =
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. ` +
    'If volume creation is delayed, please verify that the provisioner is running and correctly registered.';
  return { type: 'Normal', reason: 'ExternalProvisioning', message };
}

function noteProvisioner(claim: PersistentVolumeClaim, provisioner: string, ctx: Context): PersistentVolumeClaim {
  if (claim.metadata.annotations?.[STORAGE_PROVISIONER] === provisioner) return claim;
  const annotations = {
    ...claim.metadata.annotations,
    [BETA_STORAGE_PROVISIONER]: provisioner,
    [STORAGE_PROVISIONER]: provisioner,
  };
  const r = ctx.api.update<PersistentVolumeClaim>({ ...claim, metadata: { ...claim.metadata, annotations } });
  return r.ok ? r.object! : claim;
}

function makeVolume(claim: PersistentVolumeClaim, c: StorageClass, ctx: Context): PersistentVolume | undefined {
  const { name, namespace, uid, resourceVersion } = claim.metadata;
  const source = { component: c.provisioner };
  const volumeName = `pvc-${uid}`;
  const say = (reason: string, message: string): void =>
    ctx.events.event(claim, { type: 'Normal', reason, message, source });
  say('Provisioning', `External provisioner is provisioning volume for claim "${namespace}/${name}"`);
  const r = ctx.api.create<PersistentVolume>({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: volumeName, annotations: { [PROVISIONED_BY]: c.provisioner } },
    spec: {
      capacity: { storage: claim.spec.resources?.requests?.storage ?? '1Gi' },
      accessModes: [...(claim.spec.accessModes ?? ['ReadWriteOnce'])],
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace: namespace!, uid, resourceVersion },
      persistentVolumeReclaimPolicy: c.reclaimPolicy ?? 'Delete',
      storageClassName: c.metadata.name,
      volumeMode: claim.spec.volumeMode ?? 'Filesystem',
      ...volumeSource(claim, c, volumeName, ctx),
    },
  });
  if (!r.ok) return undefined;
  say('ProvisioningSucceeded', `Successfully provisioned volume ${volumeName}`);
  return r.object;
}

/** A directory of the selected node for local drivers, else what the driver calls the volume. */
function volumeSource(
  claim: PersistentVolumeClaim,
  c: StorageClass,
  volumeName: string,
  ctx: Context,
): Partial<PersistentVolume['spec']> {
  if (!SIMULATED.has(c.provisioner)) return { csi: { driver: c.provisioner, volumeHandle: volumeName } };
  const hostPath = { path: `/opt/local-path-provisioner/${volumeName}`, type: 'DirectoryOrCreate' };
  const selected = claim.metadata.annotations?.[SELECTED_NODE];
  if (selected === undefined || !LOCAL.has(c.provisioner)) return { hostPath };
  const node = ctx.list.get<Node>('Node', undefined, selected);
  const hostname = node?.metadata.labels?.['kubernetes.io/hostname'] ?? selected;
  const matchExpressions = [{ key: 'kubernetes.io/hostname', operator: 'In', values: [hostname] }];
  return { hostPath, nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } } };
}
