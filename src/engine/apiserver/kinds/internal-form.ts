/**
 * Objects as the API server holds them inside: Go structs, printed as JSON with Go's field names, in the order in which the
 * structs declare them, nothing left out. Some refusals quote these, whole or as a difference.
 * Upstream: pkg/apis/core/types.go, pkg/apis/apps/types.go
 */
import type { PersistentVolumeClaimSpec, PodSpec, PodTemplateSpec } from '../../api/core.ts';

/**
 * `Field=type`: `s` text, `n` number, `b` boolean (absent: the zero value); `p` anything that may be null; `m` a map;
 * `T` a struct, `*T` a pointer to one, `[T]` a list of them.
 */
const TYPES: Readonly<Record<string, string>> = {
  PodSpec:
    'Volumes=[Volume] InitContainers=[Container] Containers=[Container] EphemeralContainers=[Container] RestartPolicy=s ' +
    'TerminationGracePeriodSeconds=p ActiveDeadlineSeconds=p DNSPolicy=s NodeSelector=m ServiceAccountName=s ' +
    'AutomountServiceAccountToken=p NodeName=s SecurityContext=*PodSecurityContext ImagePullSecrets=[Name] Hostname=s ' +
    'Subdomain=s SetHostnameAsFQDN=p Affinity=*Affinity SchedulerName=s Tolerations=[Toleration] HostAliases=[HostAlias] ' +
    'PriorityClassName=s Priority=p PreemptionPolicy=p DNSConfig=*DNSConfig ReadinessGates=[ReadinessGate] ' +
    'RuntimeClassName=p Overhead=m EnableServiceLinks=p TopologySpreadConstraints=[Spread] OS=*Name SchedulingGates=[Name] ' +
    'ResourceClaims=[PodResourceClaim] Resources=*Resources HostnameOverride=p SchedulingGroup=p',
  PodSecurityContext:
    'HostNetwork=b HostPID=b HostIPC=b ShareProcessNamespace=p HostUsers=p SELinuxOptions=*SELinux WindowsOptions=*Windows ' +
    'RunAsUser=p RunAsGroup=p RunAsNonRoot=p SupplementalGroups=p SupplementalGroupsPolicy=p FSGroup=p FSGroupChangePolicy=p ' +
    'Sysctls=[NameValue] SeccompProfile=*Profile AppArmorProfile=*Profile SELinuxChangePolicy=p',
  SecurityContext:
    'Capabilities=*Capabilities Privileged=p SELinuxOptions=*SELinux WindowsOptions=*Windows RunAsUser=p RunAsGroup=p ' +
    'RunAsNonRoot=p ReadOnlyRootFilesystem=p AllowPrivilegeEscalation=p ProcMount=p SeccompProfile=*Profile AppArmorProfile=*Profile',
  Capabilities: 'Add=p Drop=p',
  SELinux: 'User=s Role=s Type=s Level=s',
  Windows: 'GMSACredentialSpecName=p GMSACredentialSpec=p RunAsUserName=p HostProcess=p',
  Profile: 'Type=s LocalhostProfile=p',
  Container:
    'Name=s Image=s Command=p Args=p WorkingDir=s Ports=[Port] EnvFrom=[EnvFrom] Env=[Env] Resources=Resources ' +
    'ResizePolicy=[ResizePolicy] RestartPolicy=p RestartPolicyRules=[RestartRule] VolumeMounts=[Mount] VolumeDevices=[Device] ' +
    'LivenessProbe=*Probe ReadinessProbe=*Probe StartupProbe=*Probe Lifecycle=*Lifecycle TerminationMessagePath=s ' +
    'TerminationMessagePolicy=s ImagePullPolicy=s SecurityContext=*SecurityContext Stdin=b StdinOnce=b TTY=b',
  Port: 'Name=s HostPort=n ContainerPort=n Protocol=s HostIP=s',
  EnvFrom: 'Prefix=s ConfigMapRef=*NameOptional SecretRef=*NameOptional',
  Env: 'Name=s Value=s ValueFrom=*EnvSource',
  EnvSource:
    'FieldRef=*FieldRef ResourceFieldRef=*ResourceRef ConfigMapKeyRef=*KeyRef SecretKeyRef=*KeyRef FileKeyRef=*FileKeyRef',
  FieldRef: 'APIVersion=s FieldPath=s',
  ResourceRef: 'ContainerName=s Resource=s Divisor=s',
  KeyRef: 'Name=s Key=s Optional=p',
  FileKeyRef: 'VolumeName=s Path=s Key=s Optional=p',
  Name: 'Name=s',
  NameOptional: 'Name=s Optional=p',
  NameValue: 'Name=s Value=s',
  Resources: 'Limits=m Requests=m Claims=[NameRequest]',
  VolumeResources: 'Limits=m Requests=m',
  NameRequest: 'Name=s Request=s',
  ResizePolicy: 'ResourceName=s RestartPolicy=s',
  RestartRule: 'Action=s ExitCodes=*RestartCodes',
  RestartCodes: 'Operator=s Values=p',
  Mount: 'Name=s ReadOnly=b RecursiveReadOnly=p MountPath=s SubPath=s MountPropagation=p SubPathExpr=s',
  Device: 'Name=s DevicePath=s',
  Probe:
    'Exec=*Exec HTTPGet=*HTTPGet TCPSocket=*TCPSocket GRPC=*GRPC InitialDelaySeconds=n TimeoutSeconds=n PeriodSeconds=n ' +
    'SuccessThreshold=n FailureThreshold=n TerminationGracePeriodSeconds=p',
  Lifecycle: 'PostStart=*Hook PreStop=*Hook StopSignal=p',
  Hook: 'Exec=*Exec HTTPGet=*HTTPGet TCPSocket=*TCPSocket Sleep=*Sleep',
  Exec: 'Command=p',
  HTTPGet: 'Path=s Port=n Host=s Scheme=s HTTPHeaders=[NameValue]',
  TCPSocket: 'Port=n Host=s',
  GRPC: 'Port=n Service=p',
  Sleep: 'Seconds=n',
  Toleration: 'Key=s Operator=s Value=s Effect=s TolerationSeconds=p',
  HostAlias: 'IP=s Hostnames=p',
  DNSConfig: 'Nameservers=p Searches=p Options=[DNSOption]',
  DNSOption: 'Name=s Value=p',
  ReadinessGate: 'ConditionType=s',
  Spread:
    'MaxSkew=n TopologyKey=s WhenUnsatisfiable=s LabelSelector=p MinDomains=p NodeAffinityPolicy=p NodeTaintsPolicy=p MatchLabelKeys=p',
  PodResourceClaim: 'Name=s ResourceClaimName=p ResourceClaimTemplateName=p',
  Affinity: 'NodeAffinity=*NodeAffinity PodAffinity=*PodAffinity PodAntiAffinity=*PodAffinity',
  NodeAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution=*NodeSelector PreferredDuringSchedulingIgnoredDuringExecution=[PreferredTerm]',
  NodeSelector: 'NodeSelectorTerms=[NodeTerm]',
  NodeTerm: 'MatchExpressions=[Requirement] MatchFields=[Requirement]',
  PreferredTerm: 'Weight=n Preference=NodeTerm',
  Requirement: 'Key=s Operator=s Values=p',
  PodAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution=[PodTerm] PreferredDuringSchedulingIgnoredDuringExecution=[WeightedTerm]',
  PodTerm: 'LabelSelector=p Namespaces=p TopologyKey=s NamespaceSelector=p MatchLabelKeys=p MismatchLabelKeys=p',
  WeightedTerm: 'Weight=n PodAffinityTerm=PodTerm',
  Volume:
    'Name=s HostPath=*HostPath EmptyDir=*EmptyDir GCEPersistentDisk=p AWSElasticBlockStore=p GitRepo=p Secret=*SecretVolume ' +
    'NFS=*NFS ISCSI=p Glusterfs=p PersistentVolumeClaim=*ClaimVolume RBD=p Quobyte=p FlexVolume=p Cinder=p CephFS=p Flocker=p ' +
    'DownwardAPI=*DownwardAPI FC=p AzureFile=p ConfigMap=*ConfigMapVolume VsphereVolume=p AzureDisk=p PhotonPersistentDisk=p ' +
    'Projected=*Projected PortworxVolume=p ScaleIO=p StorageOS=p CSI=*CSI Ephemeral=*Ephemeral Image=*ImageVolume',
  HostPath: 'Path=s Type=p',
  EmptyDir: 'Medium=s SizeLimit=p',
  SecretVolume: 'SecretName=s Items=[KeyPath] DefaultMode=p Optional=p',
  ConfigMapVolume: 'Name=s Items=[KeyPath] DefaultMode=p Optional=p',
  KeyPath: 'Key=s Path=s Mode=p',
  NFS: 'Server=s Path=s ReadOnly=b',
  ClaimVolume: 'ClaimName=s ReadOnly=b',
  DownwardAPI: 'Items=[DownwardFile] DefaultMode=p',
  DownwardFile: 'Path=s FieldRef=*FieldRef ResourceFieldRef=*ResourceRef Mode=p',
  Projected: 'Sources=[Projection] DefaultMode=p',
  Projection:
    'Secret=*KeysProjection DownwardAPI=*DownwardProjection ConfigMap=*KeysProjection ServiceAccountToken=*TokenProjection ' +
    'ClusterTrustBundle=p PodCertificate=p',
  KeysProjection: 'Name=s Items=[KeyPath] Optional=p',
  DownwardProjection: 'Items=[DownwardFile]',
  TokenProjection: 'Audience=s ExpirationSeconds=n Path=s',
  CSI: 'Driver=s ReadOnly=p FSType=p VolumeAttributes=m NodePublishSecretRef=*Name',
  Ephemeral: 'VolumeClaimTemplate=*ClaimTemplate',
  ClaimTemplate: 'Spec=ClaimSpec',
  ImageVolume: 'Reference=s PullPolicy=s',
  ClaimSpec:
    'AccessModes=p Selector=p Resources=VolumeResources VolumeName=s StorageClassName=p VolumeMode=p DataSource=*TypedRef ' +
    'DataSourceRef=*TypedRefNamespace VolumeAttributesClassName=p',
  VolumeSource:
    'GCEPersistentDisk=p AWSElasticBlockStore=p HostPath=*HostPath Glusterfs=p NFS=*NFS RBD=p Quobyte=p ISCSI=p FlexVolume=p ' +
    'Cinder=p CephFS=p FC=p Flocker=p AzureFile=p VsphereVolume=p AzureDisk=p PhotonPersistentDisk=p PortworxVolume=p ' +
    'ScaleIO=p Local=*LocalVolume StorageOS=p CSI=*CSIVolume',
  LocalVolume: 'Path=s FSType=p',
  CSIVolume:
    'Driver=s VolumeHandle=s ReadOnly=b FSType=s VolumeAttributes=m ControllerPublishSecretRef=p NodeStageSecretRef=p ' +
    'NodePublishSecretRef=p ControllerExpandSecretRef=p NodeExpandSecretRef=p',
  TypedRef: 'APIGroup=p Kind=s Name=s',
  TypedRefNamespace: 'APIGroup=p Kind=s Name=s Namespace=p',
};

