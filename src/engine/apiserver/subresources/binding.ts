/** pods/binding: the scheduler's word. Upstream: pkg/registry/core/pod/storage/storage.go */
import type { Pod } from '../../api/core.ts';
import type { AnyObject, Condition } from '../../api/meta.ts';
import type { ApiResponse } from '../../api/request.ts';
import { rfc3339 } from '../../sim/time.ts';
import { topologyLabels } from '../admission/pod-topology-labels.ts';
import { conflict, invalid, notFound, type Refusal, success } from '../errors.ts';
import { bag, type Scope, textIn } from '../scope.ts';

interface Binding {
  uid: string | undefined;
  resourceVersion: string | undefined;
  annotations: Record<string, string> | undefined;
  /** Kind and name of the target. */
  kind: string | undefined;
  node: string | undefined;
}

export function bind(s: Scope): ApiResponse {
  const binding = readBinding(s.r.body);
  const pod = s.server.store.get<Pod>('Pod', s.namespace, s.r.name ?? '');
  if (!pod) return notFound({ ...s.info, plural: 'pods' }, s.r.name ?? '');
  const refused = refusal(s, pod, binding);
  if (refused) return refused;
  if (!s.r.dryRun) s.server.put(bound(s, pod, binding) as unknown as AnyObject);
  return { ok: true, code: 201, status: success(201), warnings: s.warnings, revision: s.server.store.revision };
}

function readBinding(body: unknown): Binding {
  const { metadata, target } = bag(body);
  const annotations = Object.entries(bag(bag(metadata).annotations)).filter(
    (e): e is [string, string] => typeof e[1] === 'string',
  );
  return {
    uid: textIn(metadata, 'uid'),
    resourceVersion: textIn(metadata, 'resourceVersion'),
    annotations: annotations.length ? Object.fromEntries(annotations) : undefined,
    kind: textIn(target, 'kind'),
    node: textIn(target, 'name'),
  };
}

function refusal(s: Scope, pod: Pod, binding: Binding): Refusal | undefined {
  const name = pod.metadata.name;
  if (binding.kind && binding.kind !== 'Node')
    return invalid({ kind: 'Binding', group: '' }, name, [
      {
        reason: 'FieldValueNotSupported',
        field: 'target.kind',
        message: `Unsupported value: ${JSON.stringify(binding.kind)}: supported values: "Node", "<empty>"`,
      },
    ]);
  if (!binding.node)
    return invalid({ kind: 'Binding', group: '' }, name, [
      { reason: 'FieldValueRequired', field: 'target.name', message: 'Required value' },
    ]);
  const no = (why: string): Refusal => conflict(s.info, name, why, 'pods/binding');
  const { uid, resourceVersion } = binding;
  if (uid && uid !== pod.metadata.uid)
    return no(`Precondition failed: UID in precondition: ${uid}, UID in object meta: ${pod.metadata.uid}`);
  if (resourceVersion && resourceVersion !== pod.metadata.resourceVersion)
    return no(
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${pod.metadata.resourceVersion}`,
    );
  if (pod.metadata.deletionTimestamp) return no(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (pod.spec.nodeName) return no(`pod ${name} is already assigned to node "${pod.spec.nodeName}"`);
  if (pod.spec.schedulingGates?.length) return no(`pod ${name} has non-empty .spec.schedulingGates`);
  return undefined;
}

function bound(s: Scope, pod: Pod, binding: Binding): Pod {
  const nodeName = binding.node!;
  const scheduled: Condition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: rfc3339(s.server.now()),
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
  };
  const conditions = pod.status.conditions ?? [];
  const at = conditions.findIndex((c) => c.type === 'PodScheduled');
  const { nominatedNodeName: _, ...status } = pod.status;
  const { annotations } = binding;
  const labels = topologyLabels(s.server.store, pod, nodeName);
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      ...(annotations ? { annotations: { ...pod.metadata.annotations, ...annotations } } : {}),
      ...(labels ? { labels } : {}),
    },
    spec: { ...pod.spec, nodeName },
    status: { ...status, conditions: at < 0 ? [...conditions, scheduled] : conditions.with(at, scheduled) },
  };
}
