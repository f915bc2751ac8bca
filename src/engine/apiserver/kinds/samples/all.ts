import type { Written } from '../testing.ts';
import { labelSelector, nodeTerm, podSpec } from './pod.ts';

// the pod's own fields vary in the Pod sample
const plainPod = { containers: [{ name: 'c', image: 'x' }], restartPolicy: 'Always', nodeSelector: { a: 'b' } };
const template = { metadata: { labels: { app: 'x' }, annotations: { a: 'b' } }, spec: plainPod };
const claim = {
  metadata: { name: 'data' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'a',
    volumeMode: 'Block',
    selector: labelSelector,
    dataSource: { apiGroup: 'a', kind: 'b', name: 'c' },
    dataSourceRef: { apiGroup: 'a', kind: 'b', name: 'c' },
    resources: { requests: { storage: '1Gi' }, limits: { storage: '2Gi' } },
  },
};
const rollingUpdate = { maxSurge: '25%', maxUnavailable: 1 };
const jobSpec = {
  parallelism: 1,
  completions: 2,
  completionMode: 'Indexed',
  backoffLimitPerIndex: 1,
  maxFailedIndexes: 1,
  successPolicy: { rules: [{ succeededIndexes: '0-1', succeededCount: 1 }] },
  podFailurePolicy: {
    rules: [
      { action: 'FailJob', onExitCodes: { containerName: 'c', operator: 'In', values: [1] } },
      { action: 'Ignore', onPodConditions: [{ type: 'a', status: 'True' }] },
    ],
  },
  podReplacementPolicy: 'Failed',
  ttlSecondsAfterFinished: 3,
  template: { ...template, spec: { ...plainPod, restartPolicy: 'Never' } },
};
const peers = [
  { podSelector: labelSelector, namespaceSelector: labelSelector },
  { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
];
const policyPorts = [{ port: 80, endPort: 90, protocol: 'TCP' }, { port: 'web' }];
const backend = { service: { name: 'a', port: { number: 80 } } };
const target = { type: 'Utilization', averageUtilization: 80 };
const scaling = {
  stabilizationWindowSeconds: 3,
  selectPolicy: 'Max',
  policies: [{ type: 'Pods', value: 1, periodSeconds: 3 }],
};
const metadata = {
  labels: { app: 'x' },
  annotations: { a: 'b' },
  finalizers: ['a/b'],
  ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'a', uid: 'u', controller: true }],
};

