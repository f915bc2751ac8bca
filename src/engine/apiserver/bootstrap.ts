/**
 * What a fresh control plane holds before anybody asks: namespaces, the built-in priority classes, the Service of the API
 * server. Service accounts and the root certificate are made by controllers.
 * Upstream: pkg/controlplane/controller, pkg/registry/scheduling/rest/storage_scheduling.go
 */
import type { AnyObject } from '../api/meta.ts';
import type { ApiRequest, ApiResponse } from '../api/request.ts';
import { invariant } from '../sim/invariant.ts';

/** Where the API server of the simulated control plane listens. */
export const API_SERVER_ADDRESS = '192.168.0.10';
export const API_SERVER_PORT = 6443;
const SERVICE_ADDRESS = '10.96.0.1';
const USER = 'system:apiserver';

const namespaces = ['kube-system', 'kube-public', 'kube-node-lease', 'default'];
const priorityClasses = [
  {
    name: 'system-node-critical',
    value: 2_000_001_000,
    description: 'Used for system critical pods that must not be moved from their current node.',
  },
  {
    name: 'system-cluster-critical',
    value: 2_000_000_000,
    description:
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  },
];

const object = (apiVersion: string, kind: string, name: string, more: object, namespace?: string): AnyObject =>
  ({ apiVersion, kind, metadata: { name, ...(namespace ? { namespace } : {}) }, ...more }) as unknown as AnyObject;

const labelled = (o: AnyObject, labels: Record<string, string>): AnyObject => ({
  ...o,
  metadata: { ...o.metadata, labels },
});

/** The Service `kubernetes`, which comes back when it is deleted. */
export const kubernetesService = (): AnyObject =>
  labelled(
    object(
      'v1',
      'Service',
      'kubernetes',
      {
        spec: {
          type: 'ClusterIP',
          clusterIP: SERVICE_ADDRESS,
          ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: API_SERVER_PORT }],
          sessionAffinity: 'None',
        },
      },
      'default',
    ),
    { component: 'apiserver', provider: 'kubernetes' },
  );

const endpoints = (): AnyObject[] => [
  labelled(
    object(
      'v1',
      'Endpoints',
      'kubernetes',
      {
        subsets: [
          {
            addresses: [{ ip: API_SERVER_ADDRESS }],
            ports: [{ name: 'https', port: API_SERVER_PORT, protocol: 'TCP' }],
          },
        ],
      },
      'default',
    ),
    { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
  ),
  labelled(
    object(
      'discovery.k8s.io/v1',
      'EndpointSlice',
      'kubernetes',
      {
        addressType: 'IPv4',
        endpoints: [{ addresses: [API_SERVER_ADDRESS], conditions: { ready: true } }],
        ports: [{ name: 'https', port: API_SERVER_PORT, protocol: 'TCP' }],
      },
      'default',
    ),
    { 'kubernetes.io/service-name': 'kubernetes' },
  ),
];

/** What the API server keeps there, by kind. */
export const OWN_NAMES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Namespace', new Set(namespaces)],
  ['PriorityClass', new Set(priorityClasses.map((c) => c.name))],
  ['Service', new Set(['kubernetes'])],
  ['Endpoints', new Set(['kubernetes'])],
  ['EndpointSlice', new Set(['kubernetes'])],
]);

const RESOURCE: Readonly<Record<string, string>> = {
  Namespace: 'namespaces',
  PriorityClass: 'priorityclasses',
  Service: 'services',
  Endpoints: 'endpoints',
  EndpointSlice: 'endpointslices',
};

/** Creates what is missing of it; run again, it changes nothing. */
export function bootstrap(server: { handle(r: ApiRequest): ApiResponse }): void {
  const all = [
    ...namespaces.map((name) => object('v1', 'Namespace', name, {})),
    ...priorityClasses.map(({ name, ...more }) =>
      object('scheduling.k8s.io/v1', 'PriorityClass', name, { ...more, preemptionPolicy: 'PreemptLowerPriority' }),
    ),
    kubernetesService(),
    ...endpoints(),
  ];
  for (const o of all) {
    const target = {
      apiVersion: o.apiVersion,
      resource: RESOURCE[o.kind]!,
      ...(o.metadata.namespace ? { namespace: o.metadata.namespace } : {}),
      user: USER,
    };
    if (server.handle({ ...target, verb: 'get', name: o.metadata.name }).ok) continue;
    const r = server.handle({ ...target, verb: 'create', body: o, fieldManager: 'kube-apiserver' });
    invariant(r.ok, `the API server creates its own ${o.kind} ${o.metadata.name}`);
  }
}
