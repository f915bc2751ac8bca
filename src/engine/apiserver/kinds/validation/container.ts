/** Containers. Upstream: pkg/apis/core/validation/validation.go validateContainerCommon, validateContainers, validateInitContainers */
import type { Container, ContainerPort, PodSpec } from '../../../api/core.ts';
import { isDNS1123Label, isPortName, isPortNumber } from '../../../api/name.ts';
import { validateEnv, validateEnvFrom } from './env.ts';
import { duplicate, type Errors, forbidden, invalid, invalidEach, notFound, notSupported, required } from './errors.ts';
import { validateVolumeDevices, validateVolumeMounts } from './mounts.ts';
import { validateLifecycleAndProbes } from './probes.ts';
import { validateContainerResources } from './resources.ts';
import { validateRestartPolicyOf } from './restart.ts';
import { validateSecurityContext } from './security-context.ts';
import type { KnownVolumes } from './volumes.ts';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];

/** What the checks of a container need to know of its pod. */
export interface PodView {
  spec: PodSpec;
  volumes: KnownVolumes;
  claims: readonly string[];
}

function validatePorts(errors: Errors, ports: readonly ContainerPort[], path: string): void {
  const names = new Set<string>();
  ports.forEach((port, i) => {
    const at = `${path}[${i}]`;
    if (port.name) {
      const complaints = isPortName(port.name);
      if (complaints.length) invalidEach(errors, `${at}.name`, port.name, complaints);
      else if (names.has(port.name)) duplicate(errors, `${at}.name`, port.name);
      else names.add(port.name);
    }
    if (!port.containerPort) required(errors, `${at}.containerPort`);
    else invalidEach(errors, `${at}.containerPort`, port.containerPort, isPortNumber(port.containerPort));
    if (port.hostPort) invalidEach(errors, `${at}.hostPort`, port.hostPort, isPortNumber(port.hostPort));
    if (!port.protocol) required(errors, `${at}.protocol`);
    else if (!PROTOCOLS.includes(port.protocol)) notSupported(errors, `${at}.protocol`, port.protocol, PROTOCOLS);
  });
}

/** A choice that has to be made, and from the list. */
export function validateChoice(
  errors: Errors,
  value: string | undefined,
  path: string,
  choices: readonly string[],
): void {
  if (!value) required(errors, path);
  else if (!choices.includes(value)) notSupported(errors, path, value, choices);
}

interface ResizePolicy {
  resourceName?: string;
  restartPolicy?: string;
}

