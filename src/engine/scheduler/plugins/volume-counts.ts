/** Which disks a pod takes from which driver. Upstream: pkg/scheduler/framework/plugins/nodevolumelimits/csi.go, k8s.io/csi-translation-lib */
import type { PersistentVolume, PersistentVolumeClaim, Pod, Volume } from '../../api/core.ts';
import type { CSINode, VolumeAttachment } from '../../api/policy.ts';
import type { Objects } from '../framework/interface.ts';
import { failure, type Status, success, unresolvable } from '../framework/status.ts';
import { claimNameOf, claimNotFound, claimOf, classNameOf, classOf, notOwned, volumeOf } from './claims.ts';

const name = 'NodeVolumeLimits';

/** In-tree sources that CSI drivers serve today: field → provisioner, driver and the field that names the disk. */
const MIGRATED = [
  { source: 'gcePersistentDisk', provisioner: 'kubernetes.io/gce-pd', driver: 'pd.csi.storage.gke.io', id: 'pdName' },
  { source: 'awsElasticBlockStore', provisioner: 'kubernetes.io/aws-ebs', driver: 'ebs.csi.aws.com', id: 'volumeID' },
  { source: 'azureDisk', provisioner: 'kubernetes.io/azure-disk', driver: 'disk.csi.azure.com', id: 'diskURI' },
  { source: 'cinder', provisioner: 'kubernetes.io/cinder', driver: 'cinder.csi.openstack.org', id: 'volumeID' },
  {
    source: 'portworxVolume',
    provisioner: 'kubernetes.io/portworx-volume',
    driver: 'pxd.portworx.com',
    id: 'volumeID',
  },
] as const;
/** Migratable by name, though no longer counted. */
const INLINE_ONLY = ['azureFile', 'vsphereVolume'];

const isMigratable = (v: Volume): boolean => MIGRATED.some((m) => v[m.source]) || INLINE_ONLY.some((s) => v[s]);
/** Whether the volume is one that may count against a limit. */
export const needsCount = (v: Volume): boolean => !!v.persistentVolumeClaim || !!v.ephemeral || isMigratable(v);

interface Handle {
  driver: string;
  id: string;
}

/** The migrated disk behind an inline volume or an in-tree PersistentVolume. */
function migratedHandle(source: Readonly<Record<string, unknown>>, zone: string): Handle | undefined {
  for (const m of MIGRATED) {
    const disk = source[m.source] as Record<string, string> | undefined;
    if (!disk) continue;
    const raw = disk[m.id] ?? '';
    const id =
      m.source === 'gcePersistentDisk'
        ? `projects/UNSPECIFIED/zones/${zone || 'UNSPECIFIED'}/disks/${raw}`
        : raw.slice(m.source === 'awsElasticBlockStore' ? raw.lastIndexOf('/') + 1 : 0);
    return { driver: m.driver, id };
  }
  return undefined;
}

const zoneOf = (pv: PersistentVolume): string =>
  pv.metadata.labels?.['failure-domain.beta.kubernetes.io/zone'] ??
  pv.metadata.labels?.['topology.kubernetes.io/zone'] ??
  '';

function fromClass(objects: Objects, claim: PersistentVolumeClaim, csiNode: CSINode | undefined): Handle | undefined {
  const storageClass = classOf(objects, classNameOf(claim));
  if (!storageClass) return undefined;
  const id = `unbound-${claim.metadata.namespace}/${claim.metadata.name}`;
  const migrated = MIGRATED.find((m) => m.provisioner === storageClass.provisioner);
  if (migrated) return csiNode ? { driver: migrated.driver, id } : undefined;
  if (
    storageClass.provisioner === 'kubernetes.io/vsphere-volume' ||
    storageClass.provisioner === 'kubernetes.io/azure-file'
  )
    return undefined;
  return { driver: storageClass.provisioner, id };
}

function ofClaim(objects: Objects, claim: PersistentVolumeClaim, csiNode: CSINode | undefined): Handle | undefined {
  const pv = claim.spec.volumeName ? volumeOf(objects, claim.spec.volumeName) : undefined;
  if (!pv) return fromClass(objects, claim, csiNode);
  if (pv.spec.csi) return { driver: pv.spec.csi.driver, id: pv.spec.csi.volumeHandle };
  return csiNode ? migratedHandle(pv.spec, zoneOf(pv)) : undefined;
}

/** What is attached to a node beside what its pods ask for (unique name → driver). */
export function attachments(objects: Objects, nodeName: string): Map<string, string> {
  const out = new Map<string, string>();
  for (const va of objects.list<VolumeAttachment>('VolumeAttachment')) {
    const pvName = va.spec.source.persistentVolumeName;
    if (va.spec.nodeName !== nodeName || !va.spec.attacher || !pvName) continue;
    const handle = volumeOf(objects, pvName)?.spec.csi?.volumeHandle;
    if (handle !== undefined) out.set(`${va.spec.attacher}/${handle}`, va.spec.attacher);
  }
  return out;
}

/** Adds the pod's volumes to `out` (unique name → driver); a new pod's missing claim is a refusal. */
export function collect(
  objects: Objects,
  pod: Pod,
  csiNode: CSINode | undefined,
  isNew: boolean,
  out: Map<string, string>,
): Status | null {
  for (const v of pod.spec.volumes ?? []) {
    const claimName = claimNameOf(pod, v);
    let handle: Handle | undefined;
    if (claimName === undefined) handle = csiNode ? migratedHandle(v, '') : undefined;
    else {
      if (claimName === '') return failure(name, 'PersistentVolumeClaim had no name');
      const claim = claimOf(objects, pod, claimName);
      if (!claim) {
        if (isNew)
          return unresolvable(
            name,
            `looking up PVC ${pod.metadata.namespace}/${claimName}: ${claimNotFound(claimName)}`,
          );
        continue;
      }
      const foreign = v.ephemeral ? notOwned(pod, claim) : undefined;
      if (foreign) return failure(name, foreign);
      handle = ofClaim(objects, claim, csiNode);
    }
    if (handle?.driver && handle.id) out.set(`${handle.driver}/${handle.id}`, handle.driver);
  }
  return success;
}
