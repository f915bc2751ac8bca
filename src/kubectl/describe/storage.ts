/** `describe` of volumes and classes. Upstream: k8s.io/kubectl/pkg/describe {PersistentVolume,PersistentVolumeClaim,StorageClass}Describer */
import type { NodeSelectorRequirement, PersistentVolume, PersistentVolumeClaim, Pod } from '../../engine/api/core.ts';
import type { StorageClass } from '../../engine/api/policy.ts';
import { annotationsField, byText, events, labelsField, listAll, quoteList, type Subject } from './common.ts';
import { sourceLines } from './volumes.ts';
import type { Writer } from './writer.ts';

const MODES: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};
const modesText = (modes: readonly string[] | undefined): string => (modes ?? []).map((m) => MODES[m] ?? m).join(',');

const requirementText = (r: NodeSelectorRequirement): string =>
  ['Exists', 'DoesNotExist'].includes(r.operator)
    ? `${r.key} ${r.operator === 'Exists' ? 'exists' : 'does not exist'}`
    : `${r.key} ${r.operator.toLowerCase()} [${(r.values ?? []).join(', ')}]`;

function affinityLines(w: Writer, pv: PersistentVolume): void {
  const terms = pv.spec.nodeAffinity?.required?.nodeSelectorTerms;
  if (!terms) {
    w.field('Node Affinity', '<none>');
    return;
  }
  w.line(0, 'Node Affinity:\t');
  w.line(1, 'Required Terms:\t');
  terms.forEach((t, i) => {
    (t.matchExpressions ?? []).forEach((r, k) => {
      w.line(2, `${k === 0 ? `Term ${i}:` : ''}\t${requirementText(r)}`);
    });
  });
}

export function describePersistentVolume(s: Subject<PersistentVolume>): void {
  const { object: pv, w } = s;
  const { spec, status, metadata } = pv;
  w.field('Name', metadata.name);
  labelsField(w, metadata.labels);
  annotationsField(w, metadata.annotations);
  w.field('Finalizers', quoteList(metadata.finalizers));
  w.field('StorageClass', spec.storageClassName ?? '');
  w.field('Status', metadata.deletionTimestamp ? 'Terminating' : (status.phase ?? ''));
  w.field('Claim', spec.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : '');
  w.field('Reclaim Policy', spec.persistentVolumeReclaimPolicy ?? '');
  w.field('Access Modes', modesText(spec.accessModes));
  if (spec.volumeMode) w.field('VolumeMode', spec.volumeMode);
  w.field('Capacity', spec.capacity?.storage ?? '');
  affinityLines(w, pv);
  w.field('Message', status.message ?? '');
  w.line(0, 'Source:');
  sourceLines(w, spec, '    ');
  events(s);
}

export function describePersistentVolumeClaim(s: Subject<PersistentVolumeClaim>): void {
  const { object: c, w, env } = s;
  const { spec, status, metadata } = c;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace ?? '');
  w.field('StorageClass', spec.storageClassName ?? '');
  w.field('Status', metadata.deletionTimestamp ? 'Terminating' : (status.phase ?? ''));
  w.field('Volume', spec.volumeName ?? '');
  labelsField(w, metadata.labels);
  annotationsField(w, metadata.annotations);
  w.field('Finalizers', quoteList(metadata.finalizers));
  const bound = Boolean(spec.volumeName);
  w.field('Capacity', bound ? (status.capacity?.storage ?? '') : '');
  w.field('Access Modes', bound ? modesText(status.accessModes) : '');
  if (spec.volumeMode) w.field('VolumeMode', spec.volumeMode);
  const users = listAll<Pod>(env, { resource: 'pods', namespace: metadata.namespace ?? 'default' })
    .filter((p) =>
      p.spec.volumes?.some(
        (v) =>
          v.persistentVolumeClaim?.claimName === metadata.name ||
          (v.ephemeral && `${p.metadata.name}-${v.name}` === metadata.name),
      ),
    )
    .map((p) => p.metadata.name);
  w.line(0, `Used By:\t${users[0] ?? '<none>'}`);
  for (const u of users.slice(1)) w.line(0, `\t${u}`);
  if (status.conditions?.length) {
    w.line(0, 'Conditions:\n  Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage');
    w.line(1, '----\t------\t-----------------\t------------------\t------\t-------');
    for (const x of status.conditions)
      w.line(
        1,
        `${x.type} \t${x.status} \t${x.lastProbeTime ?? ''} \t${x.lastTransitionTime ?? ''} \t${x.reason ?? ''} \t${x.message ?? ''}`,
      );
  }
  events(s);
}

/** `a=b,c=d` of a map, sorted; kubectl's labels.FormatLabels. */
export const pairsText = (map: Record<string, string> | undefined): string =>
  Object.keys(map ?? {})
    .sort(byText)
    .map((k) => `${k}=${map![k]}`)
    .join(',') || '<none>';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

export function describeStorageClass(s: Subject<StorageClass>): void {
  const { object: o, w } = s;
  w.field('Name', o.metadata.name);
  w.field('IsDefaultClass', o.metadata.annotations?.[DEFAULT_CLASS] === 'true' ? 'Yes' : 'No');
  w.field('Annotations', pairsText(o.metadata.annotations));
  w.field('Provisioner', o.provisioner);
  w.field('Parameters', pairsText(o.parameters));
  w.field(
    'AllowVolumeExpansion',
    o.allowVolumeExpansion === undefined ? '<unset>' : o.allowVolumeExpansion ? 'True' : 'False',
  );
  if (!o.mountOptions?.length) w.field('MountOptions', '<none>');
  else {
    w.line(0, 'MountOptions:');
    for (const m of o.mountOptions) w.line(1, m);
  }
  w.field('ReclaimPolicy', o.reclaimPolicy ?? 'Delete');
  w.field('VolumeBindingMode', o.volumeBindingMode ?? 'Immediate');
  if (o.allowedTopologies?.length) {
    w.line(0, 'AllowedTopologies:\t');
    o.allowedTopologies.forEach((t, i) => {
      (t.matchLabelExpressions ?? []).forEach((r, k) => {
        w.line(1, `${k === 0 ? `Term ${i}:` : ''}\t${r.key} in [${r.values.join(', ')}]`);
      });
    });
  }
  events(s);
}
