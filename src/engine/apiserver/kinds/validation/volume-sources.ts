/** What each kind of volume source needs. Upstream: pkg/apis/core/validation/validation.go validate…VolumeSource */
import { VOLUME_FIELDS, validateFieldRef, validateResourceRef } from './env.ts';
import { type Errors, forbidden, invalid, notSupported, required } from './errors.ts';
import { localDescendingPath, localNonReservedPath, noBacksteps } from './paths.ts';

// biome-ignore lint/suspicious/noExplicitAny: sources are as many as drivers; each check names the fields it reads
export type Source = Record<string, any>;
type Check = (errors: Errors, source: Source, path: string) => void;

const FILE_MODE_TEXT = 'must be a number between 0 and 0777 (octal), both inclusive';

function fileMode(errors: Errors, mode: number | undefined, path: string): void {
  if (mode !== undefined && mode !== null && (mode > 0o777 || mode < 0)) invalid(errors, path, mode, FILE_MODE_TEXT);
}

/** All of the fields have to be given. */
const needs =
  (...fields: string[]): Check =>
  (errors, source, path) => {
    for (const field of fields) {
      const value = source[field];
      if (!value || (Array.isArray(value) && value.length === 0)) required(errors, `${path}.${field}`);
    }
  };

function keyToPath(errors: Errors, item: Source, path: string): void {
  if (!item.key) required(errors, `${path}.key`);
  if (!item.path) required(errors, `${path}.path`);
  localNonReservedPath(errors, item.path ?? '', `${path}.path`);
  fileMode(errors, item.mode, `${path}.mode`);
}

const keys =
  (nameField: string): Check =>
  (errors, source, path) => {
    if (!source[nameField]) required(errors, `${path}.${nameField}`);
    fileMode(errors, source.defaultMode, `${path}.defaultMode`);
    (source.items ?? []).forEach((item: Source, i: number) => {
      keyToPath(errors, item, `${path}.items[${i}]`);
    });
  };

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

export const hostPathSource: Check = (errors, source, path) => {
  if (!source.path) {
    required(errors, `${path}.path`);
    return;
  }
  noBacksteps(errors, source.path, `${path}.path`);
  if (source.type !== undefined && source.type !== null && !HOST_PATH_TYPES.includes(source.type))
    notSupported(errors, `${path}.type`, source.type, HOST_PATH_TYPES);
};

export const nfsSource: Check = (errors, source, path) => {
  needs('server', 'path')(errors, source, path);
  if (!(source.path ?? '').startsWith('/'))
    invalid(errors, `${path}.path`, source.path ?? '', 'must be an absolute path');
};

