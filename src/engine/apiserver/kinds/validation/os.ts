/** What a pod may not ask of the other operating system. Upstream: pkg/apis/core/validation/validation.go validateOS, validateLinux, validateWindows */
import type { PodSpec } from '../../../api/core.ts';
import { type Errors, forbidden, notSupported, required } from './errors.ts';

const NO_WINDOWS = 'cannot be set for a windows pod';
const NO_LINUX = 'windows options cannot be set for a linux pod';

type Context = Readonly<Record<string, unknown>>;

function refuse(errors: Errors, context: Context | undefined, names: readonly string[], path: string): void {
  for (const name of names)
    if (context?.[name] !== undefined && context[name] !== null) forbidden(errors, `${path}.${name}`, NO_WINDOWS);
}

/** The security contexts of all containers, with their paths, init containers first. */
function contextsOf(spec: PodSpec, path: string): [Context, string][] {
  const out: [Context, string][] = [];
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const)
    spec[list]?.forEach((c, i) => {
      if (c.securityContext) out.push([c.securityContext, `${path}.${list}[${i}].securityContext`]);
    });
  return out;
}

function validateWindows(errors: Errors, spec: PodSpec, path: string): void {
  const of = `${path}.securityContext`;
  refuse(errors, spec.securityContext, ['appArmorProfile', 'seLinuxOptions'], of);
  if (spec.hostUsers !== undefined) forbidden(errors, `${path}.hostUsers`, NO_WINDOWS);
  if (spec.hostPID) forbidden(errors, `${path}.hostPID`, NO_WINDOWS);
  if (spec.hostIPC) forbidden(errors, `${path}.hostIPC`, NO_WINDOWS);
  refuse(errors, spec.securityContext, ['seccompProfile', 'fsGroup', 'fsGroupChangePolicy'], of);
  if ((spec.securityContext?.sysctls as unknown[] | undefined)?.length) forbidden(errors, `${of}.sysctls`, NO_WINDOWS);
  refuse(errors, { ...spec }, ['shareProcessNamespace'], path);
  const ids = ['runAsUser', 'runAsGroup', 'supplementalGroups', 'supplementalGroupsPolicy'];
  refuse(errors, spec.securityContext, ids, of);
  for (const [context, at] of contextsOf(spec, path)) refuse(errors, context, CONTAINER_FIELDS, at);
}

const CONTAINER_FIELDS = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];

export function validateOs(errors: Errors, spec: PodSpec, path: string): void {
  const os = spec.os?.name;
  if (!spec.os) return;
  if (!os) required(errors, `${path}.os.name`, 'cannot be empty');
  else if (os === 'windows') validateWindows(errors, spec, path);
  else if (os !== 'linux') notSupported(errors, `${path}.os`, os, ['linux', 'windows']);
  else {
    if (spec.securityContext?.windowsOptions) forbidden(errors, `${path}.securityContext.windowsOptions`, NO_LINUX);
    for (const [context, at] of contextsOf(spec, path))
      if (context.windowsOptions) forbidden(errors, `${at}.windowsOptions`, NO_LINUX);
  }
}
