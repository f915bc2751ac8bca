/** `Warning:` headers about pods and pod templates. Upstream: pkg/api/pod/warnings.go, pkg/api/node/util.go */
import type {
  Container,
  ContainerPort,
  NodeSelectorTerm,
  Pod,
  PodAffinity,
  PodSpec,
  PodTemplateSpec,
} from '../../api/core.ts';
import type { KubeObject } from '../../api/meta.ts';
import { isDNS1123Label } from '../../api/name.ts';
import { parseMilli } from '../../api/quantity.ts';

const DEPRECATED_NODE_LABELS: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
};

const NULL_SELECTOR = 'a null labelSelector results in matching no pod';

/** Pods are mostly written by controllers: only their creation warns. */
export const podWarnings = (o: Pod, old?: Pod): string[] =>
  old
    ? []
    : [
        ...hostnameWarning(o.metadata.name, "this is used in the Pod's hostname"),
        ...podSpecWarnings(o.spec, o.metadata.annotations, ''),
      ];

function hostnameWarning(name: string | undefined, use: string): string[] {
  const complaints = name ? isDNS1123Label(name) : [];
  return complaints.length
    ? [
        `metadata.name: ${use}, which can result in surprising behavior; a DNS label is recommended: [${complaints.join(' ')}]`,
      ]
    : [];
}

/** A workload's name becomes part of its pods' names; said once, at creation. */
export const dotNameWarning = (o: KubeObject, old?: KubeObject): string[] =>
  old ? [] : hostnameWarning(o.metadata.name, 'this is used in Pod names and hostnames');

/** Warnings about a template at `path` (`spec.template`). */
export const templateWarnings = (template: PodTemplateSpec, path: string): string[] =>
  podSpecWarnings(template.spec, template.metadata?.annotations, `${path}.`);

type Annotations = Record<string, string> | undefined;

