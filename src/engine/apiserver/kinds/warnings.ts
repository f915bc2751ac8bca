/** `Warning:` headers about pods and pod templates. Upstream: pkg/api/pod/warnings.go */
import type { Container, Pod, PodSpec, PodTemplateSpec } from '../../api/core.ts';
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

export const podWarnings = (o: Pod): string[] => [
  ...hostnameWarning(o.metadata.name, "this is used in the Pod's hostname"),
  ...podSpecWarnings(o.spec, 'spec'),
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
  podSpecWarnings(template.spec, `${path}.spec`);

/** Warnings about a spec at `path` (`spec`, `spec.template.spec`). */
export function podSpecWarnings(spec: PodSpec, path: string): string[] {
  const warnings: string[] = [];
  for (const key in spec.nodeSelector)
    if (DEPRECATED_NODE_LABELS[key]) warnings.push(`${path}.nodeSelector[${key}]: ${DEPRECATED_NODE_LABELS[key]}`);
  warnSpread(warnings, spec, path);
  warnContainers(warnings, spec.initContainers, `${path}.initContainers`);
  warnContainers(warnings, spec.containers, `${path}.containers`);
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0)
    warnings.push(
      `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
    );
  return warnings;
}

function warnSpread(warnings: string[], spec: PodSpec, path: string): void {
  spec.topologySpreadConstraints?.forEach((c, i) => {
    const known = DEPRECATED_NODE_LABELS[c.topologyKey];
    if (known) warnings.push(`${path}.topologySpreadConstraints[${i}].topologyKey: ${c.topologyKey} is ${known}`);
    if (!c.labelSelector)
      warnings.push(
        `${path}.topologySpreadConstraints[${i}].labelSelector: a null labelSelector results in matching no pod`,
      );
  });
}

function warnContainers(warnings: string[], containers: readonly Container[] | undefined, path: string): void {
  containers?.forEach((c, i) => {
    for (const list of ['limits', 'requests'] as const)
      for (const name of ['memory', 'ephemeral-storage']) {
        const text = c.resources?.[list]?.[name];
        if (text !== undefined && (parseMilli(text) ?? 0n) % 1000n !== 0n)
          warnings.push(
            `${path}[${i}].resources.${list}[${name}]: fractional byte value "${text}" is invalid, must be an integer`,
          );
      }
    const seen = new Set<string>();
    c.env?.forEach((e, j) => {
      if (seen.has(e.name))
        warnings.push(
          `${path}[${i}].env[${j}]: hides previous definition of "${e.name}", which may be dropped when using apply`,
        );
      seen.add(e.name);
    });
  });
}
