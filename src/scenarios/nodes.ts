import { milliOf, unitsOf } from '../engine/api/quantity.ts';

export interface NodeOptions {
  name: string;
  arch: string;
  /** Capacities as quantities. */
  cpu: string;
  memory: string;
  /** Position among the nodes; gives the address. */
  index: number;
  labels?: Readonly<Record<string, string>>;
  taints?: readonly { key: string; value?: string; effect: string }[];
  controlPlane?: boolean;
  /** Further resources: `nvidia.com/gpu`. */
  extended?: Readonly<Record<string, string>>;
}

const GIB = 2 ** 30;

interface Platform {
  osImage: string;
  kernelVersion: string;
}

const AMD64: Platform = { osImage: 'Ubuntu 24.04.3 LTS', kernelVersion: '6.8.0-79-generic' };
const PLATFORMS: Readonly<Record<string, Platform>> = {
  amd64: AMD64,
  arm64: AMD64,
  ppc64le: { osImage: 'Red Hat Enterprise Linux 9.6 (Plow)', kernelVersion: '5.14.0-570.el9.ppc64le' },
  s390x: { osImage: 'Red Hat Enterprise Linux 9.6 (Plow)', kernelVersion: '5.14.0-570.el9.s390x' },
};

/** What a kubelet keeps from its pods: a twentieth of the CPU; a tenth of the first 8 GiB and a twenty-fifth of the rest. */
function allocatable(cpuMilli: number, memoryBytes: number): { cpu: string; memory: string } {
  const reserved = Math.min(memoryBytes, 8 * GIB) * 0.1 + Math.max(0, memoryBytes - 8 * GIB) * 0.04;
  return { cpu: `${cpuMilli - Math.ceil(cpuMilli / 20)}m`, memory: `${Math.floor((memoryBytes - reserved) / 1024)}Ki` };
}

const CONDITIONS = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
] as const;

/** A Node as its kubelet would have registered it. */
export function nodeManifest(o: NodeOptions): Record<string, unknown> {
  const cpuMilli = milliOf(o.cpu);
  const memoryBytes = unitsOf(o.memory);
  const platform = PLATFORMS[o.arch] ?? AMD64;
  const common = {
    'ephemeral-storage': '61255492Ki',
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    pods: '110',
    ...o.extended,
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: o.name,
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
      labels: {
        'beta.kubernetes.io/arch': o.arch,
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': o.arch,
        'kubernetes.io/hostname': o.name,
        'kubernetes.io/os': 'linux',
        ...(o.controlPlane
          ? {
              'node-role.kubernetes.io/control-plane': '',
              'node.kubernetes.io/exclude-from-external-load-balancers': '',
            }
          : {}),
        ...o.labels,
      },
    },
    spec: {
      podCIDR: `10.244.${o.index}.0/24`,
      podCIDRs: [`10.244.${o.index}.0/24`],
      ...(o.controlPlane || o.taints?.length
        ? {
            taints: [
              ...(o.controlPlane ? [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] : []),
              ...(o.taints ?? []),
            ],
          }
        : {}),
    },
    status: {
      addresses: [
        { type: 'InternalIP', address: `192.168.${Math.floor((o.index + 10) / 250)}.${(o.index + 10) % 250}` },
        { type: 'Hostname', address: o.name },
      ],
      capacity: { ...common, cpu: o.cpu, memory: `${Math.floor(memoryBytes / 1024)}Ki` },
      allocatable: { ...common, 'ephemeral-storage': '56453061427', ...allocatable(cpuMilli, memoryBytes) },
      conditions: CONDITIONS.map(([type, status, reason, message]) => ({ type, status, reason, message })),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        architecture: o.arch,
        bootID: '',
        containerRuntimeVersion: 'containerd://2.1.4',
        kernelVersion: platform.kernelVersion,
        kubeProxyVersion: '',
        kubeletVersion: 'v1.36.3',
        machineID: '',
        operatingSystem: 'linux',
        osImage: platform.osImage,
        systemUUID: '',
      },
    },
  };
}
