/** Drivers, what nodes know of them, and attachments. Upstream: pkg/apis/storage, pkg/printers/internalversion/printers.go */

import type { KubeObject } from '../../../api/meta.ts';
import type { CSINode, VolumeAttachment } from '../../../api/policy.ts';
import { ageColumn, column, nameColumn } from '../columns.ts';
import { simpleKind } from '../simple.ts';
import { required } from '../validation/errors.ts';

interface CSIDriver extends KubeObject {
  spec: {
    attachRequired?: boolean;
    podInfoOnMount?: boolean;
    storageCapacity?: boolean;
    fsGroupPolicy?: string;
    volumeLifecycleModes?: string[];
    tokenRequests?: { audience: string }[];
    requiresRepublish?: boolean;
    seLinuxMount?: boolean;
  };
}

interface CSIStorageCapacity extends KubeObject {
  storageClassName: string;
  capacity?: string;
}

export const csiDriver = simpleKind<CSIDriver>('CSIDriver', {
  namespaced: false,
  default(o) {
    o.spec ??= {};
    o.spec.attachRequired ??= true;
    o.spec.podInfoOnMount ??= false;
    o.spec.storageCapacity ??= false;
    o.spec.fsGroupPolicy ??= 'ReadWriteOnceWithFSType';
    o.spec.volumeLifecycleModes ??= ['Persistent'];
    o.spec.requiresRepublish ??= false;
    o.spec.seLinuxMount ??= false;
  },
  columns: [
    nameColumn,
    column('AttachRequired', (o) => String(o.spec.attachRequired ?? true), 'boolean'),
    column('PodInfoOnMount', (o) => String(o.spec.podInfoOnMount ?? false), 'boolean'),
    column('StorageCapacity', (o) => String(o.spec.storageCapacity ?? false)),
    column('TokenRequests', (o) => (o.spec.tokenRequests ?? []).map((t) => t.audience).join(',') || '<unset>'),
    column('RequiresRepublish', (o) => String(o.spec.requiresRepublish ?? false)),
    column('Modes', (o) => (o.spec.volumeLifecycleModes ?? []).join(',') || '<none>'),
    ageColumn,
  ],
});

export const csiNode = simpleKind<CSINode>('CSINode', {
  namespaced: false,
  default(o) {
    o.spec ??= { drivers: [] };
  },
  columns: [nameColumn, column('Drivers', (o) => o.spec.drivers?.length ?? 0, 'integer'), ageColumn],
});

export const csiStorageCapacity = simpleKind<CSIStorageCapacity>('CSIStorageCapacity', {
  namespaced: true,
  check(errors, o) {
    if (!o.storageClassName) required(errors, 'storageClassName');
  },
  columns: [
    nameColumn,
    column('StorageClassName', (o) => o.storageClassName),
    column('Capacity', (o) => o.capacity ?? '<unset>'),
  ],
});

export const volumeAttachment = simpleKind<VolumeAttachment>('VolumeAttachment', {
  namespaced: false,
  hasStatus: true,
  default(o) {
    o.spec ??= { attacher: '', nodeName: '', source: {} };
  },
  prepareCreate(o) {
    o.status = { attached: false };
  },
  prepareUpdate(o, old) {
    o.status = old.status;
  },
  check(errors, o) {
    if (!o.spec?.attacher) required(errors, 'spec.attacher');
    if (!o.spec?.nodeName) required(errors, 'spec.nodeName');
  },
  columns: [
    nameColumn,
    column('Attacher', (o) => o.spec.attacher),
    column('PV', (o) => o.spec.source?.persistentVolumeName ?? ''),
    column('Node', (o) => o.spec.nodeName),
    column('Attached', (o) => String(o.status?.attached ?? false), 'boolean'),
    ageColumn,
  ],
});
