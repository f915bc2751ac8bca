/**
 * What the API server fills in for pods and for the pod templates of every workload. Works in place on a copy of the
 * server's own. Upstream: pkg/apis/core/v1/defaults.go
 */
import type {
  Container,
  PersistentVolumeClaimSpec,
  PodSpec,
  PodTemplateSpec,
  Probe,
  ProbeHandler,
  ResourceList,
  ResourceRequirements,
  Volume,
} from '../../api/core.ts';
import { canonicalQuantity } from '../../api/quantity.ts';
import { requestsOfContainers } from './pod-requests.ts';

const canonical = new Map<string, string>();
const CACHE_MAX = 5_000;

function canonicalCached(text: string): string {
  const known = canonical.get(text);
  if (known !== undefined) return known;
  if (canonical.size >= CACHE_MAX) canonical.clear();
  const value = canonicalQuantity(text);
  canonical.set(text, value);
  return value;
}

/** Quantities as they are stored: in canonical form, nothing finer than a thousandth. */
export function defaultResourceList(list: ResourceList | undefined): void {
  for (const name in list) {
    const text = list[name]!;
    const stored = canonicalCached(String(text));
    if (stored !== text) list[name] = stored;
  }
}

/** A request that is absent takes its limit. */
function requestsFromLimits(resources: ResourceRequirements): void {
  const limits = resources.limits;
  for (const name in limits) {
    if (resources.requests?.[name] !== undefined) continue;
    resources.requests ??= {};
    resources.requests[name] = limits[name]!;
  }
}

export function defaultResources(resources: ResourceRequirements): void {
  defaultResourceList(resources.limits);
  defaultResourceList(resources.requests);
}

/** The tag or digest of an image reference; `latest` when there is none. */
export function imageTag(image: string): string {
  if (image.includes('@')) return '';
  const last = image.slice(image.lastIndexOf('/') + 1);
  const colon = last.indexOf(':');
  return colon < 0 ? 'latest' : last.slice(colon + 1);
}

function defaultHandler(handler: ProbeHandler | undefined): void {
  const http = handler?.httpGet;
  if (http) {
    http.path ||= '/';
    http.scheme ||= 'HTTP';
  }
  if (handler?.grpc && handler.grpc.service === undefined) handler.grpc.service = '';
}

function defaultProbe(probe: Probe | undefined): void {
  if (!probe) return;
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  defaultHandler(probe);
}

function defaultDivisor(ref: { divisor?: string | number }): void {
  const stored = canonicalQuantity(ref.divisor ?? '0');
  if (stored !== ref.divisor) ref.divisor = stored;
}

function defaultEnv(c: Container): void {
  for (const env of c.env ?? []) {
    const from = env.valueFrom as
      | {
          fieldRef?: { apiVersion?: string };
          resourceFieldRef?: { divisor?: string | number };
          fileKeyRef?: { optional?: boolean };
        }
      | undefined;
    if (from?.fieldRef) from.fieldRef.apiVersion ||= 'v1';
    if (from?.resourceFieldRef) defaultDivisor(from.resourceFieldRef);
    if (from?.fileKeyRef && from.fileKeyRef.optional === undefined) from.fileKeyRef.optional = false;
  }
}

/** One container, in a pod or a template. */
export function defaultContainer(c: Container): void {
  c.imagePullPolicy ||= imageTag(c.image ?? '') === 'latest' ? 'Always' : 'IfNotPresent';
  c.terminationMessagePath ||= '/dev/termination-log';
  c.terminationMessagePolicy ||= 'File';
  c.resources ??= {};
  defaultResources(c.resources);
  for (const port of c.ports ?? []) port.protocol ||= 'TCP';
  if (c.env) defaultEnv(c);
  if (c.livenessProbe) defaultProbe(c.livenessProbe);
  if (c.readinessProbe) defaultProbe(c.readinessProbe);
  if (c.startupProbe) defaultProbe(c.startupProbe);
  defaultHandler(c.lifecycle?.postStart);
  defaultHandler(c.lifecycle?.preStop);
  const security = c.securityContext as { procMount?: string } | undefined;
  if (security?.procMount === '') security.procMount = 'Default';
}

const FILE_MODE = 0o644;
const TOKEN_SECONDS = 3600;

interface FieldItems {
  defaultMode?: number;
  items?: { fieldRef?: { apiVersion?: string }; resourceFieldRef?: { divisor?: string | number } }[];
}

function defaultItems(source: FieldItems | undefined): void {
  for (const item of source?.items ?? []) {
    if (item.fieldRef) item.fieldRef.apiVersion ||= 'v1';
    if (item.resourceFieldRef) defaultDivisor(item.resourceFieldRef);
  }
}

function defaultProjected(projected: { defaultMode?: number; sources?: unknown[] } | undefined): void {
  if (!projected) return;
  projected.defaultMode ??= FILE_MODE;
  for (const source of (projected.sources ?? []) as {
    serviceAccountToken?: { expirationSeconds?: number };
    downwardAPI?: FieldItems;
  }[]) {
    if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= TOKEN_SECONDS;
    defaultItems(source.downwardAPI);
  }
}

