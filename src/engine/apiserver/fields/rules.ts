/**
 * How fields are owned: which lists are owned element by element, which maps and structs only as a whole.
 * Upstream: listType, listMapKey and mapType markers in k8s.io/api/*​/types.go
 */
import type { FieldType } from '../schema/schema.ts';

const LIST_KEYS: Readonly<Record<string, readonly string[]>> = {
  'PodSpec.containers': ['name'],
  'PodSpec.initContainers': ['name'],
  'PodSpec.ephemeralContainers': ['name'],
  'PodSpec.volumes': ['name'],
  'PodSpec.imagePullSecrets': ['name'],
  'PodSpec.hostAliases': ['ip'],
  'PodSpec.topologySpreadConstraints': ['topologyKey', 'whenUnsatisfiable'],
  'PodSpec.schedulingGates': ['name'],
  'PodSpec.resourceClaims': ['name'],
  'Container.env': ['name'],
  'Container.ports': ['containerPort', 'protocol'],
  'Container.volumeMounts': ['mountPath'],
  'Container.volumeDevices': ['devicePath'],
  'EphemeralContainer.env': ['name'],
  'EphemeralContainer.ports': ['containerPort', 'protocol'],
  'EphemeralContainer.volumeMounts': ['mountPath'],
  'EphemeralContainer.volumeDevices': ['devicePath'],
  'ResourceRequirements.claims': ['name'],
  'PodStatus.podIPs': ['ip'],
  'PodStatus.resourceClaimStatuses': ['name'],
  'ServiceSpec.ports': ['port', 'protocol'],
  'ObjectMeta.ownerReferences': ['uid'],
  'ServiceAccount.secrets': ['name'],
  'NodeStatus.addresses': ['type'],
  'CSINodeSpec.drivers': ['name'],
};
/** Conditions are keyed by type, but not these. */
const ATOMIC_CONDITIONS = new Set(['JobStatus']);
const SETS = new Set(['ObjectMeta.finalizers', 'NodeSpec.podCIDRs', 'CSINodeDriver.topologyKeys']);
const ATOMIC_STRUCTS = new Set([
  'LabelSelector',
  'ObjectReference',
  'SecretKeySelector',
  'ConfigMapKeySelector',
  'ObjectFieldSelector',
  'ResourceFieldSelector',
  'FileKeySelector',
  'LocalObjectReference',
  'TypedLocalObjectReference',
  'NodeSelector',
  'NodeSelectorTerm',
  'TopologySelectorTerm',
  'OwnerReference',
  'SecretReference',
  'RoleRef',
  'Subject',
]);
const ATOMIC_MAPS = new Set(['PodSpec.nodeSelector', 'ServiceSpec.selector', 'ReplicationControllerSpec.selector']);
/** Structs that Go keeps without a pointer: they are there even in an empty object. */
const INLINE = new Set([
  'metadata',
  'spec',
  'status',
  'template',
  'strategy',
  'updateStrategy',
  'jobTemplate',
  'loadBalancer',
]);
const DEFAULT_KEYS: Readonly<Record<string, unknown>> = { protocol: 'TCP' };

export type ListOwnership = { by: readonly string[] } | 'set' | 'atomic';

export function listOwnership(struct: string, field: string): ListOwnership {
  const at = `${struct}.${field}`;
  const by = LIST_KEYS[at];
  if (by) return { by };
  if (SETS.has(at)) return 'set';
  if (field === 'conditions' && struct.endsWith('Status') && !ATOMIC_CONDITIONS.has(struct)) return { by: ['type'] };
  return 'atomic';
}

export const isAtomicStruct = (name: string): boolean => ATOMIC_STRUCTS.has(name);
export const isAtomicMap = (struct: string, field: string): boolean => ATOMIC_MAPS.has(`${struct}.${field}`);
export const isInline = (type: FieldType, field: string): boolean => type.is === 'struct' && INLINE.has(field);

/** The path element of an element of an owned list, or `undefined` when it lacks its key. */
export function elementKey(how: ListOwnership, element: unknown): string | undefined {
  if (how === 'set') return `v:${JSON.stringify(element)}`;
  if (how === 'atomic' || element === null || typeof element !== 'object') return undefined;
  const keys: Record<string, unknown> = {};
  for (const key of [...how.by].sort()) {
    const v = (element as Record<string, unknown>)[key] ?? DEFAULT_KEYS[key];
    if (v !== undefined) keys[key] = v;
  }
  return Object.keys(keys).length ? `k:${JSON.stringify(keys)}` : undefined;
}
