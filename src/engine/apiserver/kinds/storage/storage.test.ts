import { describe, expect, it } from 'vitest';
import type { PersistentVolume } from '../../../api/core.ts';
import { changeComplaints, complaints, created, headers, row, type Written, warningsOf } from '../testing.ts';

const volume = (more: object = {}): Written => ({
  spec: { capacity: { storage: '5Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/d' }, ...more },
});
const claim = (more: object = {}): Written => ({
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...more },
});

describe('PersistentVolume', () => {
  it('defaults', () => {
    const o = created<PersistentVolume>('PersistentVolume', volume());
    expect(o.spec).toMatchObject({
      persistentVolumeReclaimPolicy: 'Retain',
      volumeMode: 'Filesystem',
      hostPath: { type: '' },
    });
    expect(o.status).toEqual({ phase: 'Pending', lastPhaseTransitionTime: '2026-01-01T00:00:00Z' });
  });

  it.each<[string, Written, string[]]>([
    ['nothing wrong', volume(), []],
    [
      'no source',
      { spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'] } },
      ['spec: Required value: must specify a volume type'],
    ],
    [
      'two sources',
      volume({ nfs: { server: 's', path: '/p' } }),
      ['spec.nfs: Forbidden: may not specify more than 1 volume type'],
    ],
    [
      'local, but where?',
      volume({ hostPath: undefined, local: { path: '/d' } }),
      ['spec.nodeAffinity: Required value: Local volume requires node affinity'],
    ],
    [
      'words nobody knows',
      volume({
        persistentVolumeReclaimPolicy: 'Burn',
        volumeMode: 'Tape',
        accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
      }),
      [
        'spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes',
        'spec.persistentVolumeReclaimPolicy: Unsupported value: "Burn": supported values: "Delete", "Recycle", "Retain"',
        'spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"',
      ],
    ],
  ])('%s', (_, written, wanted) => {
    expect(complaints('PersistentVolume', written)).toEqual(wanted);
  });

  it('its source stays', () => {
    const [text] = changeComplaints('PersistentVolume', volume(), volume({ hostPath: { path: '/e' } }));
    expect(text).toBe(`spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation
@@ -2,7 +2,7 @@
  "GCEPersistentDisk": null,
  "AWSElasticBlockStore": null,
  "HostPath": {
-  "Path": "/d",
+  "Path": "/e",
   "Type": ""
  },
  "Glusterfs": null,
`);
  });

  it('warns of recycling', () => {
    expect(warningsOf('PersistentVolume', volume({ persistentVolumeReclaimPolicy: 'Recycle' }))).toHaveLength(1);
  });

  it('columns', () => {
    expect(headers('PersistentVolume', true)).toBe(
      'NAME | CAPACITY | ACCESS MODES | RECLAIM POLICY | STATUS | CLAIM | STORAGECLASS | VOLUMEATTRIBUTESCLASS | REASON | AGE | VOLUMEMODE',
    );
    const bound = volume({ claimRef: { namespace: 'default', name: 'c' }, storageClassName: 'fast' });
    expect(row('PersistentVolume', { ...bound, status: { phase: 'Bound' } }, true)).toBe(
      'x | 5Gi | RWO | Retain | Bound | default/c | fast | <unset> |  | 10m | Filesystem',
    );
  });
});

describe('PersistentVolumeClaim', () => {
  it.each<[string, Written, string[]]>([
    ['nothing wrong', claim(), []],
    [
      'how and how much?',
      { spec: {} },
      [
        'spec.accessModes: Required value: at least 1 access mode is required',
        'spec.resources[storage]: Required value',
      ],
    ],
  ])('%s', (_, written, wanted) => {
    expect(complaints('PersistentVolumeClaim', written)).toEqual(wanted);
  });

  it('stays as it is until bound', () => {
    const [text] = changeComplaints(
      'PersistentVolumeClaim',
      claim(),
      claim({ resources: { requests: { storage: '2Gi' } } }),
    );
    expect(text).toMatch(
      /^spec: Forbidden: spec is immutable after creation except resources\.requests and volumeAttributesClassName for bound claims\n@@ /,
    );
    expect(text).toMatch(/\n- {3}"storage": "1Gi"\n\+ {3}"storage": "2Gi"\n/);
  });

  it('a first volume and a first class may be set', () => {
    expect(
      changeComplaints('PersistentVolumeClaim', claim(), claim({ volumeName: 'v', storageClassName: 'fast' })),
    ).toEqual([]);
  });

  it('columns', () => {
    expect(headers('PersistentVolumeClaim', true)).toBe(
      'NAME | STATUS | VOLUME | CAPACITY | ACCESS MODES | STORAGECLASS | VOLUMEATTRIBUTESCLASS | AGE | VOLUMEMODE',
    );
    expect(row('PersistentVolumeClaim', claim(), true)).toBe('x | Pending |  |  |  |  | <unset> | 10m | Filesystem');
    const status = { phase: 'Bound', capacity: { storage: '5Gi' }, accessModes: ['ReadWriteMany', 'ReadWriteOnce'] };
    expect(row('PersistentVolumeClaim', { ...claim({ volumeName: 'v' }), status })).toBe(
      'x | Bound | v | 5Gi | RWO,RWX |  | <unset> | 10m',
    );
    expect(
      row('PersistentVolumeClaim', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' }, ...claim() }),
    ).toMatch(/^x \| Terminating/);
  });
});

describe('StorageClass and drivers', () => {
  it.each<[string, Written, string[]]>([
    ['StorageClass', { provisioner: 'example.com/d' }, []],
    ['StorageClass', {}, ['provisioner: Required value']],
    [
      'StorageClass',
      { provisioner: 'a', reclaimPolicy: 'Recycle', volumeBindingMode: 'Later' },
      [
        'reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"',
        'volumeBindingMode: Unsupported value: "Later": supported values: "Immediate", "WaitForFirstConsumer"',
      ],
    ],
    ['VolumeAttachment', {}, ['spec.attacher: Required value', 'spec.nodeName: Required value']],
  ])('%s %j', (kind, written, wanted) => {
    expect(complaints(kind, written)).toEqual(wanted);
  });

  it('a class stays as it is', () => {
    const before = { provisioner: 'a', parameters: { x: '1' } };
    expect(
      changeComplaints('StorageClass', before, {
        ...before,
        provisioner: 'b',
        parameters: {},
        volumeBindingMode: 'WaitForFirstConsumer',
      }),
    ).toEqual([
      'parameters: Forbidden: updates to parameters are forbidden.',
      'provisioner: Forbidden: updates to provisioner are forbidden.',
      'volumeBindingMode: Invalid value: "WaitForFirstConsumer": field is immutable',
    ]);
  });

  it('columns', () => {
    const isDefault = { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } };
    expect(row('StorageClass', { metadata: isDefault, provisioner: 'a', allowVolumeExpansion: true })).toBe(
      'x (default) | a | Delete | Immediate | true | 10m',
    );
    expect(row('CSINode', { spec: { drivers: [{ name: 'd', nodeID: 'n' }] } })).toBe('x | 1 | 10m');
    expect(row('CSIDriver', {})).toBe('x | true | false | false | <unset> | false | Persistent | 10m');
  });
});
