/** Security contexts of pods and containers. Upstream: pkg/apis/core/validation/validation.go ValidateSecurityContext, validatePodSpecSecurityContext */
import type { PodSpec } from '../../../api/core.ts';
import { inRange } from '../../../api/name.ts';
import { goContainerSecurityContext } from '../internal-form.ts';
import { duplicate, type Errors, forbidden, invalid, invalidEach, notSupported, required, tooLong } from './errors.ts';
import { localDescendingPath } from './paths.ts';

const ID_MAX = 0xffff_ffff;
const PROFILE_MAX_BYTES = 4095;
const SECCOMP_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];

interface Profile {
  type?: string;
  localhostProfile?: string;
}

interface Common {
  runAsUser?: number;
  runAsGroup?: number;
  seccompProfile?: Profile;
  appArmorProfile?: Profile;
}

interface ContainerContext extends Common {
  privileged?: boolean;
  allowPrivilegeEscalation?: boolean;
  procMount?: string;
  capabilities?: { add?: string[]; drop?: string[] };
}

interface PodContext extends Common {
  fsGroup?: number;
  fsGroupChangePolicy?: string;
  supplementalGroups?: number[];
  supplementalGroupsPolicy?: string;
  seLinuxChangePolicy?: string;
  sysctls?: { name?: string; value?: string }[];
}

function validateId(errors: Errors, id: number | undefined, path: string): void {
  if (id !== undefined && id !== null) invalidEach(errors, path, id, inRange(id, 0, ID_MAX));
}

function validateSeccomp(errors: Errors, p: Profile | undefined, path: string): void {
  if (!p) return;
  if (!p.type) required(errors, `${path}.type`, 'type is required when seccompProfile is set');
  else if (!SECCOMP_TYPES.includes(p.type)) notSupported(errors, `${path}.type`, p.type, SECCOMP_TYPES);
  if (p.type === 'Localhost') {
    if (p.localhostProfile === undefined)
      required(errors, `${path}.localhostProfile`, 'must be set when seccomp type is Localhost');
    else localDescendingPath(errors, p.localhostProfile, `${path}.localhostProfile`);
  } else if (p.localhostProfile !== undefined)
    invalid(
      errors,
      `${path}.localhostProfile`,
      { Type: p.type ?? '', LocalhostProfile: p.localhostProfile },
      'can only be set when seccomp type is Localhost',
    );
}

function validateAppArmor(errors: Errors, p: Profile | undefined, path: string): void {
  if (!p) return;
  const at = `${path}.localhostProfile`;
  const profile = p.localhostProfile;
  if (!p.type) required(errors, `${path}.type`, 'type is required when appArmorProfile is set');
  else if (!SECCOMP_TYPES.includes(p.type)) notSupported(errors, `${path}.type`, p.type, SECCOMP_TYPES);
  else if (p.type !== 'Localhost') {
    if (profile !== undefined) invalid(errors, at, profile, 'can only be set when AppArmor type is Localhost');
  } else if (profile === undefined || (profile.trim() === profile && profile === ''))
    required(errors, at, 'must be set when AppArmor type is Localhost');
  else {
    if (profile.trim() !== profile) invalid(errors, at, profile, 'must not be padded with whitespace');
    if (profile.length > PROFILE_MAX_BYTES) tooLong(errors, at, PROFILE_MAX_BYTES);
  }
}

