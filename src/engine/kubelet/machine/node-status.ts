/** What a kubelet writes about its Node: registration, conditions, capacity, lease. Upstream: pkg/kubelet/nodestatus/setters.go */
import type { Node, NodeSystemInfo } from '../../api/core.ts';
import { isBeating, NODE_LEASE_NAMESPACE, renewedAt } from '../../api/heartbeat.ts';
import type { Condition } from '../../api/meta.ts';
import type { Lease } from '../../api/policy.ts';
import type { Context } from '../../client/component.ts';
import { equalPlain } from '../../sim/plain.ts';
import { type Ms, rfc3339, rfc3339Micro } from '../../sim/time.ts';
import { allocatableAfter, type Machine } from './machine.ts';

interface Rule {
  type: string;
  bad: (m: Machine) => boolean;
  good: [status: 'True' | 'False', reason: string, message: string];
  worse: [status: 'True' | 'False', reason: string, message: string];
  /** Event reasons when the condition turns good and bad. */
  events: [good: string, bad: string];
}

const RULES: readonly Rule[] = [
  {
    type: 'MemoryPressure',
    bad: (m) => m.memoryLowAt !== undefined,
    good: ['False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
    worse: ['True', 'KubeletHasInsufficientMemory', 'kubelet has insufficient memory available'],
    events: ['NodeHasSufficientMemory', 'NodeHasInsufficientMemory'],
  },
  {
    type: 'DiskPressure',
    bad: (m) => m.diskLowAt !== undefined,
    good: ['False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
    worse: ['True', 'KubeletHasDiskPressure', 'kubelet has disk pressure'],
    events: ['NodeHasNoDiskPressure', 'NodeHasDiskPressure'],
  },
  {
    type: 'PIDPressure',
    bad: () => false,
    good: ['False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
    worse: ['True', 'KubeletHasInsufficientPID', 'kubelet has insufficient PID available'],
    events: ['NodeHasSufficientPID', 'NodeHasInsufficientPID'],
  },
  {
    type: 'Ready',
    bad: () => false,
    good: ['True', 'KubeletReady', 'kubelet is posting ready status'],
    worse: ['False', 'KubeletNotReady', 'container runtime is down'],
    events: ['NodeReady', 'NodeNotReady'],
  },
];

const KERNEL: Record<string, string> = {
  amd64: '6.8.0-79-generic',
  arm64: '6.8.0-79-generic',
  ppc64le: '6.8.0-79-generic',
  s390x: '6.8.0-79-generic',
};

/** Hex digits that depend on the name alone, so that a machine keeps its identity over reboots. */
function idOf(text: string, length: number): string {
  let out = '';
  let h = 0x811c9dc5;
  while (out.length < length) {
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
    out += (h >>> 0).toString(16).padStart(8, '0');
  }
  return out.slice(0, length);
}

function nodeInfo(m: Machine): NodeSystemInfo {
  const id = idOf(m.node, 32);
  return {
    architecture: m.arch,
    bootID: m.bootId,
    containerRuntimeVersion: 'containerd://2.1.4',
    kernelVersion: KERNEL[m.arch] ?? '6.8.0-79-generic',
    kubeProxyVersion: '',
    kubeletVersion: 'v1.36.3',
    machineID: id,
    operatingSystem: 'linux',
    osImage: 'Ubuntu 24.04.3 LTS',
    systemUUID: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
  };
}

/** The conditions the kubelet would write now, in its order; foreign ones stay in front. */
function conditions(node: Node, m: Machine, now: Ms): Condition[] {
  const old = node.status.conditions ?? [];
  const at = rfc3339(now);
  const own = RULES.map((rule): Condition => {
    const [status, reason, message] = rule.bad(m) ? rule.worse : rule.good;
    const before = old.find((c) => c.type === rule.type);
    const same = before?.status === status;
    return {
      type: rule.type,
      status,
      lastHeartbeatTime: same && before.reason === reason ? (before.lastHeartbeatTime ?? at) : at,
      lastTransitionTime: same ? (before.lastTransitionTime ?? at) : at,
      reason,
      message,
    };
  });
  return [...old.filter((c) => !RULES.some((r) => r.type === c.type)), ...own];
}

function images(m: Machine): { names: string[]; sizeBytes: number }[] {
  return Object.values(m.images)
    .sort((a, b) => b.sizeBytes - a.sizeBytes || (a.names[0]! < b.names[0]! ? -1 : 1))
    .slice(0, 50)
    .map(({ names, sizeBytes }) => ({ names, sizeBytes }));
}

/** The status the kubelet holds true, given what the API shows. The instant kubelet knows of nothing but conditions. */
export function desiredStatus(node: Node, m: Machine, now: Ms, instant: boolean): Node['status'] {
  const status = { ...node.status };
  status.capacity = { ...node.status.capacity, ...m.capacity };
  // an allocatable that says the same in other words stays as it is written
  const unset = !instant && !m.registered && equalPlain(node.status.allocatable, node.status.capacity);
  if (!node.status.allocatable || unset || !equalPlain(node.status.capacity, status.capacity) || missing(node.status))
    status.allocatable = allocatableAfter(m, status.capacity);
  status.conditions = conditions(node, m, now);
  if (instant) return status;
  status.addresses ??= [
    { type: 'InternalIP', address: internalAddress(m) },
    { type: 'Hostname', address: m.node },
  ];
  if (!status.daemonEndpoints?.kubeletEndpoint?.Port) status.daemonEndpoints = { kubeletEndpoint: { Port: 10250 } };
  status.nodeInfo = status.nodeInfo?.kubeletVersion ? { ...status.nodeInfo } : nodeInfo(m);
  status.nodeInfo.bootID = m.bootId;
  const list = images(m);
  if (list.length || node.status.images?.length) status.images = list;
  return status;
}

/** Whether a resource was advertised (patched into capacity) that allocatable does not know yet. */
const missing = (status: Node['status']): boolean =>
  Object.keys(status.capacity ?? {}).some((name) => status.allocatable?.[name] === undefined);

/** Addresses of machines that came without one: 192.168.64.0/18, by their place. */
function internalAddress(m: Machine): string {
  const place = Math.floor((m.addresses.base % 2 ** 24) / 256) % 16_000;
  return `192.168.${64 + Math.floor(place / 250)}.${2 + (place % 250)}`;
}

export const internalIp = (node: Node | undefined): string =>
  node?.status.addresses?.find((a) => a.type === 'InternalIP')?.address ?? '';

const osLabels = (m: Machine): Record<string, string> => ({
  'beta.kubernetes.io/arch': m.arch,
  'beta.kubernetes.io/os': 'linux',
  'kubernetes.io/arch': m.arch,
  'kubernetes.io/hostname': m.node,
  'kubernetes.io/os': 'linux',
});

/** Labels and annotations that registration adds and never takes away. */
function register(node: Node, m: Machine, ctx: Context): void {
  const have = node.metadata.labels ?? {};
  const missing = Object.entries(osLabels(m)).filter(([key]) => have[key] === undefined);
  const annotation = 'volumes.kubernetes.io/controller-managed-attach-detach';
  const annotations = node.metadata.annotations?.[annotation] === undefined ? { [annotation]: 'true' } : undefined;
  if (!missing.length && !annotations) return;
  ctx.api.patch('Node', undefined, m.node, {
    metadata: {
      ...(missing.length ? { labels: Object.fromEntries(missing) } : {}),
      ...(annotations ? { annotations } : {}),
    },
  });
}

/** A kubelet that starts and finds no Node makes one. Roles and taints of the old one are gone: they were not its own. */
export function createNode(m: Machine, ctx: Context): void {
  ctx.api.create<Node>({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: m.node, labels: osLabels(m) },
    spec: {},
    status: { capacity: m.capacity, allocatable: allocatableAfter(m, m.capacity), nodeInfo: nodeInfo(m) },
  });
}

/** Makes the Lease exist and beat. */
export function beat(node: Node, ctx: Context): void {
  const lease = ctx.list.get<Lease>('Lease', NODE_LEASE_NAMESPACE, node.metadata.name);
  if (!lease) {
    ctx.api.create<Lease>({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name: node.metadata.name,
        namespace: NODE_LEASE_NAMESPACE,
        ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: node.metadata.name, uid: node.metadata.uid }],
      },
      spec: { holderIdentity: node.metadata.name, leaseDurationSeconds: 40 },
    });
  } else if (!isBeating(lease)) {
    const { renewTime: _, ...spec } = lease.spec;
    ctx.api.update<Lease>({ ...lease, spec: { ...spec, holderIdentity: node.metadata.name } });
  }
}

