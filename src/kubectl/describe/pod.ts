/** `describe pod`. Upstream: k8s.io/kubectl/pkg/describe PodDescriber */
import type { Pod, PodTemplateSpec } from '../../engine/api/core.ts';
import { humanDuration } from '../../engine/api/duration.ts';
import { formatSelector } from '../../engine/api/selector.ts';
import {
  annotationsField,
  controllerName,
  events,
  labelsField,
  mapField,
  rfc1123z,
  type Subject,
  tolerationsField,
} from './common.ts';
import { containers } from './containers.ts';
import { volumes } from './volumes.ts';
import type { Writer } from './writer.ts';

function statusLines(w: Writer, pod: Pod, now: number): void {
  const { metadata, status } = pod;
  if (metadata.deletionTimestamp && status.phase !== 'Failed' && status.phase !== 'Succeeded') {
    w.line(0, `Status:\tTerminating (lasts ${humanDuration(now - Date.parse(metadata.deletionTimestamp))})`);
    w.line(0, `Termination Grace Period:\t${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else w.line(0, `Status:\t${status.phase ?? ''}`);
  if (status.reason) w.line(0, `Reason:\t${status.reason}`);
  if (status.message) w.line(0, `Message:\t${status.message}`);
}

function seccompLine(w: Writer, pod: Pod): void {
  const profile = pod.spec.securityContext?.seccompProfile as { type: string; localhostProfile?: string } | undefined;
  if (!profile) return;
  w.line(0, `SeccompProfile:\t${profile.type}`);
  if (profile.type === 'Localhost') w.line(0, `LocalhostProfile:\t${profile.localhostProfile}`);
}

function addressLines(w: Writer, pod: Pod): void {
  w.line(0, `IP:\t${pod.status.podIP ?? ''}`);
  const ips = pod.status.podIPs ?? [];
  w.line(0, ips.length ? 'IPs:' : 'IPs:\t<none>');
  for (const { ip } of ips) w.line(1, `IP:\t${ip}`);
}

function headLines(w: Writer, pod: Pod, now: number): void {
  const { metadata, spec, status } = pod;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace ?? '');
  if (spec.priority !== undefined) w.field('Priority', spec.priority);
  if (spec.priorityClassName) w.field('Priority Class Name', spec.priorityClassName);
  if (spec.runtimeClassName) w.field('Runtime Class Name', spec.runtimeClassName);
  if (spec.serviceAccountName) w.field('Service Account', spec.serviceAccountName);
  w.field('Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>');
  if (status.startTime) w.field('Start Time', rfc1123z(status.startTime));
  labelsField(w, metadata.labels);
  annotationsField(w, metadata.annotations);
  statusLines(w, pod, now);
  seccompLine(w, pod);
  addressLines(w, pod);
  const controller = controllerName(pod);
  if (controller) w.field('Controlled By', controller);
  if (status.nominatedNodeName) w.field('NominatedNodeName', status.nominatedNodeName);
}

function podResources(w: Writer, pod: Pod): void {
  const { limits, requests } = pod.spec.resources ?? {};
  if (!limits && !requests) return;
  w.line(0, 'Resources:');
  for (const [title, list] of [
    ['Limits', limits],
    ['Requests', requests],
  ] as const) {
    if (!list) continue;
    w.line(1, `${title}:`);
    for (const name of Object.keys(list).sort()) w.line(2, `${name}:\t${list[name]}`);
  }
}

function readinessGates(w: Writer, pod: Pod): void {
  if (!pod.spec.readinessGates?.length) return;
  w.line(0, 'Readiness Gates:\n  Type\tStatus');
  for (const g of pod.spec.readinessGates) {
    const c = pod.status.conditions?.find((x) => x.type === g.conditionType);
    w.line(1, `${g.conditionType}\t${c?.status ?? '<none>'} `);
  }
}

function spreadLines(w: Writer, pod: Pod): void {
  const list = [...(pod.spec.topologySpreadConstraints ?? [])].sort((a, b) => (a.topologyKey < b.topologyKey ? -1 : 1));
  list.forEach((c, i) => {
    const text = `${c.topologyKey}:${c.whenUnsatisfiable} when max skew ${c.maxSkew} is exceeded`;
    const selector = c.labelSelector ? ` for selector ${formatSelector(c.labelSelector)}` : '';
    w.line(0, `${i === 0 ? 'Topology Spread Constraints:' : ''}\t${text}${selector}`);
  });
}

/** The whole description of a pod. */
export function describePod(s: Subject<Pod>): void {
  const { object: pod, w, env } = s;
  const { spec, status } = pod;
  headLines(w, pod, env.now());
  podResources(w, pod);
  if (spec.initContainers?.length) containers(w, 'Init Containers', spec.initContainers, status.initContainerStatuses);
  containers(w, 'Containers', spec.containers, status.containerStatuses);
  if (spec.ephemeralContainers?.length)
    containers(w, 'Ephemeral Containers', spec.ephemeralContainers, status.ephemeralContainerStatuses);
  readinessGates(w, pod);
  if (status.conditions?.length) {
    w.line(0, 'Conditions:\n  Type\tStatus');
    for (const c of status.conditions) w.line(1, `${c.type} \t${c.status} `);
  }
  volumes(w, spec.volumes, '');
  w.field('QoS Class', status.qosClass ?? '');
  mapField(w, 'Node-Selectors', spec.nodeSelector);
  tolerationsField(w, spec.tolerations);
  spreadLines(w, pod);
  events(s);
}

/** `Pod Template:` of a workload. */
export function podTemplate(w: Writer, template: PodTemplateSpec | undefined): void {
  w.line(0, 'Pod Template:');
  if (!template) {
    w.line(1, '<unset>');
    return;
  }
  labelsField(w, template.metadata?.labels, 1);
  if (Object.keys(template.metadata?.annotations ?? {}).length) annotationsField(w, template.metadata?.annotations, 1);
  const { spec } = template;
  if (spec.serviceAccountName) w.line(1, `Service Account:\t${spec.serviceAccountName}`);
  if (spec.initContainers?.length) containers(w, 'Init Containers', spec.initContainers, undefined, true);
  containers(w, 'Containers', spec.containers, undefined, true);
  volumes(w, spec.volumes, '  ');
  spreadTemplate(w, template);
  if (spec.priorityClassName) w.line(1, `Priority Class Name:\t${spec.priorityClassName}`);
  mapField(w, 'Node-Selectors', spec.nodeSelector, 1);
  tolerationsField(w, spec.tolerations, 1);
}

function spreadTemplate(w: Writer, template: PodTemplateSpec): void {
  const list = [...(template.spec.topologySpreadConstraints ?? [])].sort((a, b) =>
    a.topologyKey < b.topologyKey ? -1 : 1,
  );
  list.forEach((c, i) => {
    const selector = c.labelSelector ? ` for selector ${formatSelector(c.labelSelector)}` : '';
    w.line(
      1,
      `${i === 0 ? 'Topology Spread Constraints:' : ''}\t${c.topologyKey}:${c.whenUnsatisfiable} when max skew ${c.maxSkew} is exceeded${selector}`,
    );
  });
}