function downwardFile(errors: Errors, file: Source, path: string): void {
  if (!file.path) required(errors, `${path}.path`);
  localNonReservedPath(errors, file.path ?? '', `${path}.path`);
  if (file.fieldRef) {
    validateFieldRef(errors, file.fieldRef, VOLUME_FIELDS, `${path}.fieldRef`);
    if (file.resourceFieldRef)
      invalid(errors, path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously');
  } else if (file.resourceFieldRef)
    validateResourceRef(errors, file.resourceFieldRef, `${path}.resourceFieldRef`, true);
  else required(errors, path, 'one of fieldRef and resourceFieldRef is required');
  fileMode(errors, file.mode, `${path}.mode`);
}

const downwardAPI: Check = (errors, source, path) => {
  fileMode(errors, source.defaultMode, `${path}.defaultMode`);
  for (const file of source.items ?? []) downwardFile(errors, file, path);
};

function projectedKeys(errors: Errors, source: Source, path: string, whole: string, seen: Set<string>): void {
  if (!source.name) required(errors, `${path}.name`);
  (source.items ?? []).forEach((item: Source, i: number) => {
    keyToPath(errors, item, `${path}.items[${i}]`);
    if (!item.path) return;
    if (seen.has(item.path)) invalid(errors, whole, source.name ?? '', 'conflicting duplicate paths');
    seen.add(item.path);
  });
}

const TOKEN_SECONDS_MIN = 600;
const TOKEN_SECONDS_MAX = 2 ** 32;

function token(errors: Errors, source: Source, path: string, whole: string): void {
  const at = `${path}.expirationSeconds`;
  if (source.expirationSeconds < TOKEN_SECONDS_MIN)
    invalid(errors, at, source.expirationSeconds, 'may not specify a duration less than 10 minutes');
  if (source.expirationSeconds > TOKEN_SECONDS_MAX)
    invalid(errors, at, source.expirationSeconds, 'may not specify a duration larger than 2^32 seconds');
  if (!source.path) required(errors, `${whole}.path`);
  else localNonReservedPath(errors, source.path, `${whole}.path`);
}

const projected: Check = (errors, source, path) => {
  fileMode(errors, source.defaultMode, `${path}.defaultMode`);
  const seen = new Set<string>();
  (source.sources ?? []).forEach((s: Source, i: number) => {
    const at = `${path}.sources[${i}]`;
    let found = 0;
    if (s.secret && ++found) projectedKeys(errors, s.secret, `${at}.secret`, path, seen);
    if (s.configMap && ++found) projectedKeys(errors, s.configMap, `${at}.configMap`, path, seen);
    if (s.downwardAPI && ++found)
      for (const file of s.downwardAPI.items ?? []) {
        downwardFile(errors, file, `${at}.downwardAPI`);
        if (file.path && seen.has(file.path)) invalid(errors, path, file.path, 'conflicting duplicate paths');
        if (file.path) seen.add(file.path);
      }
    if (s.serviceAccountToken && ++found) token(errors, s.serviceAccountToken, `${at}.serviceAccountToken`, path);
    if (found > 1) forbidden(errors, at, 'may not specify more than 1 volume type per source');
  });
};

const csi: Check = (errors, source, path) => {
  needs('driver')(errors, source, path);
  if (source.nodePublishSecretRef && !source.nodePublishSecretRef.name)
    required(errors, `${path}.nodePublishSecretRef.name`);
};

const gitRepo: Check = (errors, source, path) => {
  needs('repository')(errors, source, path);
  localDescendingPath(errors, source.directory ?? '', `${path}.directory`);
};

/**
 * The sources in the order in which upstream looks at them, with the check of each and, where it differs, the word by which
 * a second source is refused. `emptyDir` comes first and is looked at by the caller, which also checks `ephemeral`.
 */
export const VOLUME_SOURCES: readonly (readonly [kind: string, check: Check | undefined, word?: string])[] = [
  ['hostPath', hostPathSource],
  ['gitRepo', gitRepo],
  ['gcePersistentDisk', needs('pdName')],
  ['awsElasticBlockStore', needs('volumeID')],
  ['secret', keys('secretName')],
  ['nfs', nfsSource],
  ['iscsi', needs('targetPortal', 'iqn')],
  ['glusterfs', needs('endpoints', 'path')],
  ['flocker', undefined],
  ['persistentVolumeClaim', needs('claimName')],
  ['rbd', needs('monitors', 'image')],
  ['cinder', needs('volumeID')],
  ['cephfs', needs('monitors'), 'cephFS'],
  ['quobyte', needs('registry', 'volume')],
  ['downwardAPI', downwardAPI, 'downwarAPI'],
  ['fc', undefined],
  ['flexVolume', needs('driver')],
  ['configMap', keys('name')],
  ['azureFile', needs('secretName', 'shareName')],
  ['vsphereVolume', needs('volumePath')],
  ['photonPersistentDisk', needs('pdID')],
  ['portworxVolume', needs('volumeID')],
  ['azureDisk', needs('diskName', 'diskURI')],
  ['storageos', undefined],
  ['projected', projected],
  ['scaleIO', needs('gateway', 'system', 'volumeName')],
  ['csi', csi],
  ['ephemeral', undefined],
  ['image', needs('reference')],
];