/** `at`: what stands before `spec` and `metadata`, with its dot. */
function podSpecWarnings(spec: PodSpec, annotations: Annotations, at: string): string[] {
  const warnings: string[] = [];
  const path = `${at}spec`;
  for (const key in spec.nodeSelector)
    if (DEPRECATED_NODE_LABELS[key]) warnings.push(`${path}.nodeSelector[${key}]: ${DEPRECATED_NODE_LABELS[key]}`);
  warnNodeAffinity(warnings, spec, `${path}.affinity.nodeAffinity`);
  warnSpread(warnings, spec, path);
  warnAnnotations(warnings, annotations, at);
  warnVolumes(warnings, spec, `${path}.volumes`);
  warnRepeated(warnings, spec, path);
  const containers = placed(spec, path);
  for (const [c, where] of containers) warnContainer(warnings, c, where);
  warnPorts(warnings, containers);
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0)
    warnings.push(
      `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
    );
  warnPodAffinity(warnings, spec.affinity?.podAffinity, `${path}.affinity.podAffinity`);
  warnPodAffinity(warnings, spec.affinity?.podAntiAffinity, `${path}.affinity.podAntiAffinity`);
  return warnings;
}

type Placed = readonly (readonly [Container, string])[];

/** Init containers first, then regular and ephemeral ones, each with its path. */
const placed = (spec: PodSpec, path: string): Placed =>
  (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((c, i) => [c, `${path}.${list}[${i}]`] as const),
  );

function warnTerm(warnings: string[], term: NodeSelectorTerm | undefined, path: string): void {
  term?.matchExpressions?.forEach((r, i) => {
    const known = DEPRECATED_NODE_LABELS[r.key];
    if (known) warnings.push(`${path}.matchExpressions[${i}].key: ${r.key} is ${known}`);
  });
}

function warnNodeAffinity(warnings: string[], spec: PodSpec, path: string): void {
  const affinity = spec.affinity?.nodeAffinity;
  affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms?.forEach((term, i) => {
    warnTerm(warnings, term, `${path}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${i}]`);
  });
  affinity?.preferredDuringSchedulingIgnoredDuringExecution?.forEach((term, i) => {
    warnTerm(warnings, term.preference, `${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}].preference`);
  });
}

function warnPodAffinity(warnings: string[], affinity: PodAffinity | undefined, path: string): void {
  affinity?.requiredDuringSchedulingIgnoredDuringExecution?.forEach((term, i) => {
    if (!term.labelSelector)
      warnings.push(`${path}.requiredDuringSchedulingIgnoredDuringExecution[${i}].labelSelector: ${NULL_SELECTOR}`);
  });
  affinity?.preferredDuringSchedulingIgnoredDuringExecution?.forEach((weighted, i) => {
    if (!weighted.podAffinityTerm?.labelSelector)
      warnings.push(
        `${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}].podAffinityTerm.labelSelector: ${NULL_SELECTOR}`,
      );
  });
}

function warnSpread(warnings: string[], spec: PodSpec, path: string): void {
  spec.topologySpreadConstraints?.forEach((c, i) => {
    const at = `${path}.topologySpreadConstraints[${i}]`;
    const known = DEPRECATED_NODE_LABELS[c.topologyKey];
    if (known) warnings.push(`${at}.topologyKey: ${c.topologyKey} is ${known}`);
    if (!c.labelSelector) warnings.push(`${at}.labelSelector: ${NULL_SELECTOR}`);
  });
}

const DEPRECATED_ANNOTATIONS: readonly (readonly [string, string])[] = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
];

function warnAnnotations(warnings: string[], annotations: Annotations, at: string): void {
  if (!annotations) return;
  for (const [key, message] of DEPRECATED_ANNOTATIONS)
    if (key in annotations) warnings.push(`${at}metadata.annotations[${key}]: ${message}`);
}

const OLD_VOLUMES: Readonly<Record<string, string>> = {
  photonPersistentDisk: 'deprecated in v1.11, non-functional in v1.16+',
  gitRepo: 'deprecated in v1.11',
  scaleIO: 'deprecated in v1.16, non-functional in v1.22+',
  flocker: 'deprecated in v1.22, non-functional in v1.25+',
  storageos: 'deprecated in v1.22, non-functional in v1.25+',
  quobyte: 'deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'deprecated in v1.25, non-functional in v1.26+',
  cephfs: 'deprecated in v1.28, non-functional in v1.31+',
  rbd: 'deprecated in v1.28, non-functional in v1.31+',
};

function warnVolumes(warnings: string[], spec: PodSpec, path: string): void {
  spec.volumes?.forEach((v, i) => {
    for (const kind in OLD_VOLUMES) if (v[kind]) warnings.push(`${path}[${i}].${kind}: ${OLD_VOLUMES[kind]}`);
  });
}

function warnRepeated(warnings: string[], spec: PodSpec, path: string): void {
  const addresses = new Set<string>();
  spec.hostAliases?.forEach((alias, i) => {
    if (addresses.has(alias.ip)) warnings.push(`${path}.hostAliases[${i}].ip: duplicate ip "${alias.ip}"`);
    addresses.add(alias.ip);
  });
  const secrets = new Set<string>();
  spec.imagePullSecrets?.forEach((s, i) => {
    const name = s.name ?? '';
    if (secrets.has(name)) warnings.push(`${path}.imagePullSecrets[${i}].name: duplicate name "${name}"`);
    secrets.add(name);
  });
  spec.imagePullSecrets?.forEach((s, i) => {
    if (!s.name) warnings.push(`${path}.imagePullSecrets[${i}].name: invalid empty name ""`);
  });
}

function warnContainer(warnings: string[], c: Container, path: string): void {
  for (const name of ['memory', 'ephemeral-storage'])
    for (const list of ['limits', 'requests'] as const) {
      const text = c.resources?.[list]?.[name];
      if (text !== undefined && (parseMilli(text) ?? 0n) % 1000n !== 0n)
        warnings.push(
          `${path}.resources.${list}[${name}]: fractional byte value "${text}" is invalid, must be an integer`,
        );
    }
  const seen = new Set<string>();
  c.env?.forEach((e, i) => {
    const reference = `$(${e.name})`;
    // a new value that builds on the old one (`PATH=$(PATH):/x`) hides nothing
    const builds = !e.valueFrom && e.value !== reference && (e.value ?? '').includes(reference);
    if (seen.has(e.name) && !builds)
      warnings.push(
        `${path}.env[${i}]: hides previous definition of "${e.name}", which may be dropped when using apply`,
      );
    seen.add(e.name);
  });
}

interface PortAt {
  port: ContainerPort;
  path: string;
}

function portClash(a: ContainerPort, b: ContainerPort): string | undefined {
  const [hostA, hostB] = [a.hostPort ?? 0, b.hostPort ?? 0];
  const [ipA, ipB] = [a.hostIP ?? '', b.hostIP ?? ''];
  if (ipA === ipB && hostA === hostB) return 'duplicate port definition';
  if (hostA === 0 || hostB === 0) return 'overlapping port definition';
  return hostA === hostB && (ipA === '') !== (ipB === '') ? 'dangerously ambiguous port definition' : undefined;
}

function warnPorts(warnings: string[], containers: Placed): void {
  const seen = new Map<string, PortAt[]>();
  for (const [c, where] of containers)
    c.ports?.forEach((port, i) => {
      const path = `${where}.ports[${i}]`;
      const key = `${port.containerPort}/${port.protocol}`;
      const others = seen.get(key) ?? [];
      for (const other of others) {
        const clash = portClash(port, other.port);
        if (clash) warnings.push(`${path}: ${clash} with ${other.path}`);
      }
      seen.set(key, [...others, { port, path }]);
    });
}
