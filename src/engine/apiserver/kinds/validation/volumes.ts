/** Volumes of a pod. Upstream: pkg/apis/core/validation/validation.go ValidateVolumes, validateVolumeSource */
import type { Volume } from '../../../api/core.ts';
import { isDNS1123Label } from '../../../api/name.ts';
import { parseMilli } from '../../../api/quantity.ts';
import { validateClaimTemplate } from './claim-spec.ts';
import { duplicate, type Errors, forbidden, invalid, invalidEach, required } from './errors.ts';
import { subdomainName } from './object-meta.ts';
import { type Source, VOLUME_SOURCES } from './volume-sources.ts';

/** Volumes that are well formed, by name: mounts may only name these. */
export type KnownVolumes = ReadonlyMap<string, Volume>;

function validateEmptyDir(errors: Errors, v: Volume, path: string): void {
  const limit = v.emptyDir?.sizeLimit;
  if (limit !== undefined && (parseMilli(limit) ?? 0n) < 0n)
    forbidden(errors, `${path}.emptyDir.sizeLimit`, 'SizeLimit field must be a valid resource quantity');
}

/** A claim that is made for the pod: its template, and the name it will have. */
function validateEphemeral(errors: Errors, v: Volume, path: string, podName: string | undefined): void {
  const template = v.ephemeral?.volumeClaimTemplate;
  if (!template) required(errors, `${path}.ephemeral.volumeClaimTemplate`);
  else validateClaimTemplate(errors, template, `${path}.ephemeral.volumeClaimTemplate`);
  if (!podName || !v.name) return;
  const claim = `${podName}-${v.name}`;
  for (const complaint of subdomainName(claim))
    invalid(errors, `${path}.name`, v.name, `PVC name "${claim}": ${complaint}`);
}

function validateSource(errors: Errors, v: Volume, path: string, podName: string | undefined): void {
  let found = 0;
  if (v.emptyDir) {
    found++;
    validateEmptyDir(errors, v, path);
  }
  for (const [kind, check, word] of VOLUME_SOURCES) {
    const source = v[kind];
    if (source === undefined || source === null) continue;
    if (found > 0) forbidden(errors, `${path}.${word ?? kind}`, 'may not specify more than 1 volume type');
    else if (kind === 'ephemeral') validateEphemeral(errors, v, path, podName);
    else check?.(errors, source as Source, `${path}.${kind}`);
    found++;
  }
  if (found === 0) required(errors, path, 'must specify a volume type');
}

/** All volumes; answers those that mounts may name. */
export function validateVolumes(
  errors: Errors,
  volumes: readonly Volume[] | undefined,
  path: string,
  podName?: string,
): KnownVolumes {
  const known = new Map<string, Volume>();
  const created = new Set(volumes?.filter((v) => podName && v.ephemeral).map((v) => `${podName}-${v.name}`));
  volumes?.forEach((v, i) => {
    const at = `${path}[${i}]`;
    const before = errors.length;
    validateSource(errors, v, at, podName);
    if (!v.name) required(errors, `${at}.name`);
    else invalidEach(errors, `${at}.name`, v.name, isDNS1123Label(v.name));
    if (known.has(v.name)) duplicate(errors, `${at}.name`, v.name);
    if (errors.length === before) known.set(v.name, v);
    const claim = v.persistentVolumeClaim?.claimName;
    if (claim && created.has(claim))
      invalid(
        errors,
        `${at}.persistentVolumeClaim.claimName`,
        claim,
        'must not reference a PVC that gets created for an ephemeral volume',
      );
  });
  return known;
}
