/** Who a StatefulSet's pod is: name, labels, hostname, volumes. Upstream: pkg/controller/statefulset/stateful_set_utils.go */
import type { ControllerRevision, StatefulSet } from '../../api/apps.ts';
import type { PersistentVolumeClaim, Pod, PodTemplateSpec, Volume } from '../../api/core.ts';
import { controllerRef } from '../../api/meta.ts';
import type { Draft } from '../../client/client.ts';
import { podFromTemplate } from '../shared/make-pods.ts';

export const REVISION_LABEL = 'controller-revision-hash';
const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';

export const startOrdinal = (set: StatefulSet): number => set.spec.ordinals?.start ?? 0;
export const wantedReplicas = (set: StatefulSet): number => set.spec.replicas ?? 1;

/** The ordinal in a pod's name when the name is one of the set's; else -1. */
export function ordinalOf(set: StatefulSet, pod: { metadata: { name: string } }): number {
  const m = /^(.*)-(\d+)$/.exec(pod.metadata.name);
  return m?.[1] === set.metadata.name ? Number(m[2]) : -1;
}

export const revisionOf = (pod: Pod): string | undefined => pod.metadata.labels?.[REVISION_LABEL];

export const claimName = (set: StatefulSet, template: PersistentVolumeClaim, ordinal: number): string =>
  `${template.metadata.name}-${set.metadata.name}-${ordinal}`;

/** The volumes of a pod: claims in the place of same-named volumes of the template. */
export function volumesFor(set: StatefulSet, volumes: readonly Volume[] | undefined, ordinal: number): Volume[] {
  const templates = set.spec.volumeClaimTemplates ?? [];
  const claims = templates.map((t): Volume => {
    // the claim may not be written to by other names, so no readOnly here
    return { name: t.metadata.name, persistentVolumeClaim: { claimName: claimName(set, t, ordinal) } };
  });
  return [...claims, ...(volumes ?? []).filter((v) => !claims.some((c) => c.name === v.name))];
}

export const identityLabels = (name: string, ordinal: number): Record<string, string> => ({
  [POD_NAME]: name,
  [POD_INDEX]: String(ordinal),
});

/** The template that a revision keeps. */
export function templateOf(revision: ControllerRevision): PodTemplateSpec {
  const { $patch: _, ...template } = (revision.data as { spec: { template: PodTemplateSpec & { $patch?: string } } })
    .spec.template;
  return template;
}

/** The pod of an ordinal at a revision. */
export function podOf(set: StatefulSet, ordinal: number, revision: ControllerRevision): Draft<Pod> {
  const name = `${set.metadata.name}-${ordinal}`;
  const template = templateOf(revision);
  const pod = podFromTemplate(set, template, {});
  const volumes = volumesFor(set, template.spec.volumes, ordinal);
  const labels = { ...pod.metadata.labels, ...identityLabels(name, ordinal), [REVISION_LABEL]: revision.metadata.name };
  return {
    ...pod,
    metadata: { ...pod.metadata, name, labels },
    spec: {
      ...template.spec,
      hostname: name,
      ...(set.spec.serviceName ? { subdomain: set.spec.serviceName } : {}),
      ...(volumes.length ? { volumes } : {}),
    },
  };
}

/** A pod with labels and volumes as its ordinal asks for; the same object when nothing differs. */
export function repaired(set: StatefulSet, pod: Pod): Pod {
  const ordinal = ordinalOf(set, pod);
  const labels = identityLabels(pod.metadata.name, ordinal);
  const wrong = Object.entries(labels).some(([k, v]) => pod.metadata.labels?.[k] !== v);
  return wrong ? { ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, ...labels } } } : pod;
}

/** The claim that a template makes for an ordinal. */
export function claimOf(
  set: StatefulSet,
  template: PersistentVolumeClaim,
  ordinal: number,
): Draft<PersistentVolumeClaim> {
  const { annotations } = template.metadata;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: claimName(set, template, ordinal),
      namespace: set.metadata.namespace!,
      labels: { ...template.metadata.labels, ...set.spec.selector.matchLabels },
      ...(annotations ? { annotations } : {}),
      ...(set.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete'
        ? { ownerReferences: [controllerRef(set)] }
        : {}),
    },
    spec: template.spec,
  };
}
