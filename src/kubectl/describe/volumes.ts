/** Volumes as describe prints them. Upstream: k8s.io/kubectl/pkg/describe describeVolumes */
import type { Volume } from '../../engine/api/core.ts';
import type { Writer } from './writer.ts';

type Source = Record<string, unknown>;
type Row = readonly [key: string, value: unknown];

const text = (v: unknown): string => (v === undefined || v === null ? '' : String(v));
const optional = (s: Source): Row => ['Optional', s.optional === true];

/** For each volume source: its sentence and its fields. */
const SOURCES: Readonly<Record<string, (s: Source) => readonly Row[]>> = {
  hostPath: (s) => [
    ['Type', 'HostPath (bare host directory volume)'],
    ['Path', s.path],
    ['HostPathType', text(s.type)],
  ],
  emptyDir: (s) => [
    ['Type', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
    ['Medium', s.medium],
    ['SizeLimit', s.sizeLimit ?? '<unset>'],
  ],
  secret: (s) => [['Type', 'Secret (a volume populated by a Secret)'], ['SecretName', s.secretName], optional(s)],
  configMap: (s) => [['Type', 'ConfigMap (a volume populated by a ConfigMap)'], ['Name', s.name], optional(s)],
  persistentVolumeClaim: (s) => [
    ['Type', 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)'],
    ['ClaimName', s.claimName],
    ['ReadOnly', s.readOnly === true],
  ],
  ephemeral: (s) => {
    const spec = ((s.volumeClaimTemplate as Source | undefined)?.spec ?? {}) as {
      storageClassName?: string;
      accessModes?: string[];
      resources?: { requests?: Record<string, string> };
      volumeName?: string;
    };
    return [
      ['Type', 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)'],
      ['StorageClass', spec.storageClassName],
      ['Volume', spec.volumeName],
      ['Capacity', spec.resources?.requests?.storage],
      ['Access Modes', (spec.accessModes ?? []).join(',')],
    ];
  },
  nfs: (s) => [
    ['Type', 'NFS (an NFS mount that lasts the lifetime of a pod)'],
    ['Server', s.server],
    ['Path', s.path],
    ['ReadOnly', s.readOnly === true],
  ],
  local: (s) => [
    ['Type', 'LocalVolume (a persistent volume backed by local storage on a node)'],
    ['Path', s.path],
  ],
  csi: (s) => [
    ['Type', 'CSI (a Container Storage Interface (CSI) volume source)'],
    ['Driver', s.driver],
    ['FSType', s.fsType],
    ['VolumeHandle', s.volumeHandle],
    ['ReadOnly', s.readOnly === true],
    ['VolumeAttributes', '<none>'],
  ],
  image: (s) => [
    ['Type', 'Image (a container image or OCI artifact)'],
    ['Reference', s.reference],
    ['PullPolicy', s.pullPolicy],
  ],
};

/** Type and fields of one source at a level; `<unknown>` for one that is not described. */
export function sourceLines(w: Writer, v: Source, indent: string): void {
  const name = Object.keys(SOURCES).find((k) => v[k] !== undefined);
  if (name) {
    for (const [key, value] of SOURCES[name]!(v[name] as Source)) w.line(0, `${indent}${key}:\t${text(value)}`);
  } else if (v.projected) projectedLines(w, v.projected as Source, indent);
  else w.line(0, `${indent}<unknown>`);
}

function projectedLines(w: Writer, p: Source, indent: string): void {
  w.line(0, `${indent}Type:\tProjected (a volume that contains injected data from multiple sources)`);
  for (const s of (p.sources as Source[] | undefined) ?? []) {
    const secret = s.secret as Source | undefined;
    const map = s.configMap as Source | undefined;
    const token = s.serviceAccountToken as Source | undefined;
    if (secret) {
      w.line(0, `${indent}SecretName:\t${text(secret.name)}`);
      w.line(0, `${indent}Optional:\t${secret.optional === true}`);
    } else if (s.downwardAPI) w.line(0, `${indent}DownwardAPI:\ttrue`);
    else if (map) {
      w.line(0, `${indent}ConfigMapName:\t${text(map.name)}`);
      w.line(0, `${indent}Optional:\t${map.optional === true}`);
    } else if (token) w.line(0, `${indent}TokenExpirationSeconds:\t${text(token.expirationSeconds)}`);
  }
}

/** The block `Volumes:` of a pod or (with `space`) of a template. */
export function volumes(w: Writer, list: readonly Volume[] | undefined, space: string): void {
  if (!list?.length) {
    w.line(0, `${space}Volumes:\t<none>`);
    return;
  }
  w.line(0, `${space}Volumes:`);
  for (const v of list) {
    w.line(1, `${space ? ' ' : ''}${v.name}:`);
    sourceLines(w, v, '    ');
  }
}