/** Every field of every kind that a rule here reads, at least once. */
export const SAMPLES: Record<string, Written> = {
  Pod: { metadata, spec: podSpec },
  Node: {
    spec: {
      podCIDR: '10.0.0.0/24',
      podCIDRs: ['10.0.0.0/24'],
      providerID: 'a',
      unschedulable: true,
      taints: [{ key: 'a', value: 'b', effect: 'NoExecute', timeAdded: '2026-01-01T00:00:00Z' }],
    },
    status: {
      capacity: { cpu: '1' },
      allocatable: { cpu: '1' },
      addresses: [{ type: 'InternalIP', address: '1.2.3.4' }],
      conditions: [{ type: 'Ready', status: 'True' }],
      nodeInfo: { kubeletVersion: 'v1' },
    },
  },
  Namespace: { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } },
  Deployment: {
    spec: { replicas: 1, selector: labelSelector, template, strategy: { type: 'RollingUpdate', rollingUpdate } },
  },
  ReplicaSet: { spec: { replicas: 1, selector: labelSelector, template } },
  ReplicationController: { spec: { replicas: 1, selector: { app: 'x' }, template } },
  DaemonSet: { spec: { selector: labelSelector, template, updateStrategy: { type: 'RollingUpdate', rollingUpdate } } },
  StatefulSet: {
    spec: {
      replicas: 1,
      serviceName: 'a',
      selector: labelSelector,
      template,
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
      volumeClaimTemplates: [claim],
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Delete' },
      ordinals: { start: 1 },
    },
  },
  Job: { spec: jobSpec },
  CronJob: {
    spec: {
      schedule: '* * * * *',
      timeZone: 'Europe/Oslo',
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: 1,
      startingDeadlineSeconds: 3,
      jobTemplate: { metadata: { labels: { a: 'b' } }, spec: jobSpec },
    },
  },
  Service: {
    spec: {
      type: 'LoadBalancer',
      clusterIP: '10.96.0.7',
      clusterIPs: ['10.96.0.7'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      selector: { app: 'x' },
      ports: [{ name: 'a', port: 80, targetPort: 'web', nodePort: 30000, protocol: 'TCP', appProtocol: 'http' }],
      externalIPs: ['1.2.3.4'],
      loadBalancerSourceRanges: ['1.2.3.0/24'],
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 3 } },
      externalTrafficPolicy: 'Local',
      internalTrafficPolicy: 'Cluster',
      trafficDistribution: 'PreferClose',
    },
    status: { loadBalancer: { ingress: [{ ip: '1.2.3.4', ports: [{ port: 1, protocol: 'TCP' }] }] } },
  },
  Endpoints: {
    subsets: [
      {
        addresses: [{ ip: '1.2.3.4', hostname: 'a', nodeName: 'n', targetRef: { kind: 'Pod', name: 'a' } }],
        notReadyAddresses: [{ ip: '1.2.3.5' }],
        ports: [
          { name: 'a', port: 1, protocol: 'TCP', appProtocol: 'http' },
          { name: 'b', port: 2 },
        ],
      },
    ],
  },
  EndpointSlice: {
    addressType: 'IPv4',
    endpoints: [{ addresses: ['1.2.3.4'], conditions: { ready: true }, hostname: 'a', nodeName: 'n', zone: 'z' }],
    ports: [{ name: 'a', port: 1, protocol: 'TCP', appProtocol: 'http' }],
  },
  ConfigMap: { data: { a: 'b' }, binaryData: { c: 'YQ==' }, immutable: true },
  Secret: { data: { a: 'YQ==' }, stringData: { b: 'c' }, type: 'kubernetes.io/tls', immutable: true },
  ServiceAccount: { secrets: [{ name: 'a' }], imagePullSecrets: [{ name: 'b' }], automountServiceAccountToken: true },
  PodDisruptionBudget: {
    spec: {
      minAvailable: '50%',
      maxUnavailable: 1,
      selector: labelSelector,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
    status: { disruptionsAllowed: 1, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 },
  },
  ControllerRevision: { revision: 1, data: { a: 'b' } },
  PriorityClass: { value: 1, globalDefault: true, preemptionPolicy: 'Never', description: 'a' },
  Lease: {
    spec: {
      holderIdentity: 'a',
      leaseDurationSeconds: 3,
      leaseTransitions: 1,
      renewTime: '2026-01-01T00:00:00.000000Z',
    },
  },
  Event: {
    involvedObject: { kind: 'Pod', name: 'a', namespace: 'default' },
    reason: 'a',
    message: 'b',
    type: 'Normal',
    count: 1,
    source: { component: 'a' },
    series: { count: 1, lastObservedTime: '2026-01-01T00:00:00.000000Z' },
  },
  ResourceQuota: {
    spec: {
      hard: { pods: '1', 'requests.cpu': '1', 'count/jobs.batch': '1' },
      scopes: ['BestEffort'],
      scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['a'] }] },
    },
    status: { hard: { pods: '1' }, used: { pods: '1' } },
  },
  LimitRange: {
    spec: {
      limits: [
        {
          type: 'Container',
          max: { cpu: '3' },
          min: { cpu: '1' },
          default: { cpu: '2' },
          defaultRequest: { cpu: '1' },
          maxLimitRequestRatio: { cpu: '2' },
        },
        { type: 'PersistentVolumeClaim', max: { storage: '1Gi' } },
      ],
    },
  },
  PersistentVolume: {
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: 'a',
      volumeMode: 'Filesystem',
      mountOptions: ['a'],
      hostPath: { path: '/p', type: 'Directory' },
      claimRef: { namespace: 'default', name: 'a', uid: 'u' },
      nodeAffinity: { required: { nodeSelectorTerms: [nodeTerm] } },
    },
  },
  PersistentVolumeClaim: { spec: claim.spec, status: { phase: 'Bound', capacity: { storage: '1Gi' } } },
  StorageClass: {
    provisioner: 'a/b',
    parameters: { a: 'b' },
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowedTopologies: [{ matchLabelExpressions: [{ key: 'a', values: ['b'] }] }],
    mountOptions: ['a'],
  },
  VolumeAttachment: { spec: { attacher: 'a', nodeName: 'n', source: { persistentVolumeName: 'p' } } },
  HorizontalPodAutoscaler: {
    spec: {
      minReplicas: 1,
      maxReplicas: 3,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target } },
        { type: 'ContainerResource', containerResource: { name: 'cpu', container: 'c', target } },
        { type: 'Pods', pods: { metric: { name: 'a', selector: labelSelector }, target } },
        { type: 'Object', object: { describedObject: { kind: 'a', name: 'b' }, metric: { name: 'a' }, target } },
        { type: 'External', external: { metric: { name: 'a' }, target: { type: 'Value', value: '1' } } },
      ],
      behavior: { scaleUp: scaling, scaleDown: scaling },
    },
    status: {
      currentReplicas: 1,
      desiredReplicas: 1,
      currentMetrics: [
        { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 1, averageValue: '1' } } },
      ],
    },
  },
  Role: { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: ['a'] }] },
  ClusterRole: {
    rules: [{ nonResourceURLs: ['/a'], verbs: ['get'] }],
    aggregationRule: { clusterRoleSelectors: [labelSelector] },
  },
  RoleBinding: {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' },
    subjects: [{ kind: 'User', name: 'a', apiGroup: 'rbac.authorization.k8s.io' }],
  },
  ClusterRoleBinding: {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'a' },
    subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'b' }],
  },
  Ingress: {
    spec: {
      ingressClassName: 'a',
      defaultBackend: backend,
      tls: [{ hosts: ['a.b'], secretName: 's' }],
      rules: [
        {
          host: 'a.b',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend },
              { path: '/a', pathType: 'Exact', backend: { resource: { kind: 'a', name: 'b' } } },
            ],
          },
        },
      ],
    },
    status: { loadBalancer: { ingress: [{ ip: '1.2.3.4' }] } },
  },
  IngressClass: {
    spec: {
      controller: 'a/b',
      parameters: { apiGroup: 'a', kind: 'b', name: 'c', scope: 'Namespace', namespace: 'n' },
    },
  },
  NetworkPolicy: {
    spec: {
      podSelector: labelSelector,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: peers, ports: policyPorts }],
      egress: [{ to: peers, ports: policyPorts }],
    },
  },
  RuntimeClass: {
    handler: 'a',
    overhead: { podFixed: { cpu: '1' } },
    scheduling: { nodeSelector: { a: 'b' }, tolerations: [{ key: 'a', operator: 'Exists' }] },
  },
};
