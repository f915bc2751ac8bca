/** The four static pods that kubeadm writes on a control-plane node. Upstream: cmd/kubeadm/app/phases/controlplane/manifests.go */
import type { Container, Probe } from '../../api/core.ts';

export interface Manifest {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
  spec: { containers: Container[]; hostNetwork?: boolean; priorityClassName?: string; [more: string]: unknown };
}

const VERSION = 'v1.36.3';

interface Row {
  name: string;
  image: string;
  cpu: string;
  memory?: string;
  port: number;
  health: string;
  command: (ip: string, node: string) => string[];
}

const ROWS: readonly Row[] = [
  {
    name: 'etcd',
    image: 'registry.k8s.io/etcd:3.6.6-0',
    cpu: '100m',
    memory: '100Mi',
    port: 2381,
    health: '/livez',
    command: (ip, node) => [
      'etcd',
      `--advertise-client-urls=https://${ip}:2379`,
      '--cert-file=/etc/kubernetes/pki/etcd/server.crt',
      '--client-cert-auth=true',
      '--data-dir=/var/lib/etcd',
      `--initial-advertise-peer-urls=https://${ip}:2380`,
      `--initial-cluster=${node}=https://${ip}:2380`,
      '--key-file=/etc/kubernetes/pki/etcd/server.key',
      `--listen-client-urls=https://127.0.0.1:2379,https://${ip}:2379`,
      '--listen-metrics-urls=http://127.0.0.1:2381',
      `--name=${node}`,
    ],
  },
  {
    name: 'kube-apiserver',
    image: `registry.k8s.io/kube-apiserver:${VERSION}`,
    cpu: '250m',
    port: 6443,
    health: '/livez',
    command: (ip) => [
      'kube-apiserver',
      `--advertise-address=${ip}`,
      '--allow-privileged=true',
      '--authorization-mode=Node,RBAC',
      '--client-ca-file=/etc/kubernetes/pki/ca.crt',
      '--enable-admission-plugins=NodeRestriction',
      '--etcd-servers=https://127.0.0.1:2379',
      '--secure-port=6443',
      '--service-cluster-ip-range=10.96.0.0/12',
    ],
  },
  {
    name: 'kube-controller-manager',
    image: `registry.k8s.io/kube-controller-manager:${VERSION}`,
    cpu: '200m',
    port: 10257,
    health: '/healthz',
    command: () => [
      'kube-controller-manager',
      '--allocate-node-cidrs=true',
      '--bind-address=127.0.0.1',
      '--cluster-cidr=10.244.0.0/16',
      '--controllers=*,bootstrapsigner,tokencleaner',
      '--kubeconfig=/etc/kubernetes/controller-manager.conf',
      '--leader-elect=true',
      '--service-cluster-ip-range=10.96.0.0/12',
    ],
  },
  {
    name: 'kube-scheduler',
    image: `registry.k8s.io/kube-scheduler:${VERSION}`,
    cpu: '100m',
    port: 10259,
    health: '/livez',
    command: () => [
      'kube-scheduler',
      '--bind-address=127.0.0.1',
      '--kubeconfig=/etc/kubernetes/scheduler.conf',
      '--leader-elect=true',
    ],
  },
];

const probe = (row: Row, path: string): Probe => ({
  httpGet: { host: '127.0.0.1', path, port: row.port, scheme: row.name === 'etcd' ? 'HTTP' : 'HTTPS' },
  initialDelaySeconds: 10,
  timeoutSeconds: 15,
  periodSeconds: 10,
  failureThreshold: 8,
});

function manifest(row: Row, ip: string, node: string): Manifest {
  return {
    name: row.name,
    namespace: 'kube-system',
    labels: { component: row.name, tier: 'control-plane' },
    spec: {
      containers: [
        {
          name: row.name,
          image: row.image,
          imagePullPolicy: 'IfNotPresent',
          command: row.command(ip, node),
          resources: { requests: { cpu: row.cpu, ...(row.memory ? { memory: row.memory } : {}) } },
          livenessProbe: probe(row, row.health),
          volumeMounts: [{ mountPath: '/etc/kubernetes', name: 'k8s-config', readOnly: true }],
        },
      ],
      hostNetwork: true,
      priorityClassName: 'system-node-critical',
      priority: 2_000_001_000,
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      volumes: [{ name: 'k8s-config', hostPath: { path: '/etc/kubernetes', type: 'DirectoryOrCreate' } }],
    },
  };
}

/** Images that `kubeadm config images list` names, with their sizes. */
export const KUBEADM_IMAGES: readonly { name: string; sizeBytes: number }[] = [
  { name: 'registry.k8s.io/kube-apiserver:v1.36.3', sizeBytes: 28_311_552 },
  { name: 'registry.k8s.io/kube-controller-manager:v1.36.3', sizeBytes: 24_117_248 },
  { name: 'registry.k8s.io/etcd:3.6.6-0', sizeBytes: 23_068_672 },
  { name: 'registry.k8s.io/kube-scheduler:v1.36.3', sizeBytes: 18_874_368 },
];

/** File name → manifest as JSON, as `kubeadm init` leaves them under `/etc/kubernetes/manifests`. */
export function kubeadmManifests(node: string, ip: string): Record<string, string> {
  return Object.fromEntries(ROWS.map((row) => [`${row.name}.yaml`, JSON.stringify(manifest(row, ip, node))]));
}