/** JSON names that do not follow from Go's. */
const JSON_NAMES: Readonly<Record<string, string>> = { CephFS: 'cephfs', StorageOS: 'storageos' };

/** `DNSPolicy` → `dnsPolicy`, `TTY` → `tty`. */
const jsonName = (goName: string): string =>
  JSON_NAMES[goName] ??
  goName.replace(/^[A-Z]+/, (run) =>
    run.length === 1 || run.length === goName.length
      ? run.toLowerCase()
      : run.slice(0, -1).toLowerCase() + run.slice(-1),
  );

interface Field {
  name: string;
  key: string;
  type: string;
}

const parsed = new Map<string, Field[]>();

function fieldsOf(type: string): Field[] {
  const known = parsed.get(type);
  if (known) return known;
  const fields = TYPES[type]!.split(' ').map((text) => {
    const [name, kind] = text.split('=') as [string, string];
    return { name, key: jsonName(name), type: kind };
  });
  parsed.set(type, fields);
  return fields;
}

const sortedMap = (map: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

function fieldValue(type: string, value: unknown): unknown {
  const absent = value === undefined || value === null;
  if (type === 's') return absent ? '' : value;
  if (type === 'n') return absent ? 0 : value;
  if (type === 'b') return value === true;
  if (type === 'p') return absent ? null : value;
  if (type === 'm') return absent ? null : sortedMap(value as Record<string, unknown>);
  if (type.startsWith('*')) return absent ? null : structOf(type.slice(1), value);
  if (type.startsWith('[')) return absent ? null : (value as unknown[]).map((v) => structOf(type.slice(1, -1), v));
  return structOf(type, value ?? {});
}

function structOf(type: string, value: unknown): Record<string, unknown> {
  const source = value as Record<string, unknown>;
  const struct: Record<string, unknown> = {};
  for (const f of fieldsOf(type)) struct[f.name] = fieldValue(f.type, source[f.key]);
  return struct;
}

/** Inside, the host's namespaces are part of the security context. */
export function goPodSpec(spec: PodSpec): Record<string, unknown> {
  const s = spec as PodSpec & { shareProcessNamespace?: boolean; hostUsers?: boolean };
  const securityContext = s.securityContext && {
    ...s.securityContext,
    hostNetwork: s.hostNetwork,
    hostPID: s.hostPID,
    hostIPC: s.hostIPC,
    shareProcessNamespace: s.shareProcessNamespace,
    hostUsers: s.hostUsers,
  };
  return structOf('PodSpec', { ...s, securityContext });
}

const META_ORDER = [
  'name',
  'generateName',
  'namespace',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
] as const;

/** A pod template: its metadata is embedded and has JSON names, its spec has not. */
export function goPodTemplate(template: PodTemplateSpec): Record<string, unknown> {
  const struct: Record<string, unknown> = {};
  for (const key of META_ORDER) {
    const value = template.metadata?.[key];
    if (value === undefined || value === null || Object.keys(value as object).length === 0) continue;
    struct[key] = key === 'labels' || key === 'annotations' ? sortedMap(value as Record<string, unknown>) : value;
  }
  struct.Spec = goPodSpec(template.spec);
  return struct;
}

export const goContainerSecurityContext = (context: object): Record<string, unknown> =>
  structOf('SecurityContext', context);

export const goClaimSpec = (spec: PersistentVolumeClaimSpec): Record<string, unknown> => structOf('ClaimSpec', spec);

/** The source of a PersistentVolume. */
export const goVolumeSource = (sources: object): Record<string, unknown> => structOf('VolumeSource', sources);

/** As Go's `json.MarshalIndent(value, "", " ")`, split into lines. */
export const goLines = (value: unknown): string[] => escapeHtml(JSON.stringify(value, null, 1)).split('\n');

/** Go escapes these three in JSON. */
export const escapeHtml = (json: string): string =>
  json.replace(/&/g, '\\u0026').replace(/</g, '\\u003c').replace(/>/g, '\\u003e');
