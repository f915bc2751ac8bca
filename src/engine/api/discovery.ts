/** Which resources the API server serves: names, groups, scope. One row a kind; kubectl and the server share it. */

export interface ResourceInfo {
  kind: string;
  /** '' is the core group. */
  group: string;
  /** Served versions, preferred first. */
  versions: readonly string[];
  plural: string;
  singular: string;
  shortNames: readonly string[];
  namespaced: boolean;
  categories: readonly string[];
  subresources: readonly string[];
}

const row = (
  kind: string,
  group: string,
  versions: string,
  plural: string,
  namespaced: boolean,
  shortNames = '',
  subresources = '',
  categories = '',
): ResourceInfo => ({
  kind,
  group,
  versions: versions.split(' '),
  plural,
  singular: kind.toLowerCase(),
  shortNames: shortNames ? shortNames.split(' ') : [],
  namespaced,
  categories: categories ? categories.split(' ') : [],
  subresources: subresources ? subresources.split(' ') : [],
});

/** Every kind that 1.36 serves and Berth models, in the order of `kubectl api-resources`. */
export const RESOURCES: readonly ResourceInfo[] = [
  row('ComponentStatus', '', 'v1', 'componentstatuses', false, 'cs'),
  row('ConfigMap', '', 'v1', 'configmaps', true, 'cm'),
  row('Endpoints', '', 'v1', 'endpoints', true, 'ep'),
  row('Event', '', 'v1', 'events', true, 'ev'),
  row('LimitRange', '', 'v1', 'limitranges', true, 'limits'),
  row('Namespace', '', 'v1', 'namespaces', false, 'ns', 'finalize status'),
  row('Node', '', 'v1', 'nodes', false, 'no', 'proxy status'),
  row('PersistentVolumeClaim', '', 'v1', 'persistentvolumeclaims', true, 'pvc', 'status'),
  row('PersistentVolume', '', 'v1', 'persistentvolumes', false, 'pv', 'status'),
  row(
    'Pod',
    '',
    'v1',
    'pods',
    true,
    'po',
    'attach binding ephemeralcontainers eviction exec log portforward proxy resize status',
    'all',
  ),
  row('PodTemplate', '', 'v1', 'podtemplates', true),
  row('ReplicationController', '', 'v1', 'replicationcontrollers', true, 'rc', 'scale status', 'all'),
  row('ResourceQuota', '', 'v1', 'resourcequotas', true, 'quota', 'status'),
  row('Secret', '', 'v1', 'secrets', true),
  row('ServiceAccount', '', 'v1', 'serviceaccounts', true, 'sa', 'token'),
  row('Service', '', 'v1', 'services', true, 'svc', 'proxy status', 'all'),
  row('ControllerRevision', 'apps', 'v1', 'controllerrevisions', true),
  row('DaemonSet', 'apps', 'v1', 'daemonsets', true, 'ds', 'status', 'all'),
  row('Deployment', 'apps', 'v1', 'deployments', true, 'deploy', 'scale status', 'all'),
  row('ReplicaSet', 'apps', 'v1', 'replicasets', true, 'rs', 'scale status', 'all'),
  row('StatefulSet', 'apps', 'v1', 'statefulsets', true, 'sts', 'scale status', 'all'),
  row('HorizontalPodAutoscaler', 'autoscaling', 'v2 v1', 'horizontalpodautoscalers', true, 'hpa', 'status', 'all'),
  row('CronJob', 'batch', 'v1', 'cronjobs', true, 'cj', 'status', 'all'),
  row('Job', 'batch', 'v1', 'jobs', true, '', 'status', 'all'),
  row('Lease', 'coordination.k8s.io', 'v1', 'leases', true),
  row('EndpointSlice', 'discovery.k8s.io', 'v1', 'endpointslices', true),
  row('Ingress', 'networking.k8s.io', 'v1', 'ingresses', true, 'ing', 'status'),
  row('IngressClass', 'networking.k8s.io', 'v1', 'ingressclasses', false),
  row('NetworkPolicy', 'networking.k8s.io', 'v1', 'networkpolicies', true, 'netpol'),
  row('RuntimeClass', 'node.k8s.io', 'v1', 'runtimeclasses', false),
  row('PodDisruptionBudget', 'policy', 'v1', 'poddisruptionbudgets', true, 'pdb', 'status'),
  row('ClusterRoleBinding', 'rbac.authorization.k8s.io', 'v1', 'clusterrolebindings', false),
  row('ClusterRole', 'rbac.authorization.k8s.io', 'v1', 'clusterroles', false),
  row('RoleBinding', 'rbac.authorization.k8s.io', 'v1', 'rolebindings', true),
  row('Role', 'rbac.authorization.k8s.io', 'v1', 'roles', true),
  row('PriorityClass', 'scheduling.k8s.io', 'v1', 'priorityclasses', false, 'pc'),
  row('CSIDriver', 'storage.k8s.io', 'v1', 'csidrivers', false),
  row('CSINode', 'storage.k8s.io', 'v1', 'csinodes', false),
  row('CSIStorageCapacity', 'storage.k8s.io', 'v1', 'csistoragecapacities', true),
  row('StorageClass', 'storage.k8s.io', 'v1', 'storageclasses', false, 'sc'),
  row('VolumeAttachment', 'storage.k8s.io', 'v1', 'volumeattachments', false, '', 'status'),
  row('Image', 'berth.sim', 'v1alpha1', 'images', false),
];

const byKind = new Map(RESOURCES.map((r) => [r.kind, r]));
const byPlural = new Map(RESOURCES.map((r) => [r.plural, r]));

export const resourceOfKind = (kind: string): ResourceInfo | undefined => byKind.get(kind);
export const resourceOfPlural = (plural: string): ResourceInfo | undefined => byPlural.get(plural);

export const apiVersionOf = (r: ResourceInfo, version = r.versions[0]!): string =>
  r.group ? `${r.group}/${version}` : version;

/** `deployments.apps`, `pods`: a resource with its group. */
export const qualifiedResource = (r: Pick<ResourceInfo, 'plural' | 'group'>): string =>
  r.group ? `${r.plural}.${r.group}` : r.plural;