function validateResizePolicy(errors: Errors, c: Container, path: string, pod: PodView): void {
  const policies = (c as { resizePolicy?: ResizePolicy[] }).resizePolicy ?? [];
  const seen = new Set<string | undefined>();
  policies.forEach((p, i) => {
    if (seen.has(p.resourceName)) duplicate(errors, `${path}[${i}]`, p.resourceName);
    seen.add(p.resourceName);
    validateChoice(errors, p.resourceName, path, ['cpu', 'memory']);
    validateChoice(errors, p.restartPolicy, path, ['NotRequired', 'RestartContainer']);
    if (pod.spec.restartPolicy === 'Never' && p.restartPolicy !== 'NotRequired')
      invalid(errors, path, p.restartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'");
  });
}

function validateCommon(errors: Errors, c: Container, path: string, pod: PodView): void {
  if (!c.name) required(errors, `${path}.name`);
  else invalidEach(errors, `${path}.name`, c.name, isDNS1123Label(c.name));
  if (!c.image) required(errors, `${path}.image`);
  validateChoice(errors, c.terminationMessagePolicy, `${path}.terminationMessagePolicy`, MESSAGE_POLICIES);
  if (c.ports) validatePorts(errors, c.ports, `${path}.ports`);
  if (c.env) validateEnv(errors, c.env, `${path}.env`);
  if (c.envFrom) validateEnvFrom(errors, c.envFrom, `${path}.envFrom`);
  if (c.volumeMounts) validateVolumeMounts(errors, c, path, pod.volumes);
  if (c.volumeDevices) validateVolumeDevices(errors, c, path, pod.volumes);
  validateChoice(errors, c.imagePullPolicy, `${path}.imagePullPolicy`, PULL_POLICIES);
  if (c.resources) validateContainerResources(errors, c.resources, `${path}.resources`, pod.claims);
  validateResizePolicy(errors, c, `${path}.resizePolicy`, pod);
  if (c.securityContext) validateSecurityContext(errors, c.securityContext, `${path}.securityContext`, pod.spec);
}

/** No two of the containers may want the same port of the host. */
function validateHostPorts(errors: Errors, containers: readonly Container[], path: string, indexed: boolean): void {
  let seen: Set<string> | undefined;
  containers.forEach((c, i) => {
    c.ports?.forEach((port, j) => {
      if (!port.hostPort) return;
      seen ??= new Set();
      const key = `${port.protocol}/${port.hostIP ?? ''}/${port.hostPort}`;
      if (seen.has(key)) duplicate(errors, `${path}[${indexed ? i : 0}].ports[${j}].hostPort`, key);
      seen.add(key);
    });
  });
}

export function validateContainers(errors: Errors, pod: PodView, path: string): void {
  const containers = pod.spec.containers;
  if (!containers?.length) {
    required(errors, path);
    return;
  }
  const names = new Set<string>();
  containers.forEach((c, i) => {
    const at = `${path}[${i}]`;
    validateCommon(errors, c, at, pod);
    if (names.has(c.name ?? '')) duplicate(errors, `${at}.name`, c.name ?? '');
    else names.add(c.name ?? '');
    validateLifecycleAndProbes(errors, c, pod.spec.terminationGracePeriodSeconds, at);
    validateRestartPolicyOf(errors, c, at);
  });
  validateHostPorts(errors, containers, path, true);
}

const NOT_IN_INIT = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;

export function validateInitContainers(errors: Errors, pod: PodView, path: string): void {
  const names = new Set((pod.spec.containers ?? []).map((c) => c.name));
  pod.spec.initContainers?.forEach((c, i) => {
    const at = `${path}[${i}]`;
    validateCommon(errors, c, at, pod);
    validateRestartPolicyOf(errors, c, at);
    if (names.has(c.name)) duplicate(errors, `${at}.name`, c.name);
    else if (c.name) names.add(c.name);
    validateHostPorts(errors, [c], path, false);
    if (c.restartPolicy === 'Always') validateLifecycleAndProbes(errors, c, pod.spec.terminationGracePeriodSeconds, at);
    else
      for (const field of NOT_IN_INIT)
        if (c[field])
          forbidden(errors, `${at}.${field}`, 'may not be set for init containers without restartPolicy=Always');
  });
}

const NOT_IN_EPHEMERAL = [
  'ports',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'restartPolicy',
] as const;

export function validateEphemeralContainers(errors: Errors, pod: PodView, path: string): void {
  if (!pod.spec.ephemeralContainers?.length) return;
  const others = new Set([...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])].map((c) => c.name));
  const names = new Set(others);
  pod.spec.ephemeralContainers?.forEach((c, i) => {
    const at = `${path}[${i}]`;
    validateCommon(errors, c, at, pod);
    validateImageBlanks(errors, c, at);
    if (names.has(c.name)) duplicate(errors, `${at}.name`, c.name);
    names.add(c.name);
    const target = (c as { targetContainerName?: string }).targetContainerName;
    if (target && !others.has(target)) notFound(errors, `${at}.targetContainerName`, target);
    for (const field of NOT_IN_EPHEMERAL)
      if (c[field]) forbidden(errors, `${at}.${field}`, 'cannot be set for an Ephemeral Container');
    if (c.resources?.limits || c.resources?.requests)
      forbidden(errors, `${at}.resources`, 'cannot be set for an Ephemeral Container');
    c.volumeMounts?.forEach((m, j) => {
      if (m.subPath) forbidden(errors, `${at}.volumeMounts[${j}].subPath`, 'cannot be set for an Ephemeral Container');
    });
  });
}

/** Pods, unlike templates, may not have blanks around the image. */
export function validateImageBlanks(errors: Errors, c: Container, path: string): void {
  if (c.image && c.image !== c.image.trim())
    invalid(errors, `${path}.image`, c.image, 'must not have leading or trailing whitespace');
}

/** On the host's network a port is the host's port. In a template it may still be left out. */
export function validateHostNetworkPorts(errors: Errors, spec: PodSpec, path: string, isPod: boolean): void {
  if (!spec.hostNetwork) return;
  spec.containers?.forEach((c, i) => {
    c.ports?.forEach((port, j) => {
      const host = port.hostPort ?? 0;
      if ((isPod || host !== 0) && host !== (port.containerPort ?? 0))
        invalid(
          errors,
          `${path}[${i}].ports[${j}].hostPort`,
          host,
          'must match `containerPort` when `hostNetwork` is true',
        );
    });
  });
}
