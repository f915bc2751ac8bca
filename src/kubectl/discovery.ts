/** Which words name a resource: what the server serves, and the rest of what a 1.36 cluster knows but Berth leaves empty. */
import { RESOURCES, type ResourceInfo } from '../engine/api/discovery.ts';
import { byText } from './values.ts';

/** A resource in one of its versions. */
export interface Mapping {
  kind: string;
  group: string;
  version: string;
  /** `apps/v1` */
  apiVersion: string;
  plural: string;
  singular: string;
  namespaced: boolean;
  /** False for kinds that exist in a real cluster and hold nothing here. */
  stored: boolean;
  info: ResourceInfo;
}

/** Served by 1.36 and always empty here: plural, short names, group/version, namespaced, kind. */
const EMPTY_KINDS = `
  bindings - v1 true Binding
  mutatingadmissionpolicies - admissionregistration.k8s.io/v1 false MutatingAdmissionPolicy
  mutatingadmissionpolicybindings - admissionregistration.k8s.io/v1 false MutatingAdmissionPolicyBinding
  mutatingwebhookconfigurations - admissionregistration.k8s.io/v1 false MutatingWebhookConfiguration
  validatingadmissionpolicies - admissionregistration.k8s.io/v1 false ValidatingAdmissionPolicy
  validatingadmissionpolicybindings - admissionregistration.k8s.io/v1 false ValidatingAdmissionPolicyBinding
  validatingwebhookconfigurations - admissionregistration.k8s.io/v1 false ValidatingWebhookConfiguration
  customresourcedefinitions crd,crds apiextensions.k8s.io/v1 false CustomResourceDefinition
  apiservices - apiregistration.k8s.io/v1 false APIService
  selfsubjectreviews - authentication.k8s.io/v1 false SelfSubjectReview
  tokenreviews - authentication.k8s.io/v1 false TokenReview
  localsubjectaccessreviews - authorization.k8s.io/v1 true LocalSubjectAccessReview
  selfsubjectaccessreviews - authorization.k8s.io/v1 false SelfSubjectAccessReview
  selfsubjectrulesreviews - authorization.k8s.io/v1 false SelfSubjectRulesReview
  subjectaccessreviews - authorization.k8s.io/v1 false SubjectAccessReview
  certificatesigningrequests csr certificates.k8s.io/v1 false CertificateSigningRequest
  flowschemas - flowcontrol.apiserver.k8s.io/v1 false FlowSchema
  prioritylevelconfigurations - flowcontrol.apiserver.k8s.io/v1 false PriorityLevelConfiguration
  ipaddresses ip networking.k8s.io/v1 false IPAddress
  servicecidrs - networking.k8s.io/v1 false ServiceCIDR
  deviceclasses - resource.k8s.io/v1 false DeviceClass
  resourceclaims - resource.k8s.io/v1 true ResourceClaim
  resourceclaimtemplates - resource.k8s.io/v1 true ResourceClaimTemplate
  resourceslices - resource.k8s.io/v1 false ResourceSlice
  volumeattributesclasses vac storage.k8s.io/v1 false VolumeAttributesClass`;

/** Kinds that can only be created (reviews): `get` answers MethodNotAllowed. */
export const CREATE_ONLY = new Set(
  'Binding SelfSubjectReview TokenReview LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview'.split(
    ' ',
  ),
);

function emptyRow(line: string): ResourceInfo {
  const [plural, short, gv, namespaced, kind] = line.trim().split(' ') as [string, string, string, string, string];
  const slash = gv.indexOf('/');
  return {
    kind,
    group: slash < 0 ? '' : gv.slice(0, slash),
    versions: [gv.slice(slash + 1)],
    plural,
    singular: kind.toLowerCase(),
    shortNames: short === '-' ? [] : short.split(','),
    namespaced: namespaced === 'true',
    categories: [],
    subresources: [],
  };
}

const EMPTY: readonly ResourceInfo[] = EMPTY_KINDS.trim().split('\n').map(emptyRow);

/** The playground's own group is absent until it is used, as a custom resource would be. */
const OWN_GROUP = 'berth.sim';

/** Every kind, in the order of `kubectl api-resources`. */
export const ALL_RESOURCES: readonly ResourceInfo[] = [...RESOURCES, ...EMPTY].sort(
  (a, b) => byText(a.group, b.group) || byText(a.plural, b.plural),
);

/** Groups whose events are the core ones. */
const EVENTS_GROUP = 'events.k8s.io';

function mapping(info: ResourceInfo, version: string): Mapping {
  return {
    kind: info.kind,
    group: info.group,
    version,
    apiVersion: info.group ? `${info.group}/${version}` : version,
    plural: info.plural,
    singular: info.singular,
    namespaced: info.namespaced,
    stored: !EMPTY.includes(info),
    info,
  };
}

/** The resource that `apiVersion` and `kind` of a manifest name. */
export function mappingOfKind(apiVersion: string, kind: string): Mapping | undefined {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const version = apiVersion.slice(slash + 1);
  const info = ALL_RESOURCES.find(
    (r) => r.kind === kind && (r.group === group || (r.kind === 'Event' && group === EVENTS_GROUP)),
  );
  return info?.versions.includes(version) ? mapping(info, version) : undefined;
}

function named(word: string): (r: ResourceInfo) => boolean {
  return (r) => r.plural === word || r.singular === word || r.shortNames.includes(word);
}

/**
 * The resource a word on the command line names: `po`, `pods`, `Pod`, `deployments.apps`, `deployments.v1.apps`.
 */
export function mappingOfWord(word: string): Mapping | undefined {
  const parts = word.toLowerCase().split('.');
  const name = parts[0]!;
  const rest = parts.slice(1).join('.');
  const candidates = ALL_RESOURCES.filter(named(name));
  if (!rest) {
    const info = candidates.find((r) => r.group !== OWN_GROUP) ?? candidates[0];
    return info && mapping(info, info.versions[0]!);
  }
  for (const r of candidates) {
    const group =
      r.plural === 'events' && (rest === EVENTS_GROUP || rest === `v1.${EVENTS_GROUP}`) ? EVENTS_GROUP : r.group;
    if (rest === group) return mapping(r, r.versions[0]!);
    const version = r.versions.find(
      (v) => rest === `${v}.${group}` || (group === '' && (rest === v || rest === `${v}.`)),
    );
    if (version) return mapping(r, version);
    // a prefix of the group is enough, as in `deploy.app`
    if (group?.startsWith(rest)) return mapping(r, r.versions[0]!);
  }
  return undefined;
}

/** `all` and other categories become the resources in them. */
export function expandCategory(word: string): string[] {
  const members = ALL_RESOURCES.filter((r) => r.categories.includes(word));
  return members.length ? members.map((r) => (r.group ? `${r.plural}.${r.group}` : r.plural)) : [word];
}

/** `deployment.apps`, `pod`: the kind as messages name it. */
export const kindName = (m: { kind: string; group: string }): string =>
  m.group ? `${m.kind.toLowerCase()}.${m.group}` : m.kind.toLowerCase();

/** `deployments.apps`, `pods`. */
export const resourceName = (m: { plural: string; group: string }): string =>
  m.group ? `${m.plural}.${m.group}` : m.plural;