/** Sources whose absent fields are filled in beside the ones every volume may have. */
function defaultDriver(v: Volume): void {
  const iscsi = v.iscsi as { iscsiInterface?: string } | undefined;
  if (iscsi) iscsi.iscsiInterface ||= 'default';
  const rbd = v.rbd as { pool?: string; user?: string; keyring?: string } | undefined;
  if (rbd) {
    rbd.pool ||= 'rbd';
    rbd.user ||= 'admin';
    rbd.keyring ||= '/etc/ceph/keyring';
  }
  const azure = v.azureDisk as { cachingMode?: string; kind?: string; fsType?: string; readOnly?: boolean } | undefined;
  if (azure) {
    azure.cachingMode ??= 'ReadWrite';
    azure.kind ??= 'Shared';
    azure.fsType ??= 'ext4';
    azure.readOnly ??= false;
  }
  const scale = v.scaleIO as { storageMode?: string; fsType?: string } | undefined;
  if (scale) {
    scale.storageMode ||= 'ThinProvisioned';
    scale.fsType ||= 'xfs';
  }
}

/** A volume without a source is an `emptyDir`. */
function defaultVolume(v: Volume): void {
  let hasSource = false;
  for (const key in v) if (key !== 'name' && v[key] !== undefined && v[key] !== null) hasSource = true;
  if (!hasSource) v.emptyDir = {};
  if (v.emptyDir?.sizeLimit !== undefined) {
    const stored = canonicalQuantity(v.emptyDir.sizeLimit);
    if (stored !== v.emptyDir.sizeLimit) v.emptyDir.sizeLimit = stored;
  }
  if (v.configMap) v.configMap.defaultMode ??= FILE_MODE;
  if (v.secret) v.secret.defaultMode ??= FILE_MODE;
  if (v.hostPath) v.hostPath.type ??= '';
  const downward = v.downwardAPI as FieldItems | undefined;
  if (downward) {
    downward.defaultMode ??= FILE_MODE;
    defaultItems(downward);
  }
  defaultProjected(v.projected as { defaultMode?: number; sources?: unknown[] } | undefined);
  if (v.image) v.image.pullPolicy ||= imageTag(v.image.reference ?? '') === 'latest' ? 'Always' : 'IfNotPresent';
  if (v.ephemeral?.volumeClaimTemplate?.spec) defaultClaimSpec(v.ephemeral.volumeClaimTemplate.spec);
  defaultDriver(v);
}

export function defaultClaimSpec(spec: PersistentVolumeClaimSpec): void {
  spec.volumeMode ??= 'Filesystem';
  if (spec.resources) defaultResources(spec.resources);
}

/** Everything of a pod's spec that defaulting fills in; `serviceAccount` follows `serviceAccountName`. */
export function defaultPodSpec(spec: PodSpec): void {
  spec.dnsPolicy ||= 'ClusterFirst';
  spec.restartPolicy ||= 'Always';
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  spec.schedulerName ||= 'default-scheduler';
  if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
  else if (spec.serviceAccount) spec.serviceAccountName = spec.serviceAccount;
  for (const c of spec.containers ?? []) defaultContainer(c);
  for (const c of spec.initContainers ?? []) defaultContainer(c);
  for (const c of spec.ephemeralContainers ?? []) defaultContainer(c);
  for (const v of spec.volumes ?? []) defaultVolume(v);
  defaultResourceList(spec.overhead);
  if (spec.resources) defaultResources(spec.resources);
}

/** What only a pod gets, not a template: requests from limits, host ports, service links, a grace period that is not negative. */
export function defaultPod(spec: PodSpec): void {
  defaultPodSpec(spec);
  if (spec.terminationGracePeriodSeconds! < 0) spec.terminationGracePeriodSeconds = 1;
  for (const c of spec.containers ?? []) if (c.resources?.limits) requestsFromLimits(c.resources);
  for (const c of spec.initContainers ?? []) if (c.resources?.limits) requestsFromLimits(c.resources);
  if (spec.resources) defaultPodLevelRequests(spec);
  spec.enableServiceLinks ??= true;
  if (!spec.hostNetwork) return;
  for (const c of [...(spec.containers ?? []), ...(spec.initContainers ?? [])])
    for (const port of c.ports ?? []) port.hostPort ||= port.containerPort;
}

const POD_LEVEL = /^(cpu|memory|hugepages-.+)$/;

/** A pod-level request that is absent beside pod-level limits: the containers' requests together, else the pod-level limit. */
function defaultPodLevelRequests(spec: PodSpec): void {
  const resources = spec.resources!;
  // only pod-level limits bring them along
  if (Object.keys(resources.limits ?? {}).length === 0) return;
  const requests: ResourceList = { ...resources.requests };
  const together = requestsOfContainers(spec);
  for (const name in together)
    if (POD_LEVEL.test(name) && !name.startsWith('hugepages-')) requests[name] ??= together[name]!;
  for (const name in resources.limits) if (POD_LEVEL.test(name)) requests[name] ??= resources.limits[name]!;
  if (Object.keys(requests).length) resources.requests = requests;
}

/** The template of a workload; an absent one becomes an empty one, as the Go struct is. */
export function defaultTemplate(owner: { template?: PodTemplateSpec }): void {
  owner.template ??= { spec: { containers: [] } };
  owner.template.metadata ??= {};
  owner.template.spec ??= { containers: [] };
  defaultPodSpec(owner.template.spec);
}
