/** Machines of scenarios as Node objects: what kubeadm and a kubelet would have written. */
import { formatMilli, parseMilli } from '../engine/api/quantity.ts';

export interface NodeOptions {
  name: string;
  /** GOARCH: amd64, arm64, ppc64le, s390x. */
  arch?: string;
  cpu?: string;
  memory?: string;
  pods?: number;
  labels?: Readonly<Record<string, string>>;
  taints?: readonly { key: string; value?: string; effect: string }[];
  /** Place in the cluster; addresses follow from it. */
  index?: number;
  /** Made by `kubeadm init`: role, taint and the static pods of a control plane. */
  controlPlane?: boolean;
  /** Images that are on it already. */
  images?: readonly { name: string; sizeMiB: number }[];
  /** Further resources: `nvidia.com/gpu`. */
  extended?: Readonly<Record<string, string>>;
}

const MIB = 1_048_576_000n; // thousandths of a byte

/** What kubelets of scenarios keep for themselves: 5 % of the CPU; of memory 5 % + 400Mi, at most a tenth (with the 100Mi of the hard eviction threshold in it). */
function allocatable(cpu: string, memory: string): { cpu: string; memory: string } {
  const milli = parseMilli(cpu) ?? 4000n;
  const bytes = parseMilli(memory) ?? 0n;
  const tenth = bytes / 10n;
  const usual = bytes / 20n + 400n * MIB;
  const kept = tenth < usual ? tenth : usual;
  const left = (bytes - kept) / 1_024_000n;
  return { cpu: formatMilli(milli - milli / 20n), memory: `${left}Ki` };
}

const SYSTEMS: Record<string, { osImage: string; kernelVersion: string }> = {
  amd64: { osImage: 'Ubuntu 24.04.3 LTS', kernelVersion: '6.8.0-79-generic' },
  arm64: { osImage: 'Ubuntu 24.04.3 LTS', kernelVersion: '6.8.0-79-generic' },
  ppc64le: { osImage: 'Red Hat Enterprise Linux 9.6 (Plow)', kernelVersion: '5.14.0-570.12.1.el9_6.ppc64le' },
  s390x: { osImage: 'Ubuntu 24.04.3 LTS', kernelVersion: '6.8.0-79-generic' },
};

const hex = (text: string, length: number): string => {
  let h = 0x811c9dc5;
  let out = '';
  while (out.length < length) {
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
    out += h.toString(16).padStart(8, '0');
  }
  return out.slice(0, length);
};

/** Images of the DaemonSets and Deployments that every cluster here has. */
export const SYSTEM_IMAGES: NonNullable<NodeOptions['images']> = [
  { name: 'registry.k8s.io/pause:3.10.1', sizeMiB: 1 },
  { name: 'registry.k8s.io/kube-proxy:v1.36.3', sizeMiB: 26 },
  { name: 'ghcr.io/flannel-io/flannel:v0.27.4', sizeMiB: 30 },
  { name: 'ghcr.io/flannel-io/flannel-cni-plugin:v1.8.0-flannel1', sizeMiB: 4 },
  { name: 'registry.k8s.io/coredns/coredns:v1.13.1', sizeMiB: 23 },
];

function labelsOf(o: NodeOptions, arch: string): Record<string, string> {
  return {
    'beta.kubernetes.io/arch': arch,
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': arch,
    'kubernetes.io/hostname': o.name,
    'kubernetes.io/os': 'linux',
    ...(o.controlPlane
      ? { 'node-role.kubernetes.io/control-plane': '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' }
      : {}),
    ...o.labels,
  };
}

const CONDITIONS = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
].map(([type, status, reason, message]) => ({ type, status, reason, message }));

function nodeInfo(name: string, arch: string): Record<string, string> {
  const id = hex(name, 32);
  return {
    architecture: arch,
    bootID: `${id.slice(8, 16)}-${id.slice(0, 4)}-4${id.slice(5, 8)}-8${id.slice(9, 12)}-${id.slice(0, 12)}`,
    containerRuntimeVersion: 'containerd://2.1.4',
    kubeProxyVersion: '',
    kubeletVersion: 'v1.36.3',
    machineID: id,
    operatingSystem: 'linux',
    systemUUID: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
    ...(SYSTEMS[arch] ?? SYSTEMS.amd64!),
  };
}

const imageList = (images: NonNullable<NodeOptions['images']>): object[] =>
  [...images]
    .sort((a, b) => b.sizeMiB - a.sizeMiB)
    .map((i) => ({
      names: [`${i.name.slice(0, i.name.lastIndexOf(':'))}@sha256:${hex(i.name, 64)}`, i.name],
      sizeBytes: i.sizeMiB * 1_048_576 + 4096,
    }));

/** A Node that has been Ready for a while. */
export function nodeManifest(o: NodeOptions): Record<string, unknown> {
  const { name, arch = 'amd64', cpu = '4', memory = '8Gi', index = 0 } = o;
  const taints = [
    ...(o.controlPlane ? [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] : []),
    ...(o.taints ?? []),
  ];
  const fixed = { 'hugepages-1Gi': '0', 'hugepages-2Mi': '0', pods: String(o.pods ?? 110), ...o.extended };
  const podCIDR = `10.${244 + Math.floor(index / 256)}.${index % 256}.0/24`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: labelsOf(o, arch),
      annotations: {
        ...(o.controlPlane
          ? { 'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///run/containerd/containerd.sock' }
          : {}),
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: { podCIDR, podCIDRs: [podCIDR], ...(taints.length ? { taints } : {}) },
    status: {
      addresses: [
        { type: 'InternalIP', address: `192.168.${Math.floor((10 + index) / 250)}.${(10 + index) % 250}` },
        { type: 'Hostname', address: name },
      ],
      capacity: { cpu, 'ephemeral-storage': '61255492Ki', memory, ...fixed },
      allocatable: { 'ephemeral-storage': '56453061427', ...allocatable(cpu, memory), ...fixed },
      conditions: CONDITIONS,
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      images: imageList(o.images ?? SYSTEM_IMAGES),
      nodeInfo: nodeInfo(name, arch),
    },
  };
}
