/** Where volumes are mounted. Upstream: pkg/apis/core/validation/validation.go ValidateVolumeMounts, ValidateVolumeDevices */
import type { Container } from '../../../api/core.ts';
import { type Errors, forbidden, invalid, notFound, notSupported, required } from './errors.ts';
import { localDescendingPath, noBacksteps } from './paths.ts';
import type { KnownVolumes } from './volumes.ts';

type Mount = NonNullable<Container['volumeMounts']>[number];

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const RECURSIVE = ['Disabled', 'Enabled', 'IfPossible'];

function validatePropagation(errors: Errors, c: Container, m: Mount, path: string): void {
  const mode = m.mountPropagation as string | undefined;
  if (mode === undefined) return;
  if (!PROPAGATIONS.includes(mode)) notSupported(errors, path, mode, PROPAGATIONS);
  if (mode === 'Bidirectional' && c.securityContext?.privileged !== true)
    forbidden(errors, path, 'Bidirectional mount propagation is available only to privileged containers');
}

function validateRecursive(errors: Errors, m: Mount, path: string): void {
  const mode = m.recursiveReadOnly as string | undefined;
  if (mode === undefined || mode === 'Disabled') return;
  if (!RECURSIVE.includes(mode)) {
    notSupported(errors, path, mode, RECURSIVE);
    return;
  }
  if (!m.readOnly) forbidden(errors, path, 'may only be specified when readOnly is true');
  if (m.mountPropagation !== undefined && m.mountPropagation !== 'None')
    forbidden(errors, path, 'may only be specified when mountPropagation is None or not specified');
}

function validateSubPaths(errors: Errors, m: Mount, at: string, whole: string, volumes: KnownVolumes): void {
  const expression = m.subPathExpr as string | undefined;
  if (volumes.get(m.name)?.image) {
    if (expression) invalid(errors, `${at}.subPathExpr`, expression, 'not allowed in image volume sources');
  }
  if (m.subPath) localDescendingPath(errors, m.subPath, `${whole}.subPath`);
  if (!expression) return;
  if (m.subPath) invalid(errors, `${at}.subPathExpr`, expression, 'subPathExpr and subPath are mutually exclusive');
  localDescendingPath(errors, expression, `${whole}.subPathExpr`);
}

export function validateVolumeMounts(errors: Errors, c: Container, container: string, volumes: KnownVolumes): void {
  const path = `${container}.volumeMounts`;
  const points = new Set<string>();
  c.volumeMounts!.forEach((m, i) => {
    const at = `${path}[${i}]`;
    if (!m.name) required(errors, `${at}.name`);
    if (!volumes.has(m.name ?? '')) notFound(errors, `${at}.name`, m.name ?? '');
    if (!m.mountPath) required(errors, `${at}.mountPath`);
    if (points.has(m.mountPath ?? '')) invalid(errors, `${at}.mountPath`, m.mountPath, 'must be unique');
    points.add(m.mountPath ?? '');
    for (const device of c.volumeDevices ?? []) {
      if (device.name === m.name) invalid(errors, `${at}.name`, m.name, 'must not already exist in volumeDevices');
      if (device.devicePath === m.mountPath)
        invalid(errors, `${at}.mountPath`, m.mountPath, 'must not already exist as a path in volumeDevices');
    }
    // upstream reports these at the list, not at the mount
    validateSubPaths(errors, m, at, path, volumes);
    validatePropagation(errors, c, m, `${path}.mountPropagation`);
    validateRecursive(errors, m, `${path}.recursiveReadOnly`);
  });
}

export function validateVolumeDevices(errors: Errors, c: Container, container: string, volumes: KnownVolumes): void {
  const path = `${container}.volumeDevices`;
  const names = new Set<string>();
  const paths = new Set<string>();
  c.volumeDevices!.forEach((d, i) => {
    const at = `${path}[${i}]`;
    const volume = volumes.get(d.name);
    if (!d.name) required(errors, `${at}.name`);
    if (names.has(d.name)) invalid(errors, `${at}.name`, d.name, 'must be unique');
    if (volume && !volume.persistentVolumeClaim && !volume.ephemeral)
      invalid(
        errors,
        `${at}.name`,
        d.name,
        'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
      );
    if (!volume) notFound(errors, `${at}.name`, d.name);
    if (!d.devicePath) required(errors, `${at}.devicePath`);
    if (paths.has(d.devicePath)) invalid(errors, `${at}.devicePath`, d.devicePath, 'must be unique');
    const steps: Errors = [];
    noBacksteps(steps, d.devicePath ?? '', '');
    if (steps.length) invalid(errors, `${at}.devicePath`, d.devicePath, "can not contain backsteps ('..')");
    else paths.add(d.devicePath);
    for (const m of c.volumeMounts ?? []) {
      if (m.name === d.name) invalid(errors, `${at}.name`, d.name, 'must not already exist in volumeMounts');
      if (m.mountPath === d.devicePath)
        invalid(errors, `${at}.devicePath`, d.devicePath, 'must not already exist as a path in volumeMounts');
    }
    names.add(d.name);
  });
}
