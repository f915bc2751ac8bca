import type { PersistentVolume, PersistentVolumeClaim, Pod, Volume } from '../../api/core.ts';
import type { CSINode, VolumeAttachment } from '../../api/policy.ts';
import { ADD, DELETE, UPDATE } from '../framework/events.ts';
import type { PluginFactory } from '../framework/interface.ts';
import { failure, type Status, skip, success, unresolvable, unschedulable } from '../framework/status.ts';
import { claimNameOf, claimNotFound, claimOf, classNameOf, classOf, notOwned, usesClaim, volumeOf } from './claims.ts';

const name = 'NodeVolumeLimits';
const REFUSED = unschedulable(name, 'node(s) exceed max volume count');

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
const needsCount = (v: Volume): boolean => !!v.persistentVolumeClaim || !!v.ephemeral || isMigratable(v);

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

/** How many disks of each driver a node can take. Upstream: pkg/scheduler/framework/plugins/nodevolumelimits */
export const NodeVolumeLimits: PluginFactory = ({ objects }) => {
  function fromClass(claim: PersistentVolumeClaim, csiNode: CSINode | undefined): Handle | undefined {
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

  function ofClaim(claim: PersistentVolumeClaim, csiNode: CSINode | undefined): Handle | undefined {
    const pv = claim.spec.volumeName ? volumeOf(objects, claim.spec.volumeName) : undefined;
    if (!pv) return fromClass(claim, csiNode);
    if (pv.spec.csi) return { driver: pv.spec.csi.driver, id: pv.spec.csi.volumeHandle };
    return csiNode ? migratedHandle(pv.spec, zoneOf(pv)) : undefined;
  }

  /** Adds the pod's volumes to `out` (unique name → driver); a new pod's missing claim is a refusal. */
  function collect(pod: Pod, csiNode: CSINode | undefined, isNew: boolean, out: Map<string, string>): Status | null {
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
        handle = ofClaim(claim, csiNode);
      }
      if (handle?.driver && handle.id) out.set(`${handle.driver}/${handle.id}`, handle.driver);
    }
    return success;
  }

  function attachments(nodeName: string): Map<string, string> {
    const out = new Map<string, string>();
    for (const va of objects.list<VolumeAttachment>('VolumeAttachment')) {
      const pvName = va.spec.source.persistentVolumeName;
      if (va.spec.nodeName !== nodeName || !va.spec.attacher || !pvName) continue;
      const handle = volumeOf(objects, pvName)?.spec.csi?.volumeHandle;
      if (handle !== undefined) out.set(`${va.spec.attacher}/${handle}`, va.spec.attacher);
    }
    return out;
  }

  const placed = (p: Pod): boolean => !!p.spec.nodeName || !!p.status?.nominatedNodeName;
  return {
    name,
    events: () => [
      {
        resource: 'CSINode',
        action: ADD | UPDATE,
        hint: (_pod, { old, now }) => {
          if (!old) return 'Queue';
          const before = new Map((old as CSINode).spec.drivers.map((d) => [d.name, d.allocatable?.count ?? 0]));
          return (now as CSINode).spec.drivers.some((d) => (d.allocatable?.count ?? 0) > (before.get(d.name) ?? 0))
            ? 'Queue'
            : 'Skip';
        },
      },
      {
        resource: 'Pod',
        action: DELETE,
        hint: (_pod, { old }) => (placed(old as Pod) && (old as Pod).spec.volumes?.some(needsCount) ? 'Queue' : 'Skip'),
      },
      {
        resource: 'PersistentVolumeClaim',
        action: ADD,
        hint: (pod, { now }) => (usesClaim(pod, now as PersistentVolumeClaim) ? 'Queue' : 'Skip'),
      },
      {
        resource: 'VolumeAttachment',
        action: DELETE,
        hint: (pod) => (pod.spec.volumes?.some((v) => v.persistentVolumeClaim || v.ephemeral) ? 'Queue' : 'Skip'),
      },
    ],
    preFilter: (_state, { pod, cls }) => ({
      status: cls.hasVolumes && pod.spec.volumes?.some(needsCount) ? success : skip,
    }),
    filter(_state, { pod }, node) {
      const csiNode = objects.get<CSINode>('CSINode', undefined, node.name);
      const wanted = new Map<string, string>();
      const status = collect(pod, csiNode, true, wanted);
      if (status) return status;
      const limits = new Map<string, number>();
      for (const d of csiNode?.spec.drivers ?? [])
        if (d.allocatable?.count !== undefined) limits.set(d.name, d.allocatable.count);
      if (wanted.size === 0 || limits.size === 0) return success;
      const attached = new Map<string, string>();
      for (const p of node.pods) {
        const bad = p.cls.hasVolumes ? collect(p.pod, csiNode, false, attached) : null;
        if (bad) return bad;
      }
      const used = new Map<string, number>();
      const count = (driver: string): void => void used.set(driver, (used.get(driver) ?? 0) + 1);
      for (const [id, driver] of attached) {
        wanted.delete(id);
        count(driver);
      }
      for (const [id, driver] of attachments(node.name)) if (!attached.has(id)) count(driver);
      const fresh = new Map<string, number>();
      for (const driver of wanted.values()) fresh.set(driver, (fresh.get(driver) ?? 0) + 1);
      for (const [driver, n] of fresh)
        if ((used.get(driver) ?? 0) + n > (limits.get(driver) ?? Number.POSITIVE_INFINITY)) return REFUSED;
      return success;
    },
  };
};
