/** What kubeadm and a network plugin leave in kube-system. The static pods are the control-plane machine's own. */

const everywhere = [{ operator: 'Exists' }];
const object = (
  apiVersion: string,
  kind: string,
  name: string,
  more: Record<string, unknown>,
): Record<string, unknown> => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'kube-system', labels: { 'k8s-app': name } },
  ...more,
});

const daemonSet = (name: string, image: string, requests: Record<string, string>): Record<string, unknown> =>
  object('apps/v1', 'DaemonSet', name, {
    spec: {
      selector: { matchLabels: { 'k8s-app': name } },
      template: {
        metadata: { labels: { 'k8s-app': name } },
        spec: {
          hostNetwork: true,
          priorityClassName: 'system-node-critical',
          serviceAccountName: name,
          tolerations: everywhere,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          containers: [{ name, image, ...(Object.keys(requests).length ? { resources: { requests } } : {}) }],
        },
      },
    },
  });

const coredns = object('apps/v1', 'Deployment', 'coredns', {
  spec: {
    replicas: 2,
    selector: { matchLabels: { 'k8s-app': 'coredns' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
    template: {
      metadata: { labels: { 'k8s-app': 'coredns' } },
      spec: {
        priorityClassName: 'system-cluster-critical',
        serviceAccountName: 'coredns',
        tolerations: [
          { key: 'CriticalAddonsOnly', operator: 'Exists' },
          { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
        ],
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        containers: [
          {
            name: 'coredns',
            image: 'registry.k8s.io/coredns/coredns:v1.13.1',
            args: ['-conf', '/etc/coredns/Corefile'],
            resources: { requests: { cpu: '100m', memory: '70Mi' }, limits: { memory: '170Mi' } },
            ports: [
              { name: 'dns', containerPort: 53, protocol: 'UDP' },
              { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
            ],
          },
        ],
      },
    },
  },
});

const dnsService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kube-dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  spec: {
    clusterIP: '10.96.0.10',
    selector: { 'k8s-app': 'coredns' },
    ports: [
      { name: 'dns', port: 53, targetPort: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53, targetPort: 53, protocol: 'TCP' },
    ],
  },
};

const accounts = ['kube-proxy', 'kube-flannel', 'coredns'].map((name) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace: 'kube-system' },
}));

/** kube-proxy, the network plugin, DNS. */
export const SYSTEM: readonly unknown[] = [
  ...accounts,
  daemonSet('kube-proxy', 'registry.k8s.io/kube-proxy:v1.36.3', {}),
  daemonSet('kube-flannel', 'ghcr.io/flannel-io/flannel:v0.27.3', { cpu: '100m', memory: '50Mi' }),
  coredns,
  dnsService,
];

/** How long such a cluster runs before a story begins: images are pulled and everything is Ready by then. */
export const WARMUP_MS = 120_000;