/** A machine falls silent: its Lease keeps the time of the last renewal from now on. */
export function freezeLease(name: string, ctx: Context): void {
  const lease = ctx.list.get<Lease>('Lease', NODE_LEASE_NAMESPACE, name);
  if (!lease || !isBeating(lease)) return;
  const renewTime = rfc3339Micro(renewedAt(lease, ctx.now) ?? ctx.now);
  ctx.api.update<Lease>({ ...lease, spec: { ...lease.spec, renewTime } });
}

/** Writes what is not yet so; says in events what turned, unless `quiet`. */
export function syncNode(node: Node, m: Machine, ctx: Context, quiet: boolean): void {
  if (!quiet) register(node, m, ctx);
  const current = ctx.list.get<Node>('Node', undefined, m.node);
  if (!current) return;
  const status = desiredStatus(current, m, ctx.now, quiet);
  if (!equalPlain(status, current.status)) {
    ctx.api.updateStatus<Node>({ ...current, status });
    if (!quiet) announce(current, status, m, ctx);
  }
  beat(current, ctx);
}

/** An event on the Node; such events name the node by its name, not by its UID. */
export function nodeEvent(
  node: Node,
  m: Machine,
  ctx: Context,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  const subject = { ...node, metadata: { ...node.metadata, uid: m.node } };
  ctx.events.event(subject, { type, reason, message, source: { component: 'kubelet', host: m.node } });
}

function announce(node: Node, status: Node['status'], m: Machine, ctx: Context): void {
  for (const rule of RULES) {
    const before = node.status.conditions?.find((c) => c.type === rule.type);
    const after = status.conditions?.find((c) => c.type === rule.type);
    if (!after || before?.status === after.status) continue;
    const reason = rule.events[after.status === rule.good[0] ? 0 : 1];
    nodeEvent(node, m, ctx, 'Normal', reason, `Node ${m.node} status is now: ${reason}`);
  }
}