function validateEscalation(errors: Errors, c: ContainerContext, path: string): void {
  if (c.allowPrivilegeEscalation !== false) return;
  if (c.privileged)
    invalid(
      errors,
      path,
      goContainerSecurityContext(c),
      'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    );
  for (const capability of c.capabilities?.add ?? [])
    if (capability === 'CAP_SYS_ADMIN')
      invalid(
        errors,
        path,
        goContainerSecurityContext(c),
        'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
      );
}

export function validateSecurityContext(
  errors: Errors,
  context: Record<string, unknown>,
  path: string,
  pod: PodSpec,
): void {
  const c = context as ContainerContext;
  validateId(errors, c.runAsUser, `${path}.runAsUser`);
  validateId(errors, c.runAsGroup, `${path}.runAsGroup`);
  if (c.procMount !== undefined) {
    if (c.procMount !== 'Default' && c.procMount !== 'Unmasked')
      notSupported(errors, `${path}.procMount`, c.procMount, ['Default', 'Unmasked']);
    const hostUsers = (pod as { hostUsers?: boolean }).hostUsers ?? true;
    if (hostUsers && c.procMount === 'Unmasked')
      invalid(errors, `${path}.procMount`, c.procMount, '`hostUsers` must be false to use `Unmasked`');
  }
  validateSeccomp(errors, c.seccompProfile, `${path}.seccompProfile`);
  validateEscalation(errors, c, path);
  validateAppArmor(errors, c.appArmorProfile, `${path}.appArmorProfile`);
}

const SYSCTL = '([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const sysctlForm = new RegExp(`^${SYSCTL}$`);
const SYSCTL_MAX = 253;

const isNetSysctl = (name: string): boolean => /^net[./]/.test(name);
const isIpcSysctl = (name: string): boolean => /^(kernel[./](shm|msg|sem)|fs[./]mqueue[./])/.test(name);

function validateSysctls(errors: Errors, c: PodContext, spec: PodSpec, path: string): void {
  const seen = new Set<string>();
  c.sysctls?.forEach((s, i) => {
    const at = `${path}[${i}].name`;
    const name = s.name ?? '';
    if (!name) required(errors, at);
    else if (name.length > SYSCTL_MAX || !sysctlForm.test(name))
      invalid(errors, at, name, `must have at most ${SYSCTL_MAX} characters and match regex ^${SYSCTL}$`);
    else if (seen.has(name)) duplicate(errors, at, name);
    if (spec.hostNetwork && isNetSysctl(name))
      invalid(errors, at, name, "may not be specified when 'hostNetwork' is true");
    else if (spec.hostIPC && isIpcSysctl(name))
      invalid(errors, at, name, "may not be specified when 'hostIPC' is true");
    seen.add(name);
  });
}

function validateListed(errors: Errors, value: string | undefined, path: string, choices: readonly string[]): void {
  if (value !== undefined && value !== null && !choices.includes(value)) notSupported(errors, path, value, choices);
}

export function validatePodSecurityContext(errors: Errors, spec: PodSpec, path: string): void {
  if (!spec.securityContext) return;
  const c = spec.securityContext as PodContext;
  const share = (spec as { shareProcessNamespace?: boolean }).shareProcessNamespace;
  validateId(errors, c.fsGroup, `${path}.fsGroup`);
  validateId(errors, c.runAsUser, `${path}.runAsUser`);
  validateId(errors, c.runAsGroup, `${path}.runAsGroup`);
  c.supplementalGroups?.forEach((id, i) => {
    validateId(errors, id, `${path}.supplementalGroups[${i}]`);
  });
  if (share && spec.hostPID)
    invalid(errors, `${path}.shareProcessNamespace`, true, 'ShareProcessNamespace and HostPID cannot both be enabled');
  validateSysctls(errors, c, spec, `${path}.sysctls`);
  validateListed(errors, c.fsGroupChangePolicy, `${path}.fsGroupChangePolicy`, ['Always', 'OnRootMismatch']);
  validateSeccomp(errors, c.seccompProfile, `${path}.seccompProfile`);
  validateAppArmor(errors, c.appArmorProfile, `${path}.appArmorProfile`);
  validateListed(errors, c.supplementalGroupsPolicy, `${path}.supplementalGroupsPolicy`, ['Merge', 'Strict']);
  validateListed(errors, c.seLinuxChangePolicy, `${path}.seLinuxChangePolicy`, ['MountOption', 'Recursive']);
}

/** A pod in a user namespace of its own may not share the host's other ones. */
export function validateHostUsers(errors: Errors, spec: PodSpec, path: string): void {
  if ((spec as { hostUsers?: boolean }).hostUsers !== false) return;
  if (spec.hostNetwork) forbidden(errors, `${path}.hostNetwork`, 'when `hostUsers` is false');
  if (spec.hostPID) forbidden(errors, `${path}.HostPID`, 'when `hostUsers` is false');
  if (spec.hostIPC) forbidden(errors, `${path}.HostIPC`, 'when `hostUsers` is false');
}
