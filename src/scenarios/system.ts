/** What a kubeadm cluster with Flannel runs for itself, beside the static pods of its control plane. */

const anything = { operator: 'Exists' };

const kubeProxy = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'kube-proxy', namespace: 'kube-system', labels: { 'k8s-app': 'kube-proxy' } },
  spec: {
    selector: { matchLabels: { 'k8s-app': 'kube-proxy' } },
    template: {
      metadata: { labels: { 'k8s-app': 'kube-proxy' } },
      spec: {
        priorityClassName: 'system-node-critical',
        serviceAccountName: 'kube-proxy',
        serviceAccount: 'kube-proxy',
        priority: 2000001000,
        hostNetwork: true,
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [anything],
        containers: [
          {
            name: 'kube-proxy',
            image: 'registry.k8s.io/kube-proxy:v1.36.3',
            command: [
              '/usr/local/bin/kube-proxy',
              '--config=/var/lib/kube-proxy/config.conf',
              '--hostname-override=$(NODE_NAME)',
            ],
            env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
          },
        ],
      },
    },
  },
};

const flannel = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'kube-flannel-ds', namespace: 'kube-flannel', labels: { app: 'flannel', tier: 'node' } },
  spec: {
    selector: { matchLabels: { app: 'flannel' } },
    template: {
      metadata: { labels: { app: 'flannel', tier: 'node' } },
      spec: {
        priorityClassName: 'system-node-critical',
        serviceAccountName: 'flannel',
        serviceAccount: 'flannel',
        priority: 2000001000,
        hostNetwork: true,
        tolerations: [{ ...anything, effect: 'NoSchedule' }],
        initContainers: [
          {
            name: 'install-cni-plugin',
            image: 'ghcr.io/flannel-io/flannel-cni-plugin:v1.8.0-flannel1',
            command: ['true'],
          },
        ],
        containers: [
          {
            name: 'kube-flannel',
            image: 'ghcr.io/flannel-io/flannel:v0.27.4',
            command: ['/opt/bin/flanneld'],
            args: ['--ip-masq', '--kube-subnet-mgr'],
            resources: { requests: { cpu: '100m', memory: '50Mi' } },
          },
        ],
      },
    },
  },
};

const dns = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'coredns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      template: {
        metadata: { labels: { 'k8s-app': 'kube-dns' } },
        spec: {
          priorityClassName: 'system-cluster-critical',
          serviceAccountName: 'coredns',
          serviceAccount: 'coredns',
          priority: 2000000000,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          tolerations: [
            { key: 'CriticalAddonsOnly', operator: 'Exists' },
            { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
          ],
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 100,
                  podAffinityTerm: {
                    labelSelector: { matchExpressions: [{ key: 'k8s-app', operator: 'In', values: ['kube-dns'] }] },
                    topologyKey: 'kubernetes.io/hostname',
                  },
                },
              ],
            },
          },
          containers: [
            {
              name: 'coredns',
              image: 'registry.k8s.io/coredns/coredns:v1.13.1',
              args: ['-conf', '/etc/coredns/Corefile'],
              ports: [
                { containerPort: 53, name: 'dns', protocol: 'UDP' },
                { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
                { containerPort: 9153, name: 'metrics', protocol: 'TCP' },
              ],
              resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
              livenessProbe: { httpGet: { path: '/health', port: 8080 }, initialDelaySeconds: 60, failureThreshold: 5 },
              readinessProbe: { httpGet: { path: '/ready', port: 8181 } },
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.96.0.10',
      clusterIPs: ['10.96.0.10'],
      selector: { 'k8s-app': 'kube-dns' },
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
      ],
    },
  },
];

const account = (namespace: string, name: string): object => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace },
});

/** How long such a cluster has been running before a story begins: everything is Ready by then. */
export const WARMUP_MS = 60_000;

/** Flannel's namespace, both DaemonSets, cluster DNS, their accounts. */
export const SYSTEM: readonly object[] = [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'kube-flannel', labels: { 'kubernetes.io/metadata.name': 'kube-flannel' } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  },
  account('kube-system', 'kube-proxy'),
  account('kube-flannel', 'flannel'),
  account('kube-system', 'coredns'),
  kubeProxy,
  flannel,
  ...dns,
];
